"""Where a text is weakest: the answers that set a level on little, and sentences that rest on a single item."""

from dataclasses import dataclass
from typing import Any

from assessments.core.types import Case
from assessments.core.values import Confidence
from assessments.models import DraftSentence
from assessments.views.bench import Bench

MOST = 12
_ORDER = {Confidence.LOW: 0, Confidence.MODERATE: 1, Confidence.HIGH: 2, None: 3}


@dataclass(frozen=True)
class Hinge:
    """One answer that sets a level, and how little stands behind it."""

    scale: str
    direction: str  # of the answer's own scale, which its colour follows
    code: str
    title: str
    level: int
    confidence: str
    items: int
    url: str


@dataclass(frozen=True)
class Weakest:
    """What a reviewer looks at first. `may_be_higher`: what is missing could raise the concern level."""

    hinges: tuple[Hinge, ...]
    single: tuple[DraftSentence, ...]
    may_be_higher: bool


def weakest(bench: Bench, case: Case) -> Weakest:
    """Return the answers that set a derived level, weakest first, and the sentences with one item; no query of its own.

    Sentences must carry their notes.
    """
    hinges = [hinge for scale in ("concern", "accountability") for hinge in _hinges(bench, case, scale)]
    hinges.sort(key=lambda pair: pair[0])
    single = [
        sentence
        for part in bench.draft
        for sentence in part.sentences
        if len(getattr(sentence, "note").evidence) == 1  # noqa: B009  set by the view, unknown to the model
    ]
    concern: Any = bench.finding.get("concern") or {}
    return Weakest(tuple(hinge for _, hinge in hinges[:MOST]), tuple(single[:MOST]), bool(concern.get("may_be_higher")))


def _hinges(bench: Bench, case: Case, scale: str) -> list[tuple[tuple[int, int], Hinge]]:
    found: list[tuple[tuple[int, int], Hinge]] = []
    derived: Any = bench.finding.get(scale) or {}
    places = {answer.key: answer for answer in bench.answers}
    for key in derived.get("basis", ()):
        rating, answer = case.ratings.get(key), places.get(key)
        if rating is None or answer is None or rating.level is None:
            continue
        confidence = rating.confidence
        hinge = Hinge(
            scale,
            answer.indicator.direction.value,
            answer.indicator.code,
            answer.title or answer.indicator.title,
            rating.level,
            confidence.label if confidence else "no confidence given",
            len(rating.evidence),
            answer.url,
        )
        found.append(((_ORDER.get(confidence, 3), len(rating.evidence)), hinge))
    return found
