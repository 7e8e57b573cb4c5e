"""PDF of the same HTML: tagged for screen readers (PDF/UA-1), with bookmarks, page numbers and faces inside.

WeasyPrint needs the two Pango libraries of the system, so it is imported late, and their absence has its sentence.
It reads nothing from outside: every address but the faces we hand over is refused.
"""

import atexit
import io
import threading
from collections.abc import Callable, Iterable
from functools import cache
from typing import TYPE_CHECKING, Any

from assessments.core.document import Document
from assessments.exporters import html

if TYPE_CHECKING:
    import weasyprint

MISSING = (
    "PDF needs the Pango libraries, which this machine lacks (Debian's libpango-1.0-0 and libpangoft2-1.0-0). "
    "Every other format works without them."
)
VARIANT = "pdf/ua-1"
_LOCK = threading.RLock()  # Pango's font map is one for the process


class PdfUnavailable(RuntimeError):
    """PDF can't be made on this machine; its text says what is missing."""


def export(document: Document) -> bytes:
    """Return a document as PDF. Raises PdfUnavailable where the libraries are missing."""
    return write(document.title, [html.article(document)])


def write(title: str, articles: Iterable[str]) -> bytes:
    """Return articles as one PDF under one title, in the order given."""
    out = io.BytesIO()
    _render(title, articles, [_style()], out)
    return out.getvalue()


def render(title: str, articles: Iterable[str], *, finisher: Callable[[Any, Any], None], pages_before: int) -> None:
    """Make the pages of a part of a longer PDF and hand them, as the engine has them, to who joins the parts.

    Pages are numbered on from those before; how many there will be in all nobody knows yet.
    """
    numbers = _part_style(pages_before)
    _render(title, articles, [_style(), numbers], io.BytesIO(), finisher=finisher)


def _render(title: str, articles: Iterable[str], styles: list[Any], out: io.BytesIO, **options: Any) -> None:
    source = "".join((html.head(title, styled=False), *articles, html.TAIL))
    with _LOCK:
        page = _engine().HTML(string=source, base_url=None, url_fetcher=_nothing_outside())
        page.write_pdf(out, pdf_variant=VARIANT, stylesheets=styles, font_config=_fonts(), **options)


def _part_style(pages_before: int) -> Any:
    style = (
        '@page { @bottom-right { content: "Page " counter(page) } } '
        f"@page :first {{ counter-reset: page {pages_before + 1} }}"
    )
    return _engine().CSS(string=style, font_config=_fonts(), url_fetcher=_nothing_outside())


def _engine() -> Any:
    try:
        import weasyprint
    except OSError as exc:
        raise PdfUnavailable(MISSING) from exc
    return weasyprint


@cache
def _fonts() -> Any:
    _engine()
    from weasyprint.text.fonts import FontConfiguration

    atexit.register(_forget)
    return FontConfiguration()


def _forget() -> None:
    """Let go of the faces while what they need to go in order is still there."""
    _style.cache_clear()
    _fonts.cache_clear()


@cache
def _style() -> "weasyprint.CSS":
    """Read style and faces once a process: reading the faces takes longer than a page."""
    made: weasyprint.CSS = _engine().CSS(
        string=html.stylesheet(for_paper=True), font_config=_fonts(), url_fetcher=_nothing_outside()
    )
    return made


@cache
def _nothing_outside() -> Any:
    _engine()
    from weasyprint.urls import URLFetcher

    class NothingOutside(URLFetcher):
        """Reads data addresses only: no file, no network."""

        def fetch(self, url: str, headers: Any = None) -> Any:
            if not url.startswith("data:font/woff2;base64,"):
                raise ValueError("A document reads nothing from outside.")
            return super().fetch(url, headers)

    return NothingOutside(allowed_protocols={"data"})
