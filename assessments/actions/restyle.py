"""Another wording for all that is not released: what it would change, and the act that changes it.

Words only: ratings, facts and decisions are read and never written here (design.md, 1).
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from accounts.models import User
from assessments import content, events, facts, policies, stored_draft
from assessments.actions.derive import rederive
from assessments.actions.door import Invalid, NotFound, action, lock
from assessments.actions.drawn_rows import current
from assessments.actions.rows import log
from assessments.core import restyle
from assessments.core.merge import Cause
from assessments.core.restyle import Restyled
from assessments.core.words import counted
from assessments.enums import Subject
from assessments.models import Revision, Transition
from frameworks.models import WordingVersion
from frameworks.spec.patterns import MissingSlot
from frameworks.spec.wording import CompiledWording, UnknownWords


@dataclass(frozen=True)
class Applied:
    """What applying a wording did: how many assessments took it, in how many the text changed, which went back."""

    assessments: int
    changed: int
    back_to_review: int


def preview_wording(revision: Revision, wording: CompiledWording) -> Restyled:
    """Return what a revision's draft would become under a wording; nothing is written. A fixed number of queries."""
    case = facts.collect(revision, framework=content.framework_of(revision), wording=wording)
    rows = stored_draft.sentences(revision)
    items = revision.recommendations.order_by("rank", "pk").values_list("code", "generated_text", "text")
    return restyle.reworded(case, wording, tuple(current(row) for row in rows), tuple(items))


@action
def apply_wording(
    *, wording_version_id: UUID, by: User, at: datetime, revision_ids: Collection[UUID] | None = None
) -> Applied:
    """Give open, unreleased revisions this wording and draw their drafts again; all of them or none.

    `revision_ids` are those that were previewed; None takes every one whose report year the wording may word. Edited
    and hand-written sentences keep their words, with the new suggestion beside them. An approved text that reads
    differently afterwards goes back to review; approvals of equal content stand. Raises NotAllowed where one of them
    may not be worded anew, and Invalid where the wording lacks what a draft needs.
    """
    policies.check_can_style(by)
    wording = WordingVersion.objects.select_for_update().filter(public_id=wording_version_id).first()
    if wording is None:
        raise NotFound("There is no such wording version.")
    if revision_ids is None:
        chosen: Iterable[UUID] = [row.public_id for row in applicable(by, wording)]
    else:
        chosen = revision_ids
    counts = [0, 0, 0]
    for revision_id in chosen:
        revision = lock(revision_id)
        policies.check_can_restyle(revision, wording, by)
        for place, counted_ in enumerate(_apply(revision, wording, by, at)):
            counts[place] += counted_
    applied = Applied(*counts)
    if applied.assessments:
        reason = f"To {counted(applied.assessments, 'assessment')}, {applied.changed} of them with changed words."
        events.append(
            kind=Subject.FRAMEWORK,
            subject_id=wording.public_id,
            action="apply_wording",
            by=by,
            at=at,
            target=str(wording),
            reason=reason,
        )
    return applied


def applicable(user: User, wording: WordingVersion) -> list[Revision]:
    """Return the revisions that would take this wording: unreleased, of a year it may word, and not worded by it."""
    rows = policies.stylable_revisions(user).exclude(wording=wording)
    return list(rows.filter(assessment__period__report_year__gte=wording.valid_from_year))


def _apply(revision: Revision, wording: WordingVersion, by: User, at: datetime) -> tuple[bool, bool, bool]:
    """Give one locked revision a wording; say whether it took it, whether its words changed, whether it went back."""
    if revision.wording_id == wording.pk:
        return False, False, False
    before, words, state = str(revision.wording), revision.content_hash, revision.state
    revision.wording, revision.wording_named = wording, True
    revision.save(update_fields=["wording", "wording_named"])
    try:
        rederive(revision, at=at, cause=Cause.WORDING)
    except Invalid:
        raise
    except (UnknownWords, MissingSlot, ValueError) as exc:
        raise Invalid({"": [f"{revision.assessment.country}: {wording} cannot word its draft. {exc}"]}) from exc
    has_changed = revision.content_hash != words
    changes = {"revision.wording": events.Change(before, str(wording))}
    if has_changed and (move := policies.moves("apply_wording", state)) is not None:
        revision.state = move.to_state.value
        revision.seen_by = policies.seen_by(revision).value
        revision.save(update_fields=["state", "seen_by"])
        reason = f"Worded anew by {wording}; the approved text reads differently now."
        Transition.objects.create(
            revision=revision, from_state=state, to_state=revision.state, by=by, at=at, reason=reason
        )
        changes["state"] = events.Change(state, revision.state)
    log(revision, "apply_wording", by=by, at=at, target=str(wording), changes=changes)
    return True, has_changed, revision.state != state
