"""A look at what is protected leaves a trace (decisions.md 13)."""

from collections.abc import Iterable

from accounts.models import User
from assessments import actions, policies
from assessments.core.values import Protection
from assessments.views.bench import now


def note_views(user: User, views: Iterable[policies.SourceView]) -> None:
    """Log that a person is shown what is protected of these sources; nothing is asked of the database where none is."""
    guarded_ = [view.source.public_id for view in views if view.is_known and view.source.protection != Protection.OPEN]
    if guarded_:
        actions.note_view(source_ids=guarded_, by=user, at=now())
