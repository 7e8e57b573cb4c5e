"""Being on a page: no record and no event, a mark that expires by itself."""

from datetime import datetime, timedelta
from uuid import UUID

from accounts.models import User
from assessments import policies
from assessments.actions.door import NotFound, action
from assessments.models import Presence

LASTS = timedelta(seconds=70)
"""How long a mark counts; a page renews its own every 25 seconds, so that two may get lost."""


@action
def be_here(*, assessment_id: UUID, place: str, by: User, at: datetime) -> tuple[Presence, ...]:
    """Renew a person's mark on an assessment's page, and return those of the others there now, by name.

    Only who may read the working content is marked or told: a second coder is neither. `place` has at most 60
    characters. Raises NotFound.
    """
    assessment = policies.visible_assessments(by).filter(public_id=assessment_id).only("pk").first()
    if assessment is None:
        raise NotFound("There is no such assessment.")
    marks = Presence.objects.filter(assessment=assessment)
    if not marks.filter(person=by).update(place=place[:60], seen_at=at):
        # Two pages of one person may open at once; the second then finds the mark of the first.
        Presence.objects.filter(seen_at__lt=at - LASTS).delete()
        Presence.objects.get_or_create(assessment=assessment, person=by, defaults={"place": place[:60], "seen_at": at})
    others = marks.exclude(person=by).filter(seen_at__gt=at - LASTS, person__in=policies.people_of(assessment))
    return tuple(others.select_related("person").order_by("person__name", "person__pk"))


@action
def leave(*, assessment_id: UUID, by: User) -> None:
    """Take a person's mark away, as they leave the page."""
    Presence.objects.filter(assessment__public_id=assessment_id, person=by).delete()
