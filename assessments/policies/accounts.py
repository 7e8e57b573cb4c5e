"""Who may invite people, give roles, and close accounts (decisions.md 14)."""

from collections.abc import Mapping

from accounts.models import ApiToken, Role, User
from assessments.policies.people import NotAllowed, require

GIVABLE: Mapping[Role, frozenset[Role]] = {
    Role.COORDINATOR: frozenset({Role.ANALYST, Role.REVIEWER, Role.EXPORTER, Role.READER}),
    Role.ACCOUNT_ADMIN: frozenset(Role),
}
"""The roles that a role may give and take: a coordinator staffs a period, only the administrator makes others that."""


def givable_roles(user: User) -> frozenset[Role]:
    """Return the roles this person may give and take; empty for whoever does not look after accounts."""
    if not user.is_active:
        return frozenset()
    return frozenset().union(*(roles for role, roles in GIVABLE.items() if user.has_role(role)))


def check_can_see_accounts(user: User) -> None:
    """Raise NotAllowed unless the person looks after accounts."""
    require(bool(givable_roles(user)), "The coordinator and the administrator of accounts look after accounts.")


def check_can_invite(user: User, roles: frozenset[Role]) -> None:
    """Raise NotAllowed unless the person may give these roles."""
    check_can_see_accounts(user)
    if beyond := sorted(role.label.lower() for role in roles - givable_roles(user)):
        raise NotAllowed(f"Only the administrator of accounts gives the role {', '.join(beyond)}.")


def check_can_change_account(user: User, account: User) -> None:
    """Raise NotAllowed unless the person may change this account: not their own, and no role above theirs in it."""
    check_can_see_accounts(user)
    require(user != account, "Nobody changes their own roles or closes their own account.")
    held = frozenset(Role(role) for role in account.roles)
    require(held <= givable_roles(user), "Only the administrator of accounts changes this account.")


def check_can_change_address(user: User) -> None:
    """Raise NotAllowed unless the person administers accounts: by an address one comes to set a password."""
    require(can_change_address(user), "Only the administrator of accounts changes an address.")


def can_change_address(user: User) -> bool:
    """Say whether the person may change addresses."""
    return user.has_role(Role.ACCOUNT_ADMIN)


def check_can_revoke_token(token: ApiToken, user: User) -> None:
    """Let a person take back their own tokens, and those of accounts they look after."""
    if token.user_id != user.pk:
        check_can_change_account(user, token.user)
