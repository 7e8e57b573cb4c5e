"""WeasyPrint as we use it: tagged for screen readers (PDF/UA-1), with bookmarks, page numbers and faces inside.

It reads nothing from outside: every address but the faces we hand over is refused. Only the process apart loads this
file (apart/work.py); the library needs the two Pango libraries of the system, and raises OSError without them.
"""

import io
from collections.abc import Callable
from typing import Any

import weasyprint
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher

VARIANT = "pdf/ua-1"


class Engine:
    """Lays out pages in one style; the style and its faces are read once, which takes longer than a page."""

    def __init__(self, stylesheet: str) -> None:
        """Read the style."""
        self.fetcher = _NothingOutside(allowed_protocols={"data"})
        self.fonts = FontConfiguration()
        self.style = self._css(stylesheet)

    def write(self, source: str) -> bytes:
        """Return a page of HTML as PDF."""
        out = io.BytesIO()
        self._lay_out(source, [self.style], out)
        return out.getvalue()

    def render(self, source: str, *, finisher: Callable[[Any, Any], None], pages_before: int) -> None:
        """Make the pages of a part of a longer PDF and hand them, as the engine has them, to who joins the parts.

        Pages are numbered on from those before; how many there will be in all nobody knows yet.
        """
        numbers = self._css(
            '@page { @bottom-right { content: "Page " counter(page) } } '
            f"@page :first {{ counter-reset: page {pages_before + 1} }}"
        )
        self._lay_out(source, [self.style, numbers], io.BytesIO(), finisher=finisher)

    def _lay_out(self, source: str, styles: list[Any], out: io.BytesIO, **options: Any) -> None:
        page = weasyprint.HTML(string=source, base_url=None, url_fetcher=self.fetcher)
        page.write_pdf(out, pdf_variant=VARIANT, stylesheets=styles, font_config=self.fonts, **options)

    def _css(self, text: str) -> Any:
        return weasyprint.CSS(string=text, font_config=self.fonts, url_fetcher=self.fetcher)


class _NothingOutside(URLFetcher):  # type: ignore[misc]  # the library has no types
    """Reads data addresses only: no file, no network."""

    def fetch(self, url: str, headers: Any = None) -> Any:
        if not url.startswith("data:font/woff2;base64,"):
            raise ValueError("A document reads nothing from outside.")
        return super().fetch(url, headers)
