"""The text of a Word file that came back: runs with what became of them, by whom, and what they belong to."""

from collections.abc import Iterable

from assessments.core.redline import Kind
from assessments.core.values import record

PARAGRAPH_END = "\n"
"""The text of the run that ends a paragraph."""


@record
class Run:
    """A piece of text with one fate. `author` is as the file names it, empty where it names nobody."""

    text: str
    fate: Kind = Kind.SAME
    author: str = ""
    at: str = ""  # as the file says it
    marks: tuple[str, ...] = ()  # bookmarks that are open here
    remarks: tuple[str, ...] = ()  # ids of remarks on it


@record
class Remark:
    """A comment in the margin, as the file holds it."""

    id: str
    author: str
    at: str
    text: str


@record
class FileText:
    """All runs in reading order, footnotes last; the remarks; and how many changes of look alone there are."""

    runs: tuple[Run, ...]
    remarks: tuple[Remark, ...] = ()
    looks: int = 0

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """The text of each paragraph as it reads with all changes accepted."""
        return tuple("".join(run.text for run in self.runs if run.fate is not Kind.DELETED).split(PARAGRAPH_END))


def names(authors: Iterable[str], longest: int = 200) -> str:
    """Return who is named, each once, in the order they come; cut where there are too many."""
    said = "; ".join(dict.fromkeys(author for author in authors if author))
    return said if len(said) <= longest else f"{said[: longest - 12].rstrip('; ')} and others"
