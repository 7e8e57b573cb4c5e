"""Many countries in one Word file, written country by country: what is in memory is one country, not the report.

A frame is made of the template once, as for a single country; its body and its footnotes are then filled from
temporary files while the package is written.
"""

import io
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import IO, BinaryIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from assessments.core.document import Document, Title
from assessments.exporters.docx import body_for, mark_pages, opened, packed, put_lists, put_notes, set_properties
from assessments.exporters.docx_body import NARRATIVE, POINT_MARK, Body, run
from assessments.exporters.docx_template import EPOCH
from assessments.exporters.front import Front

SPOOLED = 1 << 20  # bytes kept in memory before they go to a file
_CHUNK = 1 << 16
_BODY, _NOTES = "word/document.xml", "word/footnotes.xml"
_ENDS = {_BODY: b"<w:sectPr", _NOTES: b"</w:footnotes>"}
"""Before what in a part of our own template the countries go; the last such place."""
COUNTRY_MARK = "c_"


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
        mark = f'<w:bookmarkStart w:id="{number}" w:name="{COUNTRY_MARK}{self.country}"/>'
        more = '<w:pageBreakBefore/><w:outlineLvl w:val="0"/>'
        return self.paragraph("Title", f'{mark}{run(title.text)}<w:bookmarkEnd w:id="{number}"/>', more)


def join(front: Front, documents: Iterable[Document], out: BinaryIO) -> None:
    """Write a report as .docx: its front, its contents, its countries in order; equal reports are equal files."""
    word = opened()
    plain = body_for(word, has_ids=False)
    body = CountryBody(styles=plain.styles, has_ids=False)
    with tempfile.SpooledTemporaryFile(SPOOLED) as text, tempfile.SpooledTemporaryFile(SPOOLED) as notes:
        text.write("".join((body.blocks(front.document.blocks), *contents_of(front, body))).encode())
        last: Document = front.document
        for (key, _), document in zip(front.entries, documents, strict=True):
            last = document
            body.country, body.has_ids = country_key(key), document.has_ids
            title, *rest = document.blocks
            opening = body.opening(title) if isinstance(title, Title) else body.block(title)
            text.write((opening + body.blocks(rest)).encode())
            notes.write("".join(body.notes).encode())
            body.first_note += len(body.notes)
            body.notes.clear()
        put_lists(word, body.lists)
        put_notes(word, [])
        mark_pages(word, front.document)
        set_properties(word, whole_of(front, last))
        fill_parts(packed(word), {_BODY: text, _NOTES: notes}, _ENDS, out)


def contents_of(front: Front, body: Body) -> Iterator[str]:
    """Yield the contents, each a link to its country."""
    for key, name in front.entries:
        link = f'<w:hyperlink w:anchor="{COUNTRY_MARK}{country_key(key)}" w:history="1">{run(name)}</w:hyperlink>'
        yield body.paragraph(NARRATIVE, link, '<w:spacing w:after="20"/>')


def whole_of(front: Front, last: Document) -> Document:
    """Return what the properties are made of: the report's title, and the moment of its last text."""
    return Document(blocks=front.document.blocks, audience=front.audience, is_draft=False, at=last.at)


def country_key(key: str) -> str:
    """Return the key of an entry as names of bookmarks may have it."""
    return key.replace("-", "_")


def fill_parts(
    frame: bytes, parts: Mapping[str, IO[bytes]], ends: Mapping[str, bytes], out: BinaryIO, *, left_out: int = 0
) -> None:
    """Write a package again, with what was kept in files put into its parts: before the last of their `ends`.

    `left_out`: of what stands there so many bytes are left out.
    """
    with ZipFile(io.BytesIO(frame)) as template, ZipFile(out, "w", ZIP_DEFLATED) as package:
        for name in template.namelist():
            info = ZipInfo(name, EPOCH)
            info.compress_type = ZIP_DEFLATED
            with package.open(info, "w", force_zip64=name in parts) as entry:
                if name in parts:
                    _copy(template.read(name), ends[name], parts[name], entry, left_out)
                else:
                    entry.write(template.read(name))


def _copy(data: bytes, end: bytes, part: IO[bytes], entry: IO[bytes], left_out: int) -> None:
    place = data.rindex(end)
    entry.write(data[:place])
    part.seek(0)
    while chunk := part.read(_CHUNK):
        entry.write(chunk)
    entry.write(data[place + left_out :])
