"""A file drafted without a database: framework, wording and names of countries from the files of the program."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings

from assessments.core.interchange import InvalidFile, Problem, check_against, read
from assessments.core.types import AssessmentRecord, Case, CountryForms, VersionRef
from frameworks import loader, reference_data, wording_loader
from frameworks.spec.base import suggestion
from frameworks.spec.compiled import CompiledFramework
from frameworks.spec.wording import CompiledWording, WordingSpec

FIXTURES = Path(settings.BASE_DIR) / "fixtures"


@dataclass(frozen=True)
class Read:
    """A file as a case, and what is odd about it without being wrong."""

    case: Case
    warnings: tuple[Problem, ...]


def case_of(data: bytes) -> Read:
    """Return the case a file makes; no query. Raises InvalidFile with everything that is wrong."""
    record = read(data)
    framework, wording, country = _framework(record.framework), _wording(record), _country(record.country)
    problems = check_against(record, framework)
    if not all(problem.is_warning for problem in problems):
        raise InvalidFile(problem for problem in problems if not problem.is_warning)
    return Read(Case(record=record, country=country, framework=framework, wording=wording), problems)


def stated_approvals(record: AssessmentRecord) -> tuple[str, ...]:
    """Say in words what the file claims that people approved or endorsed; nothing here has checked it."""
    return (
        *(
            f"determination {item.id} ({item.factor}): approved by {', '.join(item.approved_by)}"
            for item in record.determinations
            if item.approved_by
        ),
        *(
            f"presumption of data request {item.id}: approved by {', '.join(item.presumption_approved_by)}"
            for item in record.requests
            if item.presumption_approved_by
        ),
        *(
            f"level {item.level} of {item.indicator} {item.part}".strip() + f": endorsed by {item.endorsed_by}"
            for item in record.endorsements
        ),
    )


def _framework(named: VersionRef) -> CompiledFramework:
    return _framework_in(_folder(named, loader.HEADER, "framework"))


def _wording(record: AssessmentRecord) -> CompiledWording:
    if record.wording is not None:
        return CompiledWording(_wording_in(_folder(record.wording, wording_loader.HEADER, "wording")))
    found = [_wording_in(header.parent) for header in _headers(wording_loader.HEADER)]
    if not found:
        raise _refusal("wording", "no wording comes with the program")
    newest = sorted(found, key=lambda spec: (_first_year(spec), spec.in_force_from, spec.version))
    valid = [spec for spec in newest if _first_year(spec) <= record.report_year]
    return CompiledWording((valid or newest)[-1])


def _first_year(spec: WordingSpec) -> int:
    """Return the first report year a wording may be used for, as `wording_loader.store` keeps it."""
    return min(pattern.valid_from or wording_loader.FIRST_REPORT_YEAR for pattern in spec.patterns)


@cache
def _framework_in(folder: Path) -> CompiledFramework:
    return CompiledFramework(loader.read(folder))


@cache
def _wording_in(folder: Path) -> WordingSpec:
    return wording_loader.read(folder)


@cache
def _countries() -> Mapping[str, CountryForms]:
    return {
        row.iso3: CountryForms(
            iso3=row.iso3,
            name=row.tip_list_name,
            in_text=row.name_in_text,
            government=row.government_phrase,
            adjective=row.adjective,
        )
        for row in reference_data.read(FIXTURES / "reference").countries
    }


def _headers(name: str) -> list[Path]:
    return sorted((FIXTURES / "frameworks").glob(f"*/*/{name}"))


def _folder(named: VersionRef, header: str, what: str) -> Path:
    known = {f"{path.parent.parent.name} {path.parent.name}": path.parent for path in _headers(header)}
    label = f"{named.code} {named.version}"
    if label not in known:
        raise _refusal(what, f"there is no {what} {label}{suggestion(label, known)}")
    return known[label]


def _country(iso3: str) -> CountryForms:
    forms = _countries().get(iso3)
    if forms is None:
        raise _refusal("country", f"there is no country {iso3} in the reference data")
    return forms


def _refusal(place: str, message: str) -> InvalidFile:
    return InvalidFile([Problem(place=place, message=message)])
