"""Where a text is weakest: the answers its category hangs on, and sentences that rest on a single item."""

from dataclasses import dataclass
from typing import Any

from assessments.core.hinge_words import Card, card
from assessments.core.types import Case
from assessments.models import DraftSentence
from assessments.views.bench import Bench

MOST = 12


@dataclass(frozen=True)
class Weakest:
    """What a reviewer looks at first. `may_be_higher`: what is missing could raise the concern level."""

    hinge: Card
    single: tuple[DraftSentence, ...]
    may_be_higher: bool
    urls: dict[str, str]  # where each answer is given, by key of the rating


def weakest(bench: Bench, case: Case) -> Weakest:
    """Return the hinge card, and the sentences with one item; no query of its own. Sentences must carry their notes."""
    single = [
        sentence
        for part in bench.draft
        for sentence in part.sentences
        if len(getattr(sentence, "note").evidence) == 1  # noqa: B009  set by the view, unknown to the model
    ]
    concern: Any = bench.finding.get("concern") or {}
    urls = {answer.key: answer.url for answer in bench.answers}
    return Weakest(card(case), tuple(single[:MOST]), bool(concern.get("may_be_higher")), urls)
