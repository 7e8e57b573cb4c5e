"""A published report against what was released: read, matched country by country, and told in words."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from accounts.models import User
from assessments import policies, snapshots
from assessments.core.comparison import Aligned, Change, Said
from assessments.core.document import Table, title_of
from assessments.core.published import Compared, Country, Report, compare_published
from assessments.core.redline import marked
from assessments.core.typography import folded
from assessments.core.words import counted
from assessments.exporters.document import document_of
from assessments.importers import word
from assessments.importers.package import LARGEST_FILE, MEGABYTE, Unreadable
from assessments.importers.returned import known_of
from assessments.models import Snapshot
from frameworks.models import Country as CountryRow

MOST_ROWS = 2000
"""Differing sentences that a page or a command tells; beyond that they are counted."""
_WORD_FILE = b"PK"
_WRAPPED = 70
"""A line of plain text goes on in the next where the next word would have made it longer than this."""
_BEGINS_ANEW = re.compile(r"\s*(?:\d{1,3}[.)]|[-*•#=])")


def paragraphs_of(data: bytes) -> tuple[str, ...]:
    """Return the paragraphs of a report, a Word file or plain text. Raises Unreadable."""
    if len(data) > LARGEST_FILE:
        raise Unreadable(
            f"The file has {len(data) / MEGABYTE:,.0f} MB; at most {LARGEST_FILE // MEGABYTE} MB are read."
        )
    if data.startswith((_WORD_FILE, b"\xd0\xcf\x11\xe0")):
        return word.read(data).paragraphs
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as exc:
        raise Unreadable("The file is neither a Word document (.docx) nor plain text in UTF-8.") from exc
    if "\0" in text:
        raise Unreadable("The file is neither a Word document (.docx) nor plain text in UTF-8.")
    if not text.strip():
        raise Unreadable("The file is empty.")
    return tuple(_unwrapped(text))


def _unwrapped(text: str) -> Iterator[str]:
    """Yield the paragraphs of plain text: a long line goes on in the next, unless that begins anew."""
    waiting = ""
    for line in [*re.split(r"\r\n|\r|\n", text), ""]:
        last, following = (waiting.splitlines() or [""])[-1], (line.split() or [""])[0]
        if waiting and (not following or len(f"{last} {following}") <= _WRAPPED or _BEGINS_ANEW.match(line)):
            yield " ".join(waiting.split())
            waiting = ""
        waiting = f"{waiting}\n{line}" if waiting else line.strip()


def against_released(data: bytes, report_year: int, user: User | None) -> Report:
    """Compare a published report with the texts released for a report year. Raises Unreadable.

    `user` None: a command, which reads all that is released; a person's comparison has what they may see.
    """
    paragraphs = paragraphs_of(data)
    rows = Snapshot.objects.all() if user is None else policies.visible_snapshots(user)
    released = rows.filter(
        released_at__isnull=False,
        superseded_by__isnull=True,
        revision__assessment__period__report_year=report_year,
    ).select_related("revision__assessment__country")
    countries = [_country(row, report_year) for row in released.order_by("revision__assessment__country__sort_name")]
    if not countries:
        raise Unreadable(f"No text is released for report year {report_year}; there is nothing to compare with.")
    known = {country.iso3 for country in countries}
    others = {
        name: str(row)
        for row in CountryRow.objects.exclude(iso3__in=known)
        for name in (row.name_in_text, row.sort_name, str(row))
    }
    return compare_published(paragraphs, countries, others)


def _country(row: Snapshot, report_year: int) -> Country:
    values = snapshots.opened(row)
    country = row.revision.assessment.country
    said = [Said(public_id=item["id"], section="", text=item["text"]) for item in values["sentences"]]
    said += [Said(public_id="", section="", text=item["text"]) for item in values["recommendations"]]
    names = {country.name_in_text, country.sort_name, str(country), country.name_in_text.removeprefix("the ")}
    names |= {title_of(values["country"]["name"], report_year)}
    return Country(
        iso3=country.iso3,
        name=str(country),
        names=tuple(sorted(names)),
        sentences=tuple(said),
        known=known_of(values) | _rows(values),
    )


def _rows(values: Mapping[str, Any]) -> frozenset[str]:
    """Return the rows of the public file's tables as plain text has them."""
    tables = (block for block in document_of(values).blocks if isinstance(block, Table))
    return frozenset(
        folded("; ".join(f"{name}: {cell}" for name, cell in zip(table.columns, row, strict=True) if cell))
        for table in tables
        for row in table.rows
    )


def verdict(one: Compared) -> str:
    """Say in words what became of one country's text."""
    if one.is_identical:
        return f"identical, {counted(one.sentences, 'sentence')}"
    differs = len(one.rows) - one.more
    parts = []
    if differs:
        parts.append(f"{counted(differs, 'sentence')} of {one.sentences} {'differs' if differs == 1 else 'differ'}")
    if one.more:
        parts.append(f"{counted(one.more, 'sentence')} more than released")
    return ", ".join(parts)


def kind(row: Aligned) -> str:
    """Say what became of one sentence."""
    if row.change is Change.UNCHANGED:
        return "moved"
    return {
        Change.NEW: "published, not released",
        Change.DROPPED: "released, not published",
        Change.FIGURES: "other figures",
    }.get(row.change, "other words")


def lines(report: Report) -> Iterator[str]:
    """Yield the whole comparison as lines of plain text."""
    for one in report.compared:
        yield f"{one.name}: {verdict(one)}"
        for row in one.rows:
            yield f"  {kind(row)}: {marked(row.pieces)}"
    for name in report.missing:
        yield f"{name}: released, and no part of the report is headed by it"
    for name in report.unknown:
        yield f"{name}: in the report, and no text is released for it"
