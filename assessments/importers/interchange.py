"""Interchange files into rows: all of a record or nothing, one event for it, and everything derived from it.

Ratings, determinations and endorsements come in as the importer's own proposals: names of people in a file are claims.
Only a trusted file (the demo data) speaks for them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from accounts.models import User
from assessments import events, policies
from assessments.actions.derive import rederive
from assessments.actions.door import action, require_transaction
from assessments.actions.setting import make_steps, period_id
from assessments.core.interchange import InvalidFile, Problem, check_against, read, write
from assessments.core.types import AssessmentRecord
from assessments.enums import Subject
from assessments.importers.rows import RowWriter
from assessments.models import Assessment, ReportingPeriod, Revision
from frameworks.loader import compiled
from frameworks.models import Country, FrameworkVersion, WordingVersion


@dataclass(frozen=True)
class File:
    """A file by its name, for messages, and its bytes."""

    name: str
    data: bytes


@action
def import_files(
    *, files: Sequence[File], by: User | None, at: datetime, strict: bool = False, trusted: bool = False
) -> tuple[Revision, ...]:
    """Import all files or none. Raises InvalidFile with the problems of all of them, each under its file's name.

    `strict` refuses warnings too, and files that are not in canonical form. Raises NotAllowed for a person who may not
    open assessments; `by` is None where a command imports.
    """
    if by is not None:
        policies.check_can_coordinate(by)
    revisions: list[Revision] = []
    problems: list[Problem] = []
    for file in files:
        try:
            record = examined(file.data, strict=strict)
            revisions.append(import_record(record, by=by, at=at, trusted=trusted))
        except InvalidFile as exc:
            problems += [_in_file(file.name, problem) for problem in exc.problems]
    if problems:
        raise InvalidFile(problems)
    return tuple(revisions)


def _in_file(name: str, problem: Problem) -> Problem:
    place = f"{name}: {problem.place}" if problem.place else name
    return Problem(place=place, message=problem.message, is_warning=problem.is_warning)


def examined(data: bytes, *, strict: bool = False) -> AssessmentRecord:
    """Read a file and check it against the framework it names; two queries. Raises InvalidFile with all problems."""
    record = read(data)
    framework = _framework(record)
    problems = check_against(record, compiled(framework))
    if strict and write(record, with_protected=True) != data:
        problems = (*problems, Problem(place="", message="the file is not in canonical form", is_warning=True))
    if any(strict or not problem.is_warning for problem in problems):
        raise InvalidFile(problems)
    return record


def import_record(record: AssessmentRecord, *, by: User | None, at: datetime, trusted: bool = False) -> Revision:
    """Write a record as a new assessment with its first revision, and derive everything from it.

    Needs a transaction. `by` is None where a command imports. People whom a trusted file names are taken at its word
    and matched to accounts by name or address; otherwise what they are said to have approved is kept as a claim only.
    Raises InvalidFile where the country, framework or wording is not loaded, or the assessment is there already.
    """
    require_transaction()
    revision = _revision(record, by=by, at=at)
    RowWriter(record=record, revision=revision, by=by, at=at, trusted=trusted).write()
    rederive(revision, at=at)
    return revision


def _revision(record: AssessmentRecord, *, by: User | None, at: datetime) -> Revision:
    framework, wording = _framework(record), _wording(record)
    country = Country.objects.filter(iso3=record.country).first()
    if country is None:
        raise _refusal("country", f"there is no country {record.country} in the reference data; load it first")
    period = _period(record.report_year, by=by, at=at)
    if Assessment.objects.filter(country=country, period=period).exists():
        raise _refusal("", f"there is an assessment of {country} for {period.title} already")
    assessment = Assessment.objects.create(
        country=country, period=period, is_demonstration=record.demonstration, opened_at=at, opened_by=by
    )
    revision = Revision.objects.create(
        assessment=assessment,
        number=1,
        framework=framework,
        wording=wording,
        wording_named=record.wording is not None,
        note=record.note,
        opened_at=at,
        opened_by=by,
    )
    make_steps(revision)
    return revision


def _refusal(place: str, message: str) -> InvalidFile:
    return InvalidFile([Problem(place=place, message=message)])


def _framework(record: AssessmentRecord) -> FrameworkVersion:
    named = record.framework
    version = FrameworkVersion.objects.filter(code=named.code, version=named.version).first()
    if version is None:
        raise _refusal("framework", f"{named.code} {named.version} is not loaded")
    return version


def _wording(record: AssessmentRecord) -> WordingVersion:
    if record.wording is None:
        newest = WordingVersion.objects.for_report_year(record.report_year).first()
        version = newest or WordingVersion.objects.order_by("-valid_from_year", "-loaded_at").first()
        missing = "no wording is loaded"
    else:
        named = record.wording
        version = WordingVersion.objects.filter(code=named.code, version=named.version).first()
        missing = f"{named.code} {named.version} is not loaded"
    if version is None:
        raise _refusal("wording", missing)
    return version


def _period(year: int, *, by: User | None, at: datetime) -> ReportingPeriod:
    """Return the reporting period; one that nobody opened is opened with the usual dates."""
    usual = {"opened_on": date(year - 1, 10, 1), "due_on": date(year, 6, 1)}
    period, is_new = ReportingPeriod.objects.get_or_create(report_year=year, defaults=usual)
    if is_new:
        changes = {name: events.Change(None, value.isoformat()) for name, value in usual.items()}
        events.append(
            kind=Subject.PERIOD, subject_id=period_id(year), action="open_period", by=by, at=at, changes=changes
        )
    return period
