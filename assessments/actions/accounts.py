"""People of the office: inviting them, giving roles, closing accounts. Every act is an event of the account."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from accounts import security
from accounts.models import Role, RoleGrant, User
from assessments import events, policies
from assessments.actions.door import Invalid, NotFound, action
from assessments.enums import Subject

LONGEST_REASON = 2000
"""Characters; the field of a form takes no more, and what comes past it is cut as it is elsewhere."""
_ROLE_NEEDED = "Give at least one role: without one there is nothing to see."


@action
def invite(*, email: str, name: str, roles: frozenset[Role], by: User, at: datetime) -> User:
    """Make an account without a password; the link to set one is `accounts.invitations.link`. Raises Invalid."""
    policies.check_can_invite(by, roles)
    return _make(email=email, name=name, roles=roles, by=by, at=at)


FIRST_ROLES = frozenset({Role.ACCOUNT_ADMIN, Role.COORDINATOR})
"""What the first person needs to invite all others and to open a reporting period."""


@action
def make_first_account(*, email: str, name: str, lost: str = "", at: datetime) -> User:
    """Make the account from which all others are invited, or note a new link for it; only a command calls this.

    Whoever can run commands on the server can read everything anyway; so this is also the way back in for an
    administrator of accounts who lost theirs, and it is on record. `lost` says why their second factor is taken away,
    "" leaves it. Raises Invalid where somebody else is one.
    """
    address = email.strip().lower()
    admins = User.objects.filter(is_active=True, role_grants__role=Role.ACCOUNT_ADMIN)
    person = admins.select_for_update(of=("self",)).filter(email=address).first()
    if person is not None:
        _record(person, "make_link", None, at, {}, {})
        if lost.strip():
            _remove_second_factor(person, None, at, lost.strip())
        return person
    if admins.exists():
        raise Invalid({"": ["There is an administrator of accounts already; they invite people, under People."]})
    return _make(email=email, name=name, roles=FIRST_ROLES, by=None, at=at)


def _make(*, email: str, name: str, roles: frozenset[Role], by: User | None, at: datetime) -> User:
    address, called = email.strip().lower(), name.strip()
    errors = _wrong_address(address)
    if not called:
        errors["name"] = ["Write the person's name as colleagues know it."]
    if not roles:
        errors["roles"] = [_ROLE_NEEDED]
    if errors:
        raise Invalid(errors)
    person = User.objects.create_user(address, name=called)
    person.grant(sorted(roles), at=at, by=by)
    _record(person, "invite", by, at, {}, {"email": address, "name": called, "roles": sorted(roles)})
    return person


@action
def change_roles(*, user_id: UUID, roles: frozenset[Role], by: User, at: datetime) -> User:
    """Make these the person's roles. Raises Invalid without a role, NotFound."""
    person = _account(user_id, by)
    before = frozenset(Role(role) for role in person.roles)
    policies.check_can_invite(by, roles ^ before)
    if not roles:
        raise Invalid({"roles": [_ROLE_NEEDED]})
    RoleGrant.objects.filter(user=person, role__in=before - roles).delete()
    person.grant(sorted(roles - before), at=at, by=by)
    _record(person, "change_roles", by, at, {"roles": sorted(before)}, {"roles": sorted(roles)})
    return person


@action
def change_address(*, user_id: UUID, email: str, reason: str, by: User, at: datetime) -> str:
    """Let the person sign in by another address from now on, sign them out everywhere, and return the old one.

    Raises Invalid for what is no address, one that somebody has, and without a reason.
    """
    person = _account(user_id, by)
    policies.check_can_change_address(by)
    old, new = person.email, email.strip().lower()
    errors = _wrong_address(new)
    if not reason.strip():
        errors["reason"] = ["Say how you made sure that the new address is this person’s."]
    if errors:
        raise Invalid(errors)
    User.objects.filter(pk=person.pk).update(email=new)
    security.forget_addresses(person)
    security.end_sessions(person)
    _record(person, "change_address", by, at, {"email": old}, {"email": new}, reason=reason.strip())
    return old


def _wrong_address(address: str) -> dict[str, list[str]]:
    """Return what is wrong with an address somebody is to have."""
    try:
        validate_email(address)
    except ValidationError:
        return {"email": ["Write an e-mail address, as in name@example.org."]}
    if User.objects.filter(email=address).exists():
        return {"email": [f"{address} has an account already."]}
    return {}


@action
def close_account(*, user_id: UUID, reason: str, by: User, at: datetime) -> User:
    """Close an account and end its sessions; what the person did stays theirs. Raises Invalid without a reason."""
    person = _account(user_id, by)
    if not reason.strip():
        raise Invalid({"reason": ["Say why the account is closed."]})
    User.objects.filter(pk=person.pk).update(is_active=False)
    security.end_sessions(person)
    _record(person, "close_account", by, at, {"is_active": True}, {"is_active": False}, reason=reason.strip())
    return person


@action
def open_account(*, user_id: UUID, by: User, at: datetime) -> User:
    """Open a closed account again."""
    person = _account(user_id, by)
    User.objects.filter(pk=person.pk).update(is_active=True)
    _record(person, "open_account", by, at, {"is_active": False}, {"is_active": True})
    return person


@action
def make_link(*, user_id: UUID, by: User, at: datetime) -> User:
    """Note who made a link by which the person's password can be set, and return the person.

    Where no e-mail is sent, whoever makes the link could use it; so it is on record before there is one.
    """
    person = _account(user_id, by)
    _record(person, "make_link", by, at, {}, {})
    return person


@action
def end_sessions(*, user_id: UUID, by: User, at: datetime) -> int:
    """Sign the person out everywhere and return how many sessions that ended."""
    person = _account(user_id, by)
    ended = security.end_sessions(person)
    _record(person, "end_sessions", by, at, {}, {"sessions": ended})
    return ended


@action
def remove_second_factor(*, user_id: UUID, reason: str, by: User, at: datetime) -> None:
    """Take away every second factor of somebody who lost it, and sign them out. Raises Invalid without a reason."""
    person = _account(user_id, by)
    if not reason.strip():
        raise Invalid({"reason": ["Say how you made sure that it is this person who asks."]})
    _remove_second_factor(person, by, at, reason.strip())


@action
def renew_secrets() -> tuple[int, int]:
    """Encrypt second factors with today's key; return how many were, and how many no key opens. Only a command does.

    Nobody's account changes by it, so it is an event of none.
    """
    return security.renew_secrets()


def _remove_second_factor(person: User, by: User | None, at: datetime, reason: str) -> None:
    removed = security.remove_second_factors(person)
    security.end_sessions(person)
    changes = {"second_factors": removed}
    _record(person, "remove_second_factor", by, at, changes, {"second_factors": 0}, reason=reason)


def _account(user_id: UUID, by: User) -> User:
    policies.check_can_see_accounts(by)
    person = User.objects.select_for_update().filter(public_id=user_id).first()
    if person is None:
        raise NotFound("There is no such account.")
    policies.check_can_change_account(by, person)
    return person


def _record(
    person: User,
    deed: str,
    by: User | None,
    at: datetime,
    old: Mapping[str, Any],
    new: Mapping[str, Any],
    *,
    reason: str = "",
) -> None:
    changes = events.changes_between(old, new)
    events.append(
        kind=Subject.ACCOUNT,
        subject_id=person.public_id,
        action=deed,
        by=by,
        at=at,
        reason=reason[:LONGEST_REASON],
        changes=changes,
    )
