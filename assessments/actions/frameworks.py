"""Loading what is measured and how it is worded: what is new here, or replaced before its use, is an event."""

from collections.abc import Callable, Sequence
from datetime import datetime

from accounts.models import User
from assessments import events
from assessments.actions.door import action
from assessments.enums import Subject
from frameworks.models import FrameworkVersion, WordingVersion

Version = FrameworkVersion | WordingVersion


@action
def load_versions(
    *, stores: Sequence[Callable[[datetime], Version]], by: User | None, at: datetime
) -> tuple[Version, ...]:
    """Store versions, all or none, and return those that changed anything; `by` is None for a command.

    Each of `stores` writes one version at a moment, or returns the one that has this content already. Raises
    VersionInUse where a version that is in use would be altered.
    """
    loaded = tuple(version for version in (store(at) for store in stores) if version.loaded_at == at)
    for version in loaded:
        events.append(
            kind=Subject.FRAMEWORK,
            subject_id=version.public_id,
            action="load_version",
            by=by,
            at=at,
            target=str(version),
            changes={"digest": events.Change(None, version.digest)},
        )
    return loaded
