"""What a workbook would change: new rows, changed fields, rows that somebody changed meanwhile, and what is wrong."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any

from pydantic import ValidationError

from assessments.content import adapter
from assessments.core.types import Rating
from assessments.core.values import Confidence, RatingState
from assessments.forms.records import in_words
from assessments.models import Revision
from assessments.workbook.cells import Unfit, from_cell, to_cell
from assessments.workbook.columns import ANSWERS, RECORDS, Sheet
from assessments.workbook.faults import NAMES, Loc, RowFaults, entry_loc, ids, in_order
from assessments.workbook.reading import BAD_VERSION, FAULT, Cells, Read, ReadAnswer, ReadRow, Unreadable
from assessments.workbook.writing import ABOUT, Content, Taken, answer_cells, entries
from frameworks.spec.base import suggestion


@dataclass(frozen=True)
class Difference:
    """One field as it is and as the workbook has it, in the words of a cell."""

    title: str
    old: str
    new: str


@dataclass(frozen=True)
class RowChange:
    """One record or answer that the workbook changes. `is_conflict`: somebody else changed it meanwhile."""

    sheet: str
    name: str  # its list, "ratings" for an answer
    ref: str
    record: Any
    version: int | None
    differences: tuple[Difference, ...]
    is_new: bool = False
    is_conflict: bool = False


@dataclass(frozen=True)
class Plan:
    """All that a workbook would change, in the order of its sheets."""

    changes: tuple[RowChange, ...]

    @property
    def news(self) -> list[RowChange]:
        """Rows that are not there yet."""
        return [change for change in self.changes if change.is_new]

    @property
    def changed(self) -> list[RowChange]:
        """Rows that are there and read otherwise in the workbook."""
        return [change for change in self.changes if not change.is_new and not change.is_conflict]

    @property
    def conflicts(self) -> list[RowChange]:
        """Rows that somebody changed since the workbook was taken away; they are left as they are."""
        return [change for change in self.changes if change.is_conflict]

    @property
    def doable(self) -> list[RowChange]:
        """What can be taken."""
        return [change for change in self.changes if not change.is_conflict]


@dataclass(frozen=True)
class _Against:
    """What the rows of a workbook are held against."""

    now: Content
    revision: Revision
    known: Mapping[str, frozenset[str]]  # ids that a row can name, by list
    errors: list[str]


def plan(given: Read, now: Content, revision: Revision) -> Plan:
    """Compare a workbook with what is stored. Writes nothing.

    Raises Unreadable with all that is wrong, in how it is written and in what it says, each thing at its cell.
    """
    if given.revision_id != now.revision_id:
        raise Unreadable(
            [f"{ABOUT}!B3: this workbook was taken from another assessment, or from an earlier revision of this one."]
        )
    stored = {(name, taken.ref): taken for name, found in now.records.items() for taken in found}
    against = _Against(now, revision, ids(given.rows, stored, given.unread), list(given.errors))
    titles = {sheet.name: sheet for sheet in now.sheets if not sheet.path}
    changes = [
        change
        for row in given.rows
        if (change := _row(row, stored.get((row.name, row.ref)), titles[row.name], against)) is not None
    ]
    changes += _answers(given.answers, against)
    if against.errors:
        raise Unreadable(in_order(against.errors, [ABOUT, ANSWERS, *(sheet.title for sheet in now.sheets)]))
    return Plan(tuple(changes))


def _row(row: ReadRow, taken: Taken | None, sheet: Sheet, against: _Against) -> RowChange | None:
    """Return what a row changes, None where that is nothing or where something is wrong with it."""
    if row.version != BAD_VERSION and (misfit := _misfit(row, taken)):
        against.errors.append(f"{row.cells.at}: {misfit}")
        return None
    faults = RowFaults(row, sheet, against.errors)
    record = _record(row, taken, sheet, faults, against)
    if record is None or (taken is not None and record == taken.record):
        return None
    if taken is not None and taken.closed and record != _but_for(taken.free, taken.record, record):
        against.errors.append(f"{row.cells.at}: {row.ref}: {taken.closed}")
    faults.of_names(against.revision, row.name, record)
    if not faults.is_clean:
        return None
    return RowChange(
        sheet.title,
        row.name,
        row.ref,
        record,
        row.version,
        tuple(_differences(sheet, taken, record, against.now.sheets)),
        is_new=taken is None,
        is_conflict=taken is not None and taken.version != row.version,
    )


def _but_for(names: Iterable[str], old: Any, new: Any) -> Any:
    """Return the old record with these fields of the new one."""
    return replace(old, **{name: getattr(new, name) for name in names})


def _misfit(row: ReadRow, taken: Taken | None) -> str:
    """Say why a row can be neither a new nor a changed one, "" where it can."""
    if taken is None and row.version is not None:
        return f"{row.ref} is not there any more; somebody withdrew it. Take the row out."
    if taken is not None and row.version is None:
        return f"{row.ref} is there already; give a new row another number, such as new1."
    return ""


def _record(row: ReadRow, taken: Taken | None, sheet: Sheet, faults: RowFaults, against: _Against) -> Any:
    """Return the record a row says. Cells that stand as they were taken away keep the value they were made of.

    None where it can't be made. What can't be read is named and left out, so that the rest is looked at all the same.
    """
    kind: Any = RECORDS[row.name]
    old: dict[str, Any] = {} if taken is None else adapter(kind).dump_python(taken.record, mode="json")
    withheld = taken.withheld if taken else frozenset()
    values = _values(sheet, row.cells, old, withheld, (), faults) | {"id": row.ref}
    for inner, found in row.entries.items():
        if len(inner.path) == 1:
            values[inner.path[0]] = _entries_of(row, inner, found, old.get(inner.path[0]) or [], faults)
    faults.of_references(values, against.known)
    try:
        return adapter(kind).validate_python(values)
    except ValidationError as exc:
        faults.of_form(exc.errors())
        wrong = {str(error["loc"][0]) for error in exc.errors() if error["loc"]}
    try:
        rest = adapter(kind).validate_python({name: value for name, value in values.items() if name not in wrong})
    except ValidationError:  # without them it is no record at all
        return None
    faults.of_names(against.revision, row.name, rest)
    return None


def _values(
    sheet: Sheet, cells: Cells, old: Mapping[str, Any], withheld: frozenset[str], loc: Loc, faults: RowFaults
) -> dict[str, Any]:
    """Return the fields of one row: those that were not touched as they are, the others as the cells say."""
    values = dict(old)
    touched: set[str] = set()
    for column in sheet.columns:
        raw = cells.raw.get(column.title)
        if raw is FAULT:
            faults.leave((*loc, column.field))
            continue
        if column.field in withheld or _norm(raw) == _norm(to_cell(column, old.get(column.field))):
            continue
        try:
            value = from_cell(column, raw)
        except Unfit as exc:
            faults.cell((*loc, column.field), cells.where[column.title], str(exc))
            continue
        if not column.side:
            values.pop(column.field, None)
            values |= {} if value is None else {column.field: value}
            continue
        if column.field not in touched:
            touched.add(column.field)
            values[column.field] = dict(old.get(column.field) or {})
        values[column.field].pop(column.side, None)
        values[column.field] |= {} if value is None else {column.side: value}
    for name in touched:
        if not values[name]:
            del values[name]
    _needed(sheet, cells, values, withheld, loc, faults)
    return values


def _needed(
    sheet: Sheet, cells: Cells, values: Mapping[str, Any], withheld: frozenset[str], loc: Loc, faults: RowFaults
) -> None:
    """Name the cells that must not be empty and are."""
    for column in sheet.columns:
        place = (*loc, column.field)
        if column.needed and column.field not in values and column.field not in withheld and not faults.has(place):
            faults.cell(place, cells.where[column.title], f"{column.title} is needed.")


def _entries_of(
    row: ReadRow,
    sheet: Sheet,
    found: Mapping[tuple[int, ...], Cells],
    old: Sequence[Mapping[str, Any]],
    faults: RowFaults,
) -> list[dict[str, Any]]:
    """Return the entries inside a record, in the order of their places, each with the entries inside it."""
    made = []
    for key in sorted(found):
        before = old[key[-1] - 1] if key[-1] <= len(old) else {}
        values = _values(sheet, found[key], before, frozenset(), entry_loc(row, sheet, key), faults)
        for inner, entries_ in row.entries.items():
            if inner.path[:-1] == sheet.path:
                mine = {place: cells for place, cells in entries_.items() if place[:-1] == key}
                values[inner.path[-1]] = _entries_of(row, inner, mine, before.get(inner.path[-1]) or [], faults)
        made.append(values)
    return made


def _norm(raw: Any) -> Any:
    """Return what two cells are compared by: a number as such, a text without what a spreadsheet does to it."""
    if raw is None:
        return ""
    if isinstance(raw, bool):
        return "yes" if raw else "no"
    if isinstance(raw, int | float):
        return f"{raw:.12G}"  # a spreadsheet keeps no more than about 15 digits
    return str(raw).replace("\r\n", "\n").replace("_x000D_", "").strip()


def _differences(sheet: Sheet, taken: Taken | None, record: Any, sheets: Iterable[Sheet]) -> Iterable[Difference]:
    kind: Any = type(record)
    new = adapter(kind).dump_python(record, mode="json")
    old: Mapping[str, Any] = {} if taken is None else adapter(kind).dump_python(taken.record, mode="json")
    for column in sheet.columns:
        before, after = to_cell(column, old.get(column.field)), to_cell(column, new.get(column.field))
        if before != after and not (taken is None and after in (None, "no")):
            yield Difference(column.title, _said(before), _said(after))
    for inner in sheets:
        if inner.path and inner.name == sheet.name:
            was, will = (_entries(inner, values) for values in (old, new))
            if was != will:
                yield Difference(inner.title, "\n".join(was) or "none", "\n".join(will) or "none")


def _entries(sheet: Sheet, values: Mapping[str, Any]) -> list[str]:
    found = []
    for places, entry in entries(values, sheet.path):
        cells = [_said(cell) for column in sheet.columns if (cell := to_cell(column, entry.get(column.field)))]
        found.append(f"{'.'.join(map(str, places))}: {'; '.join(cells)}")
    return found


def _said(cell: Any) -> str:
    return "" if cell is None else str(cell)


# --- Answers -----------------------------------------------------------------------------------------------------


def _answers(given: Iterable[ReadAnswer], against: _Against) -> Iterable[RowChange]:
    asked = {(code, part): (answer, version) for code, part, _, answer, version in against.now.answers}
    indicators = {item.code: item for item in against.now.framework.indicators}
    seen: set[tuple[str, str]] = set()
    for row in given:
        key, where = (row.code, row.part), row.where["Question"]
        if key in seen:
            against.errors.append(f"{where}: {row.code} {row.part} stands here twice.")
        seen.add(key)
        if key not in asked:
            against.errors.append(f"{where}: there is no question {row.code} {row.part} that can be answered here.")
            continue
        if not row.answer:
            continue  # an empty row answers nothing, and takes no answer back
        old, version = asked[key]
        if old is not None and _said_by(row) == tuple(_norm(cell) for cell in answer_cells(old)):
            continue
        rating = _rating(row, indicators[row.code], against)
        if rating is None or row.version == BAD_VERSION:
            continue
        yield RowChange(
            ANSWERS,
            "ratings",
            f"{row.code} {row.part}".strip(),
            rating,
            row.version,
            tuple(_answer_differences(old, rating)),
            is_new=old is None,
            is_conflict=version != row.version,
        )


def _rating(row: ReadAnswer, indicator: Any, against: _Against) -> Rating | None:
    """Return the answer a row says, None where something is wrong with it."""
    found = list(_misreadings(row, indicator, against.known))
    against.errors.extend(f"{row.where[title]}: {message}" for title, message in found)
    if found:
        return None
    has_level = row.answer.isdigit()
    try:
        return Rating(
            indicator=indicator.slug,
            part=row.part,
            state=RatingState.RATED if has_level else RatingState(row.answer),
            level=int(row.answer) if has_level else None,
            confidence=Confidence(row.confidence) if row.confidence else None,
            rationale=row.rationale,
            reason=row.reason,
            evidence=row.evidence,
        )
    except ValidationError as exc:
        against.errors.extend(f"{_cell_of(row, error['loc'])}: {in_words(error)}" for error in exc.errors())
        return None


def _misreadings(row: ReadAnswer, indicator: Any, known: Mapping[str, frozenset[str]]) -> Iterable[tuple[str, str]]:
    """Name the cells of an answer that can't be taken, by the heading of their column."""
    levels = {str(level.value) for level in indicator.levels}
    if row.answer not in levels and row.answer not in indicator.states:
        offered = ", ".join([*sorted(levels), *indicator.states])
        yield "Level or state", f"{row.code} is answered with one of {offered}."
    if row.confidence and row.confidence not in [item.value for item in Confidence]:
        yield "Confidence", "confidence is low, moderate or high."
    for ref in row.evidence:
        if "evidence" in known and ref not in known["evidence"]:
            yield "Evidence", f"evidence has no entry “{ref}”{suggestion(ref, known['evidence'])}."


def _cell_of(row: ReadAnswer, loc: Sequence[Any]) -> str:
    """Return the cell of a field of an answer; that of its level where it is about the answer as a whole."""
    return row.where.get(str(loc[0]).capitalize() if loc else "", row.where["Level or state"])


_ANSWER_FIELDS = ("state", "level", "confidence", "rationale", "reason", "evidence")


def _said_by(row: ReadAnswer) -> tuple[Any, ...]:
    return tuple(map(_norm, (row.answer, row.confidence, row.rationale, row.reason, "\n".join(row.evidence))))


def _answer_differences(old: Rating | None, new: Rating) -> Iterable[Difference]:
    for name in _ANSWER_FIELDS:
        before, after = ("" if item is None else _plain(getattr(item, name)) for item in (old, new))
        if before != after:
            yield Difference(name.capitalize(), before, after)


def _plain(value: Any) -> str:
    if isinstance(value, tuple):
        return ", ".join(value)
    return "" if value is None else str(getattr(value, "label", value))


def with_refs(record: Any, refs: Mapping[tuple[str, str], str]) -> Any:
    """Return a record in which rows that got their numbers are named by them. `refs` are by list and old name.

    Two new rows of different lists may have the same number: what a field names stands in the list it leads to.
    """
    changes: dict[str, Any] = {}
    for field in fields(record):
        value, target = getattr(record, field.name), NAMES.get(field.name)
        if isinstance(value, tuple):
            changes[field.name] = tuple(_renamed(item, target, refs) for item in value)
        elif target is not None:
            changes[field.name] = _renamed(value, target, refs)
    return replace(record, **changes) if changes else record


def _renamed(value: Any, target: str | None, refs: Mapping[tuple[str, str], str]) -> Any:
    if is_dataclass(value):
        return with_refs(value, refs)
    return refs.get((target, value), value) if target is not None else value
