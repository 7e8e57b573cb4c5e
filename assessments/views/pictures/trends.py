"""Trends over the report years by region: how many countries stand at each level, never a mean."""

import itertools
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, CharField, Count, F, QuerySet, Value, When
from django.db.models.functions import Cast, Coalesce, Substr
from django.http import HttpResponse
from django.utils.safestring import SafeString
from django.views.decorators.http import require_GET

from assessments.core.drawing.stacks import stacks
from assessments.core.figures import STATES
from assessments.models import Figures
from assessments.views.page import UserRequest, guarded
from assessments.views.pictures import give, rows, seen
from assessments.views.pictures.rows import Question, Versions

DERIVED = {"concern": "Concern level", "accountability": "Accountability level"}
SPLITS = {"": "all countries together", "bureau": "by bureau", "region": "by UN region"}
FIELDS = {"bureau": "country__bureau", "region": "country__un_region"}
LETTERS = (*"012345", *STATES)

Counts = Mapping[str, Mapping[int, Counter[str]]]


@dataclass(frozen=True, slots=True)
class Told:
    """What the picture says beside its counts: it follows from the figures, the measure and the split alone."""

    counts: Counts
    pictures: tuple[SafeString, ...]
    tables: tuple[tuple[str, SafeString], ...]  # of each split: its name, and its rows as markup
    letters: tuple[str, ...]  # characters that any country has
    breaks: tuple[tuple[int, str], ...]  # from which year, and with what words
    used: Mapping[int, set[str]]  # by year: the framework versions


class Trend:
    """What one request asked to see over the years."""

    def __init__(self, request: UserRequest) -> None:
        """Read it; what is released is counted once in a process."""
        self.values, self.figures = seen.asked(request)
        self.spans = self.figures.once(("spans",), self._spans)
        self.versions = self.figures.versions(version for _, version, _ in self.spans)
        self.questions = self.versions.questions()
        self.measure = (
            rows.one_of(request.GET, "show", [*DERIVED, *(item.slug for item in self.questions)]) or "concern"
        )
        self.question = next((item for item in self.questions if item.slug == self.measure), None)
        self.split = rows.one_of(request.GET, "by", SPLITS)
        self.title = f"{self.question.code} {self.question.title}" if self.question else DERIVED[self.measure]
        self.is_concern = self.question.is_concern if self.question else self.measure == "concern"
        self.told = self.figures.once(("trend", self.measure, self.split), self._told)

    @property
    def years(self) -> list[int]:
        """The years there are figures of, in order."""
        return sorted({year for year, _, _ in self.spans})

    @property
    def is_demonstration(self) -> bool:
        """Say whether any year has figures of a demonstration."""
        return any(is_made_up for _, _, is_made_up in self.spans)

    def _spans(self) -> list[tuple[int, int, bool]]:
        """Return which framework versions were used in which years, and whether in a demonstration; one query."""
        found = self.figures.figures.order_by().values_list("report_year", "framework", "is_demonstration").distinct()
        return list(found)

    def _told(self) -> Told:
        counts = _counts(self.figures.figures, self.measure, self.question, self.split)
        used = _used(self.spans, self.versions)
        breaks = _breaks(used, self.versions, self.question)
        since = {year for year, _ in breaks}
        letters = [
            letter for letter in LETTERS if any(letter in year for of in counts.values() for year in of.values())
        ]
        return Told(
            counts,
            tuple(give.safe(self._drawn(region, of, sorted(since))) for region, of in counts.items()),
            tuple((region, _rows(of, self.years, since, letters)) for region, of in counts.items()),
            tuple(letters),
            tuple(breaks),
            used,
        )

    def _drawn(self, region: str, of: Mapping[int, Counter[str]], breaks: list[int]) -> str:
        label = f"{self.title}, {region}: countries by level and year. The table below has the same numbers."
        scale = "c" if self.is_concern else "r"
        return stacks(of, self.years, scale=scale, title=region, label=label, breaks=breaks)


HEADS = (
    "split",
    "report_year",
    "indicator",
    *(f"level_{level}" for level in range(6)),
    *STATES.values(),
    "countries",
    "framework_versions",
    "break",
)


@require_GET
@guarded
def page(request: UserRequest, ending: str = "") -> HttpResponse:
    """Show the countries at each level, year by year, for one derived level or one question."""
    trend = Trend(request)
    name, told = f"trend-{trend.measure}", trend.told
    if ending == "csv":
        return give.csv_file(name, HEADS, _lines(trend))
    if ending == "svg":
        notes = [f"Countries by level and report year, {trend.values} values.", *(words for _, words in told.breaks)]
        notes += [give.GENERATED] * trend.is_demonstration
        return give.svg_file(name, _pile(told.pictures), trend.title, notes)
    context = {
        "title": trend.title,
        "values": trend.values,
        "splits": give.options(SPLITS.items(), {trend.split}),
        "derived": give.options(DERIVED.items(), {trend.measure}),
        "questions": give.options(
            ((item.slug, f"{item.code} {item.title}") for item in trend.questions), {trend.measure}
        ),
        "pictures": told.pictures,
        "tables": told.tables,
        "letters": told.letters,
        "is_concern": trend.is_concern,
        "breaks": told.breaks,
        "versions": trend.versions,
        "is_demonstration": trend.is_demonstration,
    }
    return give.shown(request, "trends", "trends", context)


def _counts(found: QuerySet[Figures], measure: str, question: Question | None, split: str) -> Counts:
    """Count countries by split, year and character; one query, grouped in the database."""
    field = FIELDS.get(split)
    region: Any = F(field) if field else Value("")
    grouped = (
        found.order_by()
        .annotate(part=region, letter=_letter(measure, question))
        .values_list("part", "report_year", "letter")
        .annotate(n=Count("report_year"))
    )
    counts: defaultdict[str, defaultdict[int, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    for part, year, letter, number in grouped:
        name = rows.bureaus().get(part, part or "no bureau on file") if split == "bureau" else part
        counts[name or ("All countries" if not split else "no region on file")][year][letter] += number
    return {name: counts[name] for name in sorted(counts)}


def _letter(measure: str, question: Question | None) -> Any:
    """Say in the database's words which character a row has: each version keeps it at a place of its own."""
    if question is None:
        return Coalesce(Cast(f"{measure}_level", CharField()), Value("u"), output_field=CharField())
    whens = [When(framework=pk, then=Substr("levels", place + 1, 1)) for pk, place in question.places.items()]
    return Case(*whens, default=Value("u"), output_field=CharField())


def _used(spans: Iterable[tuple[int, int, bool]], versions: Versions) -> dict[int, set[str]]:
    """Return the framework versions used in each year, years in order."""
    names = {row.pk: row.version for row in versions.rows}
    of: defaultdict[int, set[str]] = defaultdict(set)
    for year, version, _ in spans:
        of[year].add(names[version])
    return {year: of[year] for year in sorted(of)}


def _breaks(used: Mapping[int, set[str]], versions: Versions, question: Question | None) -> list[tuple[int, str]]:
    """Return the years from which another framework version was used, with words."""
    return [
        (
            year,
            f"From {year} on: framework {', '.join(sorted(used[year]))}, before it {', '.join(sorted(used[before]))}. "
            + _compares(versions, question, used[before], used[year]),
        )
        for before, year in itertools.pairwise(used)
        if used[before] != used[year]
    ]


def _compares(versions: Versions, question: Question | None, before: set[str], after: set[str]) -> str:
    """Say whether levels on both sides of a break may be compared, as the lineage of the newer version has it."""
    if question is not None:
        for framework in versions.compiled.values():
            spec = framework.spec
            entry = next((one for one in spec.lineage if one.indicator == question.slug), None)
            if entry and spec.version in after and spec.previous_version in before:
                may = "may be compared" if entry.comparable else "may not be compared"
                stays = STAYS.get(entry.change, entry.change)
                return f"The indicator is {stays} there: its levels {may} across the break."
    return "Levels before and after compare only where the versions' lineage says so."


STAYS = {"same": "the same", "merged": "merged from others", "split": "split from another"}


def _pile(drawn: Sequence[str]) -> str:
    """Put pictures beneath each other into one."""
    high, wide, parts = 0, 10, []
    for one in drawn:
        inner = one[one.index(">") + 1 : one.rindex("</svg>")]
        width, height = (float(part) for part in one.partition('viewBox="0 0 ')[2].partition('"')[0].split())
        parts.append(f'<g transform="translate(0 {high})">{inner}</g>')
        high, wide = high + round(height) + 6, max(wide, round(width))
    return f'<svg class="picture" viewBox="0 0 {wide} {high}">{"".join(parts)}</svg>'


def _rows(
    of: Mapping[int, Counter[str]], years: Sequence[int], breaks: Collection[int], letters: Sequence[str]
) -> SafeString:
    """Write the rows of a table; a template takes ten times as long for some thousand cells."""
    lines = []
    for year in years:
        found = of.get(year, Counter())
        is_break = year in breaks
        head = "<tr class=after-break>" if is_break else "<tr>"
        mark = " <span class=small>break</span>" if is_break else ""
        cells = "".join(f"<td class=number>{found[letter]}" for letter in letters)
        lines.append(f"{head}<th scope=row>{year}{mark}{cells}<td class=number>{found.total()}")
    return give.safe("\n".join(lines))


def _lines(trend: Trend) -> Iterable[Sequence[object]]:
    breaks = {year for year, _ in trend.told.breaks}
    for region, of in trend.told.counts.items():
        for year, versions in trend.told.used.items():
            found = of.get(year, Counter())
            counts = (found[letter] for letter in LETTERS)
            yield region, year, trend.measure, *counts, found.total(), ", ".join(sorted(versions)), year in breaks
