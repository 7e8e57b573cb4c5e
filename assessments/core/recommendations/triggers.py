"""Which recommendations apply to a case, and what sets each one off, in words with its basis."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from assessments.core import grammar
from assessments.core.answers import Answers
from assessments.core.completeness import in_sentence
from assessments.core.findings import POLITICAL
from assessments.core.names import determination_kinds, is_credible, transnational_level
from assessments.core.sheets import Statistic
from assessments.core.support import incidents_of, involves_official
from assessments.core.types import Basis, Finding
from assessments.core.values import CountKind, Stage, StatementKind
from assessments.core.words import capital, counted, number
from frameworks.spec.base import Direction
from frameworks.spec.conditions import (
    All,
    AnyOf,
    Comparison,
    Condition,
    Not,
    Operator,
    Value,
    evaluate,
)
from frameworks.spec.measurement import RecommendationSpec

LEVEL, DETERMINATION = "level.", "determination."
CRIMINAL_STAGES = (
    Stage.ARREST,
    Stage.INVESTIGATION,
    Stage.INDICTMENT,
    Stage.CHARGE,
    Stage.TRIAL,
    Stage.CONVICTION,
    Stage.SENTENCE,
)
SILENT = frozenset({CountKind.NOT_REPORTED, CountKind.REPORTED_ZERO})


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that sets a recommendation off, in words, with its basis and its size where it has one."""

    text: str
    facts: tuple[str, ...] = ()
    ratings: tuple[str, ...] = ()
    decisions: tuple[str, ...] = ()
    indicator: str = ""
    gap: float = 0.0  # 0 to the top of the gap scale


@dataclass(frozen=True, slots=True)
class Applicable:
    """A recommendation with everything that sets it off."""

    spec: RecommendationSpec
    reasons: tuple[Reason, ...]
    specifics: tuple[str, ...] = field(default=())  # ids of the facts that fill its specific objects

    @property
    def gap(self) -> float:
        """The largest gap among what sets it off."""
        return max((reason.gap for reason in self.reasons), default=0.0)

    @property
    def indicators(self) -> tuple[str, ...]:
        """The indicators among what sets it off, once each."""
        return tuple(dict.fromkeys(reason.indicator for reason in self.reasons if reason.indicator))


def applicable(answers: Answers, finding: Finding, names: Mapping[str, Value]) -> tuple[Applicable, ...]:
    """Return every recommendation something sets off, in the order of the framework.

    Accountability items are also set off by recorded facts alone: cases, allegations, elements of a policy, and
    statistics that say nothing was done or nothing was reported, unless no complicity is known (CL 0).
    """
    found = []
    for spec in answers.case.framework.recommendations:
        reasons = [
            reason
            for comparison in holding(spec.trigger, names)
            if (reason := _explain(answers, finding, comparison)) is not None
        ]
        if spec.any_official_act and finding.concern.level != 0:
            reasons.extend(_of_facts(answers))
        if reasons:
            found.append(Applicable(spec=spec, reasons=tuple(dict.fromkeys(reasons))))
    return tuple(found)


def holding(condition: Condition, names: Mapping[str, Value]) -> Iterator[Comparison]:
    """Yield the comparisons that make a condition hold, once each; nothing from a part that does not hold."""
    yield from dict.fromkeys(_holding(condition, names) or ())


def _holding(condition: Condition, names: Mapping[str, Value]) -> list[Comparison] | None:
    """Return what makes a condition hold; None where it does not. Each comparison is made once."""
    match condition:
        case All(all=parts):
            found = [_holding(part, names) for part in parts]
            return None if None in found else [one for part in found if part for one in part]
        case AnyOf(any=parts):
            holding = [part for part in (_holding(part, names) for part in parts) if part is not None]
            return [one for part in holding for one in part] if holding else None
    verdict = evaluate(condition, names)
    if not verdict.holds:
        return None
    return list(verdict.trace if isinstance(condition, Not) else verdict.reasons)


def _explain(answers: Answers, finding: Finding, comparison: Comparison) -> Reason | None:
    """Say a comparison that held in words; None where another reason says the same with more."""
    name, case = comparison.name, answers.case
    if name.startswith(LEVEL):
        return _of_level(answers, name.removeprefix(LEVEL), comparison)
    if name.startswith(DETERMINATION):
        return _of_determination(answers, name.removeprefix(DETERMINATION))
    match name:
        case "concern_level":
            concern = finding.concern
            rated = tuple(key for key in concern.basis if key in answers.ratings)
            decided = tuple(key for key in concern.basis if key not in answers.ratings)
            return Reason(text=f"Concern is at level {concern.level}.", ratings=rated, decisions=decided)
        case "credible_allegations":
            refs = tuple(sorted(item.id for item in case.record.allegations if is_credible(answers, item)))
            text = f"{capital(counted(len(refs), 'credible allegation'))} {_are(len(refs))} on record."
            return Reason(text=text, facts=refs) if refs else None
        case "determinations":
            refs = tuple(item.id for item in answers.determinations)
            text = f"{capital(counted(len(refs), 'determination'))} of policy or pattern {_are(len(refs))} approved."
            return Reason(text=text, decisions=refs)
        case "presumption_approved" if answers.presumption:
            text = "The data presumption of 108(b)(7) is approved."
            return Reason(text=text, facts=(answers.presumption.id,), ratings=answers.presumed)
        case "transnational_incident_at_2":
            refs = tuple(sorted(item.id for item in incidents_of(case.record) if item.countries))
            level = transnational_level(answers)
            text = f"A cross-border incident bears on a concern indicator at level {level} (2 or higher)."
            return Reason(text=text, facts=refs, gap=float(level))
        case "financial_investigation_recorded":
            return Reason(text="No financial investigation is on record.")
    return Reason(text=f"{capital(str(comparison))}.")


def _are(count: int) -> str:
    return "is" if count == 1 else "are"


def _of_level(answers: Answers, slug: str, comparison: Comparison) -> Reason:
    framework = answers.case.framework
    indicator, level = framework.indicator(slug), int(comparison.actual or 0)
    bound = {Operator.AT_MOST: "or lower", Operator.AT_LEAST: "or higher"}.get(comparison.op, "")
    text = f"{in_sentence(answers.case, slug)} is at level {level} ({comparison.expected} {bound}".rstrip() + ")."
    scale = framework.value("gap-scale")
    distance = level if indicator.direction is Direction.CONCERN else indicator.scale_top - level
    decisions = tuple(item.id for item in answers.determinations if item.factor == slug)
    ratings = tuple(rating.key for rating in answers.of(slug) if answers.counts_as(rating) == level)
    presumed = (answers.presumption.id,) if answers.presumption and slug in answers.presumed else ()
    return Reason(
        text=text,
        facts=presumed,
        ratings=ratings,
        decisions=decisions,
        indicator=slug,
        gap=distance * scale / indicator.scale_top,
    )


def _of_determination(answers: Answers, factor: str) -> Reason:
    kind, spec = determination_kinds(answers)[factor], answers.case.framework.proof_of_failure[factor]
    decided = [item for item in answers.determinations if item.factor == factor]
    return Reason(
        text=f"A determination of government {kind.label} of {spec.noun} is approved.",
        facts=tuple(dict.fromkeys(ref for item in decided for ref in item.elements)),
        decisions=tuple(item.id for item in decided),
        indicator=factor,
        gap=float(answers.case.framework.value("gap-scale")),
    )


def _of_facts(answers: Answers) -> Iterator[Reason]:
    record = answers.case.record
    cases = sorted(item.id for item in record.cases if involves_official(item) and POLITICAL not in item.acts)
    allegations = sorted(item.id for item in record.allegations if involves_official(item))
    if cases:
        yield Reason(text=_on_record(cases, "case", "against officials"), facts=tuple(cases))
    if allegations:
        yield Reason(text=_on_record(allegations, "allegation", "against officials"), facts=tuple(allegations))
    elements = sorted(item.id for item in record.elements)
    if elements:
        yield Reason(text=_on_record(elements, "element", "of a policy or pattern"), facts=tuple(elements))
    concerns = sorted(
        item.id for item in record.statements if item.kind is StatementKind.CONCERN and item.about_officials
    )
    if concerns:
        yield Reason(text="A source voices a concern about official complicity.", facts=tuple(concerns))
    for kind, words in ((CountKind.NOT_REPORTED, "did not report"), (CountKind.REPORTED_ZERO, "reported no")):
        silent = [
            item for item in record.official_statistics if item.count.kind is kind and item.stage in CRIMINAL_STAGES
        ]
        if silent:
            stages = grammar.join(_stage_nouns(silent), "or")
            text = f"The government {words} {stages} of officials."
            yield Reason(text=text, facts=tuple(sorted(item.id for item in silent)))


def _on_record(refs: Sequence[str], noun: str, against: str) -> str:
    return (
        f"{capital(number(len(refs)))} {noun if len(refs) == 1 else noun + 's'} {against} {_are(len(refs))} on record."
    )


def _stage_nouns(statistics: Iterable[Statistic]) -> list[str]:
    present = {item.stage for item in statistics}
    nouns = {Stage.TRIAL: "prosecutions", Stage.INDICTMENT: "indictments", Stage.CHARGE: "charges"}
    return [nouns.get(stage, f"{stage.label}s") for stage in CRIMINAL_STAGES if stage in present]


def basis_of(reasons: Iterable[Reason], specifics: Iterable[str] = ()) -> Basis:
    """Return all that stands behind a list of reasons and the facts that fill the item."""
    found = tuple(reasons)
    return Basis(
        facts=tuple(dict.fromkeys((*(ref for reason in found for ref in reason.facts), *specifics))),
        ratings=tuple(dict.fromkeys(key for reason in found for key in reason.ratings)),
        decisions=tuple(dict.fromkeys(key for reason in found for key in reason.decisions)),
    )
