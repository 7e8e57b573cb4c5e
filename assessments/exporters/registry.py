"""Every format in one table: the end of the file's name, who writes it, how it is announced, and for whom.

A new format is one module and one line here. Texts are written from a document, data from the tables of `data.py`, the
record from the snapshot itself; pages, jobs and the command know nothing else of a format.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, BinaryIO

from assessments.core.document import Audience, Document
from assessments.exporters import (
    csv_zip,
    html,
    json,
    markdown,
    pdf,
    pdf_report,
    text,
    word,
    xlsx,
)
from assessments.exporters.defence import Excerpts, defence
from assessments.exporters.document import document_of
from assessments.exporters.front import Front
from frameworks.spec.compiled import CompiledFramework

EVERY = (Audience.PUBLIC, Audience.CLEARANCE, Audience.INTERNAL)


@dataclass(frozen=True)
class Content:
    """What a file is made of: a snapshot, its framework, and who reads it. `excerpts` are those the maker may see."""

    values: Mapping[str, Any]
    framework: CompiledFramework
    audience: Audience
    excerpts: Excerpts = field(default_factory=dict)
    template: bytes | None = None  # an office's own, for Word; None: ours

    @cached_property
    def document(self) -> Document:
        """The text as blocks."""
        return document_of(self.values, self.audience)

    @cached_property
    def annex(self) -> Document:
        """The defence annex as blocks."""
        return defence(self.values, self.framework, self.audience, self.excerpts)


Join = Callable[[Front, Iterable[Document], BinaryIO], None]
"""Writes many documents into one file: what stands before them, the documents in the order of its entries, where to."""
House = Callable[[Front, Iterable[Document], bytes, BinaryIO], None]
"""The same in an office's own template, which is the third."""
Release = Callable[[Iterable[csv_zip.Country], Audience, BinaryIO], None]
"""Writes the data of many snapshots into one file."""


@dataclass(frozen=True)
class Format:
    """One format. `document` writes blocks, where it can; `join` and `release` write many countries into one file.

    `house` None: an office's own template is nothing to this format.
    """

    slug: str  # the format's name in addresses and commands
    title: str
    media_type: str
    write: Callable[[Content], bytes]
    document: Callable[[Document], bytes] | None = None
    join: Join | None = None
    house: House | None = None
    release: Release | None = None
    ending: str = ""  # of the file's name, where it is not the slug
    audiences: tuple[Audience, ...] = EVERY

    @property
    def suffix(self) -> str:
        """How the name of a file ends."""
        return self.ending or self.slug


def _text(
    slug: str, title: str, media_type: str, document: Callable[[Document], bytes], join: Join | None = None
) -> Format:
    def write(content: Content) -> bytes:
        return document(content.document)

    return Format(slug, title, media_type, write, document=document, join=join)


def _joined(document: Callable[[Document], bytes], between: bytes) -> Join:
    def join(front: Front, documents: Iterable[Document], out: BinaryIO) -> None:
        out.write(document(front.document))
        for one in documents:
            out.write(between)
            out.write(document(one))

    return join


def _join_html(front: Front, documents: Iterable[Document], out: BinaryIO) -> None:
    out.write(html.head(front.title).encode())
    out.write(html.article(front.document, key="front-").encode())
    out.write(_listed(front).encode())
    for (key, _), one in zip(front.entries, documents, strict=True):
        out.write(html.article(one, key=f"{key}-").encode())
    out.write(html.TAIL.encode())


def _listed(front: Front) -> str:
    return html.contents([(f"{key}-", name) for key, name in front.entries])


def _word(content: Content) -> bytes:
    return word.export(content.document, content.template)


def _json(content: Content) -> bytes:
    if content.audience is Audience.PUBLIC:
        return json.publication(content.document, content.values, content.framework)
    return json.export(content.values)


def _data(
    write: Callable[[Mapping[str, Any], CompiledFramework, Audience], bytes],
) -> Callable[[Content], bytes]:
    return lambda content: write(content.values, content.framework, content.audience)


XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMATS: Mapping[str, Format] = {
    one.slug: one
    for one in (
        _text("txt", "Plain text", "text/plain; charset=utf-8", text.export, _joined(text.export, b"\n\n\n")),
        _text("md", "Markdown", "text/markdown; charset=utf-8", markdown.export, _joined(markdown.export, b"\n\n")),
        _text("html", "HTML", "text/html; charset=utf-8", html.export, _join_html),
        _text("pdf", "PDF", "application/pdf", pdf.export, pdf_report.join),
        Format(
            "docx",
            "Word",
            word.CONTENT_TYPE,
            _word,
            document=word.export,
            join=word.join,
            house=word.join_in,
        ),
        Format("json", "JSON", "application/json", _json),
        Format("csv", "CSV", "application/zip", _data(csv_zip.export), release=csv_zip.write, ending="csv.zip"),
        Format("xlsx", "Excel", XLSX, _data(xlsx.export), release=xlsx.write),
    )
}
"""All formats in the order they are offered."""

ANNEXES: Mapping[str, Callable[[Document], bytes]] = {
    slug: one.document for slug, one in FORMATS.items() if one.document is not None
}
"""What writes the defence annex, by format."""


def file_name(values: Mapping[str, Any], digest: str, suffix: str, *, is_draft: bool, what: str = "") -> str:
    """Return the name of a file: year, country, the beginning of the snapshot's hash; no word of anybody."""
    year, country = int(values["assessment"]["report_year"]), str(values["country"]["iso3"]).lower()
    parts = [str(year), country, what, digest[:12], "draft" if is_draft else ""]
    return f"{'-'.join(part for part in parts if part)}.{suffix}"
