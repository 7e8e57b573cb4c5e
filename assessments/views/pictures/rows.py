"""What a picture reads: figures of one year as plain rows, narrowed by what was asked for."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import QueryDict

from assessments.core.figures import level_of
from assessments.models import Figures
from frameworks import loader
from frameworks.models import FrameworkVersion, TierRecord
from frameworks.models.reference import Mark
from frameworks.spec.base import Direction
from frameworks.spec.compiled import CompiledFramework
from frameworks.views.words import BUREAUS

RELEASED, WORKING = "released", "working"
TIERS = (("1", "Tier 1"), ("2", "Tier 2"), ("2WL", "Tier 2 Watch List"), ("3", "Tier 3"), ("SC", "Special case"))
STATES: Mapping[str, str] = {
    "i": "insufficient information",
    "n": "not assessed",
    "q": "no request made",
    "k": "no known cases",
    "a": "not applicable",
    "u": "no answer",
}
MARKS = {"listed": "", "derived": Mark.DERIVED.label, "conflict": Mark.CONFLICT.label}
"""What is said of a tier that no source prints, by how it is known."""

COLUMNS = (
    "country_id",
    "country__name",
    "country__sort_name",
    "country__bureau",
    "country__un_region",
    "framework_id",
    "concern_level",
    "accountability_level",
    "category",
    "title",
    "coverage",
    "core_answered",
    "core_expected",
    "is_demonstration",
    "levels",
    "confidences",
    "revision_id",
)


@dataclass(frozen=True, slots=True)
class Row:
    """One country's figures of one year."""

    iso3: str
    name: str
    sort_name: str
    bureau: str
    region: str
    framework: int
    concern: int | None
    accountability: int | None
    category: str
    title: str
    coverage: int
    answered: int
    expected: int
    is_demonstration: bool
    levels: str
    confidences: str
    revision: int
    tier: str = ""
    tier_mark: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """One question as a column: its place differs from version to version."""

    slug: str
    code: str
    title: str
    group: str
    is_concern: bool
    top: int
    core: bool
    places: Mapping[int, int]  # by version: where its character stands

    def of(self, row: Row) -> str:
        """Return the character of a row's answer; "u" where its version does not ask this."""
        place = self.places.get(row.framework)
        return "u" if place is None else row.levels[place]

    def confidence(self, row: Row) -> str:
        """Return the letter of a row's confidence."""
        place = self.places.get(row.framework)
        return "." if place is None else row.confidences[place]


class Versions:
    """The framework versions of some rows; two queries at most, the content is kept by the process."""

    def __init__(self, ids: Iterable[int]) -> None:
        """Read the versions, newest first; the newest gives titles and order."""
        wanted = set(ids)
        found = (
            FrameworkVersion.objects.filter(pk__in=wanted).order_by("-in_force_from", "-loaded_at") if wanted else ()
        )
        self.rows: list[FrameworkVersion] = list(found)
        self.compiled: dict[int, CompiledFramework] = {row.pk: loader.compiled(row) for row in self.rows}

    @property
    def names(self) -> str:
        """Name the versions, for the head of a picture."""
        return ", ".join(str(row) for row in self.rows)

    def questions(self, group: str = "") -> list[Question]:
        """Return the questions of all versions, those of the newest first, or of one group."""
        places: dict[str, dict[int, int]] = {}
        specs: dict[str, Any] = {}
        for pk, framework in self.compiled.items():
            for place, spec in enumerate(framework.indicators):
                places.setdefault(spec.slug, {})[pk] = place
                specs.setdefault(spec.slug, spec)
        return [
            Question(
                spec.slug,
                spec.code,
                spec.title,
                spec.group,
                spec.direction is Direction.CONCERN,
                spec.scale_top,
                spec.core,
                places[slug],
            )
            for slug, spec in specs.items()
            if not group or spec.group == group
        ]

    def groups(self) -> dict[str, str]:
        """Return the titles of groups by slug."""
        found: dict[str, str] = {}
        for framework in self.compiled.values():
            for group in framework.groups:
                found.setdefault(group.slug, group.title)
        return found

    def categories(self) -> dict[str, str]:
        """Return the words of finding categories by slug, gravest first."""
        found: dict[str, str] = {}
        for framework in self.compiled.values():
            for category in framework.finding_categories:
                found.setdefault(category.slug, category.label)
        return found


@dataclass(frozen=True, slots=True)
class Asked:
    """What a person asked for, each part one that there is; anything else counts as not asked."""

    year: int
    values: str = RELEASED
    group: str = ""
    bureau: str = ""
    region: str = ""
    tier: str = ""
    state: str = ""
    sort: str = ""
    down: bool = False

    def query(self, **changes: Any) -> str:
        """Return the address's query with some parts changed; empty parts are left out."""
        other = replace(self, **changes)
        parts = {name: getattr(other, name) for name in ("year", "group", "bureau", "region", "tier", "state", "sort")}
        if other.values != RELEASED:
            parts["values"] = other.values
        if other.down:
            parts["down"] = "1"
        return urlencode({name: value for name, value in parts.items() if value != ""})


def years_of(figures: QuerySet[Figures]) -> list[int]:
    """Return the years there are figures of, newest first; one query."""
    return list(figures.order_by("-report_year").values_list("report_year", flat=True).distinct())


def one_of(asked: QueryDict, name: str, known: Collection[str]) -> str:
    """Return a part of the query where it is known, else ""."""
    value = asked.get(name, "")
    return value if value in known else ""


def whole(asked: QueryDict, name: str, known: Sequence[int], default: int) -> int:
    """Return a number of the query where it is known."""
    value = asked.get(name, "")
    return int(value) if value.isdecimal() and len(value) < 6 and int(value) in known else default


def rows_of(found: QuerySet[Figures], year: int) -> list[Row]:
    """Return one year's rows in the order of the countries' names, with their recorded tiers; two queries."""
    found_tiers = TierRecord.objects.filter(report_year=year).order_by().values_list("country", "tier", "basis")
    tiers = {iso3: (tier, MARKS[basis]) for iso3, tier, basis in found_tiers}
    lines = found.filter(report_year=year).order_by("country__sort_name").values_list(*COLUMNS)
    return [Row(*values, *tiers.get(values[0], ())) for values in lines]


def narrowed(rows: Iterable[Row], asked: Asked, questions: Sequence[Question]) -> list[Row]:
    """Keep the rows that were asked for. A state keeps those with that state in any of the questions shown."""
    return [
        row
        for row in rows
        if (not asked.bureau or row.bureau == asked.bureau)
        and (not asked.region or row.region == asked.region)
        and (not asked.tier or row.tier == asked.tier)
        and (not asked.state or any(question.of(row) == asked.state for question in questions))
    ]


def ordered(rows: Iterable[Row], asked: Asked, questions: Sequence[Question]) -> list[Row]:
    """Sort the rows; those without a value stand last either way, and names decide between equals."""
    found = list(rows)
    question = next((item for item in questions if item.code == asked.sort), None)
    if question is not None:
        return _by(found, [level_of(question.of(row)) for row in found], down=asked.down)
    match asked.sort:
        case "concern":
            return _by(found, [row.concern for row in found], down=asked.down)
        case "accountability":
            return _by(found, [row.accountability for row in found], down=asked.down)
        case "coverage":
            return _by(found, [row.coverage for row in found], down=asked.down)
        case "tier":
            order = [value for value, _ in TIERS]
            return _by(found, [order.index(row.tier) if row.tier else None for row in found], down=asked.down)
    return found[::-1] if asked.down else found


def _by(rows: list[Row], keys: Sequence[int | None], *, down: bool) -> list[Row]:
    pairs = list(zip(rows, keys, strict=True))
    told = [pair for pair in pairs if pair[1] is not None]
    told.sort(key=lambda pair: pair[1] or 0, reverse=down)
    return [row for row, _ in (*told, *(pair for pair in pairs if pair[1] is None))]


def bureaus() -> Mapping[str, str]:
    """Return the bureaus by code; each row of the reference data says how far it can be relied on."""
    return BUREAUS
