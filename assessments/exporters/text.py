"""Plain text, as it is pasted into a template: one paragraph a section, no markup."""

import textwrap
from collections.abc import Iterator

from assessments.core.document import Block, Document, Heading, Note, Notice, NumberedList, Paragraph, Table, Title

WIDTH = 78


def export(document: Document) -> bytes:
    """Return a document as UTF-8 text with a line feed at the end."""
    return render(document).encode()


def render(document: Document) -> str:
    """Return a document as text."""
    return "\n\n".join(part for block in document.blocks for part in _block(block)) + "\n"


def _block(block: Block) -> Iterator[str]:
    match block:
        case Title(text=text):
            yield f"{text}\n{'=' * len(text)}"
        case Notice(text=text):
            yield textwrap.fill(f"[{text}]", WIDTH)
        case Heading(text=text):
            yield f"{text}\n{'-' * len(text)}"
        case Paragraph():
            yield block.text
        case NumberedList(heading=heading, items=items):
            yield f"{heading}\n{'-' * len(heading)}"
            yield "\n".join(f"{place}. {item.text}" for place, item in enumerate(items, start=1))
        case Table(caption=caption, columns=columns, rows=rows):
            yield f"{caption}\n{'-' * len(caption)}"
            for row in rows:
                told = "; ".join(f"{name}: {cell}" for name, cell in zip(columns, row, strict=True) if cell)
                yield textwrap.fill(told, WIDTH, break_long_words=False, break_on_hyphens=False)
        case Note(text=text):
            yield textwrap.fill(text, WIDTH, break_long_words=False, break_on_hyphens=False)
