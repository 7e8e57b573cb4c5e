"""A Word file that came back, read by the process apart: its text with tracked changes, its bookmarks, its comments.

Only what a reader sees is read. Moves are read as what they are in the text: taken out here, put in there. Text that
one person put in and another took out again was in neither text and is left out.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from lxml import etree

from assessments.core.filetext import PARAGRAPH_END, FileText, Remark, Run
from assessments.core.redline import Kind
from assessments.exporters.docx_body import POINT_MARK, SENTENCE_MARK
from assessments.importers.package import Package, Unreadable, W, opened

_SPACES = frozenset({"tab", "br", "cr", "ptab"})
_TEXTS = frozenset({"t", "delText"})
_UNSEEN = frozenset({"Fallback", "instrText", "delInstrText", "pPr", "rPr", "sdtPr", "sectPr", "tblPr", "trPr", "tcPr"})
_LOOKS = tuple(f"{W}{name}" for name in ("rPrChange", "pPrChange", "sectPrChange", "tblPrChange", "numberingChange"))
_NOT_NOTES = frozenset({"separator", "continuationSeparator", "continuationNotice"})


def read(data: bytes, *, longest: int) -> FileText:
    """Return the text of a .docx with its changes and comments. Raises Unreadable; `longest` in characters."""
    return text_of(opened(data), longest=longest)


def text_of(package: Package, *, longest: int) -> FileText:
    """Return the text of an opened file. Raises Unreadable."""
    root = package.xml(package.main)
    body = next((node for node in root if node.tag == f"{W}body"), None)
    if body is None:
        raise Unreadable("The file is damaged: its text has no body.")
    reader = _Reader(longest=longest)
    reader.walk(body, Run(text=""))
    looks = sum(1 for _ in root.iter(*_LOOKS))
    notes = package.related("footnotes")
    if notes:
        for note in package.xml(notes):
            if note.get(f"{W}type") not in _NOT_NOTES:
                reader.walk(note, Run(text=""))
    comments = package.related("comments")
    remarks = tuple(_remarks(package.xml(comments))) if comments else ()
    return FileText(runs=tuple(reader.runs), remarks=remarks, looks=looks)


@dataclass
class _Reader:
    """Walks through elements in reading order and keeps what is open: bookmarks, and ranges of comments."""

    longest: int
    runs: list[Run] = field(default_factory=list)
    open_marks: dict[str, str] = field(default_factory=dict)
    seen_marks: set[str] = field(default_factory=set)
    open_remarks: dict[str, None] = field(default_factory=dict)
    length: int = 0

    def walk(self, node: Any, around: Run | None) -> None:
        """Read an element; `around` says what became of all that is in it, None that it was in neither text."""
        for child in node:
            name = _name(child)
            if name in _UNSEEN:
                continue
            if name in _TEXTS:
                self.add(child.text or "", around)
            elif name in _SPACES:
                self.add(" ", around)
            elif name == "noBreakHyphen":
                self.add("-", around)
            elif name in ("ins", "moveTo"):
                self.walk(child, _changed(around, child, Kind.INSERTED))
            elif name in ("del", "moveFrom"):
                self.walk(child, _changed(around, child, Kind.DELETED))
            elif name == "p":
                self.walk(child, around)
                self.add(PARAGRAPH_END, Run(text=""))
            elif not self._marks(name, child):
                self.walk(child, around)

    def _marks(self, name: str, node: Any) -> bool:
        """Note what opens or closes here; say whether the element was such a mark."""
        key = str(node.get(f"{W}id", ""))
        if name == "bookmarkStart":
            mark = str(node.get(f"{W}name", ""))
            if mark.startswith((SENTENCE_MARK, POINT_MARK)) and mark not in self.seen_marks:
                self.seen_marks.add(mark)  # a second one of this name is no longer the sentence
                self.open_marks[key] = mark
        elif name == "bookmarkEnd":
            self.open_marks.pop(key, None)
        elif name == "commentRangeStart":
            self.open_remarks[key] = None
        elif name == "commentRangeEnd":
            self.open_remarks.pop(key, None)
        elif name == "commentReference":
            self.runs.append(Run(text="", marks=tuple(self.open_marks.values()), remarks=(key,)))
        else:
            return False
        return True

    def add(self, text: str, around: Run | None) -> None:
        """Add a piece of text. Raises Unreadable where it is more than any report has."""
        self.length += len(text)
        if self.length > self.longest:
            raise Unreadable(f"The file has more than {self.longest:,} characters of text; that is not taken.")
        if text and around is not None:
            marks, remarks = tuple(self.open_marks.values()), tuple(self.open_remarks)
            self.runs.append(replace(around, text=text, marks=marks, remarks=remarks))


def _changed(around: Run | None, node: Any, fate: Kind) -> Run | None:
    if around is None or (around.fate is not Kind.SAME and around.fate is not fate):
        return None  # put in and taken out again
    author = " ".join(str(node.get(f"{W}author", "")).split())
    return replace(around, fate=fate, author=author, at=str(node.get(f"{W}date", ""))[:40])


def _remarks(root: Any) -> Iterator[Remark]:
    for node in root.iter(f"{W}comment"):
        paragraphs = ("".join(_words(paragraph)) for paragraph in node.iter(f"{W}p"))
        said = PARAGRAPH_END.join(" ".join(text.split()) for text in paragraphs).strip()
        yield Remark(
            id=str(node.get(f"{W}id", "")),
            author=" ".join(str(node.get(f"{W}author", "")).split()),
            at=str(node.get(f"{W}date", ""))[:40],
            text=said,
        )


def _words(node: Any) -> Iterable[str]:
    for child in node.iter():
        name = _name(child)
        if name == "t":
            yield child.text or ""
        elif name in _SPACES:
            yield " "


def _name(node: Any) -> str:
    """Return an element's name without its namespace; "" for what is no element."""
    return etree.QName(node).localname if isinstance(node.tag, str) else ""
