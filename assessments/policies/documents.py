"""What a person may see and do of the texts of sources and of what is marked in them: it follows the source."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.models import Role, User
from assessments.enums import Part
from assessments.models import Assessment, Assignment, Document, Excerpt, Revision, Source, SourceUse
from assessments.models.documents import ExcerptQuerySet
from assessments.policies.content import check_can_change_source
from assessments.policies.moves import EDITABLE
from assessments.policies.people import require
from assessments.policies.protection import visible_sources
from assessments.policies.visible import visible_assessments, visible_revisions


def visible_documents(user: User) -> QuerySet[Document]:
    """Texts and files of the sources whose identity a person may know."""
    return Document.objects.filter(source__in=visible_sources(user))


def visible_excerpts(user: User) -> ExcerptQuerySet:
    """Excerpts of the sources whose identity a person may know; unmarked ones are left out."""
    return Excerpt.objects.current().filter(source__in=visible_sources(user))


def check_can_work_on_source(source: Source, user: User) -> None:
    """Let analysts and reviewers who may know a source give it a text, and mark and place what it says."""
    check_can_change_source(source, user)
    require(source.withdrawn_at is None, "This source was withdrawn.")


def editable_revisions(user: User) -> QuerySet[Revision]:
    """Open revisions that a person may enter evidence into now, as their analyst; nearest due date first."""
    if not user.is_active or not user.has_role(Role.ANALYST):
        return Revision.objects.none()
    return (
        visible_revisions(user)
        .filter(_analyzed(user, "assessment"), is_open=True, state__in=EDITABLE)
        .order_by("-assessment__period__report_year", "assessment__country__name", "pk")
    )


def _analyzed(user: User, assessment: str) -> Exists:
    return Exists(
        Assignment.objects.filter(
            assessment=OuterRef(assessment), user=user, part=Part.ANALYST.value, ended_at__isnull=True
        )
    )


def own_sources(user: User) -> QuerySet[Source]:
    """Sources that are a person's own work: used by assessments they are the analyst of, or theirs and used nowhere.

    Only those whose identity they may know.
    """
    mine = Assessment.objects.filter(_analyzed(user, "pk"), pk__in=visible_assessments(user).order_by().values("pk"))
    used = SourceUse.objects.filter(source=OuterRef("pk"))
    in_mine = Q(Exists(used.filter(revision__assessment__in=mine.order_by().values("pk"))))
    fresh = Q(entered_by=user) & ~Q(Exists(used))
    return visible_sources(user).filter(in_mine | fresh, withdrawn_at__isnull=True)
