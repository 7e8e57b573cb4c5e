"""Markdown (CommonMark): headings, paragraphs and lists; what a person wrote never becomes markup."""

import re
from collections.abc import Iterator

from assessments.core.document import Block, Document, Heading, Note, Notice, NumberedList, Paragraph, Table, Title

_MARKUP = re.compile(r"([\\`*_\[\]<>|~$])")
_AT_START = re.compile(r"^(\s*)([#>+-]|\d+[.)])(?=\s|$)")


def export(document: Document) -> bytes:
    """Return a document as UTF-8 Markdown with a line feed at the end."""
    return render(document).encode()


def render(document: Document) -> str:
    """Return a document as Markdown."""
    return "\n\n".join(part for block in document.blocks for part in _block(block)) + "\n"


def escaped(text: str) -> str:
    """Return a text whose signs mean nothing to Markdown."""
    text = _MARKUP.sub(r"\\\1", text.replace("&", "&amp;"))
    return _AT_START.sub(lambda match: f"{match[1]}{match[2][:-1]}\\{match[2][-1]}", text)


def _block(block: Block) -> Iterator[str]:
    match block:
        case Title(text=text):
            yield f"# {escaped(text)}"
        case Notice(text=text):
            yield f"> **{escaped(text)}**"
        case Heading(text=text):
            yield f"## {escaped(text)}"
        case Paragraph():
            yield escaped(block.text)
        case NumberedList(heading=heading, items=items):
            yield f"## {escaped(heading)}"
            yield "\n".join(f"{place}. {escaped(item.text)}" for place, item in enumerate(items, start=1))
        case Table(caption=caption, columns=columns, rows=rows):
            yield f"**{escaped(caption)}**"
            told = [columns, tuple("---" for _ in columns), *(tuple(escaped(cell) for cell in row) for row in rows)]
            yield "\n".join(f"| {' | '.join(' '.join(cell.split()) for cell in row)} |" for row in told)
        case Note(text=text):
            yield f"*{escaped(text)}*"
