"""Many countries in one Word file, written country by country: what is in memory is one country, not the report.

A frame is made of the template once, as for a single country; its body and its footnotes are then filled from
temporary files while the package is written.
"""

import io
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import IO, BinaryIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from assessments.core.document import Document, Title
from assessments.exporters.docx import body_for, mark_pages, opened, packed, put_lists, put_notes, set_properties
from assessments.exporters.docx_body import NARRATIVE, POINT_MARK, Body, run
from assessments.exporters.docx_template import EPOCH
from assessments.exporters.front import Front

_SPOOLED = 1 << 20  # bytes kept in memory before they go to a file
_CHUNK = 1 << 16
_BODY, _NOTES = "word/document.xml", "word/footnotes.xml"
_ENDS = {_BODY: b"<w:sectPr", _NOTES: b"</w:footnotes>"}
"""Before what in a part the countries go; the last such place."""
_COUNTRY_MARK = "c_"


@dataclass
class CountryBody(Body):
    """Writes the blocks of one country after another: each begins a page, and its bookmarks are its own."""

    country: str = ""

    def marked(self, name: str, content: str) -> str:
        """Return content within a bookmark whose name stands once in the file, whatever other countries have."""
        return super().marked(f"{name}_{self.country}" if name.startswith(POINT_MARK) else name, content)

    def opening(self, title: Title) -> str:
        """Return the title of a country: on a new page, in the outline, and where the contents lead to."""
        number, self.next_mark = self.next_mark, self.next_mark + 1
        mark = f'<w:bookmarkStart w:id="{number}" w:name="{_COUNTRY_MARK}{self.country}"/>'
        more = '<w:pageBreakBefore/><w:outlineLvl w:val="0"/>'
        return self.paragraph("Title", f'{mark}{run(title.text)}<w:bookmarkEnd w:id="{number}"/>', more)


def join(front: Front, documents: Iterable[Document], out: BinaryIO) -> None:
    """Write a report as .docx: its front, its contents, its countries in order; equal reports are equal files."""
    word = opened()
    plain = body_for(word, has_ids=False)
    body = CountryBody(styles=plain.styles, has_ids=False)
    with tempfile.SpooledTemporaryFile(_SPOOLED) as text, tempfile.SpooledTemporaryFile(_SPOOLED) as notes:
        text.write("".join((body.blocks(front.document.blocks), *_contents(front, body))).encode())
        last: Document = front.document
        for (key, _), document in zip(front.entries, documents, strict=True):
            last = document
            body.country, body.has_ids = key.replace("-", "_"), document.has_ids
            title, *rest = document.blocks
            opening = body.opening(title) if isinstance(title, Title) else body.block(title)
            text.write((opening + body.blocks(rest)).encode())
            notes.write("".join(body.notes).encode())
            body.first_note += len(body.notes)
            body.notes.clear()
        put_lists(word, body.lists)
        put_notes(word, [])
        mark_pages(word, front.document)
        set_properties(word, _whole(front, last))
        _fill(packed(word), {_BODY: text, _NOTES: notes}, out)


def _contents(front: Front, body: Body) -> Iterator[str]:
    for key, name in front.entries:
        link = f'<w:hyperlink w:anchor="{_COUNTRY_MARK}{key.replace("-", "_")}" w:history="1">{run(name)}</w:hyperlink>'
        yield body.paragraph(NARRATIVE, link, '<w:spacing w:after="20"/>')


def _whole(front: Front, last: Document) -> Document:
    """Return what the properties are made of: the report's title, and the moment of its last text."""
    return Document(blocks=front.document.blocks, audience=front.audience, is_draft=False, at=last.at)


def _fill(frame: bytes, parts: dict[str, IO[bytes]], out: BinaryIO) -> None:
    with ZipFile(io.BytesIO(frame)) as template, ZipFile(out, "w", ZIP_DEFLATED) as package:
        for name in template.namelist():
            info = ZipInfo(name, EPOCH)
            info.compress_type = ZIP_DEFLATED
            with package.open(info, "w", force_zip64=name in parts) as entry:
                for chunk in _filled(name, template.read(name), parts.get(name)):
                    entry.write(chunk)


def _filled(name: str, data: bytes, part: IO[bytes] | None) -> Iterator[bytes]:
    if part is None:
        yield data
        return
    place = data.rindex(_ENDS[name])
    yield data[:place]
    part.seek(0)
    while chunk := part.read(_CHUNK):
        yield chunk
    yield data[place:]
