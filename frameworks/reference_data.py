"""Reference data from CSV files into rows: every row checked first, then all written or none."""

import csv
import hashlib
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar

from django.db import models, transaction
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, ValidationError

from frameworks.models import (
    ChildSoldierListing,
    Country,
    PolicyOrPatternYear,
    StoredReference,
    TierRecord,
    TreatyStatus,
)
from frameworks.spec.base import suggestion

Iso3 = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]
Year = Annotated[int, Field(ge=2001, le=2100)]
PartialDate = Annotated[str, StringConstraints(pattern=r"^(\d{4}(-\d{2}(-\d{2})?)?)?$")]


def _yes_or_no(value: object) -> object:
    return {"yes": True, "no": False}.get(str(value), value)


YesNo = Annotated[Literal[True, False], BeforeValidator(_yes_or_no)]
R = TypeVar("R", bound="Row")


@dataclass(frozen=True, slots=True)
class Problem:
    """One error in a file; rows count from 2, the first after the header, as a spreadsheet shows them."""

    file: str
    row: int
    column: str
    message: str

    def __str__(self) -> str:
        """Say file, row, column and error on one line."""
        where = f"{self.file}, row {self.row}" if self.row else self.file
        return f"{where}, column {self.column}: {self.message}" if self.column else f"{where}: {self.message}"


class InvalidReference(ValueError):
    """The files cannot be loaded; nothing was written. `problems` has every error found."""

    def __init__(self, problems: list[Problem]) -> None:
        """Keep the problems in the order found."""
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in problems))


class Row(BaseModel):
    """One line of a file; the field names are its columns."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class CountryRow(Row):
    """countries.csv"""

    iso2: Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]
    iso3: Iso3
    iso_numeric: Annotated[str, StringConstraints(pattern=r"^(\d{3})?$")]
    tip_list_name: Annotated[str, StringConstraints(min_length=1, max_length=60)]
    name_in_text: Annotated[str, StringConstraints(min_length=1, max_length=60)]
    after_government_of: Annotated[str, StringConstraints(max_length=60)]
    government_phrase: Annotated[str, StringConstraints(min_length=1, max_length=90)]
    adjective: Annotated[str, StringConstraints(min_length=1, max_length=40)]
    state_bureau: Literal["AF", "EAP", "EUR", "NEA", "SCA", "WHA", ""]
    un_region: str
    un_subregion: str
    un_member: YesNo
    first_year_in_tiers: Year | Literal[""]
    in_2025_report: YesNo
    government_phrase_source: str
    adjective_source: str
    notes: str

    def columns(self) -> dict[str, Any]:
        """Return the columns of Country."""
        return {
            "iso3": self.iso3,
            "iso2": self.iso2,
            "iso_numeric": self.iso_numeric,
            "name": self.tip_list_name,
            "name_in_text": self.name_in_text,
            "name_after_government_of": self.after_government_of,
            "government_phrase": self.government_phrase,
            "government_phrase_source": self.government_phrase_source,
            "adjective": self.adjective,
            "adjective_source": self.adjective_source,
            "sort_name": sort_name(self.name_in_text),
            "bureau": self.state_bureau,
            "un_region": self.un_region,
            "un_subregion": self.un_subregion,
            "un_member": self.un_member,
            "first_year_in_tiers": self.first_year_in_tiers or None,
            "in_report": self.in_2025_report,
            "notes": self.notes,
        }


class TreatyRow(Row):
    """treaty_status.csv"""

    iso3: Iso3
    instrument: Literal["uncac", "untoc", "tip-protocol", "oecd-abc"]
    status: Literal["party", "signatory", "none"]
    date: PartialDate
    status_verified: Annotated[str, StringConstraints(pattern=r"^(yes|no|totals|as of \d{4}-\d{2}(-\d{2})?)$")]
    date_verified: Literal["yes", "no", ""]
    source: str
    note: str


class TierRow(Row):
    """tiers.csv"""

    iso3: Iso3
    report_year: Year
    tier: Literal["1", "2", "2WL", "3", "SC"]
    basis: Literal["listed", "derived", "conflict"]
    source: str
    note: str


class ChildSoldierRow(Row):
    """csp_list.csv"""

    iso3: Iso3
    year: Year
    verified: YesNo
    source: str
    note: str


class PolicyOrPatternRow(Row):
    """policy_or_pattern.csv"""

    iso3: Iso3
    report_year: Year
    verified: YesNo
    source: str
    note: str


@dataclass(frozen=True, slots=True)
class Reference:
    """All files, read and checked."""

    countries: tuple[CountryRow, ...]
    treaties: tuple[TreatyRow, ...]
    tiers: tuple[TierRow, ...]
    child_soldiers: tuple[ChildSoldierRow, ...]
    policy_or_pattern: tuple[PolicyOrPatternRow, ...]

    @property
    def digest(self) -> str:
        """SHA-256 of all rows as they are stored."""
        tables = (self.countries, self.treaties, self.tiers, self.child_soldiers, self.policy_or_pattern)
        found = hashlib.sha256()
        for rows in tables:
            found.update("\n".join(row.model_dump_json() for row in rows).encode())
            found.update(b"\n\n")
        return found.hexdigest()


def sort_name(name_in_text: str) -> str:
    """Return a name to sort by: without article and accents, so that Turkiye follows Turkey and the Gambia is at G."""
    bare = name_in_text.removeprefix("the ").removeprefix("The ")
    return "".join(c for c in unicodedata.normalize("NFKD", bare) if not unicodedata.combining(c)).replace("’", "'")


def read(folder: Path) -> Reference:
    """Read and check all files of a folder. Raises InvalidReference with every error; touches no database."""
    problems: list[Problem] = []
    countries = _rows(folder, "countries.csv", CountryRow, ("iso3",), problems)
    treaties = _rows(folder, "treaty_status.csv", TreatyRow, ("iso3", "instrument"), problems)
    tiers = _rows(folder, "tiers.csv", TierRow, ("iso3", "report_year"), problems)
    child_soldiers = _rows(folder, "csp_list.csv", ChildSoldierRow, ("iso3", "year"), problems)
    pattern = _rows(folder, "policy_or_pattern.csv", PolicyOrPatternRow, ("iso3", "report_year"), problems)
    known = {row.iso3 for _, row in countries}
    for file, rows in (("tiers.csv", tiers), ("csp_list.csv", child_soldiers), ("policy_or_pattern.csv", pattern)):
        problems += [
            Problem(file, line, "iso3", f'unknown country "{row.iso3}"{suggestion(row.iso3, known)}')
            for line, row in rows
            if countries and row.iso3 not in known
        ]
    if problems:
        raise InvalidReference(problems)
    return Reference(
        countries=_without_lines(countries),
        treaties=_without_lines(treaties),
        tiers=_without_lines(tiers),
        child_soldiers=_without_lines(child_soldiers),
        policy_or_pattern=_without_lines(pattern),
    )


def _without_lines(rows: list[tuple[int, R]]) -> tuple[R, ...]:
    return tuple(row for _, row in rows)


def _rows(folder: Path, name: str, kind: type[R], key: tuple[str, ...], problems: list[Problem]) -> list[tuple[int, R]]:
    rows: list[tuple[int, R]] = []
    seen: dict[tuple[object, ...], int] = {}
    for line, values in _lines(folder / name, kind, problems):
        try:
            row = kind.model_validate(values)
        except ValidationError as exc:
            problems += [
                Problem(name, line, str(error["loc"][0]), f"{error['msg']}, not {error['input']!r}")
                for error in exc.errors(include_url=False)
            ]
            continue
        values_of_key = tuple(getattr(row, column) for column in key)
        if values_of_key in seen:
            message = f"{' '.join(map(str, values_of_key))} stands in row {seen[values_of_key]} already"
            problems.append(Problem(name, line, key[0], message))
        seen.setdefault(values_of_key, line)
        rows.append((line, row))
    return rows


def _lines(path: Path, kind: type[Row], problems: list[Problem]) -> Iterator[tuple[int, Mapping[str, Any]]]:
    expected = set(kind.model_fields)
    try:
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.DictReader(file, restkey="(too many)", strict=True)
            header = list(reader.fieldnames or ())
            wrong = [Problem(path.name, 1, name, "the column is missing") for name in sorted(expected - set(header))]
            wrong += [
                Problem(path.name, 1, name, f"unknown column{suggestion(name, expected)}")
                for name in header
                if name not in expected
            ]
            problems += wrong
            if not wrong:
                yield from enumerate(reader, start=2)
    except FileNotFoundError:
        problems.append(Problem(path.name, 0, "", "the file is missing"))
    except (UnicodeDecodeError, csv.Error) as exc:
        problems.append(Problem(path.name, 0, "", f"not CSV in UTF-8: {exc}"))


def store(reference: Reference) -> dict[str, int]:
    """Write all rows, or none, and return how many each table has. Storing the same data again changes nothing.

    A country that is no longer in the files but in use stays a row of the database: `ProtectedError` is raised.
    """
    listed = {row.iso3 for row in reference.countries}
    with transaction.atomic():
        _put(Country, [row.columns() for row in reference.countries], ("iso3",))
        _put(
            TreatyStatus,
            [
                {**row.model_dump(), "country_id": row.iso3 if row.iso3 in listed else None}
                for row in reference.treaties
            ],
            ("iso3", "instrument"),
        )
        _put(TierRecord, [_of_country(row) for row in reference.tiers], ("country_id", "report_year"))
        _put(ChildSoldierListing, [_of_country(row) for row in reference.child_soldiers], ("country_id", "year"))
        rows = [_of_country(row) for row in reference.policy_or_pattern]
        _put(PolicyOrPatternYear, rows, ("country_id", "report_year"))
        for country in Country.objects.exclude(iso3__in=listed):
            country.delete()
        StoredReference.objects.update_or_create(pk=1, defaults={"digest": reference.digest})
    tables: tuple[type[models.Model], ...] = (
        Country,
        TreatyStatus,
        TierRecord,
        ChildSoldierListing,
        PolicyOrPatternYear,
    )
    return {str(model._meta.verbose_name_plural): model._base_manager.count() for model in tables}


def _of_state(row: TreatyRow, countries: set[str]) -> dict[str, Any]:
    return {**row.model_dump(), "country_id": row.iso3 if row.iso3 in countries else None}


def _of_country(row: TierRow | ChildSoldierRow | PolicyOrPatternRow) -> dict[str, Any]:
    return {"country_id": row.iso3, **row.model_dump(exclude={"iso3"})}


def _put(model: type[models.Model], rows: list[dict[str, Any]], key: tuple[str, ...]) -> None:
    manager = model._base_manager
    columns = list(rows[0])
    stored = {tuple(values[name] for name in key): values for values in manager.values("pk", *columns)}
    changed, new = [], []
    for row in rows:
        before = stored.pop(tuple(row[name] for name in key), None)
        if before is None:
            new.append(model(**row))
        elif any(before[name] != row[name] for name in columns):
            changed.append(
                model(pk=before["pk"], **{name: row[name] for name in columns if name != model._meta.pk.name})
            )
    manager.bulk_create(new, batch_size=500)
    if changed:
        fields = [name.removesuffix("_id") for name in columns if name not in key]
        manager.bulk_update(changed, fields, batch_size=200)
    if model is not Country:  # countries go last and one by one, so that one in use is protected
        manager.filter(pk__in=[values["pk"] for values in stored.values()]).delete()
