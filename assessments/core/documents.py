"""A source's own text, what is marked in it, and what became of that: working matter beside the record.

None of it travels in an interchange file: what is marked there becomes evidence of an assessment, and that does.
"""

from typing import Annotated

from pydantic import Field

from assessments.core.sheets import Note, Phrase
from assessments.core.values import record


@record
class Document:
    """The text of a source, and the file it came as. All of it follows the protection of the source."""

    text: str = ""
    file_name: Annotated[str, Field(max_length=200)] = ""


@record
class Excerpt:
    """A stretch of a document as found, beside it its translation."""

    text: Note
    pinpoint: Phrase = ""
    language: Annotated[str, Field(max_length=40)] = ""
    translation: Note = ""
    translator: Phrase = ""
    set_aside: Note = ""  # looked at and not used: the reason
