"""HTML in one file: style and faces inside it, no script, nothing fetched from anywhere. The PDF is made of the same.

What a person wrote is always escaped. Sources stand as notes at the end, linked from their sentences and back; ids of
sentences are anchors where the audience may have them.
"""

import base64
import re
from collections.abc import Iterable, Iterator
from functools import cache
from html import escape
from pathlib import Path

from assessments.core.document import (
    Block,
    Document,
    Heading,
    Line,
    Note,
    Notice,
    NumberedList,
    Paragraph,
    Table,
    Title,
)

STATIC = Path(__file__).resolve().parents[2] / "static"
FACES = (
    ("Source Serif 4", "source-serif-4", 400, "normal"),
    ("Source Serif 4", "source-serif-4", 600, "normal"),
    ("Public Sans", "public-sans", 400, "normal"),
    ("Public Sans", "public-sans", 600, "normal"),
    ("Public Sans", "public-sans", 700, "normal"),
)
"""Family, folder, weight and style of every face a text needs."""

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; font-src data:"
_DARK = re.compile(r"^@media \(prefers-color-scheme: dark\) \{$.*?^\}$", re.DOTALL | re.MULTILINE)
NOTES = "Notes"


def export(document: Document) -> bytes:
    """Return a document as one HTML file in UTF-8."""
    return "".join((head(document.title), article(document), TAIL)).encode()


def head(title: str, *, styled: bool = True) -> str:
    """Return the beginning of a file; without its style where the caller brings that."""
    style = f"<style>\n{stylesheet()}</style>\n" if styled else ""
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="referrer" content="no-referrer">\n<meta name="generator" content="Indicia">\n'
        f"<title>{escape(title)}</title>\n{style}</head>\n<body>\n"
    )


TAIL = "</body>\n</html>\n"


def article(document: Document, *, key: str = "") -> str:
    """Return the text of one document; `key` keeps its anchors apart from those of others in the same file."""
    writer = _Article(document, key)
    body = "\n".join(part for block in document.blocks for part in writer.block(block))
    kind = ' class="draft"' if document.is_draft else ""
    return f"<article{kind}>\n{body}\n{writer.endnotes()}</article>\n"


def contents(titles: Iterable[tuple[str, str]], *, are_places: bool = False) -> str:
    """Return a list of links to articles, given their keys and titles.

    `are_places`: each entry has the name it leads to; for an engine that makes no link to what it does not see.
    """
    links = "\n".join(
        f'<li{_place(key) if are_places else ""}><a href="#{escape(key)}title">{escape(title)}</a></li>'
        for key, title in titles
    )
    return f'<nav aria-label="Contents">\n<ul class="contents">\n{links}\n</ul>\n</nav>\n'


def _place(key: str) -> str:
    return f' id="{escape(key)}title"'


class _Article:
    """Writes the blocks of one document, and keeps its notes for the end."""

    def __init__(self, document: Document, key: str) -> None:
        self.document = document
        self.key = key
        self.notes: list[str] = []

    def block(self, block: Block) -> Iterator[str]:
        match block:
            case Title(text=text):
                yield f'<h1 id="{self.key}title">{escape(text)}</h1>'
            case Notice(text=text):
                yield f'<p class="notice">{escape(text)}</p>'
            case Heading(text=text, level=level):
                yield f"<h{level + 1}>{escape(text)}</h{level + 1}>"
            case Paragraph(lines=lines):
                yield f"<p>{' '.join(self._line(line) for line in lines)}</p>"
            case NumberedList(heading=heading, items=items):
                listed = "\n".join(f"<li>{escape(item.text)}</li>" for item in items)
                yield f"<h2>{escape(heading)}</h2>"
                yield f"<ol>\n{listed}\n</ol>"
            case Table():
                yield _table(block)
            case Note(text=text):
                yield f'<p class="small">{escape(text)}</p>'

    def _line(self, line: Line) -> str:
        text = escape(line.text)
        if self.document.has_ids and line.public_id:
            text = f'<span id="s-{escape(line.public_id)}" data-state="{escape(line.state)}">{text}</span>'
        if not line.note:
            return text
        self.notes.append(line.note)
        number = len(self.notes)
        place = f"{self.key}{number}"
        return f'{text}<sup><a id="r-{place}" href="#n-{place}" aria-label="Note {number}">{number}</a></sup>'

    def endnotes(self) -> str:
        """Return the notes in order, each with its way back; empty where there are none."""
        if not self.notes:
            return ""
        listed = "\n".join(
            f'<li id="n-{self.key}{number}">{escape(text)} '
            f'<a href="#r-{self.key}{number}" class="back" aria-label="Back to the text of note {number}">Back</a></li>'
            for number, text in enumerate(self.notes, start=1)
        )
        return f'<section class="endnotes">\n<h2>{NOTES}</h2>\n<ol>\n{listed}\n</ol>\n</section>\n'


def _table(table: Table) -> str:
    columns = "".join(f'<th scope="col">{escape(name)}</th>' for name in table.columns)
    rows = "\n".join(f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>" for row in table.rows)
    return (
        f'<div class="wide"><table>\n<caption>{escape(table.caption)}</caption>\n'
        f"<thead><tr>{columns}</tr></thead>\n<tbody>\n{rows}\n</tbody>\n</table></div>"
    )


@cache
def stylesheet(*, for_paper: bool = False) -> str:
    """Return the whole style: faces as data, the tokens of the screens, and the look of a printed page.

    `for_paper`: without what only a screen has, which the engine of the PDF would complain of every time.
    """
    tokens = (STATIC / "css" / "tokens.css").read_text(encoding="utf-8")
    tokens = "\n".join(line for line in tokens.splitlines() if not line.startswith("@font-face"))
    style = (STATIC / "css" / "export.css").read_text(encoding="utf-8")
    if for_paper:
        tokens = _DARK.sub("", tokens)
    return re.sub(r"\n{3,}", "\n\n", "\n".join((*map(_face, FACES), tokens, style)))


def _face(face: tuple[str, str, int, str]) -> str:
    family, folder, weight, slant = face
    data = (STATIC / "vendor" / folder / f"{folder}-latin-{weight}-{slant}.woff2").read_bytes()
    source = f'url("data:font/woff2;base64,{base64.b64encode(data).decode()}") format("woff2")'
    return f'@font-face {{ font-family: "{family}"; font-weight: {weight}; font-style: {slant}; src: {source}; }}'
