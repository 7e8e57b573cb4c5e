"""Who may preview and apply another wording. It touches words only; no rating, fact or decision is in its reach."""

from django.db.models import QuerySet

from accounts.models import Role, User
from assessments.enums import RevisionState
from assessments.models import Revision
from assessments.policies.moves import FROZEN
from assessments.policies.people import name_of, require
from frameworks.models import WordingVersion


def check_can_style(user: User) -> None:
    """Let framework editors see what a wording version would change everywhere, and apply it."""
    require(
        user.is_active and user.has_role(Role.FRAMEWORK_EDITOR),
        "Only a framework editor previews and applies wording versions.",
    )


def check_can_restyle(revision: Revision, wording: WordingVersion, user: User) -> None:
    """Let an editor give an open, unreleased revision a wording that may word its report year."""
    check_can_style(user)
    require(
        revision.state not in FROZEN,
        f"{name_of(revision)} is {RevisionState(revision.state).label}; its words stay as they were approved.",
    )
    require(revision.is_open, f"Revision {revision.number} of {name_of(revision)} is closed; another one is open.")
    require(
        wording.valid_from_year <= revision.assessment.period.report_year,
        f"{wording} words report years from {wording.valid_from_year}, and {name_of(revision)} is of an earlier one.",
    )


def unreleased_revisions() -> QuerySet[Revision]:
    """Return every open revision that is not released, with what a draft needs; for previews, not for people."""
    rows = Revision.objects.filter(is_open=True).exclude(state__in=FROZEN)
    return rows.select_related("assessment__country", "assessment__period", "framework", "wording").order_by(
        "-assessment__period__report_year", "assessment__country__sort_name", "pk"
    )


def stylable_revisions(user: User) -> QuerySet[Revision]:
    """Return the revisions whose wording a person may change: every unreleased one for an editor, else none."""
    rows = unreleased_revisions()
    return rows if user.is_active and user.has_role(Role.FRAMEWORK_EDITOR) else rows.none()
