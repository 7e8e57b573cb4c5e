"""What people do to a Word file, done to its XML: changes with tracking and without, comments, moved paragraphs."""

import copy
from datetime import datetime
from io import BytesIO
from zipfile import ZipFile, ZipInfo

from lxml import etree

from accounts.models import User
from assessments import snapshots
from assessments.core.document import Audience
from assessments.exporters import docx
from assessments.exporters.document import document_of
from assessments.exporters.docx_template import EPOCH
from assessments.importers.returned import receive, take_over
from assessments.models import ReturnedItem, Snapshot
from tests.assessments.wordfiles import RELATION, W, parts

NS = W.strip("{}")
WHEN = "2026-01-05T10:00:00Z"
COMMENTS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"


def packed(files: dict[str, bytes]) -> bytes:
    out = BytesIO()
    with ZipFile(out, "w") as package:
        for name, data in files.items():
            package.writestr(ZipInfo(name, EPOCH), data)
    return out.getvalue()


class Edited:
    """A Word file in somebody's hands."""

    def __init__(self, data: bytes, author: str = "Carla Clearance") -> None:
        self.files = parts(data)
        self.root = etree.fromstring(self.files["word/document.xml"])
        self.author = author
        self.number = 5000
        self.comments: list[etree._Element] = []

    @property
    def data(self) -> bytes:
        files = dict(self.files)
        files["word/document.xml"] = etree.tostring(self.root)
        if self.comments:
            root = etree.Element(f"{W}comments", nsmap={"w": NS})
            root.extend(self.comments)
            files["word/comments.xml"] = etree.tostring(root)
            rels = etree.fromstring(files["word/_rels/document.xml.rels"])
            etree.SubElement(rels, RELATION, Id="rIdC", Type=COMMENTS, Target="comments.xml")
            files["word/_rels/document.xml.rels"] = etree.tostring(rels)
            types = etree.fromstring(files["[Content_Types].xml"])
            etree.SubElement(types, f"{TYPES}Override", PartName="/word/comments.xml", ContentType=COMMENTS_TYPE)
            files["[Content_Types].xml"] = etree.tostring(types)
        return packed(files)

    def run_with(self, words: str) -> etree._Element:
        """Return a run of just these words, cut out of the run that has them; spaces that don't break count as ones."""
        for node in self.root.iter(f"{W}t"):
            text = (node.text or "").replace("\u00a0", " ")
            at = text.find(words)
            if at < 0:
                continue
            run = node.getparent()
            for piece, before in ((text[:at], True), (text[at + len(words) :], False)):
                if piece:
                    other = copy.deepcopy(run)
                    other.find(f"{W}t").text = piece
                    other.find(f"{W}t").set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
                    (run.addprevious if before else run.addnext)(other)
            node.text = words
            return run
        raise AssertionError(f"no run has {words!r}")

    def change(self, tag: str) -> etree._Element:
        self.number += 1
        node = etree.Element(f"{W}{tag}")
        node.set(f"{W}id", str(self.number))
        node.set(f"{W}author", self.author)
        node.set(f"{W}date", WHEN)
        return node

    def inserted(self, words: str, tag: str = "ins") -> etree._Element:
        node = self.change(tag)
        text = etree.SubElement(etree.SubElement(node, f"{W}r"), f"{W}t")
        text.text = words
        text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        return node

    def replace(self, old: str, new: str) -> None:
        """Replace words with tracking; "" for the new ones takes them out."""
        run = self.run_with(old)
        gone = self.change("del")
        run.addprevious(gone)
        gone.append(run)
        run.find(f"{W}t").tag = f"{W}delText"
        if new:
            gone.addnext(self.inserted(new))

    def insert_after(self, words: str, new: str) -> None:
        """Put words in with tracking, right behind others."""
        self.run_with(words).addnext(self.inserted(new))

    def retype(self, old: str, new: str) -> None:
        """Replace words without tracking."""
        self.run_with(old).find(f"{W}t").text = new

    def comment(self, words: str, text: str) -> None:
        run = self.run_with(words)
        key = str(len(self.comments))
        begin, end = etree.Element(f"{W}commentRangeStart"), etree.Element(f"{W}commentRangeEnd")
        reference = etree.Element(f"{W}r")
        mark = etree.SubElement(reference, f"{W}commentReference")
        for node in (begin, end, mark):
            node.set(f"{W}id", key)
        run.addprevious(begin)
        run.addnext(reference)
        run.addnext(end)
        made = etree.Element(f"{W}comment", nsmap={"w": NS})
        made.set(f"{W}id", key)
        made.set(f"{W}author", self.author)
        made.set(f"{W}date", WHEN)
        line = etree.SubElement(etree.SubElement(etree.SubElement(made, f"{W}p"), f"{W}r"), f"{W}t")
        line.text = text
        self.comments.append(made)

    def paragraph(self, words: str) -> etree._Element:
        """Return the paragraph that has these words."""
        return next(
            node
            for node in self.root.iter(f"{W}p")
            if words in "".join(each.text or "" for each in node.iter(f"{W}t")).replace("\u00a0", " ")
        )

    def split_before(self, words: str) -> None:
        """Begin a new paragraph before these words, with tracking."""
        run = self.run_with(words)
        paragraph = run.getparent()
        second = etree.Element(f"{W}p")
        second.append(copy.deepcopy(paragraph.find(f"{W}pPr")))
        for node in list(paragraph)[list(paragraph).index(run) :]:
            second.append(node)
        paragraph.addnext(second)
        mark = etree.SubElement(paragraph.find(f"{W}pPr"), f"{W}rPr")
        mark.append(self.change("ins"))

    def merge_with_next(self, words: str) -> None:
        """Join a paragraph with the one behind it, without tracking."""
        paragraph = self.paragraph(words)
        following = paragraph.getnext()
        for node in list(following)[1:]:
            paragraph.append(node)
        following.getparent().remove(following)

    def drop_bookmarks(self) -> None:
        for node in [*self.root.iter(f"{W}bookmarkStart"), *self.root.iter(f"{W}bookmarkEnd")]:
            node.getparent().remove(node)


def exported(snapshot: Snapshot, audience: Audience = Audience.CLEARANCE) -> Edited:
    """Return the Word file of a text, in somebody's hands."""
    return Edited(docx.export(document_of(snapshots.opened(snapshot), audience)))


def returned(snapshot: Snapshot, by: User, at: datetime) -> ReturnedItem:
    """Bring back a file in which a title was changed, take it over, and return the change, which fits no sentence."""
    file = exported(snapshot)
    file.insert_after("report year", " of the office")
    row = receive(revision=snapshot.revision, name="back.docx", data=file.data, snapshot=None, by=by, at=at)
    return take_over(file=row, by=by, at=at)[0]
