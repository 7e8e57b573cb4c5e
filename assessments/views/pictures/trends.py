"""Trends over the report years by region: how many countries stand at each level, never a mean."""

import itertools
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from django.db.models import Case, CharField, Count, F, QuerySet, Value, When
from django.db.models.functions import Cast, Coalesce, Substr
from django.http import HttpResponse
from django.views.decorators.http import require_GET

from assessments.core.drawing.stacks import stacks
from assessments.core.figures import STATES
from assessments.models import Figures
from assessments.views.page import UserRequest, guarded
from assessments.views.pictures import give, rows
from assessments.views.pictures.rows import Question, Versions

DERIVED = {"concern": "Concern level", "accountability": "Accountability level"}
SPLITS = {"": "all countries together", "bureau": "by bureau", "region": "by UN region"}
FIELDS = {"bureau": "country__bureau", "region": "country__un_region"}
LETTERS = (*"012345", *STATES)

Counts = Mapping[str, Mapping[int, Counter[str]]]


@require_GET
@guarded
def page(request: UserRequest, ending: str = "") -> HttpResponse:
    """Show the countries at each level, year by year, for one derived level or one question."""
    values = rows.values_asked(request, request.user)
    found = rows.figures_of(request.user, values)
    spans = list(found.order_by().values_list("report_year", "framework", "is_demonstration").distinct())
    versions = Versions(version for _, version, _ in spans)
    questions = versions.questions()
    measure = rows.one_of(request.GET, "show", [*DERIVED, *(item.slug for item in questions)]) or "concern"
    question = next((item for item in questions if item.slug == measure), None)
    split = rows.one_of(request.GET, "by", SPLITS)
    counts = _counts(found, measure, question, split)
    years = sorted({year for year, _, _ in spans})
    title = f"{question.code} {question.title}" if question else DERIVED[measure]
    is_concern = measure == "concern" or (question is not None and question.is_concern)
    used = _used(spans, versions)
    breaks = _breaks(used, versions, question)
    name = f"trend-{measure}"
    if ending == "csv":
        heads = (
            "split",
            "report_year",
            "indicator",
            *(f"level_{level}" for level in range(6)),
            *STATES.values(),
            "countries",
            "framework_versions",
            "break",
        )
        told = {year: (", ".join(sorted(names)), any(year == one for one, _ in breaks)) for year, names in used.items()}
        return give.csv_file(name, heads, _lines(counts, measure, told))
    drawn = [
        _drawn(region, of, years, title, is_concern=is_concern, breaks=[year for year, _ in breaks])
        for region, of in counts.items()
    ]
    if ending == "svg":
        notes = [f"Countries by level and report year, {values} values.", *(words for _, words in breaks)]
        return give.svg_file(name, _pile(drawn), title, notes)
    context = {
        "title": title,
        "values": values,
        "measure": measure,
        "split": split,
        "splits": SPLITS.items(),
        "derived": DERIVED.items(),
        "questions": questions,
        "pictures": [give.safe(one) for one in drawn],
        "tables": [(region, _table(of, years, {year for year, _ in breaks})) for region, of in counts.items()],
        "letters": [
            letter for letter in LETTERS if any(letter in year for of in counts.values() for year in of.values())
        ],
        "is_concern": is_concern,
        "breaks": breaks,
        "years": years,
        "versions": versions,
        "is_demonstration": any(is_made_up for _, _, is_made_up in spans),
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


def _drawn(
    region: str,
    of: Mapping[int, Counter[str]],
    years: Sequence[int],
    title: str,
    *,
    is_concern: bool,
    breaks: list[int],
) -> str:
    label = f"{title}, {region}: countries by level and year. The table below has the same numbers."
    return stacks(of, years, scale="c" if is_concern else "r", title=region, label=label, breaks=breaks)


def _pile(drawn: Sequence[str]) -> str:
    """Put pictures beneath each other into one."""
    high, wide, parts = 0, 10, []
    for one in drawn:
        inner = one[one.index(">") + 1 : one.rindex("</svg>")]
        width, height = (float(part) for part in one.partition('viewBox="0 0 ')[2].partition('"')[0].split())
        parts.append(f'<g transform="translate(0 {high})">{inner}</g>')
        high, wide = high + round(height) + 6, max(wide, round(width))
    return f'<svg class="picture" viewBox="0 0 {wide} {high}">{"".join(parts)}</svg>'


def _table(
    of: Mapping[int, Counter[str]], years: Sequence[int], breaks: Collection[int]
) -> list[tuple[int, Counter[str], int, bool]]:
    counts = [(year, of.get(year, Counter())) for year in years]
    return [(year, found, sum(found.values()), year in breaks) for year, found in counts]


def _lines(counts: Counts, measure: str, told: Mapping[int, tuple[str, bool]]) -> Iterable[Sequence[object]]:
    for region, of in counts.items():
        for year, versions in told.items():
            found = of.get(year, Counter())
            yield region, year, measure, *(found[letter] for letter in LETTERS), sum(found.values()), *versions
