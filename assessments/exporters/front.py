"""What stands before the countries in a file of many: its title, what it holds, what it does not, and the method."""

from collections.abc import Sequence
from dataclasses import dataclass

from assessments.core.document import METHOD, Audience, Block, Document, Note, Title
from assessments.core.words import counted

Entry = tuple[str, str]
"""Key and title of one country; the key makes its anchors in the file."""


@dataclass(frozen=True)
class Front:
    """The beginning of a file of many countries; `missing` names those that were not ready, for the office only."""

    title: str
    audience: Audience
    entries: Sequence[Entry]
    missing: Sequence[str] = ()

    @property
    def document(self) -> Document:
        """The beginning as blocks."""
        told = f"{counted(len(self.entries), 'country', 'countries').capitalize()}, each as it was approved."
        blocks: list[Block] = [Title(text=self.title), Note(text=METHOD), Note(text=told)]
        if self.missing and self.audience is Audience.INTERNAL:
            blocks.append(Note(text=f"Not ready, and not in this file: {'; '.join(self.missing)}."))
        return Document(blocks=tuple(blocks), audience=self.audience, is_draft=False)  # only what is approved is in it
