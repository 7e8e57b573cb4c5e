"""Who may take a text away for which audience, and who keeps the templates it is poured into."""

from collections.abc import Collection

from django.db.models import QuerySet

from accounts.models import Role, User
from assessments.core.document import Audience
from assessments.enums import SnapshotKind
from assessments.models import Job, Snapshot
from assessments.policies.people import relation, require
from assessments.policies.visible import open_snapshot, visible_snapshots, was_let_through


def audiences(snapshot: Snapshot, user: User) -> tuple[Audience, ...]:
    """Return the audiences a person may make a file of a snapshot for, the widest first; none where it is not theirs.

    Whoever sees it may take what the public reads. Notes, annexes and ids of sentences are for the people of the
    assessment, coordinators and exporters.
    """
    if not was_let_through(snapshot, user) and open_snapshot(user, snapshot.public_id) is None:
        return ()
    theirs = relation(snapshot.revision.assessment, user)
    if theirs.sees_content or theirs.has(Role.EXPORTER):
        return Audience.PUBLIC, Audience.CLEARANCE, Audience.INTERNAL
    return (Audience.PUBLIC,)


def check_can_export_for(snapshot: Snapshot, audience: Audience, user: User) -> None:
    """Let a person make a file for an audience."""
    require(
        audience in audiences(snapshot, user),
        "Readers take away what the public reads. Files for clearance or for the office are made by its exporters, "
        "coordinators, and the people of the assessment.",
    )


def check_can_keep_templates(user: User) -> None:
    """Let coordinators and exporters keep the templates that Word files are poured into."""
    require(
        user.is_active and user.has_role(Role.COORDINATOR, Role.EXPORTER),
        "The house templates are kept by coordinators and exporters.",
    )


def check_can_use_templates(user: User) -> None:
    """Let everybody whose work is the report use the house templates; readers take the plain file."""
    require(
        user.is_active and user.has_role(Role.ANALYST, Role.REVIEWER, Role.COORDINATOR, Role.EXPORTER),
        "House templates are for the people who make the report.",
    )


# --- Many countries in one file


def check_can_build(audience: Audience, user: User) -> None:
    """Let a person have a file of many countries built: exporters and coordinators for all, readers for the public."""
    makes = user.has_role(Role.EXPORTER, Role.COORDINATOR)
    reads = audience is Audience.PUBLIC and user.has_role(Role.READER, Role.ANALYST, Role.REVIEWER)
    require(
        user.is_active and (makes or reads),
        "The whole report is built by exporters and coordinators; readers may have what is released, as the public "
        "reads it.",
    )


def reportable_snapshots(report_years: Collection[int], user: User) -> QuerySet[Snapshot]:
    """Return the texts a person may put into a file of many countries.

    Exporters and coordinators take what is approved, others what is released; nobody an assessment they code blind.
    """
    found = visible_snapshots(user).filter(
        kind=SnapshotKind.APPROVED.value,
        superseded_by__isnull=True,
        revision__assessment__period__report_year__in=report_years,
    )
    if user.has_role(Role.EXPORTER, Role.COORDINATOR):
        return found
    return found.filter(released_at__isnull=False)


def visible_jobs(user: User) -> QuerySet[Job]:
    """Return the jobs a person may see, cancel, try again and fetch the file of: their own."""
    return Job.objects.filter(by=user) if user.is_active else Job.objects.none()


def check_can_fetch(job: Job, user: User) -> None:
    """Let a person take the file of a job of theirs, as long as they may still see every text in it."""
    check_can_build(Audience(job.spec["audience"]), user)
    wanted = {entry["snapshot"] for entry in job.spec["entries"]}
    seen = visible_snapshots(user).filter(public_id__in=wanted).count() if job.by_id == user.pk else -1
    require(seen == len(wanted), "The file holds a text that is not open to you any more; have it built again.")
