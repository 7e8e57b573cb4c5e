"""The fact sheets as tables: in the analyst's own order, narrowed by a filter, with totals beside reported figures."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from django import forms
from django.http import QueryDict

from assessments.core.sheets import OfficialCase, Statistic
from assessments.core.totals import Total, totals
from assessments.core.values import Stage
from assessments.forms.fact_sheets import SHEETS as FORM_SHEETS
from assessments.forms.fact_sheets import Sheet
from assessments.models import SHEETS
from assessments.views.bench import Bench
from assessments.views.offers import source_choices
from assessments.views.summaries import Row, count_in_words, row

NEEDS_NO_EVIDENCE = frozenset({"search_notes", "requests"})


@dataclass(frozen=True)
class Table:
    """One fact sheet as a table; `total` counts its entries before the filter."""

    sheet: Sheet
    rows: tuple[Row, ...]
    total: int

    @property
    def is_filtered(self) -> bool:
        """Say whether the filter left some out."""
        return len(self.rows) < self.total


@dataclass(frozen=True)
class TotalLine:
    """A reported figure beside what the cases add up to."""

    ref: str
    what: str
    reported: str
    found: Total


class FilterForm(forms.Form):
    """What the tables are narrowed to; every field may stay empty."""

    stage = forms.ChoiceField(label="Stage", required=False)
    agency = forms.CharField(label="Agency", required=False, max_length=200)
    role = forms.CharField(label="Role", required=False, max_length=200)
    source = forms.ChoiceField(label="Source", required=False)
    bare = forms.BooleanField(label="Without evidence", required=False)

    def __init__(self, data: Any, sources: Iterable[tuple[str, str]]) -> None:
        """Offer every stage, and the sources of the assessment under what the person may know of them."""
        super().__init__(data=data, auto_id="filter_%s")  # the quick entry above asks for a stage, agency and role too
        for name, choices in (("stage", Stage.choices()), ("source", sources)):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101  tells the type checker what was declared above
            field.choices = [("", "any"), *choices]
        for field in self.fields.values():
            is_box = isinstance(field, forms.BooleanField)
            field.widget.attrs["class"] = "form-check-input" if is_box else "form-control"


class Tables:
    """The tables of one assessment as a page shows them."""

    def __init__(self, bench: Bench, asked: QueryDict) -> None:
        """Narrow to what was asked; a filter that makes no sense narrows nothing."""
        self.bench, self.record = bench, bench.case.record
        self.form = FilterForm(asked or None, source_choices(bench))
        valid = self.form.is_bound and self.form.is_valid()
        self.wanted: Mapping[str, Any] = {k: v for k, v in self.form.cleaned_data.items() if v} if valid else {}

    @cached_property
    def tables(self) -> tuple[Table, ...]:
        """Every sheet; with a filter, those that hold something it lets through."""
        found = (self._table(name, sheet) for name, sheet in FORM_SHEETS.items())
        return tuple(table for table in found if table.rows or not self.wanted)

    def _table(self, name: str, sheet: Sheet) -> Table:
        entries = sorted(getattr(self.record, name), key=lambda item: self._places.get(item.id, (0, 0)))
        shown = [item for item in entries if self._is_wanted(name, item)]
        rows = tuple(row(item, self.bench.framework, self.bench.needs.get(item.id, ())) for item in shown)
        return Table(sheet, rows, len(entries))

    @cached_property
    def _places(self) -> Mapping[str, tuple[int, int]]:
        """Where each entry stands on its sheet, by ref; one query for all sheets."""
        models: list[Any] = list(SHEETS.values())
        queries = [
            model.objects.current().filter(revision=self.bench.revision).order_by().values_list("ref", "position", "pk")
            for model in models
        ]
        return {ref: (place, pk) for ref, place, pk in queries[0].union(*queries[1:], all=True)}

    @property
    def shown(self) -> int:
        """How many entries the filter lets through."""
        return sum(len(table.rows) for table in self.tables)

    @property
    def total(self) -> int:
        """How many entries there are."""
        return sum(len(getattr(self.record, name)) for name in FORM_SHEETS)

    @cached_property
    def totals(self) -> tuple[TotalLine, ...]:
        """Reported figures beside the cases on record."""
        return tuple(
            TotalLine(one.statistic.id, _what(one.statistic), count_in_words(one.statistic.count), one)
            for one in totals(self.record)
        )

    def _is_wanted(self, name: str, item: Any) -> bool:
        wanted = self.wanted
        if not wanted:
            return True
        stage, agency, role = wanted.get("stage"), wanted.get("agency", ""), wanted.get("role", "")
        tests = (
            stage is None or stage in _stages(item),
            _has(agency, _agencies(item)),
            _has(role, (group.role for group in getattr(item, "officials", ()))),
            "source" not in wanted or wanted["source"] in self._sources(item),
            "bare" not in wanted or (name not in NEEDS_NO_EVIDENCE and not item.evidence),
        )
        return all(tests)

    def _sources(self, item: Any) -> set[str]:
        evidence = self.bench.case.evidence
        return {evidence[ref].source for ref in getattr(item, "evidence", ()) if ref in evidence}


def _what(statistic: Statistic) -> str:
    limits = (part for part in (statistic.scope, statistic.agency, statistic.jurisdiction) if part)
    return ", ".join((f"{statistic.stage.label}, {statistic.unit.label}", *limits))


def _stages(item: Any) -> set[str]:
    if isinstance(item, OfficialCase):
        return {step.stage.value for step in item.proceedings}
    return {item.stage.value} if isinstance(item, Statistic) else set()


def _agencies(item: Any) -> Iterator[str]:
    for group in getattr(item, "officials", ()):
        yield from (group.agency, group.abbreviation)
    yield from (getattr(item, name, "") or "" for name in ("agency", "body", "organ", "addressee"))


def _has(words: str, texts: Iterable[str]) -> bool:
    return not words or any(words.lower() in text.lower() for text in texts)


def copied(record: Any) -> Any:
    """Return an entry as the beginning of a new one: the same in all but what tells one from another."""
    return replace(record, id="new")
