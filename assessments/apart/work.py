"""What the process apart can do, each by its name; a library is loaded by the first question that needs it.

`make` and `join` (process.py) ask for what makes files, `read` for what reads those that came from outside. All of it
gets plain values and the documents of `carried.py`, and files as their bytes; it gives back bytes.
"""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from functools import cache
from io import BytesIO
from tempfile import TemporaryFile
from typing import TYPE_CHECKING, Any, Protocol

from assessments.apart.line import Refused

if TYPE_CHECKING:
    from assessments.core.document import Document
    from assessments.core.tracked import Tracked
    from assessments.exporters.front import Front
    from assessments.exporters.pdf_engine import Engine

NO_PANGO = (
    "PDF needs the Pango libraries, which this machine lacks (Debian's libpango-1.0-0 and libpangoft2-1.0-0). "
    "Every other format works without them."
)
_CHUNK = 1 << 20


class Out(Protocol):
    """What a file of many parts is written into."""

    def write(self, data: bytes) -> int:
        """Take the next bytes, and say how many."""


# --- PDF ---------------------------------------------------------------------------------------------------------


@cache
def _engine() -> "Engine":
    from assessments.exporters import html

    try:
        from assessments.exporters.pdf_engine import Engine
    except OSError as exc:  # so it says that a library of the system is not there
        raise Refused(NO_PANGO) from exc
    return Engine(html.stylesheet(for_paper=True))


def _pdf(*, source: str) -> bytes:
    """Lay out a page of HTML."""
    return _engine().write(source)


def _pdf_report(parts: Iterable[Mapping[str, Any]], out: Out) -> None:
    """Lay out pages of HTML as one report."""
    from assessments.exporters.pdf_joined import join

    join(_engine(), parts, out)


# --- Word --------------------------------------------------------------------------------------------------------


def _word(*template: bytes, document: "Document") -> bytes:
    """Write a document, in an office's template where one is given."""
    from assessments.exporters import docx

    if not template:
        return docx.export(document)
    from assessments.exporters import docx_house

    return docx_house.export(document, template[0])


def _word_changes(*, sections: Iterable["Tracked"], at: str, lists: Iterable[str], audience: str, **more: Any) -> bytes:
    """Write two texts as one with tracked changes."""
    from assessments.core.document import Audience
    from assessments.exporters import docx_redline

    return docx_redline.export(
        sections, at=datetime.fromisoformat(at), lists=frozenset(lists), audience=Audience(audience), **more
    )


def _word_starter() -> bytes:
    """Write a template to begin with."""
    from assessments.exporters.docx_house import starter

    return starter()


def _word_report(documents: Iterable["Document"], out: Out, *template: bytes, **front: Any) -> None:
    """Write many documents as one report, in an office's template where one is given."""
    from assessments.exporters import docx_report

    with TemporaryFile() as whole:
        if template:
            from assessments.exporters import docx_house_report

            docx_house_report.join(_front(**front), documents, template[0], whole)
        else:
            docx_report.join(_front(**front), documents, whole)
        _copy(whole, out)


def _front(*, title: str, audience: str, entries: Sequence[Sequence[str]], missing: Sequence[str]) -> "Front":
    from assessments.core.document import Audience
    from assessments.exporters.front import Front

    return Front(title, Audience(audience), [(key, name) for key, name in entries], list(missing))


# --- Workbooks ---------------------------------------------------------------------------------------------------


def _workbook(**book: Any) -> bytes:
    """Write a workbook whose sheets are given whole."""
    from assessments.exporters.xlsx_book import whole

    return whole(**book)


def _workbook_at_once(*, parts: Iterable[Mapping[str, Any]], **book: Any) -> bytes:
    """Write a workbook whose rows are all there, by their sheet."""
    from assessments.exporters.xlsx_book import grown

    written = BytesIO()
    grown(parts, written, **book)
    return written.getvalue()


def _workbook_report(parts: Iterable[Mapping[str, Any]], out: Out, **book: Any) -> None:
    """Write a workbook whose rows come part by part."""
    from assessments.exporters.xlsx_book import grown

    with TemporaryFile() as written:
        grown(parts, written, **book)
        _copy(written, out)


def _copy(file: Any, out: Out) -> None:
    file.seek(0)
    while chunk := file.read(_CHUNK):
        out.write(chunk)


# --- Files from outside ------------------------------------------------------------------------------------------


def _read_word(data: bytes, *, longest: int) -> bytes:
    """Return the text of a Word file with its changes and remarks, as JSON of `filetext.FileText`."""
    from pydantic import TypeAdapter

    from assessments.core.filetext import FileText
    from assessments.importers import word_text

    return TypeAdapter(FileText).dump_json(word_text.read(data, longest=longest))


def _read_template(data: bytes) -> bytes:
    """Return what a template has and what is wrong with it, as JSON of `house_template.Found`."""
    from dataclasses import asdict

    from assessments.exporters.house_template import examined

    return json.dumps(asdict(examined(data))).encode()


def _read_narrative(data: bytes, *, document: "Document", country: str) -> bytes:
    """Return a narrative from outside with the controls of a country filled."""
    from assessments.exporters.docx_fill import filled

    return filled(data, document, country)


def _read_source(data: bytes) -> bytes:
    """Return the text of a source that came as a Word file."""
    from assessments.word_source import text_of

    return text_of(data).encode("utf-8", "replace")


def _read_workbook(data: bytes) -> bytes:
    """Return the cells of a workbook, as JSON."""
    from assessments.workbook.grids import grids

    return json.dumps(grids(data)).encode()


def _read_words(data: bytes, *, text: str) -> bytes:
    """Return how often words stand anywhere in a file, as a number."""
    from assessments.core.redacting import Words
    from assessments.words_within import times

    return str(times(data, Words(text))).encode()


AT_ONCE: Mapping[str, Callable[..., bytes]] = {
    "pdf": _pdf,
    "word": _word,
    "word-changes": _word_changes,
    "word-starter": _word_starter,
    "workbook": _workbook,
    "workbook-at-once": _workbook_at_once,
    "read-narrative": _read_narrative,
    "read-source": _read_source,
    "read-template": _read_template,
    "read-word": _read_word,
    "read-words": _read_words,
    "read-workbook": _read_workbook,
}
IN_PARTS: Mapping[str, Callable[..., None]] = {
    "pdf-report": _pdf_report,
    "word-report": _word_report,
    "workbook-report": _workbook_report,
}
