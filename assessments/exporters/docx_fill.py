"""A country's text put into a narrative that others are writing: into tagged content controls, and nowhere else.

A control's tag names country and section: `PHL:prosecution`, `PHL:recommendations`. Only what is within such a control
changes; every other byte of the text, and every other part of the file, stays as it was. Footnotes would change
another part, so sources stay out of what is filled in.
"""

import difflib
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from itertools import pairwise
from xml.parsers import expat
from xml.sax.saxutils import escape

from assessments.core.document import Document, Heading, NumberedList, Paragraph
from assessments.core.typography import typeset
from assessments.core.values import Section
from assessments.exporters.docx_body import legal
from assessments.exporters.docx_template import W
from assessments.importers.package import Unreadable, opened

POINTS = "recommendations"
SECTIONS = (*(section.value for section in Section), POINTS)
_BLOCK, _LINE, _EMPTY, _BOUND = "paragraphs", "words", "empty", "bound"


@dataclass
class Control:
    """One content control: its tag, where its content begins and ends in the bytes of the text, and its first look."""

    tag: str = ""
    start: int = -1
    end: int = -1
    kind: str = ""  # of what it holds: paragraphs, or words within one
    paragraph: str = ""  # properties of its first paragraph, as they stand there
    run: str = ""
    prompt: tuple[int, int] | None = None  # where it says that what it holds is a prompt


def texts(document: Document) -> Mapping[str, list[str]]:
    """Return the paragraphs of each section of a document, and its recommendations, by the second part of a tag."""
    found: dict[str, list[str]] = {}
    section, is_others = "", False
    for block in document.blocks:
        match block:
            case Heading(section=name):
                section = name
            case Paragraph() if section:
                found.setdefault(section, []).append(block.text)
            case NumberedList(items=items) if not is_others:
                found[POINTS] = [item.text for item in items]
                is_others = True
            case _:
                pass
    return found


def filled(data: bytes, document: Document, country: str) -> bytes:
    """Return a narrative with the controls of a country filled. Raises Unreadable, naming every wrong tag.

    `country` is its code of three letters. A section of the text without a control, a control twice, and a tag of this
    country that names no section are refused, and nothing is filled then.
    """
    package = opened(data)
    name = package.main
    source = package.parts[name]
    controls = [one for one in _controls(source) if one.tag.partition(":")[0].strip().upper() == country.upper()]
    wanted = texts(document)
    wrong = _wrong(controls, wanted, country)
    if wrong:
        raise Unreadable(" ".join(wrong))
    out, done = [], 0
    for control in sorted(controls, key=lambda one: one.start):
        paragraphs = wanted.get(_section(control), [])
        if control.prompt:  # what stands there is a text from now on
            out.append(source[done : control.prompt[0]])
            done = control.prompt[1]
        out += [source[done : control.start], _content(control, paragraphs).encode()]
        done = control.end
    out.append(source[done:])
    return _with_part(data, name, b"".join(out))


def _section(control: Control) -> str:
    return control.tag.partition(":")[2].strip().lower()


def _wrong(controls: Sequence[Control], wanted: Mapping[str, list[str]], country: str) -> list[str]:
    if not controls:
        return [f"The file has no content control tagged {country}: and a section, as {country}:prosecution."]
    wrong = []
    tags = [_section(one) for one in controls]
    for name in dict.fromkeys(tags):
        if name not in SECTIONS:
            near = difflib.get_close_matches(name, SECTIONS, n=1)
            wrong.append(f"{country}:{name} names no section{f'; did you mean {country}:{near[0]}?' if near else '.'}")
        if tags.count(name) > 1:
            wrong.append(f"{country}:{name} stands {tags.count(name)} times; each is filled once.")
    wrong += [f"{country}:{name} is missing; the text has this section." for name in wanted if name not in tags]
    ordered = sorted(controls, key=lambda one: one.start)
    for one, other in pairwise(ordered):
        if other.start < one.end:
            wrong.append(f"{other.tag} stands within {one.tag}; they stand side by side.")
    return wrong


def _content(control: Control, paragraphs: Sequence[str]) -> str:
    def run(text: str) -> str:
        return f'<w:r>{control.run}<w:t xml:space="preserve">{escape(legal(typeset(text)))}</w:t></w:r>'

    if control.kind == _LINE:
        return run(" ".join(paragraphs))
    return "".join(f"<w:p>{control.paragraph}{run(text)}</w:p>" for text in paragraphs or [""])


def _with_part(data: bytes, name: str, content: bytes) -> bytes:
    """Return the package with one part replaced; all others keep their bytes, their order and their dates."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for entry in source.infolist():
            body = content if entry.filename == name else source.read(entry)
            info = zipfile.ZipInfo(entry.filename, entry.date_time)
            info.compress_type, info.external_attr = zipfile.ZIP_DEFLATED, entry.external_attr
            target.writestr(info, body)
    return out.getvalue()


# --- Where the controls are --------------------------------------------------------------------------------------


class _Finder:
    """Walks through the bytes of a text and notes where the contents of tagged controls begin and end."""

    def __init__(self, source: bytes) -> None:
        self.source = source
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.StartElementHandler = self._begin
        self.parser.EndElementHandler = self._end
        self.path: list[str] = []
        self.open: list[Control] = []
        self.found: list[Control] = []
        self.begun: dict[int, int] = {}  # where an element of a depth begins
        self.waiting = False

    def _begin(self, name: str, attributes: Mapping[str, str]) -> None:
        at = self.parser.CurrentByteIndex
        if self.waiting:
            self.open[-1].start, self.waiting = at, False
        space, _, local = name.rpartition(" ")
        local = local if space == W else ""
        self.path.append(local)
        self.begun[len(self.path)] = at
        control = self.open[-1] if self.open else None
        if local == "sdt":
            self.open.append(Control())
        elif control is None:
            return
        elif local == "tag" and self.path[-2:] == ["sdtPr", "tag"] and control.start < 0:
            control.tag = attributes.get(f"{W} val", "")
        elif local == "sdtContent" and control.start < 0:
            self.waiting = True
        elif name.endswith(" dataBinding") and control.start < 0:
            control.kind = _BOUND
        elif local == "sectPr":
            control.kind = local
        elif control.start >= 0 and not control.kind and local in ("p", "r", "tbl", "tr", "tc"):
            control.kind = _BLOCK if local == "p" else _LINE if local == "r" else local

    def _end(self, _: str) -> None:
        at, local = self.parser.CurrentByteIndex, self.path[-1]
        control = self.open[-1] if self.open else None
        if control is not None and local in ("pPr", "rPr") and control.start >= 0:
            self._keep_look(control, local, at)
        if control is not None and local == "sdtContent" and control.end < 0:
            if self.waiting:  # nothing stands in it
                control.start, self.waiting = at, False
                control.kind = _EMPTY if self._tag_at(self.begun[len(self.path)]).endswith(b"/>") else ""
            control.end = at
        if control is not None and self.path[-2:] == ["sdtPr", "showingPlcHdr"] and control.start < 0:
            begin = self.begun[len(self.path)]
            control.prompt = (begin, begin + len(self._tag_at(begin)))
        if local == "sdt" and control is not None:
            self.open.pop()
            if ":" in control.tag and control.start >= 0:
                self.found.append(control)
        self.path.pop()

    def _tag_at(self, begin: int) -> bytes:
        return self.source[begin : self.source.index(b">", begin) + 1]

    def _keep_look(self, control: Control, local: str, at: int) -> None:
        """Keep the properties of the first paragraph and of the first run, as they stand there."""
        whole = self.source[self.begun[len(self.path)] : self.source.index(b">", at) + 1].decode("utf-8", "replace")
        above = self.path[-2] if len(self.path) > 1 else ""
        if local == "pPr" and above == "p" and not control.paragraph and "sectPr" not in whole:
            control.paragraph = whole
        if local == "rPr" and above == "r" and not control.run and "PlaceholderText" not in whole:
            control.run = whole


def _controls(source: bytes) -> list[Control]:
    """Return the tagged controls of a text. Raises Unreadable where one can't be filled."""
    if b'encoding="' in source[:100] and b"utf-8" not in source[:100].lower():
        raise Unreadable("The text of the file is not in UTF-8; save it anew in Word.")
    finder = _Finder(source)
    try:
        finder.parser.Parse(source, True)  # noqa: FBT003  that is how expat is told that this is all
    except expat.ExpatError as exc:
        raise Unreadable("The file is damaged: its text can't be read.") from exc
    for control in finder.found:
        if control.kind == _EMPTY:
            raise Unreadable(f"{control.tag} is empty in a way that can't be filled; type a word into it in Word.")
        if control.kind == _BOUND:
            raise Unreadable(f"{control.tag} is bound to data of the file, which would overwrite the text; unbind it.")
        if control.kind not in (_BLOCK, _LINE, ""):
            raise Unreadable(f"{control.tag} holds a table or the end of a section; a place for text holds paragraphs.")
        control.kind = control.kind or _BLOCK
    return finder.found
