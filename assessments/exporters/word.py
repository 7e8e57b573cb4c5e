"""Word, written in a process apart: who asks for a file never loads what writes it.

The process writes with `docx.py` and, in an office's own template, with `docx_house.py`; reports of many countries
with `docx_report.py` and `docx_house_report.py`. All of it raises Unavailable where the process fails.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import BinaryIO

from assessments.apart import process
from assessments.core.document import Audience, Document
from assessments.core.tracked import Tracked
from assessments.exporters.front import Front

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def export(document: Document, template: bytes | None = None) -> bytes:
    """Return a document as .docx, in a template that was examined where one is given."""
    return process.make("word", *_one(template), document=document)


def join(front: Front, documents: Iterable[Document], out: BinaryIO) -> None:
    """Write a report as .docx, country by country."""
    process.join("word-report", documents, out, **_plain(front))


def join_in(front: Front, documents: Iterable[Document], template: bytes, out: BinaryIO) -> None:
    """Write a report in a template that was examined."""
    process.join("word-report", documents, out, template, **_plain(front))


def changes(
    sections: Sequence[Tracked],
    headings: Mapping[str, str],
    *,
    title: str,
    author: str,
    at: datetime,
    lists: frozenset[str],
    audience: Audience,
    is_draft: bool,
    notices: Sequence[str],
) -> bytes:
    """Return two texts as one .docx with tracked changes; what is what, `docx_redline.export` says."""
    return process.make(
        "word-changes",
        sections=sections,
        headings=dict(headings),
        title=title,
        author=author,
        at=at.isoformat(),
        lists=lists,
        audience=audience,
        is_draft=is_draft,
        notices=list(notices),
    )


def starter() -> bytes:
    """Return a template to begin with."""
    return process.make("word-starter")


def _one(template: bytes | None) -> tuple[bytes, ...]:
    return () if template is None else (template,)


def _plain(front: Front) -> dict[str, object]:
    return {
        "title": front.title,
        "audience": front.audience,
        "entries": list(front.entries),
        "missing": list(front.missing),
    }
