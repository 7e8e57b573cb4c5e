"""Word files from outside, read in a process apart: what it says they hold is checked by its types, and used as such.

What reads them is `word_text.py`, `house_template.py` and `docx_fill.py`, of which none is loaded here with a library.
"""

from typing import Any

from pydantic import ValidationError

from assessments.apart import process
from assessments.content import adapter
from assessments.core.document import Document
from assessments.core.filetext import FileText
from assessments.exporters.house_template import LARGEST_TEMPLATE, Found
from assessments.importers.package import LARGEST_FILE, Unreadable, check_size

LONGEST = 2_000_000
"""Characters of text; a report of two hundred countries has about a million and a half."""


def read(data: bytes, *, longest: int = LONGEST) -> FileText:
    """Return the text of a .docx with its changes and comments. Raises Unreadable; `longest` in characters."""
    check_size(data, LARGEST_FILE)
    found: FileText = _as(FileText, _asked("read-word", data, longest=longest))
    return found


def examined(data: bytes) -> Found:
    """Return what a template has and what is wrong with it. Raises Unreadable where it can't even be opened."""
    check_size(data, LARGEST_TEMPLATE)
    found: Found = _as(Found, _asked("read-template", data))
    return found


def filled(data: bytes, document: Document, country: str) -> bytes:
    """Return a narrative with the controls of a country filled (`docx_fill.filled`). Raises Unreadable."""
    check_size(data, LARGEST_FILE)
    return _asked("read-narrative", data, document=document, country=country)


def _asked(do: str, data: bytes, **values: Any) -> bytes:
    try:
        return process.read(do, data, **values)
    except (process.Refused, process.Unavailable) as exc:
        raise Unreadable(str(exc)) from None


def _as(kind: Any, data: bytes) -> Any:
    try:
        return adapter(kind).validate_json(data)
    except ValidationError:
        raise Unreadable(process.READING.failed) from None
