"""What a record says, in one line for its table: what it is, its particulars, and where it stands. No query."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from assessments.core import sheets
from assessments.core.grammar.lists import join as listing
from assessments.core.values import NUMBERED, Count
from assessments.templatetags.indicia import day
from frameworks.spec.compiled import CompiledFramework, UnknownRecord


@dataclass(frozen=True)
class Row:
    """One record in its table."""

    ref: str
    what: str
    details: str
    status: str
    evidence: tuple[str, ...]
    needs: tuple[str, ...] = ()


def row(record: Any, framework: CompiledFramework, needs: tuple[str, ...] = ()) -> Row:
    """Return a record's line."""
    what, details, status = _SUMMARIES[type(record)](record, framework)
    return Row(
        record.id, what, "; ".join(part for part in details if part), status, getattr(record, "evidence", ()), needs
    )


Line = tuple[str, list[str], str]


def count_in_words(count: Count | None) -> str:
    """Say a count: "exactly 3", "not reported"; None gives ""."""
    if count is None:
        return ""
    return f"{count.kind.label} {count.value}" if count.kind in NUMBERED else count.kind.label


def _term(framework: CompiledFramework, vocabulary: str, slug: str | None) -> str:
    if slug is None:
        return ""
    try:
        return framework.term(vocabulary, slug).label
    except UnknownRecord:
        return slug


def officials(groups: tuple[sheets.OfficialGroup, ...]) -> str:
    """Say who: "2 police officers (National Police) and mayor"."""
    said = []
    for group in groups:
        many = group.count.value not in (1, None) or group.count.kind.value in ("some", "several")
        number = str(group.count.value) if many and group.count.value else ("" if not many else group.count.kind.value)
        role = (group.plural or f"{group.role}s") if many else group.role
        agency = f" ({group.abbreviation or group.agency})" if group.agency else ""
        said.append(f"{number} {'former ' if group.former else ''}{role}{agency}".strip())
    return listing(said)


def _conduct(record: sheets.Conduct, framework: CompiledFramework) -> str:
    return record.text or listing([_term(framework, "act", act).lower() for act in record.acts])


def _statistic(item: sheets.Statistic, _: CompiledFramework) -> Line:
    months = "" if item.period_basis.value == "reporting-period" else item.period_basis.label + " " + day(item.period)
    return (
        f"{item.stage.label}, {item.unit.label}",
        [item.scope, item.agency, months, item.gap_reason],
        count_in_words(item.count),
    )


def _case(item: sheets.OfficialCase, framework: CompiledFramework) -> Line:
    steps = [
        f"{step.stage.label}{' ' + day(step.date) if step.date else ''} ({step.status.label})"
        for step in item.proceedings
    ]
    return (
        officials(item.officials) or "officials not recorded",
        [_conduct(item, framework), *steps],
        item.relation.label,
    )


def _allegation(item: sheets.Allegation, framework: CompiledFramework) -> Line:
    return (
        officials(item.officials) or "officials not recorded",
        [_conduct(item, framework), item.setting, item.place],
        f"{item.modality.label}; {item.response.label}",
    )


def _element(item: sheets.PolicyElement, framework: CompiledFramework) -> Line:
    return (
        item.conduct or "conduct not recorded",
        [framework.indicator(item.factor).title, _term(framework, "sector", item.sector)],
        item.kind.label,
    )


def _measure(item: sheets.Measure, _: CompiledFramework) -> Line:
    return item.text or item.kind.label, [item.kind.label, day(item.date), item.body], item.stage.label


def _commitment(item: sheets.Commitment, framework: CompiledFramework) -> Line:
    return _term(framework, "instrument", item.instrument), [day(item.date), item.reservation], item.status.label


def _request(item: sheets.DataRequest, _: CompiledFramework) -> Line:
    asked = "asked " + day(item.asked_on) if item.asked_on else "not dated"
    return (
        item.items or "what was asked is not recorded",
        [item.addressee, item.channel],
        f"{asked}, " + ("replied " + day(item.replied_on) if item.replied_on else "no reply recorded"),
    )


def _statement(item: sheets.Statement, _: CompiledFramework) -> Line:
    grade = item.grade.label if item.grade else (item.strength.label if item.strength else "")
    said = item.text or f"{item.topic}: {grade}".strip(": ")
    return said, [item.section.label, item.scope, listing(item.objects)], item.kind.label


def _search(item: sheets.SearchNote, framework: CompiledFramework) -> Line:
    return item.searched, [day(item.on)], listing([framework.indicator(slug).code for slug in item.indicators])


def _gap(item: sheets.InformationGap, framework: CompiledFramework) -> Line:
    codes = listing([framework.indicator(slug).code for slug in item.indicators])
    status = f"closed {day(item.closed_on)}" if item.closed_on else "closed" if item.outcome else "open"
    return item.text, [codes, listing([stage.label for stage in item.stages]), item.outcome], status


_SUMMARIES: dict[type, Callable[[Any, CompiledFramework], Line]] = {
    sheets.Statistic: _statistic,
    sheets.OfficialCase: _case,
    sheets.Allegation: _allegation,
    sheets.PolicyElement: _element,
    sheets.Measure: _measure,
    sheets.Commitment: _commitment,
    sheets.DataRequest: _request,
    sheets.Statement: _statement,
    sheets.SearchNote: _search,
    sheets.InformationGap: _gap,
}
