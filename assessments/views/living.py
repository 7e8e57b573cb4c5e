"""One section of the draft, its sentences as links: each leads to what stands behind it.

A stencil fills them, since a full draft has thirty and every page of the record shows them all.
"""

from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

from django.utils.safestring import SafeString, mark_safe

from assessments.core.document import word_count
from assessments.core.values import Section
from assessments.models import DraftGapRecord, DraftSentence
from assessments.stencil import Stencil
from assessments.views.addresses import address

if TYPE_CHECKING:
    from assessments.views.bench import Bench


@dataclass
class DraftSection:
    """One section of the draft with its sentences and gaps."""

    bench: "Bench"
    section: Section
    sentences: list[DraftSentence] = field(default_factory=list)
    gaps: list[DraftGapRecord] = field(default_factory=list)
    budget: int | None = None  # most words the coordinator gave it; None: as many as it takes

    @property
    def words(self) -> int:
        """How many words its sentences have now."""
        return sum(word_count(sentence.shown) for sentence in self.sentences)

    @property
    def living(self) -> SafeString:
        """Its sentences as links: each opens what it rests on, in place or on the page of the draft."""
        return mark_safe(" ".join(self._living(sentence) for sentence in self.sentences))  # noqa: S308  by stencil

    def _living(self, sentence: Any) -> SafeString:
        basis = address("assessments:basis", self.bench.assessment.public_id, sentence.public_id)
        return _beside().fill({**self._filled(sentence, self.bench.url("draft")), "basis": basis})

    @property
    def printed(self) -> SafeString:
        """Its sentences on a page of the text, with their numbers; the chosen one is marked."""
        return mark_safe(" ".join(self._printed(sentence) for sentence in self.sentences))  # noqa: S308  by stencil

    def _printed(self, sentence: Any) -> SafeString:
        is_chosen = sentence.public_id == self.bench.chosen
        filled = self._filled(sentence, self.bench.text_url)
        marks = filled["marks"] + " chosen" * is_chosen
        return _in_text(is_chosen).fill({**filled, "marks": marks, "number": str(sentence.number)})

    def _filled(self, sentence: Any, page: str) -> dict[str, str]:
        held = {"sentence-check": sentence.has_check, "changed": sentence.is_changed, "own": sentence.is_own}
        marks = " ".join([f"sentence-{sentence.state}", *(mark for mark, holds in held.items() if holds)])
        return {"marks": marks, "name": str(sentence.public_id), "page": page, "words": sentence.shown}


@cache
def _beside() -> Stencil:
    return Stencil("assessments/living_sentence.html", ("marks", "name", "page", "basis", "words"))


@cache
def _in_text(is_chosen: bool) -> Stencil:
    same = {"current": mark_safe(' aria-current="true"' * is_chosen)}  # noqa: S308  fixed words
    return Stencil("assessments/sentence.html", ("marks", "name", "page", "words", "number"), same)
