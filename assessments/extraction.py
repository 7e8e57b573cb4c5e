"""What may be uploaded as a document, and the text in it. A file is what its content says, not what its name says.

Nothing here opens a network or runs what is in a file. Where there is no text to read (scans, also within a PDF), it is
empty, and the person pastes it beside the file.
"""

import re
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import PurePath

from assessments.apart import process
from assessments.core.pages import paragraphs
from assessments.core.passages import LONGEST_TEXT, tidy
from assessments.pdf_reading import NoText, pages_of

MB = 1024 * 1024
LARGEST = 25 * MB
_TEXTLESS = frozenset({"script", "style", "noscript", "template", "head", "svg", "iframe", "object"})
_BLOCKS = frozenset(
    [
        *("address", "article", "aside", "blockquote", "dd", "div", "dl", "dt", "figcaption", "figure", "footer"),
        *("form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p", "pre", "section"),
        *("table", "tr", "ul"),
    ]
)


class NotAccepted(ValueError):
    """The file is of no kind that is accepted, damaged, or another kind than its name says; the text says which."""


@dataclass(frozen=True)
class Kind:
    """One accepted kind of file."""

    ending: str
    label: str
    begins: tuple[bytes, ...] = ()  # what its content must begin with; empty: it must read as text
    has_text: bool = True  # whether the text in it can be taken out


KINDS: tuple[Kind, ...] = (
    Kind("txt", "plain text"),
    Kind("html", "web page"),
    Kind("docx", "Word", (b"PK\x03\x04",)),
    Kind("pdf", "PDF", (b"%PDF-",)),
    Kind("png", "scan", (b"\x89PNG\r\n\x1a\n",), has_text=False),
    Kind("jpg", "scan", (b"\xff\xd8\xff",), has_text=False),
)
ACCEPTED = "text (.txt), web page (.html), Word (.docx), PDF (.pdf) and scans (.png, .jpg), each of at most 25 MB"
_ALSO = {"htm": "html", "jpeg": "jpg", "text": "txt", "md": "txt"}


def kind_of(name: str, content: bytes) -> Kind:
    """Return the kind of a file by its name, once its content agrees. Raises NotAccepted."""
    ending = PurePath(name).suffix.lower().lstrip(".")
    kind = next((kind for kind in KINDS if kind.ending == _ALSO.get(ending, ending)), None)
    if kind is None:
        raise NotAccepted(f"Files of this kind are not accepted. Accepted are {ACCEPTED}.")
    if not content:
        raise NotAccepted("The file is empty.")
    if kind.begins and not content.startswith(kind.begins):
        raise NotAccepted(f"The file is called .{ending}, but what is in it is no {kind.label} file.")
    if not kind.begins and b"\x00" in content[:4096] and not content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise NotAccepted(f"The file is called .{ending}, but what is in it is no text.")
    return kind


def text_of(kind: Kind, content: bytes) -> str:
    """Return the text in a file; empty where this kind's text can't be taken out. Raises NotAccepted."""
    readers = {"docx": _word, "pdf": _pdf, "html": lambda data: _page(_decoded(data)), "txt": _decoded}
    reader = readers.get(kind.ending)
    text = "" if reader is None else reader(content)
    if len(text) > 4 * LONGEST_TEXT:  # whatever is invisible in it
        raise NotAccepted(f"The text in the file has {len(text):,} characters: paste the part you need beside it.")
    return tidy(text)


def _decoded(content: bytes) -> str:
    for start, name in ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if content.startswith(start):
            return content.decode(name, errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _pdf(content: bytes) -> str:
    """Return the paragraphs of a PDF; empty where its pages are pictures."""
    try:
        return paragraphs(pages_of(content, longest=4 * LONGEST_TEXT))
    except NoText as exc:
        raise NotAccepted(str(exc)) from exc


def _word(content: bytes) -> str:
    """Return the paragraphs of a Word file, read in a process apart."""
    try:
        return process.read("read-source", content).decode("utf-8", "replace")
    except (process.Refused, process.Unavailable) as exc:
        raise NotAccepted(str(exc)) from None


class _Page(HTMLParser):
    """Collects what a reader of a page would see, its blocks parted by empty lines."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        self.hidden += tag in _TEXTLESS
        if tag in _BLOCKS or tag == "br":
            self.parts.append("\n" if tag == "br" else "\n\n")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        if tag in _BLOCKS or tag == "br":
            self.parts.append("\n" if tag == "br" else "\n\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in _TEXTLESS:
            self.hidden = max(0, self.hidden - 1)
        elif tag in _BLOCKS:
            self.parts.append("\n\n")
        elif tag in ("td", "th"):
            self.parts.append("\t")

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.parts.append(re.sub(r"\s+", " ", data))


def _page(markup: str) -> str:
    page = _Page()
    page.feed(markup)
    page.close()
    text = "".join(page.parts)
    lines = "\n".join(line.strip(" \t") for line in text.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", lines)
