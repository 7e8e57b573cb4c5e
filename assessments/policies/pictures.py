"""Who may look at which figures: what is released is open to readers, what is worked on to its people.

Rows are narrowed before they are fetched, by subqueries that do not depend on the row: 25 years are some thousand rows.
"""

from django.conf import settings
from django.db.models import QuerySet

from accounts.models import Role, User
from assessments.models import Figures
from assessments.policies.people import require
from assessments.policies.visible import codable_assessments, visible_revisions

READERS = (Role.READER, Role.ANALYST, Role.REVIEWER, Role.COORDINATOR, Role.EXPORTER)
"""Roles that see what is released, as `visible_snapshots` lets them."""

STAFF = (Role.ANALYST, Role.REVIEWER, Role.COORDINATOR)
"""Roles that can have working values of their own."""


def check_can_see_pictures(user: User) -> None:
    """Let everybody who may read released texts look at their figures."""
    require(
        user.is_active and user.has_role(*READERS),
        "Comparisons, maps and trends are open to readers, exporters, analysts, reviewers and coordinators.",
    )


def check_can_see_map(user: User) -> None:
    """Let readers see maps unless the office keeps them from the public; its own people always may."""
    check_can_see_pictures(user)
    require(
        settings.PUBLIC_MAPS or user.has_role(*STAFF),
        "This office gives out no maps. The same values stand in the comparison of countries.",
    )


def check_can_see_working_pictures(user: User) -> None:
    """Let those who work on assessments look at values as they stand, of the assessments they may read."""
    require(
        user.is_active and user.has_role(*STAFF),
        "Values that are still worked on are open to analysts, reviewers and coordinators.",
    )


def check_can_see_consistency(user: User) -> None:
    """Let coordinators and reviewers look for equal answers with different levels."""
    require(
        user.is_active and user.has_role(Role.REVIEWER, Role.COORDINATOR),
        "The consistency review is open to reviewers and coordinators.",
    )


def check_can_see_validity(user: User) -> None:
    """Let the method's owner and the coordinators set released findings beside reference data."""
    require(
        user.is_active and user.has_role(Role.COORDINATOR, Role.FRAMEWORK_EDITOR),
        "The validity of the method is a page for its owner: framework editors and coordinators.",
    )


def coded_by(user: User) -> tuple[int, ...]:
    """Return which assessments a person codes blind, in order; one query."""
    return tuple(codable_assessments(user).order_by("pk").values_list("pk", flat=True))


def released_figures(user: User, coded: tuple[int, ...] | None = None) -> QuerySet[Figures]:
    """Figures of released texts that no correction replaced, without those of countries the person codes blind.

    `coded` is what `coded_by` said of this person; None where it was not asked yet.
    """
    if not (user.is_active and user.has_role(*READERS)):
        return Figures.objects.none()
    return _released(user, coded)


def working_figures(user: User) -> QuerySet[Figures]:
    """Figures of open revisions as they stand, of the assessments whose working content the person may read."""
    if not (user.is_active and user.has_role(*STAFF)):
        return Figures.objects.none()
    revisions = visible_revisions(user).filter(is_open=True).order_by().values("pk")
    return Figures.objects.filter(snapshot__isnull=True, revision__in=revisions)


def judged_figures(user: User, coded: tuple[int, ...] | None = None) -> QuerySet[Figures]:
    """Released figures for the page on validity; `coded` as for `released_figures`."""
    if not (user.is_active and user.has_role(Role.COORDINATOR, Role.FRAMEWORK_EDITOR)):
        return Figures.objects.none()
    return _released(user, coded)


def _released(user: User, coded: tuple[int, ...] | None) -> QuerySet[Figures]:
    hidden = coded_by(user) if coded is None else coded
    found = Figures.objects.filter(is_released=True)
    return found.exclude(assessment__in=hidden) if hidden else found
