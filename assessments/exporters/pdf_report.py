"""Many countries in one PDF: what goes into it is sent country by country, and what comes back is written.

How the countries are laid out and joined is `pdf_joined.py`, which the process apart runs.
"""

from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO

from assessments.apart import process
from assessments.core.document import Document
from assessments.exporters import html, pdf
from assessments.exporters.front import Front


def join(front: Front, documents: Iterable[Document], out: BinaryIO) -> None:
    """Write a report as one PDF: its front, its contents, its countries in order; pages are numbered through.

    It has a process of its own, which ends with it. Raises Unavailable where that fails.
    """
    process.join("pdf-report", parts(front, documents), out)


def parts(front: Front, documents: Iterable[Document]) -> Iterator[dict[str, Any]]:
    """Yield what the process is given, one country at a time."""
    opening = html.article(front.document, key="front-") + html.contents(
        ((f"{key}-", name) for key, name in front.entries), are_places=True
    )
    yield {"source": pdf.page(front.title, opening), "place": "", "is_first": True}
    for (key, name), document in zip(front.entries, documents, strict=True):
        yield {"source": pdf.page(name, html.article(document, key=f"{key}-")), "place": f"{key}-title"}
