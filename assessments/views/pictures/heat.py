"""The heat map: countries by questions, sorted and narrowed by address, so that it works without a script."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from html import escape

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from assessments.core.drawing.heat import SIGNS, heat
from assessments.core.figures import CONFIDENCES, level_of, state_of
from assessments.views.addresses import address
from assessments.views.page import UserRequest, guarded
from assessments.views.pictures import give, rows, seen
from assessments.views.pictures.rows import Asked, Question, Row

SORTS = ("concern", "accountability", "coverage", "tier")
HEADS = (
    "country",
    "country_name",
    "report_year",
    "indicator",
    "indicator_code",
    "state",
    "level",
    "confidence",
    "framework_version",
    "values",
    "demonstration",
)


class Table:
    """What the heat map shows for one request."""

    def __init__(self, request: UserRequest) -> None:
        """Read it; the number of queries does not depend on how much there is."""
        asked = request.GET
        values, figures = seen.asked(request)
        self.years = figures.years
        year = rows.whole(asked, "year", self.years, self.years[0] if self.years else 0)
        found = figures.rows(year) if year else ()
        self.versions = figures.versions(row.framework for row in found)
        self.groups = self.versions.groups()
        group = rows.one_of(asked, "group", self.groups)
        self.questions = self.versions.questions(group)
        self.regions = sorted({row.region for row in found if row.region})
        self.asked = Asked(
            year,
            values,
            group,
            rows.one_of(asked, "bureau", rows.bureaus()),
            rows.one_of(asked, "region", self.regions),
            rows.one_of(asked, "tier", [value for value, _ in rows.TIERS]),
            rows.one_of(asked, "state", rows.STATES),
            rows.one_of(asked, "sort", [*SORTS, *(item.code for item in self.questions)]),
            asked.get("down") == "1",
        )
        self.all = len(found)
        self.rows = rows.ordered(rows.narrowed(found, self.asked, self.questions), self.asked, self.questions)

    @property
    def is_demonstration(self) -> bool:
        """Say whether a row shown is of a demonstration."""
        return any(row.is_demonstration for row in self.rows)


@require_GET
@guarded
def page(request: UserRequest, ending: str = "") -> HttpResponse:
    """Show all countries of a year with their level for every question."""
    table = Table(request)
    name = f"levels-{table.asked.year}-{table.asked.values}"
    if ending == "csv":
        return give.csv_file(name, HEADS, _lines(table))
    if ending == "svg":
        return give.svg_file(name, _drawn(table), _title(table), _notes(table))
    context = {
        "table": table,
        "asked": table.asked,
        "heads": give.safe(_heads(table)),
        "body": give.safe(_body(table.rows, table.questions)),
        "bureaus": rows.bureaus().items(),
        "tiers": rows.TIERS,
        "states": rows.STATES.items(),
        "signs": [(SIGNS[letter], letter, words) for letter, words in rows.STATES.items()],
        "groups": table.groups.items(),
        "is_demonstration": table.is_demonstration,
    }
    return give.shown(request, "heat", "compare", context)


def _title(table: Table) -> str:
    return f"Levels by country and indicator, report year {table.asked.year}, {table.asked.values} values"


def _notes(table: Table) -> list[str]:
    return [
        (
            f"{len(table.rows)} countries; framework {table.versions.names}. CL concern, AL accountability; "
            "concern: higher is worse, response: higher is better."
        ),
        *([give.GENERATED] if table.is_demonstration else []),
    ]


def _drawn(table: Table) -> str:
    columns = [(item.code, item.is_concern) for item in table.questions]
    lines = [
        (row.name, "".join(item.of(row) for item in table.questions), row.concern, row.accountability)
        for row in table.rows
    ]
    return heat(columns, lines, _title(table))


def _lines(table: Table) -> Iterable[Sequence[object]]:
    versions = {pk: framework.version for pk, framework in table.versions.compiled.items()}
    for row in table.rows:
        for item in table.questions:
            letter = item.of(row)
            yield (
                row.iso3,
                row.name,
                table.asked.year,
                item.slug,
                item.code,
                state_of(letter),
                level_of(letter),
                CONFIDENCES[item.confidence(row)],
                versions[row.framework],
                table.asked.values,
                row.is_demonstration,
            )


# Cells are written as text: a template would take a hundred times as long for eight thousand of them.


def _heads(table: Table) -> str:
    asked = table.asked
    found = [
        _head(asked, "", "Country", "by name"),
        _head(asked, "concern", "CL", "Concern level, derived; 5 is worst"),
        _head(asked, "accountability", "AL", "Accountability level, derived; 5 is best"),
        _head(asked, "tier", "Tier", "Tier of that year, recorded"),
    ]
    found += [_head(asked, item.code, item.code, item.title) for item in table.questions]
    return "".join(found)


def _head(asked: Asked, sort: str, words: str, title: str) -> str:
    is_here = asked.sort == sort
    begins_down = bool(sort) and sort != "tier"
    down = not asked.down if is_here else begins_down
    order = "" if not is_here else f" aria-sort={'descending' if asked.down else 'ascending'}"
    query = escape(replace(asked, sort=sort, down=down).query())
    sign = "" if not is_here else ("▼" if asked.down else "▲")
    return f'<th scope=col{order}><a href="?{query}#heat" title="{escape(title)}">{words}{sign}</a>'


def _body(found: Sequence[Row], questions: Sequence[Question]) -> str:
    looks = _looks()
    lines = []
    for row in found:
        name, link = escape(row.name), address("assessments:picture-country", row.iso3)
        choice = f'<input type=checkbox name=c value={row.iso3} aria-label="Choose {name}">'
        cells = [
            f'<tr><th scope=row><label>{choice}</label><a href="{link}">{name}</a>',
            looks[True][_letter(row.concern)],
            looks[False][_letter(row.accountability)],
            f"<td class=tier>{row.tier or '·'}",
        ]
        cells += [looks[item.is_concern][item.of(row)] for item in questions]
        lines.append("".join(cells))
    return "\n".join(lines)


def _letter(level: int | None) -> str:
    return "u" if level is None else str(level)


def _looks() -> dict[bool, dict[str, str]]:
    """Return the cell of every character, by whether its scale is one of concern."""
    return {
        is_concern: {
            **{str(level): f"<td class={'c' if is_concern else 'r'}{level}>{level}" for level in range(6)},
            **{letter: f"<td class=s{letter}>{sign}" for letter, sign in SIGNS.items()},
        }
        for is_concern in (True, False)
    }
