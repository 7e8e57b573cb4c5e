"""Tokens by which a program acts as a person: made and taken back by the person, or taken back for them."""

from datetime import datetime, timedelta
from uuid import UUID

from accounts.models import ApiToken, Scope, User, digest_of, new_secret
from accounts.second_factor import lacks_one
from assessments import events, policies
from assessments.actions.door import Invalid, NotFound, action
from assessments.enums import Subject

MOST_DAYS, MOST_TOKENS = 365, 20


@action
def make_token(*, name: str, scope: Scope, days: int, by: User, at: datetime) -> tuple[ApiToken, str]:
    """Make a token and return it with its secret, which nobody can show again. Raises Invalid."""
    User.objects.select_for_update().get(pk=by.pk)
    called = " ".join(name.split())
    errors: dict[str, list[str]] = {}
    if not called or len(called) > 100:
        errors["name"] = ["Say in at most 100 characters what it is for."]
    if not 1 <= days <= MOST_DAYS:
        errors["days"] = [f"A token holds for 1 to {MOST_DAYS} days."]
    if by.api_tokens.filter(revoked_at__isnull=True, expires_at__gt=at).count() >= MOST_TOKENS:
        errors[""] = [f"You have {MOST_TOKENS} tokens; take one back first."]
    if lacks_one(by):
        errors[""] = ["Your role needs a second factor; set one up first."]
    if errors:
        raise Invalid(errors)
    secret = new_secret()
    token = ApiToken.objects.create(
        user=by,
        name=called,
        scope=scope.value,
        digest=digest_of(secret),
        made_at=at,
        expires_at=at + timedelta(days=days),
    )
    _note(token, "make_token", by, at)
    return token, secret


@action
def revoke_token(*, token_id: UUID, by: User, at: datetime) -> ApiToken:
    """Take a token back: one's own, or that of an account one looks after. What is taken back already stays so."""
    token = ApiToken.objects.select_for_update(of=("self",)).select_related("user").filter(public_id=token_id).first()
    if token is None or not policies.can_revoke_token(token, by):
        raise NotFound("There is no such token.")
    if token.revoked_at is None:
        User.objects.select_for_update().get(pk=token.user_id)
        token.revoked_at = at
        token.save(update_fields=["revoked_at"])
        _note(token, "revoke_token", by, at)
    return token


def _note(token: ApiToken, what: str, by: User, at: datetime) -> None:
    events.append(
        kind=Subject.ACCOUNT,
        subject_id=token.user.public_id,
        action=what,
        by=by,
        at=at,
        target=f"{token.name} ({token.scope})",
    )
