"""Querysets of what a person may see, narrowed before anything is fetched."""

from uuid import UUID

from django.db.models import Case, Exists, OuterRef, Q, QuerySet, Value, When

from accounts.models import Role, User
from assessments.enums import Part, SnapshotKind, Subject
from assessments.models import Assessment, Assignment, Event, Revision, Snapshot
from assessments.planned import Planned
from assessments.policies.people import NEEDED_ROLE, Rows, held, keep_relation, standing_for, with_relation
from assessments.policies.protection import visible_sources
from assessments.policies.steps import CIRCLES

_NONE = Q(pk__in=[])


def _running(user: User, part: Part, assessment: str) -> Q:
    """Say which rows belong to assessments in which a person holds a part; none without the role it needs."""
    return Q(held(user, part, assessment)) if user.has_role(*NEEDED_ROLE[part]) else _NONE


def _blind(user: User, assessment: str) -> Exists:
    return held(user, Part.SECOND_CODER, assessment)


def _content(user: User, assessment: str, revision: str | None = None) -> Q:
    """Say which rows belong to assessments whose working content a person may read.

    `revision` is the way from the row to the revision whose step of review may shut its analysts out, "" where the row
    is that revision; None where it is an assessment, and its open revision counts.
    """
    if not user.is_active:
        return _NONE
    allowed = Q()
    if not user.has_role(Role.COORDINATOR):
        allowed = _running(user, Part.REVIEWER, assessment)
        as_analyst = _running(user, Part.ANALYST, assessment)
        if as_analyst is not _NONE:
            allowed |= as_analyst & _is_seen_by_analysts(assessment, revision)
    return allowed & ~Q(_blind(user, assessment))


def _is_seen_by_analysts(assessment: str, revision: str | None) -> Q:
    circles = [circle.value for circle, parts in CIRCLES.items() if Part.ANALYST in parts]
    if revision is not None:
        return Q(**{f"{revision}seen_by__in": circles})
    shut = Revision.objects.filter(assessment=OuterRef(assessment), is_open=True).exclude(seen_by__in=circles)
    return ~Q(Exists(shut))


def visible_assessments(user: User) -> QuerySet[Assessment]:
    """Assessments whose working content a person may read: as analyst, reviewer or coordinator."""
    return Assessment.objects.filter(_content(user, "pk"))


def people_of(assessment: Assessment) -> QuerySet[User]:
    """People who work on an assessment in the open: its analysts and reviewers, and coordinators; no second coder."""
    running = Assignment.objects.filter(assessment=assessment, user=OuterRef("pk"), ended_at__isnull=True)
    held = Q(role_grants__role=Role.COORDINATOR)
    for part in (Part.ANALYST, Part.REVIEWER):
        held |= Q(Exists(running.filter(part=part.value)), role_grants__role__in=NEEDED_ROLE[part])
    coded = Exists(running.filter(part=Part.SECOND_CODER.value))
    return User.objects.filter(held, ~Q(coded), is_active=True).order_by().distinct()


def codable_assessments(user: User) -> QuerySet[Assessment]:
    """Assessments a person codes blind: their sources, evidence and facts may be read, and nothing else."""
    return Assessment.objects.filter(_blind(user, "pk")) if user.is_active else Assessment.objects.none()


def _listed(user: User) -> Q:
    """Say which assessments a person may know of: those they read, and those with a snapshot they may see."""
    snapshots = visible_snapshots(user).filter(revision__assessment=OuterRef("pk"))
    return _content(user, "pk") | Q(Exists(snapshots))


def visible_revisions(user: User) -> QuerySet[Revision]:
    """Revisions whose working content a person may read."""
    return Revision.objects.filter(_content(user, "assessment", "")).select_related(*_SHOWN_WITH_IT)


_SHOWN_WITH_IT = ("assessment__country", "assessment__period", "framework", "wording")


def _worked_out(rows: Rows, condition: Q) -> Rows:
    """Keep the rows that meet a condition, worked out for each: right for the few that one public id leaves.

    PostgreSQL makes joins of conditions on other tables and tries them in every order: 6.5 ms for one revision.
    """
    return rows.alias(is_seen=Case(When(condition, then=True), default=False)).filter(is_seen=True)


def open_revision(user: User, assessment_id: UUID) -> Revision | None:
    """Return an assessment's open revision, else its newest, with who the person is to it; one query.

    None where there is no such assessment, or none this person may read.
    """
    found = _open_revision(user.is_active, user.roles, user=user.pk, assessment=assessment_id)
    if not found:
        return None
    keep_relation(found[0], user, found[0].assessment)
    return found[0]


@Planned
def _open_revision(is_active: bool, roles: frozenset[str], *, user: int, assessment: UUID) -> QuerySet[Revision]:
    reader = standing_for(user, roles, is_active=is_active)
    rows = Revision.objects.filter(assessment__public_id=assessment).select_related(*_SHOWN_WITH_IT)
    scoped = _worked_out(rows, _content(reader, "assessment", ""))
    return with_relation(scoped, reader).order_by("-is_open", "-number")[:1]


def visible_snapshots(user: User) -> QuerySet[Snapshot]:
    """Snapshots: all of an assessment for its people, approved ones for exporters, released ones for readers."""
    return Snapshot.objects.filter(_seen_snapshots(user))


def _seen_snapshots(user: User) -> Q:
    if not user.is_active:
        return _NONE
    allowed = _content(user, "revision__assessment", "revision__")
    released, approved = Q(released_at__isnull=False), Q(kind=SnapshotKind.APPROVED.value)
    if user.has_role(Role.EXPORTER):
        allowed |= approved
    if user.has_role(Role.READER, Role.ANALYST, Role.REVIEWER):
        allowed |= released
    return allowed & ~Q(_blind(user, "revision__assessment"))


def open_snapshot(user: User, snapshot_id: UUID) -> Snapshot | None:
    """Return a frozen text with all that its pages name, and who the person is to its assessment; one query.

    None where there is no such text, or none this person may see.
    """
    found = next(iter(_open_snapshot(user.is_active, user.roles, user=user.pk, snapshot=snapshot_id)), None)
    if found is not None:
        keep_relation(found, user, found.revision.assessment)
        found.__dict__["_let_through"] = user.pk
    return found


def was_let_through(snapshot: Snapshot, user: User) -> bool:
    """Say whether this very snapshot came to this person from `open_snapshot`; it is not asked for once more then."""
    return bool(snapshot.__dict__.get("_let_through") == user.pk)


@Planned
def _open_snapshot(is_active: bool, roles: frozenset[str], *, user: int, snapshot: UUID) -> QuerySet[Snapshot]:
    reader = standing_for(user, roles, is_active=is_active)
    rows = _worked_out(Snapshot.objects.filter(public_id=snapshot), _seen_snapshots(reader))
    return with_relation(rows, reader, "revision__assessment").select_related(
        "revision__assessment__country",
        "revision__assessment__period",
        "revision__framework",
        "superseded_by",
        "by",
        "released_by",
    )


def listed_assessment(user: User, assessment_id: UUID) -> Assessment | None:
    """Return an assessment that a person may know of, with country and period; None for any other. One query."""
    found = _listed_assessment(user.is_active, user.roles, user=user.pk, assessment=assessment_id)
    return next(iter(found), None)


@Planned
def _listed_assessment(is_active: bool, roles: frozenset[str], *, user: int, assessment: UUID) -> QuerySet[Assessment]:
    reader = standing_for(user, roles, is_active=is_active)
    rows = Assessment.objects.filter(public_id=assessment).select_related("country", "period")
    return _worked_out(rows, _listed(reader))


def visible_events(user: User) -> QuerySet[Event]:
    """Events a person may read: of assessments and sources they read, of accounts and frameworks by role."""
    return Event.objects.filter(_readable(user)) if user.is_active else Event.objects.none()


def newest_events(user: User) -> QuerySet[Event]:
    """The same events, newest first, for a page of them: read along the index by time until the page is full.

    SQLite would else collect the events of every subject a person reads, and sort them all for fifty of them.
    """
    if not user.is_active:
        return Event.objects.none()
    is_readable = Case(When(_readable(user), then=Value(value=True)), default=Value(value=False))
    return Event.objects.filter(is_readable).order_by("-at", "-pk")


def _readable(user: User) -> Q:
    kinds = Q(
        subject_kind=Subject.ASSESSMENT.value, subject_id__in=visible_assessments(user).order_by().values("public_id")
    ) | Q(subject_kind=Subject.SOURCE.value, subject_id__in=visible_sources(user).order_by().values("public_id"))
    kinds |= Q(subject_kind=Subject.ACCOUNT.value, subject_id=user.public_id)
    for role, subject in (
        (Role.ACCOUNT_ADMIN, Subject.ACCOUNT),
        (Role.FRAMEWORK_EDITOR, Subject.FRAMEWORK),
        (Role.COORDINATOR, Subject.PERIOD),
        (Role.COORDINATOR, Subject.TEMPLATE),
        (Role.EXPORTER, Subject.TEMPLATE),
    ):
        if user.has_role(role):
            kinds |= Q(subject_kind=subject.value)
    return kinds
