"""Tier paragraph: status, movement, efforts, shortfalls; only with a decision on record (narrative-style.md 3)."""

from dataclasses import replace

from assessments.core.drafting.desk import Desk
from assessments.core.drafting.people import counted
from assessments.core.drafting.policy import write_determinations, write_elements
from assessments.core.drafting.statements import (
    be,
    clause_of,
    concern_clause,
    concerns_of,
    near_topic,
    of_kind,
    own_words,
    speaker_of,
)
from assessments.core.grammar import clean, count_words, gerund_of_past, ordinal
from assessments.core.sheets import Statement, Statistic
from assessments.core.types import Decision
from assessments.core.values import (
    NUMBERED,
    UNKNOWN_COUNT,
    ConcernGrade,
    CountKind,
    Section,
    Stage,
    StatementKind,
    Tier,
    TrendDirection,
    Unit,
)

_PATTERNS = {Tier.ONE: "NP-01", Tier.TWO: "NP-02", Tier.WATCH_LIST: "NP-03", Tier.THREE: "NP-05", Tier.SPECIAL: "NP-56"}
_HEIGHT = {Tier.ONE: 3, Tier.TWO: 2, Tier.WATCH_LIST: 1, Tier.THREE: 0}
_CREDITED = (Stage.TRIAL, Stage.CONVICTION)
_IN_WORDS = (StatementKind.EFFORT, StatementKind.SHORTFALL, StatementKind.CONTEXT, StatementKind.LIMIT)
_ADDING = ("including ", "particularly ", "especially ", "notably ", "in particular ")
_TOLD_AT_TOP = 2  # concern level (narrative-style.md NP-09)


def write(desk: Desk) -> None:
    """Write the tier paragraph; without a decided tier only what is on record for it otherwise."""
    decision = desk.record.decision
    if decision.tier:
        _status(desk, decision, decision.tier)
        _waiver(desk, decision)
    _efforts(desk, decision)
    write_determinations(desk)
    write_elements(desk, Section.TIER)
    _complicity(desk, decision)
    _gap_at_the_top(desk, decision)
    _shortfalls(desk)


def _status(desk: Desk, decision: Decision, tier: Tier) -> None:
    overall = next((trend for trend in decision.trends if trend.section is None), None)
    is_stated = overall is not None and overall.direction is not TrendDirection.NOT_STATED
    years = decision.watch_list_years if tier is Tier.WATCH_LIST else None
    desk.say(
        _PATTERNS[tier],
        "status",
        {
            "gov_full": desk.gov_full,
            "country": desk.country,
            "period": desk.style.period,
            "direction": desk.wording.word("trend-overall", overall.direction) if overall and is_stated else "",
            "move": desk.wording.word("move", move(decision.previous_tier, tier)),
            "tier": desk.wording.word("tier", tier),
            "ordinal": ordinal(years) if years and years > 1 else "",
            "reason": clean(decision.watch_list_ground) if tier is Tier.WATCH_LIST else "",
        },
        section=Section.TIER,
        subjects=(),
        basis=desk.basis(
            (),
            overall.evidence if overall and is_stated else (),
            decisions=["tier", *(["trend.overall"] if is_stated else [])],
        ),
        choice=f"the tier decided is on record ({tier.label}); the tier before is "
        + ("on record" if decision.previous_tier else "not known"),
    )


def move(before: Tier | None, now: Tier) -> str:
    """Return how a tier moved: same, up, down, or unknown where the tier before is not on record or not comparable."""
    if before is None or Tier.SPECIAL in {before, now}:
        return "same" if before is now and before is not None else "unknown"
    if before is now:
        return "same"
    return "up" if _HEIGHT[now] > _HEIGHT[before] else "down"


def _waiver(desk: Desk, decision: Decision) -> None:
    if not decision.waiver or decision.tier is not Tier.WATCH_LIST:
        return
    years = decision.waiver_years
    desk.say(
        "NP-04",
        "waiver",
        {"gov": desk.gov, "country": desk.country, "ordinal": ordinal(years) if years and years > 1 else ""},
        section=Section.TIER,
        subjects=(),
        basis=desk.basis((), decisions=["tier", "waiver"]),
        choice="a waiver is on record",
    )


def _efforts(desk: Desk, decision: Decision) -> None:
    """Write efforts: what officials were prosecuted or convicted, and other efforts filed for this paragraph."""
    figures = [item for item in desk.record.official_statistics if _is_credit(item)] if decision.tier else []
    figures.sort(key=lambda item: (-_CREDITED.index(item.stage), item.id))
    statements = of_kind(desk, Section.TIER, StatementKind.EFFORT)
    items = _credits(desk, figures)
    told: list[Statement] = []
    for statement in statements:
        words = own_words(desk, statement)
        gerund = gerund_of_past(words.predicate)
        if gerund and not words.subject:
            items.append(gerund)
            told.append(statement)
        elif words.predicate:
            _plain(desk, statement)
    if not items:
        return
    facts: list[Statistic | Statement] = [*figures, *told]
    desk.say(
        "NP-11",
        "despite" if decision.tier is Tier.THREE else "efforts",
        {"efforts": desk.join(items), "gov": desk.gov},
        section=Section.TIER,
        subjects=[item.id for item in facts],
        basis=desk.basis(
            [item.id for item in facts],
            [ref for item in facts for ref in item.evidence],
            decisions=["tier"] if decision.tier else [],
        ),
        choice="efforts on record",
    )


def _is_credit(item: Statistic) -> bool:
    return item.stage in _CREDITED and (item.count.kind in NUMBERED or item.count.kind is CountKind.TOOK_PLACE)


def _credits(desk: Desk, figures: list[Statistic]) -> list[str]:
    """Return what was done about officials; of several figures of one step only that, since they may overlap.

    The body tells each of them.
    """
    by_step: dict[tuple[Stage, Unit], list[Statistic]] = {}
    for item in figures:
        by_step.setdefault((item.stage, item.unit), []).append(item)
    return [
        _credit(desk, members[0] if len(members) == 1 else replace(members[0], count=UNKNOWN_COUNT))
        for members in by_step.values()
    ]


def _credit(desk: Desk, item: Statistic) -> str:
    spec = desk.wording.stage(item.stage)
    officials = desk.wording.hedge(item.stage).officials
    words = count_words(item.count)
    noun = counted(desk, item.count, officials.removesuffix("s"), officials) if words else officials
    is_persons = item.unit.value == "persons"
    if is_persons:
        return f"{spec.gerund} {noun}"
    case = counted(desk, item.count, desk.wording.word("unit", item.unit), desk.wording.word("units", item.unit))
    return f"{spec.cases_gerund} {case}"


def _complicity(desk: Desk, decision: Decision) -> None:
    """Write the complicity shortfall: concern and effect filed for this paragraph, or told again from the body."""
    own = of_kind(desk, Section.TIER, StatementKind.CONCERN, StatementKind.EFFECT)
    for item in own:
        _weighed(desk, [item])
    if own or not decision.tier:
        return
    body = [item for item in of_kind(desk, Section.PROSECUTION, StatementKind.CONCERN) if _is_grave(desk, item)]
    if body:
        _summed_up(desk, body[0])


def _is_grave(desk: Desk, item: Statement) -> bool:
    """Say whether a concern of the body is told at the top too: from level 2, or where its source graded it higher."""
    return (desk.finding.concern.level or 0) >= _TOLD_AT_TOP or item.grade not in {None, ConcernGrade.CONCERN}


def _weighed(desk: Desk, members: list[Statement]) -> None:
    first = members[0]
    speaker = speaker_of(desk, first)
    desk.say(
        "NP-09",
        "concern",
        {
            "clause": concern_clause(desk, members, is_own=speaker is None),
            "opening": _turn(desk),
            **desk.voice(Section.TIER, speaker, first.modality),
        },
        section=Section.TIER,
        subjects=[item.id for item in members],
        basis=desk.basis([item.id for item in members], [ref for item in members for ref in item.evidence]),
        choice="a concern or effect on record",
    )


def _summed_up(desk: Desk, item: Statement) -> None:
    """Tell a concern of the body here too, shorter and in other words: who voices it, and its effect, stand there."""
    if clean(item.text):
        return
    desk.say(
        "NP-09",
        "concern",
        {"clause": summary(desk, item), "opening": _turn(desk)},
        section=Section.TIER,
        subjects=[item.id],
        basis=desk.basis([item.id], item.evidence),
        choice="a concern of the body, in short",
    )


def summary(desk: Desk, item: Statement) -> str:
    """Return a concern in short: "serious concerns about official complicity persisted".

    A scope that only adds ("including at the senior level") is left to the body; one that limits stays.
    """
    is_own = speaker_of(desk, item) is None
    scope = clean(item.scope)
    topic = near_topic(desk, item)
    if scope and not scope.startswith(_ADDING) and scope.casefold() not in topic.casefold():
        topic = f"{topic} {scope}"
    concerns = concerns_of(desk, item, is_own=is_own)
    if not concerns:
        was = "remained" if item.persists else be(desk, item)
        grade = desk.wording.word("grade", item.grade or ConcernGrade.CONCERN)
        return desk.wording.phrase("graded-in-short", topic=topic, verb=was, concern=grade)
    name = "concerns-persisted" if item.persists else "concerns-own" if is_own else "concerns-reported"
    return desk.wording.phrase(name, topic=topic, concern=concerns)


def _turn(desk: Desk) -> str:
    """Return the word that turns from efforts to shortfalls, once, where efforts were told."""
    told = [each for each in desk.sentences if each.key.section is Section.TIER]
    efforts = any(each.key.family == "tier-efforts" for each in told)
    turned = any(each.slots.get("opening") == desk.style.however for each in told)
    return desk.style.however if efforts and not turned else ""


def _gap_at_the_top(desk: Desk, decision: Decision) -> None:
    """In Tier 1, say what was not done about officials, from the figures that say so."""
    if decision.tier is not Tier.ONE:
        return
    for kind in (CountKind.NOT_REPORTED, CountKind.REPORTED_ZERO):
        found = [
            item
            for item in desk.record.official_statistics
            if item.stage in _CREDITED
            and item.count.kind is kind
            and not (item.scope or item.agency or item.jurisdiction)
        ]
        if not found:
            continue
        stages = sorted({item.stage for item in found}, key=_CREDITED.index)
        specs = [desk.wording.stage(stage) for stage in stages]
        is_silent = kind is CountKind.NOT_REPORTED
        verbs = desk.join([spec.gerund if is_silent else spec.base for spec in specs], "or")
        name = "gap-silent" if is_silent else "gap-zero"
        desk.say(
            "NP-10",
            "gap",
            {
                "gov": desk.gov,
                "clause": desk.wording.phrase(name, stages=verbs),
            },
            section=Section.TIER,
            subjects=[item.id for item in found],
            basis=desk.basis(
                [item.id for item in found], [ref for item in found for ref in item.evidence], decisions=["tier"]
            ),
            choice=f"Tier 1, and a figure on record: {kind.label}",
        )


def _shortfalls(desk: Desk) -> None:
    """Write shortfalls and context filed for this paragraph."""
    for item in of_kind(desk, Section.TIER, *_IN_WORDS):
        if not own_words(desk, item).predicate:
            desk.gap(Section.TIER, f"choose what was found, or say in words what {item.id} states", facts=(item.id,))
    items = [item for item in of_kind(desk, Section.TIER, StatementKind.SHORTFALL) if own_words(desk, item).predicate]
    own = [item for item in items if speaker_of(desk, item) is None]
    if own:
        has_turn = bool(_turn(desk))
        words = [own_words(desk, item) for item in own]
        of_government = [each.predicate for each in words if not each.subject]
        others = [each.clause(desk.gov) for each in words if each.subject]
        clause = desk.join([f"{desk.gov} {desk.join(of_government)}"] * bool(of_government) + others)
        desk.say(
            "NP-57",
            "shortfalls" if has_turn else "plain",
            {"shortfalls": clause},
            section=Section.TIER,
            subjects=[item.id for item in own],
            basis=desk.basis([item.id for item in own], [ref for item in own for ref in item.evidence]),
            choice="shortfalls on record",
        )
    for item in items:
        if item not in own:
            _plain(desk, item)
    for item in of_kind(desk, Section.TIER, StatementKind.CONTEXT, StatementKind.LIMIT):
        if own_words(desk, item).predicate:
            _plain(desk, item)


def _plain(desk: Desk, item: Statement) -> None:
    speaker = speaker_of(desk, item)
    desk.say(
        "NP-58",
        "attributed" if speaker else "plain",
        {
            "clause": clause_of(desk, item),
            **desk.voice(Section.TIER, speaker, item.modality),
        },
        section=Section.TIER,
        subjects=[item.id],
        basis=desk.basis([item.id], item.evidence),
        choice=f"a statement on record: {item.kind.label}",
    )
