"""What tests of pictures share: generated years, the rows of the data release, pages read as a browser reads them."""

import csv
import io
from collections.abc import Iterator, Sequence
from html.parser import HTMLParser
from typing import Any

from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from assessments import content, snapshots
from assessments.core.document import Audience
from assessments.exporters.data import FINDINGS, LEVELS, rows
from assessments.models import Snapshot
from frameworks import reference_data
from tests.assessments import factories
from tests.assessments.office import Office
from tests.frameworks.conftest import REFERENCE
from tests.image import remembered

SIGNS = {"insufficient-information": "?", "not-assessed": "n", "no-request-made": "q", "no-known-cases": "k",
         "not-applicable": "–", "unanswered": "·"}  # fmt: skip
"""What a picture shows in place of a level, by the state as the data release names it."""


def make_years(countries: int, years: int, **more: Any) -> str:
    out = io.StringIO()
    call_command("make_demo_years", countries=countries, years=years, stdout=out, **more)
    return out.getvalue()


@remembered()
def stored() -> None:
    """Store what the program comes with."""
    factories.framework()
    factories.wording()
    reference_data.store(reference_data.read(REFERENCE))


@remembered()
def three_years() -> None:
    """Make three years of six countries."""
    stored()
    make_years(6, 3)


def publish(office: Office) -> None:
    """Release the office's text."""
    office.answer_all()
    office.submit()
    office.approve()
    office.release()


def url(name: str, *args: object) -> str:
    return reverse(f"assessments:picture-{name}", args=args)


def table_of(client: Client, name: str, query: str = "", args: Sequence[object] = ()) -> list[dict[str, str]]:
    answer = client.get(f"{url(name, *args)}?{query}")
    assert answer.status_code == 200
    return list(csv.DictReader(io.StringIO(answer.content.decode(), newline="")))


def released() -> Iterator[tuple[dict[str, Any], list[dict[str, Any]]]]:
    """Yield the rows of the data release of every released text: of findings and of levels."""
    for snapshot in Snapshot.objects.filter(released_at__isnull=False, superseded_by=None).select_related("revision"):
        values, framework = snapshots.opened(snapshot), content.framework_of(snapshot.revision)
        finding, levels = (
            [
                dict(zip((column.name for column in table.columns), row, strict=True))
                for row in rows(table, values, framework, Audience.PUBLIC)
            ]
            for table in (FINDINGS, LEVELS)
        )
        yield finding[0], levels


def by_year(year: int) -> dict[str, tuple[dict[str, Any], dict[str, str]]]:
    """Return finding and answers of a year by country, as signs; of a question asked in parts the highest."""
    found = {}
    for finding, levels in released():
        if finding["report_year"] == year:
            told: dict[str, list[str]] = {}
            for item in levels:
                sign = SIGNS[item["state"]] if item["level"] is None else str(item["level"])
                told.setdefault(item["indicator_code"], []).append(sign)
            found[finding["country"]] = (finding, {code: _of_all(signs) for code, signs in told.items()})
    return found


def _of_all(signs: list[str]) -> str:
    """Return the highest level of a question's parts, or the state that speaks for all where none has a level."""
    levels = [sign for sign in signs if sign.isdigit()]
    return max(levels) if levels else min(signs, key=list(SIGNS.values()).index)


class Tables(HTMLParser):
    """The tables of a page by their captions, as a browser reads them: ends of cells may be left out."""

    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, list[list[str]]] = {}
        self.caption: str | None = None  # None outside a caption
        self.rows: list[list[str]] | None = None  # None outside a table

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self.rows = []
        elif tag == "caption":
            self.caption = ""
        elif self.rows is not None and tag == "tr":
            self.rows.append([])
        elif self.rows is not None and tag in {"td", "th"}:
            self.rows[-1].append("")

    def handle_data(self, data: str) -> None:
        if self.caption is not None:
            self.caption += data
        elif self.rows and self.rows[-1]:
            self.rows[-1][-1] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "caption" and self.caption is not None and self.rows is not None:
            self.found[self.caption] = self.rows
            self.caption = None
        elif tag == "table":
            self.rows = None


def tables_of(client: Client, address: str) -> dict[str, list[list[str]]]:
    """Return the tables of a page by caption: rows of cells, the head first, without needless spaces."""
    answer = client.get(address)
    assert answer.status_code == 200
    parser = Tables()
    parser.feed(answer.content.decode())
    return {
        caption: [[" ".join(cell.split()) for cell in row] for row in found] for caption, found in parser.found.items()
    }


def one_table(client: Client, address: str, begins: str) -> list[list[str]]:
    """Return the rows of the table whose caption begins so."""
    found = tables_of(client, address)
    (rows_of,) = [found[caption] for caption in found if caption.startswith(begins)]
    return rows_of


def heat_of(client: Client, query: str = "") -> dict[str, dict[str, str]]:
    head, *body = one_table(client, f"{url('heat')}?{query}", "Levels of countries by indicator")
    return {row[0]: dict(zip((cell.rstrip("▲▼") for cell in head), row, strict=True)) for row in body}
