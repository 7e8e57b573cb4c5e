"""What becomes of each thing a returned file says: words that wait for an analyst, a remark, or a line of the list."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from accounts.models import User
from assessments.actions.anchoring import anchored
from assessments.actions.remarks import MAX_WORDS, put_comment, put_proposal
from assessments.core import anchoring
from assessments.core.returned import Kinds, Returned
from assessments.core.typography import folded
from assessments.models import (
    Comment,
    DraftRecommendation,
    DraftSentence,
    ReturnedFile,
    ReturnedItem,
    Revision,
    WordingProposal,
)


class Fate(Enum):
    """What becomes of a thing a file says, once it is taken over."""

    PROPOSED = "proposed"  # words that wait for an analyst
    REMARKED = "remarked"
    SETTLED = "settled"  # the text has these words already
    LISTED = "listed"  # it fits nothing in the text, or has too many words


def fates(revision: Revision, items: Iterable[Returned]) -> list[Fate]:
    """Return what taking over would make of each, as the text is now. Two queries."""
    rows = list(revision.sentences.in_order())
    points = {point.code: point for point in revision.recommendations.all()}
    aims = Aims({str(row.public_id): row for row in rows}, anchored(rows), points)
    return [aims.of(item)[0] for item in items]


@dataclass(frozen=True)
class Aims:
    """What each thing a file says is about in the open revision."""

    rows: Mapping[str, DraftSentence]
    sentences: Sequence[anchoring.Anchored]
    points: Mapping[str, DraftRecommendation]

    def of(self, item: Returned) -> tuple[Fate, DraftSentence | None, DraftRecommendation | None]:
        """Return what becomes of it, with the sentence and the recommendation it is about."""
        here = self._sentence(item)
        point = self.points.get(item.code) if item.kind is Kinds.POINT and item.text else None
        match item.kind:
            case Kinds.REMARK:
                return Fate.REMARKED, here, None
            case Kinds.REMOVAL | Kinds.MOVED if here:
                return Fate.REMARKED, here, None
            case Kinds.WORDING if here:
                return _of_words(item.text, here.shown), here, None
            case Kinds.POINT if point:
                return _of_words(item.text, point.shown), here, point
        return Fate.LISTED, here, None

    def _sentence(self, item: Returned) -> DraftSentence | None:
        if not item.id:
            return None
        where = anchoring.anchor(item.id, item.quote, self.sentences, on_words=False).sentence
        found = self.rows.get(where or "")
        return found if found is not None and next(s for s in self.sentences if s.public_id == where).text else None


def _of_words(text: str, now: str) -> Fate:
    if folded(text) == folded(now):
        return Fate.SETTLED
    return Fate.PROPOSED if len(text) <= MAX_WORDS else Fate.LISTED


@dataclass
class Hands:
    """Puts each item where it belongs in the open revision."""

    revision: Revision
    aims: Aims
    by: User
    at: datetime
    proposals: int = 0
    comments: int = 0

    def take(self, file: ReturnedFile, item: Returned, digest: str, position: int) -> ReturnedItem:
        """Write one item down, and what it becomes."""
        fate, here, point = self.aims.of(item)
        row = ReturnedItem(
            file=file,
            position=position,
            kind=item.kind.value,
            sentence=here.public_id if here else None,
            code=item.code[:20],
            text=item.text,
            quote=item.quote,
            where=item.where,
            stated_author=item.author[:200],
            stated_at=item.at,
            is_tracked=item.is_tracked,
            digest=digest,
        )
        match fate:
            case Fate.SETTLED:
                row.settled_by, row.settled_at = self.by, self.at
            case Fate.PROPOSED:
                row.proposal = self._words(item, here, point)
            case Fate.REMARKED:
                row.comment = self._remark(item, here, item.text if item.kind is Kinds.REMARK else _in_words(item))
        row.save(force_insert=True)
        return row

    def _words(self, item: Returned, here: DraftSentence | None, point: DraftRecommendation | None) -> WordingProposal:
        """Propose other words for what reads otherwise now."""
        self.proposals += 1
        about = point or here
        proposal = WordingProposal(
            sentence=here.public_id if here and not point else None,
            code=point.code if point else "",
            quote=about.shown if about else "",
            text=item.text,
            stated_author=item.author[:200],
            note="" if item.is_tracked else "Changed in the file without tracking.",
        )
        return put_proposal(self.revision, proposal, by=self.by, at=self.at)

    def _remark(self, item: Returned, here: DraftSentence | None, text: str) -> Comment:
        self.comments += 1
        quote = item.quote if item.kind is Kinds.REMARK else ""
        words = next((part for part in (quote,) if here and part and part in here.shown and part != here.shown), "")
        more = "" if len(text) <= MAX_WORDS else "… (goes on in the returned file)"
        comment = Comment(
            sentence=here.public_id if here else None,
            quote=words or (here.shown if here else quote),
            is_on_words=bool(words),
            text=text[: MAX_WORDS - len(more)] + more,
            stated_author=item.author[:200],
        )
        return put_comment(self.revision, comment, by=self.by, at=self.at)


def _in_words(item: Returned) -> str:
    """Return what is said of a sentence as a remark."""
    untracked = "" if item.is_tracked else " It was done without tracking."
    if item.kind is Kinds.REMOVAL:
        return f"The returned file takes this sentence out.{untracked}"
    behind = f"behind “{item.text}”" if item.text else "to the beginning"
    return f"The returned file moves this sentence {behind}.{untracked}"
