"""PDF of the same HTML, laid out in a process apart: who asks for one holds neither the engine nor what it leaves."""

from assessments.apart.process import make
from assessments.core.document import Document
from assessments.exporters import html


def export(document: Document) -> bytes:
    """Return a document as PDF. Raises Unavailable where that fails."""
    return write(page(document.title, html.article(document)))


def write(source: str) -> bytes:
    """Return a page of HTML as PDF. Raises Unavailable where that fails."""
    return make("pdf", source=source)


def page(title: str, *articles: str) -> str:
    """Return articles as one page of HTML; the process brings the style."""
    return "".join((html.head(title, styled=False), *articles, html.TAIL))
