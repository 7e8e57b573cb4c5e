"""The data release: tables of levels, findings and sources, and the codebook that says what every value means.

One row a country, year and indicator. The columns are a promise: their names and order stay for ever, whatever the
framework; what is new is added at the end. A level is never a bare number: state, direction of the scale, confidence,
the framework's version and the hash of the snapshot stand beside it. No rationale, excerpt or person of the office is
in any of the tables.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from assessments.core.document import Audience
from assessments.core.values import SourceClass
from assessments.enums import SnapshotKind
from assessments.exporters.citations import cited, is_open, named
from assessments.exporters.document import frozen, is_overridden, open_digest
from frameworks.spec.base import Direction
from frameworks.spec.compiled import CompiledFramework
from frameworks.spec.measurement import IndicatorSpec

UNANSWERED = "unanswered"
"""The state of an indicator for which nobody gave an answer or a reason; no state of the framework."""

Cell = str | int | None
Row = tuple[Cell, ...]


@dataclass(frozen=True)
class Column:
    """One column: `kind` is its type in the descriptor, `meaning` what a reader is told."""

    name: str
    kind: str
    meaning: str
    required: bool = True


@dataclass(frozen=True)
class Table:
    """One table of the release."""

    name: str
    title: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]


def _columns(*columns: tuple[str, str, str] | tuple[str, str, str, bool]) -> tuple[Column, ...]:
    return tuple(Column(*column) for column in columns)


_WHERE = (
    ("country", "string", "ISO 3166-1 alpha-3 code of the country"),
    ("country_name", "string", "the country's name in English"),
    ("report_year", "year", "the year of the report: the year in which the reporting period ends"),
)
_VERSION = (
    ("framework", "string", "code of the framework that was used"),
    ("framework_version", "string", "its version"),
    (
        "status",
        "string",
        "approved; approved by override, where a coordinator overrode the rule; draft, where nobody did",
    ),
    ("demonstration", "boolean", "whether the country-year was made up or encoded to try the program"),
    ("snapshot", "string", "SHA-256 of the snapshot the row was taken from"),
)

LEVELS = Table(
    "levels",
    "Levels by country, year and indicator",
    _columns(
        *_WHERE,
        ("period_start", "date", "first day of the reporting period"),
        ("period_end", "date", "last day of the reporting period"),
        ("indicator", "string", "the indicator's name, the same in all versions of the framework"),
        ("indicator_code", "string", "its code in this version"),
        ("part", "string", "the sector, where an indicator is rated sector by sector; else empty", False),
        ("state", "string", "rated, or the reason why there is no level; see the codebook"),
        ("level", "integer", "the level, 0 to scale_top; empty unless the state is rated", False),
        ("scale_top", "integer", "the highest level of the indicator's scale"),
        ("direction", "string", "which end of the scale is worse: higher is worse, or higher is better"),
        ("confidence", "string", "high, moderate or low; empty unless the state is rated", False),
        ("previous_level", "integer", "the level of the year before, where one is on record", False),
        *_VERSION,
    ),
    ("country", "report_year", "indicator", "part"),
)

FINDINGS = Table(
    "findings",
    "Derived levels and findings by country and year",
    _columns(
        *_WHERE,
        ("finding", "string", "the finding's name; see the codebook"),
        ("finding_title", "string", "the finding in words"),
        ("concern_level", "integer", "how grave official complicity is, 0 to 5; empty where it cannot be said", False),
        ("concern_low", "integer", "the lowest it can be, whatever is missing", False),
        ("concern_high", "integer", "the highest it can be, whatever is missing", False),
        ("accountability_level", "integer", "how far officials are held to account, 0 to 5; empty: unknown", False),
        ("accountability_low", "integer", "the lowest it can be, whatever is missing", False),
        ("accountability_high", "integer", "the highest it can be, whatever is missing", False),
        ("coverage", "integer", "percent of the core indicators that are covered"),
        ("resting_on", "string", "what is on record: allegations, proceedings or final judgments", False),
        *_VERSION,
    ),
    ("country", "report_year"),
)

BIBLIOGRAPHY = Table(
    "bibliography",
    "Sources, as they may be named",
    _columns(
        *_WHERE,
        ("source", "string", "the source's number in its country-year; empty in public", False),
        ("name", "string", "its name, or the attribution it permits"),
        ("source_class", "string", "who speaks"),
        ("reliability", "string", "A to F; empty in public", False),
        ("identity", "string", "named, or withheld"),
        ("url", "string", "where it was read, if it is named", False),
    ),
    (),
)

CODEBOOK = Table(
    "codebook",
    "What every value means",
    _columns(
        ("framework", "string", "code of the framework"),
        ("framework_version", "string", "its version"),
        ("kind", "string", "level, state or finding"),
        ("indicator", "string", "the indicator's name; empty where the value is of all", False),
        ("indicator_code", "string", "its code", False),
        ("title", "string", "its title", False),
        ("question", "string", "what was asked", False),
        ("group", "string", "the group it belongs to", False),
        ("core", "boolean", "whether it is a core indicator", False),
        ("direction", "string", "which end of the scale is worse", False),
        ("value", "string", "the level, state or finding as it stands in the tables"),
        ("meaning", "string", "what it means: the descriptor of the level, or the words of the state"),
    ),
    ("framework", "framework_version", "kind", "indicator", "value"),
)

TABLES = (LEVELS, FINDINGS, BIBLIOGRAPHY)
"""Tables with rows of every country-year; the codebook has rows of every framework version instead."""


def rows(table: Table, values: Mapping[str, Any], framework: CompiledFramework, audience: Audience) -> Iterator[Row]:
    """Yield the rows of one snapshot for a table. What was put back into it for its maker is left out again."""
    values = frozen(values)
    if table is LEVELS:
        yield from _levels(values, framework)
    elif table is FINDINGS:
        yield _finding(values)
    else:
        yield from _sources(values, audience)


def _where(values: Mapping[str, Any]) -> Row:
    return values["country"]["iso3"], values["country"]["name"], int(values["assessment"]["report_year"])


def _version(values: Mapping[str, Any]) -> Row:
    framework = values["framework"]
    approved = "approved by override" if is_overridden(values) else "approved"
    status = approved if values["kind"] == SnapshotKind.APPROVED else "draft"
    demonstration = "true" if values["assessment"]["demonstration"] else "false"
    return framework["code"], framework["version"], status, demonstration, open_digest(values)


def _levels(values: Mapping[str, Any], framework: CompiledFramework) -> Iterator[Row]:
    given = {(item["indicator"], item.get("part", "")): item for item in values["record"].get("ratings", ())}
    before = _before(values)
    where, version = _where(values), _version(values)
    year = int(values["assessment"]["report_year"])
    for indicator in framework.indicators:
        whole = not indicator.parts or (indicator.slug, "") in given
        for part in (*indicator.parts, *([""] if whole else [])):
            rating = given.get((indicator.slug, part), {"state": UNANSWERED})
            yield (
                *where,
                f"{year - 1}-04-01",
                f"{year}-03-31",
                indicator.slug,
                indicator.code,
                part,
                rating["state"],
                _whole(rating.get("level")),
                indicator.scale_top,
                indicator.direction.in_words,
                rating.get("confidence", "") if rating.get("level") is not None else "",
                before.get((indicator.slug, part)),
                *version,
            )


def _before(values: Mapping[str, Any]) -> dict[tuple[str, str], int | None]:
    year = int(values["assessment"]["report_year"]) - 1
    return {
        (item["indicator"], item.get("part", "")): _whole(item.get("level"))
        for period in values["record"].get("history", ())
        if int(period["report_year"]) == year
        for item in period.get("ratings", ())
    }


def _finding(values: Mapping[str, Any]) -> Row:
    finding = values["derived"]["finding"]
    scales = tuple(
        _whole(finding[scale][name]) for scale in ("concern", "accountability") for name in ("level", "low", "high")
    )
    told = (finding["category"], finding["title"], *scales, _whole(finding["coverage"]), finding["resting_on"])
    return (*_where(values), *told, *_version(values))


def _sources(values: Mapping[str, Any], audience: Audience) -> Iterator[Row]:
    """Yield the sources; in public those that a sentence cites, each name once and without its number."""
    sources = values["record"].get("sources", ())
    is_public = audience is Audience.PUBLIC
    if is_public:
        used = {citation.source for found in cited(values, audience).by_sentence.values() for citation in found}
        sources = [item for item in sources if item["id"] in used]
    found: dict[Row, None] = {}
    for item in sources:
        opened = is_open(item)
        row = (
            *_where(values),
            "" if is_public else item["id"],
            named(item),
            SourceClass(item["source_class"]).label,
            "" if is_public else item.get("reliability", "F"),
            "named" if opened else "withheld",
            item.get("url", "") if opened else "",
        )
        found[row] = None
    yield from found


def codebook(framework: CompiledFramework) -> Iterator[Row]:
    """Yield the rows of one framework version: levels of every indicator, then states, then findings."""
    version = framework.code, framework.version
    for indicator in framework.indicators:
        for level in indicator.levels:
            yield (*version, "level", *_asked(indicator, framework), str(level.value), level.descriptor)
    nothing: Row = ("",) * 7
    yield (*version, "state", *nothing, "rated", "a level was given")
    for state in framework.states:
        yield (*version, "state", *nothing, state.slug, f"{state.label}: {state.meaning}")
    yield (*version, "state", *nothing, UNANSWERED, "nobody gave an answer or a reason")
    for category in framework.finding_categories:
        yield (*version, "finding", *nothing, category.slug, category.label)


def _asked(indicator: IndicatorSpec, framework: CompiledFramework) -> Row:
    group = framework.group(indicator.group)
    core = "true" if indicator.core else "false"
    words = Direction(indicator.direction).in_words
    return indicator.slug, indicator.code, indicator.title, indicator.question, group.title, core, words


def _whole(value: Any) -> int | None:
    return None if value is None else int(value)
