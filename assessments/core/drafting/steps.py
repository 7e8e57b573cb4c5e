"""The steps of a case, cut into what is told together: like opening steps, conviction and sentence, appeal."""

from dataclasses import dataclass

from assessments.core.grammar import clean
from assessments.core.sheets import OfficialCase, Proceeding, Refs
from assessments.core.values import CaseStatus, Stage, StatuteType

OPENING = (Stage.INVESTIGATION, Stage.ARREST, Stage.INDICTMENT, Stage.CHARGE, Stage.TRIAL)
JUDGED = frozenset({Stage.CONVICTION, Stage.SENTENCE})
_ENDED_WELL = frozenset({Stage.ACQUITTAL, Stage.COURT_DISMISSAL, Stage.SHELVING, Stage.REVERSAL})


@dataclass(frozen=True, slots=True)
class Move:
    """Steps of one case that are told together."""

    steps: tuple[Proceeding, ...]

    @property
    def last(self) -> Proceeding:
        """The step that decides hedge and pattern."""
        return self.steps[-1]

    @property
    def main(self) -> Proceeding:
        """The step whose offense and hedge the move is told with: the conviction, not its sentence."""
        return self.last if self.last.stage is not Stage.SENTENCE else self.steps[0]

    @property
    def stages(self) -> tuple[Stage, ...]:
        """The stages told together."""
        return tuple(step.stage for step in self.steps)

    @property
    def evidence(self) -> Refs:
        """Evidence of these steps."""
        return tuple(ref for step in self.steps for ref in step.evidence)

    @property
    def is_plain(self) -> bool:
        """Say whether nothing but stage, date, authority and state is on record of it."""
        return self.is_whole and not any(step.sanctions for step in self.steps)

    @property
    def is_whole(self) -> bool:
        """Say whether it concerned all the officials of its case, without a reason or a motive on record."""
        return not any(
            step.reason or step.alleged_motive or step.motives or step.count or step.lesser_offense
            for step in self.steps
        )


@dataclass(frozen=True, slots=True)
class Chapter:
    """What one sentence of a case tells: a move, a lesser offense told with an acquittal, an appeal left pending."""

    move: Move
    lesser: Move | None = None
    appeal: Move | None = None

    @property
    def evidence(self) -> Refs:
        """Evidence of all steps told."""
        return tuple(ref for part in (self.move, self.lesser, self.appeal) if part for ref in part.evidence)


def chapters(case: OfficialCase) -> list[Chapter]:
    """Return the sentences a case needs, in the order things happened."""
    found: list[Chapter] = []
    waiting = moves(case)
    while waiting:
        move = waiting.pop(0)
        lesser = waiting.pop(0) if waiting and _is_lesser(move, waiting[0]) else None
        appeal = waiting.pop(0) if waiting and _is_pending_appeal(waiting[0]) else None
        found.append(Chapter(move=move, lesser=lesser, appeal=appeal))
    return found


def moves(case: OfficialCase) -> list[Move]:
    """Cut a case's steps into moves: opening steps alike in date, authority and people are told together."""
    found: list[Move] = []
    for step in case.proceedings:
        if found and _go_together(found[-1], step):
            found[-1] = Move(steps=(*found[-1].steps, step))
        else:
            found.append(Move(steps=(step,)))
    return found


def _go_together(move: Move, step: Proceeding) -> bool:
    last = move.last
    if last.stage in OPENING and step.stage in OPENING and step.stage not in move.stages:
        return (
            (last.date == step.date or step.date is None)
            and clean(last.body) == clean(step.body)
            and clean(last.jurisdiction) == clean(step.jurisdiction)
            and last.count == step.count
            and not (last.sanctions or last.reason or step.reason)
            and (not clean(last.charge) or clean(last.charge) == clean(step.charge))
            and (last.statute is StatuteType.UNKNOWN or last.statute is step.statute)
        )
    if last.stage is Stage.CONVICTION and step.stage is Stage.SENTENCE and not step.lesser_offense:
        has_one_date = last.date == step.date or step.date is None or last.date is None
        is_one_place = clean(step.jurisdiction) in {"", clean(last.jurisdiction)}
        return has_one_date and is_one_place and clean(step.body) in {"", clean(last.body)}
    return False


def _is_lesser(move: Move, following: Move) -> bool:
    return (
        move.last.stage in _ENDED_WELL
        and following.last.stage in JUDGED
        and following.last.lesser_offense
        and following.last.date in {None, move.last.date}
    )


def _is_pending_appeal(move: Move) -> bool:
    step = move.last
    return (
        len(move.steps) == 1
        and step.stage is Stage.APPEAL
        and step.status in {CaseStatus.PENDING, CaseStatus.ON_APPEAL}
        and not (step.sanctions or step.reason or step.date or clean(step.body) or clean(step.jurisdiction))
    )
