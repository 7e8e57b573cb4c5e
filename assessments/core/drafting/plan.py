"""The order of a narrative: which writer speaks when, section by section (narrative-style.md 1)."""

from collections.abc import Iterable

from assessments.core.drafting import allegations, cases, general, measures, policy, statements, statistics, tier
from assessments.core.drafting.desk import Desk
from assessments.core.drafting.folding import folded, told_behind
from assessments.core.drafting.routes import ABROAD
from assessments.core.grammar import clean, month_and_year
from assessments.core.sheets import OfficialCase
from assessments.core.types import Case, Draft, Finding
from assessments.core.values import Defendants, Section, TrendDirection


def draft(case: Case, finding: Finding, sections: Iterable[Section] = tuple(Section)) -> Draft:
    """Return the first draft: sentences in printing order and the gaps for the working view; no recommendations.

    The same case gives the same draft, in whatever order its records stand. Facts alone give a draft: no rating is
    needed. Levels choose strength words and never supply a fact.
    """
    desk = Desk(case, finding)
    wanted = set(sections)
    for section, write in _WRITERS:
        if section in wanted:
            write(desk)
    return Draft(sentences=tuple(desk.sentences), gaps=tuple(desk.gaps))


def _prosecution(desk: Desk) -> None:
    section = Section.PROSECUTION
    _trend(desk, section)
    policy.write_elements(desk, section)
    desk.folded = folded(desk)
    desk.behind = told_behind(desk)
    desk.told_sanctions = general.told_sanctions(desk)
    told = statistics.write(desk)
    general.write(desk, section, Defendants.OFFICIALS)
    measures.write_requests(desk)
    _presumption(desk)
    statements.write_concerns(desk, section)
    cases.write(desk, section, (case for case in desk.record.cases if not _is_abroad(case)), told)
    allegations.write(desk, section)
    measures.write_measures(desk, section)
    general.write(desk, section, Defendants.EVERYONE)
    statements.write_body(desk, section)
    statements.write_limits(desk, section)


def _presumption(desk: Desk) -> None:
    """Note for colleagues, and for them alone, which stages the presumption of sec. 108(b)(7) concerns (NP-40)."""
    for item in sorted(desk.record.requests, key=lambda each: each.id):
        if not (item.presumption_proposed and item.asked_on and item.stages):
            continue
        stages = desk.join(dict.fromkeys(desk.wording.stage(stage).nouns for stage in item.stages))
        slots = {"date": month_and_year(item.asked_on), "stages": stages}
        desk.gap(Section.PROSECUTION, desk.wording.pattern("NP-40").write("note", slots), facts=(item.id,))


def _protection(desk: Desk) -> None:
    section = Section.PROTECTION
    _trend(desk, section)
    statements.write_body(desk, section)
    statements.write_concerns(desk, section)
    measures.write_measures(desk, section)
    allegations.write(desk, section)
    statements.write_limits(desk, section)


def _prevention(desk: Desk) -> None:
    section = Section.PREVENTION
    _trend(desk, section)
    statements.write_body(desk, section)
    statements.write_concerns(desk, section)
    measures.write_measures(desk, section)
    measures.write_commitments(desk)
    statements.write_limits(desk, section)
    cases.write(desk, section, (case for case in desk.record.cases if _is_abroad(case)), frozenset())
    allegations.write(desk, section)


def _profile(desk: Desk) -> None:
    section = Section.PROFILE
    statements.write_profile(desk)
    statements.write_body(desk, section)
    statements.write_concerns(desk, section)
    statements.write_limits(desk, section)


_WRITERS = (
    (Section.TIER, tier.write),
    (Section.PROSECUTION, _prosecution),
    (Section.PROTECTION, _protection),
    (Section.PREVENTION, _prevention),
    (Section.PROFILE, _profile),
)


def _is_abroad(case: OfficialCase) -> bool:
    return case.deployment in ABROAD


def _trend(desk: Desk, section: Section) -> None:
    """Write how efforts in a section moved, where that is on record."""
    trend = next((item for item in desk.record.decision.trends if item.section is section), None)
    if trend is None or trend.direction is TrendDirection.NOT_STATED:
        return
    reason = clean(trend.reason)
    desk.say(
        "NP-12",
        "trend",
        {
            "topic": desk.wording.word("trend-section", section),
            "gov": desk.gov,
            "direction": desk.wording.word("trend", trend.direction),
        },
        section=section,
        subjects=(),
        basis=desk.basis((), trend.evidence, decisions=[f"trend.{section.value}"]),
        choice=f"the trend on record: {trend.direction.label}" + (f", {reason}" if reason else ""),
    )
