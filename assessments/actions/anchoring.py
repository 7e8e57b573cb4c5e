"""Remarks and proposals follow their sentence: when it gives way to another, they move to its heir; none is lost."""

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from assessments.core import anchoring
from assessments.enums import SentenceState
from assessments.models import Comment, DraftSentence, Revision, WordingProposal


def reanchor(revision: Revision, gone: Collection[str], rows: Sequence[DraftSentence]) -> None:
    """Hang what hung on sentences that are gone on their heirs; what has none keeps its old anchor and its quote.

    Whether quoted words still stand there is told when remarks are read (`core.anchoring.anchor`): the same remark may
    be an orphan today and find its words again tomorrow.
    """
    sentences = anchored(rows)
    for model, on_words in ((Comment, None), (WordingProposal, False)):
        rows_: Any = model._default_manager
        for item in rows_.filter(revision=revision, sentence__in=list(gone)):
            heirs = anchoring.heirs(str(item.sentence), sentences)
            if not heirs:
                continue
            words = item.is_on_words if on_words is None else on_words
            found = anchoring.anchor(str(item.sentence), item.quote, sentences, on_words=words)
            item.sentence = UUID(found.sentence or heirs[0].public_id)
            item.save(update_fields=["sentence"])


def anchored(rows: Sequence[DraftSentence]) -> list[anchoring.Anchored]:
    """Return the sentences of a draft as remarks hang on them; removed ones have no words."""
    return [
        anchoring.Anchored(
            public_id=str(row.public_id),
            text="" if row.state == SentenceState.REMOVED else row.shown,
            predecessors=tuple(row.predecessors),
        )
        for row in rows
    ]
