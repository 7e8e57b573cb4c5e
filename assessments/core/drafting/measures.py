"""Laws, bodies, trainings, seizures (F4), treaty commitments (F5) and requests for data (F6)."""

from assessments.core.drafting.desk import Desk
from assessments.core.drafting.people import counted
from assessments.core.drafting.periods import when
from assessments.core.grammar import base_of_past, clean, definite, money, month_and_year, participle_of_past
from assessments.core.sheets import Commitment, Measure
from assessments.core.values import CountKind, MeasureKind, MeasureStage, Section

_MONEY = frozenset({MeasureKind.FREEZE, MeasureKind.SEIZURE, MeasureKind.CONFISCATION})
_SECTIONS = {
    MeasureKind.REPORTING_CHANNEL: Section.PROTECTION,
    MeasureKind.OVERSIGHT: Section.PREVENTION,
    MeasureKind.PUBLICATION: Section.PROSECUTION,
    MeasureKind.TRAINING: Section.PROSECUTION,
}
_PREVENTION = frozenset(
    {
        "officials-abroad-accountability",
        "recruitment-collusion",
        "procurement-transparency",
        "private-sector-compliance",
        "network-and-driver-analysis-with-information-sharing",
    }
)
_KINDS = tuple(MeasureKind)


def section_of(measure: Measure) -> Section:
    """Return the section a measure is told in, by the indicator it bears on, else by its kind."""
    if measure.indicator in _PREVENTION:
        return Section.PREVENTION
    return _SECTIONS.get(measure.kind, Section.PROSECUTION)


def write_measures(desk: Desk, section: Section) -> None:
    """Write a section's measures: seizures first, then laws and bodies; efforts before shortfalls."""
    items = [item for item in desk.record.measures if section_of(item) is section]
    for item in sorted(items, key=lambda each: (each.is_effort is False, _KINDS.index(each.kind), each.id)):
        _measure(desk, section, item)


def _measure(desk: Desk, section: Section, item: Measure) -> None:
    text = clean(item.text) or _trained(desk, item) or desk.wording.word("measure", item.kind)
    form = "done"
    if item.stage is MeasureStage.NOT_DONE:
        text, form = _undone(desk, text)
    pattern = "NP-41" if item.kind in _MONEY else "NP-47" if item.kind is MeasureKind.OVERSIGHT else "NP-42"
    desk.say(
        pattern,
        form,
        {
            "when": when(item.date),
            "subject": desk.subject(item.body, item.body_abbreviation),
            "measure": text,
            "details": _details(desk, item),
            "consequence": desk.wording.word("measure-stage", item.stage),
            "period": desk.style.period,
        },
        section=section,
        subjects=[item.id],
        basis=desk.basis([item.id], item.evidence),
        choice=f"a measure on record: {item.kind.label}, {item.stage.label}",
        family="measure",
    )


def _trained(desk: Desk, item: Measure) -> str:
    """Return a training by who took part in it: "trained 200 coast guard officers"; empty for any other measure."""
    people = clean(item.coverage) if item.kind is MeasureKind.TRAINING and not clean(item.text) else ""
    return desk.wording.phrase("trained", group=people) if people else ""


def _undone(desk: Desk, text: str) -> tuple[str, str]:
    """Return a measure that was not done, in words that say so."""
    if text.startswith(("did not ", "had not ", "failed to ", "refused to ", "has not ")):
        return text, "did-not"
    participle = participle_of_past(text)
    if participle:
        return participle, "not-done"
    base = base_of_past(text)
    return (desk.wording.phrase("did-not", clause=base), "did-not") if base else (text, "undone")


def _details(desk: Desk, item: Measure) -> str:
    """Return legal basis, coverage, money, number of cases and output, each with its words."""
    amount = money(item.amount, clean(item.currency), item.usd)
    phrase, word, parts = desk.wording.phrase, desk.wording.word, []
    if amount:
        parts.append(phrase("measure-worth" if item.kind in _MONEY else "measure-cost", amount=amount))
    if item.cases and item.cases.kind not in {CountKind.UNKNOWN, CountKind.NOT_REPORTED, CountKind.NOT_APPLICABLE}:
        cases = counted(desk, item.cases, word("case", "one"), word("case", "many"))
        parts.append(phrase("measure-cases", count=cases))
    if clean(item.coverage) and not _trained(desk, item):
        parts.append(phrase("measure-coverage", coverage=clean(item.coverage)))
    if clean(item.legal_basis):
        parts.append(phrase("measure-basis", basis=clean(item.legal_basis)))
    text, output = " ".join(parts), clean(item.output)
    return f"{text}, {phrase('measure-output', result=output)}".lstrip(" ,") if output else text


def write_commitments(desk: Desk) -> None:
    """Write treaty commitments with a known status, those of one status together."""
    groups: dict[tuple[str, str], list[Commitment]] = {}
    for item in sorted(desk.record.commitments, key=lambda each: each.id):
        verb = desk.wording.word("commitment", item.status)
        details = _commitment_details(desk, item)
        if verb:
            groups.setdefault((verb, details or item.id * bool(details)), []).append(item)
    for (verb, _), members in groups.items():
        desk.say(
            "NP-60",
            "status",
            {
                "country": desk.country,
                "verb": verb,
                "list": desk.join(dict.fromkeys(_instrument(desk, item.instrument) for item in members)),
                "details": _commitment_details(desk, members[0]),
            },
            section=Section.PREVENTION,
            subjects=[item.id for item in members],
            basis=desk.basis([item.id for item in members], [ref for item in members for ref in item.evidence]),
            choice="the status of a treaty is on record",
        )


def _instrument(desk: Desk, slug: str) -> str:
    known = desk.wording.spec.words["instrument"].get(slug)
    if known:
        return known
    term = desk.term("instrument", slug)
    return definite(term.label) if term else slug.replace("-", " ")


def _commitment_details(desk: Desk, item: Commitment) -> str:
    phrase, word, parts = desk.wording.phrase, desk.wording.word, []
    if item.date:
        parts.append(phrase("treaty-since", date=month_and_year(item.date)))
    if clean(item.reservation):
        parts.append(phrase("treaty-reservation", clause=clean(item.reservation)))
    if clean(item.domestic_law):
        parts.append(phrase("treaty-law", clause=clean(item.domestic_law)))
    if item.used_in_case is not None:
        parts.append(word("treaty-used", "yes" if item.used_in_case else "no"))
    if clean(item.recommendation):
        status = clean(item.recommendation_status)
        parts.append(phrase("treaty-recommendation", clause=clean(item.recommendation), status=status))
    elif clean(item.review_cycle):
        parts.append(phrase("treaty-review", clause=clean(item.review_cycle)))
    return ", ".join(parts)


def write_requests(desk: Desk) -> None:
    """Write the data gap a request left, where the presumption is proposed; the presumption itself is never told."""
    stated = {item.stage for item in desk.record.official_statistics if item.count.kind is not CountKind.UNKNOWN}
    for item in sorted(desk.record.requests, key=lambda each: each.id):
        stages = [stage for stage in item.stages if stage not in stated]
        if not item.presumption_proposed or not stages:
            continue
        nouns = desk.join(dict.fromkeys(desk.wording.stage(stage).nouns for stage in stages))
        desk.say(
            "NP-38",
            "request",
            {"gov": desk.gov, "data": desk.wording.phrase("of-officials", stages=nouns)},
            section=Section.PROSECUTION,
            subjects=[item.id],
            basis=desk.basis([item.id], item.evidence),
            choice="data were asked for and none came",
            family="data-request",
        )
