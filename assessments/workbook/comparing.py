"""What a workbook would change: new rows, changed fields, rows that somebody changed meanwhile, and what is wrong."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from pydantic import ValidationError

from assessments import actions
from assessments.actions.validation import validated
from assessments.content import adapter
from assessments.core.types import Rating
from assessments.core.values import Confidence, RatingState
from assessments.forms.records import in_words
from assessments.models import Revision
from assessments.workbook.cells import Unfit, from_cell, to_cell
from assessments.workbook.columns import RECORDS, Sheet
from assessments.workbook.reading import Cells, Read, ReadAnswer, ReadRow, Unreadable
from assessments.workbook.writing import Content, Taken, answer_cells, entries


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


def plan(given: Read, now: Content, revision: Revision) -> Plan:
    """Compare a workbook with what is stored. Raises Unreadable with every error at its cell; writes nothing."""
    if given.revision_id != now.revision_id:
        raise Unreadable(
            ["About!B3: this workbook was taken from another assessment, or from an earlier revision of this one."]
        )
    errors: list[str] = []
    stored = {(name, taken.ref): taken for name, found in now.records.items() for taken in found}
    titles = {sheet.name: sheet for sheet in now.sheets if not sheet.path}
    changes = [
        change
        for row in given.rows
        if (change := _row(row, stored.get((row.name, row.ref)), titles[row.name], now, revision, errors)) is not None
    ]
    changes += _answers(given.answers, now, errors)
    if errors:
        raise Unreadable(errors)
    return Plan(tuple(changes))


def _row(
    row: ReadRow, taken: Taken | None, sheet: Sheet, now: Content, revision: Revision, errors: list[str]
) -> RowChange | None:
    if taken is None and row.version is not None:
        errors.append(f"{sheet.title}: {row.ref} is not there any more; somebody withdrew it. Take the row out.")
        return None
    if taken is not None and row.version is None:
        errors.append(f"{sheet.title}: {row.ref} is there already; give a new row another number, such as new1.")
        return None
    record = _record(row, taken, sheet, errors)
    if record is None or (taken is not None and record == taken.record):
        return None
    if row.name != "sources":
        try:
            validated(revision, row.name, record)
        except actions.Invalid as exc:
            for name, messages in exc.errors.items():
                errors.extend(f"{_place(row, sheet, name)}: {row.ref}: {message}" for message in messages)
            return None
    return RowChange(
        sheet.title,
        row.name,
        row.ref,
        record,
        row.version,
        tuple(_differences(sheet, taken, record, now.sheets)),
        is_new=taken is None,
        is_conflict=taken is not None and taken.version != row.version,
    )


def _place(row: ReadRow, sheet: Sheet, name: str) -> str:
    """Return the cell of a field, or the sheet where it has none."""
    column = next((column for column in sheet.columns if column.field == name), None)
    return row.cells.where[column.title] if column else sheet.title


def _record(row: ReadRow, taken: Taken | None, sheet: Sheet, errors: list[str]) -> Any:
    """Return the record a row says. Cells that stand as they were taken away keep the value they were made of."""
    kind: Any = RECORDS[row.name]
    old: dict[str, Any] = {} if taken is None else adapter(kind).dump_python(taken.record, mode="json")
    withheld = taken.withheld if taken else frozenset()
    count = len(errors)
    values = _values(sheet, row.cells, old, withheld, errors) | {"id": row.ref}
    for inner, found in row.entries.items():
        if len(inner.path) == 1:
            values[inner.path[0]] = _entries_of(row, inner, found, old.get(inner.path[0]) or [], errors)
    if len(errors) > count:
        return None
    try:
        return adapter(kind).validate_python(values)
    except ValidationError as exc:
        for error in exc.errors():
            name = str(error["loc"][0]) if error["loc"] else ""
            inside = " ".join(str(part + 1) if isinstance(part, int) else str(part) for part in error["loc"][1:])
            where = _place(row, sheet, name)
            errors.append(f"{where}: {row.ref}{', ' + inside if inside else ''}: {in_words(error)}")
        return None


def _values(
    sheet: Sheet, cells: Cells, old: Mapping[str, Any], withheld: frozenset[str], errors: list[str]
) -> dict[str, Any]:
    """Return the fields of one row: those that were not touched as they are, the others as the cells say."""
    values = dict(old)
    touched: set[str] = set()
    for column in sheet.columns:
        raw = cells.raw.get(column.title)
        if column.field in withheld or _norm(raw) == _norm(to_cell(column, old.get(column.field))):
            continue
        try:
            value = from_cell(column, raw)
        except Unfit as exc:
            errors.append(f"{cells.where[column.title]}: {exc}")
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
    errors.extend(
        f"{cells.where[column.title]}: {column.title} is needed."
        for column in sheet.columns
        if column.needed and column.field not in values and column.field not in withheld
    )
    return values


def _entries_of(
    row: ReadRow,
    sheet: Sheet,
    found: Mapping[tuple[int, ...], Cells],
    old: Sequence[Mapping[str, Any]],
    errors: list[str],
) -> list[dict[str, Any]]:
    """Return the entries inside a record, in the order of their places, each with the entries inside it."""
    made = []
    for key in sorted(found):
        before = old[key[-1] - 1] if key[-1] <= len(old) else {}
        values = _values(sheet, found[key], before, frozenset(), errors)
        for inner, entries_ in row.entries.items():
            if inner.path[:-1] == sheet.path:
                mine = {place: cells for place, cells in entries_.items() if place[:-1] == key}
                values[inner.path[-1]] = _entries_of(row, inner, mine, before.get(inner.path[-1]) or [], errors)
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


def _answers(given: Iterable[ReadAnswer], now: Content, errors: list[str]) -> Iterable[RowChange]:
    asked = {(code, part): (answer, version) for code, part, _, answer, version in now.answers}
    slugs = {item.code: item for item in now.framework.indicators}
    seen: set[tuple[str, str]] = set()
    for row in given:
        key = (row.code, row.part)
        if key in seen:
            errors.append(f"{row.cell}: {row.code} {row.part} stands here twice.")
        seen.add(key)
        if key not in asked:
            errors.append(f"{row.cell}: there is no question {row.code} {row.part} that can be answered here.")
            continue
        if not row.answer:
            continue  # an empty row answers nothing, and takes no answer back
        old, version = asked[key]
        if old is not None and _said_by(row) == tuple(_norm(cell) for cell in answer_cells(old)):
            continue
        rating = _rating(row, slugs[row.code], errors)
        if rating is None:
            continue
        yield RowChange(
            "Answers",
            "ratings",
            f"{row.code} {row.part}".strip(),
            rating,
            row.version,
            tuple(_answer_differences(old, rating)),
            is_new=old is None,
            is_conflict=version != row.version,
        )


def _rating(row: ReadAnswer, indicator: Any, errors: list[str]) -> Rating | None:
    levels = {str(level.value) for level in indicator.levels}
    if row.answer not in levels and row.answer not in indicator.states:
        offered = ", ".join([*sorted(levels), *indicator.states])
        errors.append(f"{row.cell}: {row.code} is answered with one of {offered}.")
        return None
    if row.confidence and row.confidence not in [item.value for item in Confidence]:
        errors.append(f"{row.cell.replace('!D', '!E')}: confidence is low, moderate or high.")
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
        errors.extend(f"{row.cell}: {in_words(error)}" for error in exc.errors())
        return None


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
    """Return a record in which rows that got their numbers are named by them. `refs` are by list and old name."""
    by_old = {old: new for (_, old), new in refs.items()}
    evidence = {old: new for (name, old), new in refs.items() if name == "evidence"}
    changes: dict[str, Any] = {}
    if hasattr(record, "evidence"):
        changes["evidence"] = tuple(evidence.get(ref, ref) for ref in record.evidence)
    for name in ("counted_in", "case", "explains"):
        value = getattr(record, name, None)
        if value in by_old:
            changes[name] = by_old[value]
    source = {old: new for (name, old), new in refs.items() if name == "sources"}
    if getattr(record, "source", None) in source:
        changes["source"] = source[record.source]
    return replace(record, **changes) if changes else record
