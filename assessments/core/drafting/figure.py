"""A figure on officials with what is settled about it before any word is chosen: state, voice, comparison (F1a)."""

from dataclasses import dataclass

from assessments.core.drafting.desk import Desk
from assessments.core.drafting.speakers import Speaker
from assessments.core.drafting.streaks import Streak, past_share, streak_of
from assessments.core.grammar import clean
from assessments.core.sheets import Statistic
from assessments.core.values import NUMBERED, Count, CountKind, Stage, StatuteType

STAGES = tuple(Stage)
STATES = {
    CountKind.NOT_REPORTED: "silent",
    CountKind.REPORTED_ZERO: "zero",
    CountKind.TOOK_PLACE: "took-place",
    CountKind.EXACT: "counted",
    CountKind.AT_LEAST: "counted",
    CountKind.ABOUT: "counted",
}
_ORDER = ("counted", "took-place", "zero", "silent")


@dataclass(frozen=True, slots=True)
class Figure:
    """A statistic with what was settled about it before any word was chosen."""

    statistic: Statistic
    state: str
    voice: str  # "reported" (the government says so), "attributed" or "plain"
    speaker: Speaker
    streak: Streak | None
    previous: Count | None  # the period before, where it can be compared
    is_unlike: bool  # the period before is on record, but cannot be compared
    previous_period: int | None  # history the previous figure was read from

    @property
    def order(self) -> tuple[int, str, int, str]:
        """Place among the figures: counted before silent, wide before narrow, stage by stage."""
        statistic = self.statistic
        narrow = clean(statistic.scope) + clean(statistic.agency) + clean(statistic.jurisdiction)
        return (_ORDER.index(self.state), narrow, STAGES.index(statistic.stage), statistic.id)

    @property
    def likeness(self) -> tuple[object, ...]:
        """What figures must share to stand in one sentence."""
        statistic = self.statistic
        return (
            self.state,
            self.voice,
            self.speaker.name if self.voice == "attributed" else "",
            statistic.unit,
            clean(statistic.scope),
            clean(statistic.agency),
            clean(statistic.jurisdiction),
            statistic.statute,
            statistic.period_basis,
            statistic.period,
            self.streak,
            "same" if self.previous else "unlike" if self.is_unlike else "",
            statistic.id if statistic.of_total or tells_before(statistic) else "",
        )


def figure_of(desk: Desk, statistic: Statistic) -> Figure:
    speaker = desk.speaker(statistic.evidence)
    voice = "reported" if statistic.stated_by_government else "attributed" if speaker.attributes_facts else "plain"
    previous, period = _previous(desk, statistic)
    comparable = _comparable(statistic, previous)
    is_unlike = (
        comparable is None
        and previous is not None
        and previous.kind
        not in {
            CountKind.UNKNOWN,
            CountKind.NOT_APPLICABLE,
        }
    )
    if tells_before(statistic) and comparable is None:
        is_unlike = False  # the note says what the older figure was
    return Figure(
        statistic=statistic,
        state=STATES[statistic.count.kind],
        voice=voice,
        speaker=speaker,
        streak=streak_of(desk, statistic),
        previous=comparable,
        is_unlike=is_unlike and statistic.count.kind in NUMBERED,
        previous_period=period,
    )


def _previous(desk: Desk, statistic: Statistic) -> tuple[Count | None, int | None]:
    """Return the figure of the period before: as recorded here, else from the last recorded period."""
    if statistic.previous is not None:
        return statistic.previous, None
    if statistic.scope or statistic.agency or statistic.jurisdiction or statistic.statute is not StatuteType.UNKNOWN:
        return None, None
    year = desk.record.report_year - 1
    past = next((past for past in desk.record.history if past.report_year == year), None)
    share = past_share(past, statistic) if past else None
    return (share.count, year) if share else (None, None)


def _comparable(statistic: Statistic, previous: Count | None) -> Count | None:
    """Return the previous figure where both sides are exact and on one basis; a zero told as such is exact."""
    exact = {CountKind.EXACT, CountKind.REPORTED_ZERO}
    if previous is None or statistic.count.kind not in exact or previous.kind not in exact:
        return None
    if statistic.previous is not None and statistic.previous_basis not in {None, statistic.period_basis}:
        return None
    if statistic.previous is not None and statistic.previous_stage not in {None, statistic.stage}:
        return None
    both_none = statistic.count.kind is previous.kind is CountKind.REPORTED_ZERO
    return None if both_none else previous


def tells_before(statistic: Statistic) -> bool:
    """Say whether the period before is on record in another way than by a figure of the same kind."""
    told = clean(statistic.previous_note) or statistic.previous_detail or statistic.previous_stage
    return bool(told) or is_new(statistic)


def is_new(statistic: Statistic) -> bool:
    """Say whether action without a number follows a period in which none was reported."""
    previous = statistic.previous
    return (
        statistic.count.kind is CountKind.TOOK_PLACE
        and previous is not None
        and statistic.previous_basis in {None, statistic.period_basis}
        and previous.kind in {CountKind.NOT_REPORTED, CountKind.REPORTED_ZERO}
    )
