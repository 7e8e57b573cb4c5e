"""Who may take a text away for which audience, and who keeps the templates it is poured into."""

from accounts.models import Role, User
from assessments.core.document import Audience
from assessments.models import Snapshot
from assessments.policies.people import relation, require
from assessments.policies.visible import visible_snapshots


def audiences(snapshot: Snapshot, user: User) -> tuple[Audience, ...]:
    """Return the audiences a person may make a file of a snapshot for, the widest first; none where it is not theirs.

    Whoever sees it may take what the public reads. Notes, annexes and ids of sentences are for the people of the
    assessment, coordinators and exporters.
    """
    if not visible_snapshots(user).filter(pk=snapshot.pk).exists():
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
