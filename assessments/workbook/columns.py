"""The sheets of a workbook and their columns, made from the types of the records and from the words of the forms.

A record is a row; records inside it (officials, steps of a case, sanctions) are rows of a sheet of their own that name
the row they belong to. A count is two columns: its kind and its number. A list is one cell with a line for each member.
"""

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from assessments.core import sheets
from assessments.core.protected import PROTECTED
from assessments.core.values import GROUP_KINDS, STATISTIC_KINDS, Choice, Count, CountKind, GroupCount, StatisticCount
from assessments.forms.fact_sheets import SHEETS
from assessments.forms.grouping import ONE
from assessments.forms.labels import WORDS
from assessments.forms.records import Kind, kinds, terms
from frameworks.spec.compiled import CompiledFramework

NUMBER, ENTRY, VERSION = "No.", "Entry", "Version"
"""The row's own id; its place among the entries of one row; the version it was taken away at."""
LEFT_OUT = frozenset({"id", "demonstration", "presumption_approved_by", "proposed_by", "approved_by"})
"""Fields that nobody types."""
YES, NO = "yes", "no"


@dataclass(frozen=True)
class Column:
    """One column: the field it holds, its heading, and what a cell may say (value and label); empty: free words.

    `side` is "kind" or "value" for the two columns of a count, else "". `many`: a cell has a line for each member.
    """

    field: str
    title: str
    help: str = ""
    side: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    many: bool = False
    number: bool = False
    yes_no: bool = False
    needed: bool = False
    protected: bool = False


@dataclass(frozen=True)
class Sheet:
    """One sheet: what its rows are, and of which sheet's rows they are entries ("" for records of their own).

    `path` leads from the record to the entries: ("proceedings", "sanctions"); `parent` is what one of the entries
    around them is called: "Step".
    """

    title: str
    name: str  # the list of the interchange file its records stand in
    record: type
    columns: tuple[Column, ...]
    path: tuple[str, ...] = ()
    parent: str = ""

    @property
    def heading(self) -> tuple[str, ...]:
        """The first row."""
        if not self.path:
            return (NUMBER, *(column.title for column in self.columns), VERSION)
        outer = (self.parent,) if len(self.path) > 1 else ()
        return (NUMBER, *outer, ENTRY, *(column.title for column in self.columns))

    @cached_property
    def by_title(self) -> Mapping[str, Column]:
        """Columns by their heading."""
        return {column.title: column for column in self.columns}


ANSWERS = "Answers"
RECORDS: Mapping[str, type] = {
    "sources": sheets.Source,
    "evidence": sheets.Evidence,
    **{name: sheet.record for name, sheet in SHEETS.items()},
}
"""Record types by list, in the order of the sheets."""
TITLES: Mapping[str, str] = {"sources": "Sources", "evidence": "Evidence"}


def all_sheets(framework: CompiledFramework, countries: Mapping[str, str]) -> tuple[Sheet, ...]:
    """Return the sheets of the records, each followed by those of the entries inside it."""
    return tuple(
        sheet
        for name, record in RECORDS.items()
        for sheet in _family(name, record, _short(TITLES.get(name) or SHEETS[name].title), framework, countries)
    )


def _short(title: str) -> str:
    """Return a title that a spreadsheet takes as the name of a sheet: 31 characters, none of []:*?/\\."""
    kept = "".join(" " if sign in "[]:*?/\\" else sign for sign in title)
    return " ".join(kept.split())[:31].strip()


def _family(
    name: str,
    record: type,
    title: str,
    framework: CompiledFramework,
    countries: Mapping[str, str],
    path: tuple[str, ...] = (),
    parent: str = "",
) -> Iterator[Sheet]:
    yield Sheet(title, name, record, tuple(_columns(record, framework, countries)), path, parent)
    for kind in kinds(record):
        if is_nested(kind):
            one = ONE.get(kind.bare, kind.name.capitalize())
            inner = _short(f"{name.capitalize()} - {one if one.endswith('s') else one + 's'}")
            yield from _family(name, kind.bare, inner, framework, countries, (*path, kind.name), ONE.get(record, ""))


def is_nested(kind: Kind) -> bool:
    """Say whether a field holds records of its own."""
    return bool(kind.many and dataclasses.is_dataclass(kind.bare) and kind.bare is not Count)


def _columns(record: type, framework: CompiledFramework, countries: Mapping[str, str]) -> Iterator[Column]:
    taken: set[str] = set()
    for kind in kinds(record):
        words = WORDS[record].get(kind.name)
        if kind.name in LEFT_OUT or is_nested(kind):
            continue
        title = words.label if words else kind.name.replace("_", " ").capitalize()
        while title in taken or title in (NUMBER, ENTRY, VERSION):
            title += f" ({kind.name.replace('_', ' ')})"
        taken.add(title)
        protected = kind.name in PROTECTED.get(record, frozenset())
        given: dict[str, Any] = {
            "field": kind.name,
            "help": _plain(words.help) if words else "",
            "protected": protected,
        }
        needed = kind.default is dataclasses.MISSING and not kind.optional
        if kind.bare is Count:
            members = {StatisticCount: STATISTIC_KINDS, GroupCount: GROUP_KINDS}.get(kind.declared, tuple(CountKind))
            yield Column(title=title, side="kind", choices=_members(members), needed=needed, **given)
            yield Column(title=f"{title}: number", side="value", number=True, **given)
            continue
        yield Column(
            title=title,
            choices=_choices(kind, words, framework, countries),
            many=kind.many,
            number=kind.bare in (int, float),
            yes_no=kind.bare is bool,
            needed=needed,
            **given,
        )


def _plain(help_: str) -> str:
    return help_.replace("<em>", "").replace("</em>", "").replace("<i>", "").replace("</i>", "")


def _members(members: Sequence[Choice]) -> tuple[tuple[str, str], ...]:
    return _distinct([(member.value, member.label) for member in members])


def _choices(
    kind: Kind, words: Any, framework: CompiledFramework, countries: Mapping[str, str]
) -> tuple[tuple[str, str], ...]:
    if kind.name == "countries":
        return tuple(countries.items())
    if words is not None and words.terms:
        return _distinct(terms(framework, words.terms))
    if isinstance(kind.bare, type) and issubclass(kind.bare, Choice):
        return _members(tuple(kind.bare))
    return ((YES, YES), (NO, NO)) if kind.bare is bool else ()


def _distinct(found: Sequence[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """Return values and labels, no label twice: what shares its label is told apart by its value."""
    labels = [label.casefold() for _, label in found]
    return tuple(
        (value, label if labels.count(label.casefold()) == 1 else f"{label} ({value})") for value, label in found
    )
