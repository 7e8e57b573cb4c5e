"""What another wording does to one draft, sentence by sentence; nothing that is measured can differ."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from assessments.core import engine
from assessments.core.merge import Cause, CurrentSentence, State, address
from assessments.core.redline import Piece, redline
from assessments.core.types import Case, RankedRecommendation, SentenceKey
from assessments.core.values import Choice, Section, record
from frameworks.spec.patterns import MissingSlot
from frameworks.spec.wording import CompiledWording, UnknownWords


class Effect(Choice):
    """What another wording does to one sentence or item."""

    REWORDED = "reworded", "reads differently"
    SUGGESTED = "suggested", "keeps its words, with a new suggestion beside them"
    ADDED = "added", "is new"
    DROPPED = "dropped", "falls away"


@record
class Rewording:
    """One sentence, or one recommendation, that another wording changes. `pieces` is old against new."""

    effect: Effect
    section: Section | None  # None: a recommendation
    name: str  # the pattern of a sentence, the code of a recommendation
    old: str
    new: str
    pieces: tuple[Piece, ...]
    kept: str = ""  # a person's words, which stay
    is_about_tier: bool = False


@record
class Restyled:
    """What another wording does to one draft. `problem` says why it cannot word it at all; then nothing else counts."""

    rewordings: tuple[Rewording, ...] = ()
    unchanged: int = 0
    problem: str = ""

    def count(self, effect: Effect) -> int:
        """Count the sentences and items with one effect."""
        return sum(item.effect is effect for item in self.rewordings)


def reworded(
    case: Case,
    wording: CompiledWording,
    sentences: Sequence[CurrentSentence],
    recommendations: Sequence[tuple[str, str, str | None]],
    *,
    new_id: Callable[[SentenceKey], str] = address,
) -> Restyled:
    """Compare a draft as it stands with what it becomes under another wording.

    `recommendations` are code, generated text and a person's text of those that stand. The case's own wording is not
    asked again: what stands in the draft is what people see.
    """
    other = Case(record=case.record, country=case.country, framework=case.framework, wording=wording)
    try:
        result = engine.run(other, sentences, new_id=new_id, cause=Cause.WORDING)
    except (UnknownWords, MissingSlot, ValueError) as exc:  # it lacks what the rules need, or gives one key twice
        return Restyled(problem=str(exc))
    found = (*_sentences(sentences, result.sentences), *_items(recommendations, result.draft.recommendations))
    standing = sum(item.state is not State.REMOVED for item in sentences) + len(recommendations)
    return Restyled(rewordings=found, unchanged=standing - sum(item.effect is not Effect.ADDED for item in found))


def _sentences(before: Sequence[CurrentSentence], after: Sequence[CurrentSentence]) -> Iterator[Rewording]:
    known = {item.public_id: item for item in before}
    here = {item.public_id for item in after}
    ordered = sorted(after, key=lambda item: item.position)
    for item in ordered:
        if item.state is State.REMOVED:
            continue
        old = known.get(item.public_id)
        if old is None:
            yield _rewording(Effect.ADDED, item, "", item.shown)
        elif old.shown != item.shown:
            yield _rewording(Effect.REWORDED, item, old.shown, item.shown)
        elif item.suggestion is not None and item.suggestion != old.suggestion:
            said = old.generated_text if old.suggestion is None else old.suggestion
            yield replace(_rewording(Effect.SUGGESTED, item, said, item.suggestion), kept=item.shown)
    for item in sorted(before, key=lambda one: one.position):
        if item.public_id not in here and item.state is not State.REMOVED:
            yield _rewording(Effect.DROPPED, item, item.shown, "")


def _rewording(effect: Effect, item: CurrentSentence, old: str, new: str) -> Rewording:
    return Rewording(
        effect=effect,
        section=item.key.section,
        name=item.pattern,
        old=old,
        new=new,
        pieces=redline(old, new),
        is_about_tier="tier" in item.basis.decisions,
    )


def _items(before: Sequence[tuple[str, str, str | None]], after: Sequence[RankedRecommendation]) -> Iterator[Rewording]:
    known = {code: (generated, text) for code, generated, text in before}
    for item in after:
        if item.id not in known:
            yield _item(Effect.ADDED, item.id, "", item.text)
            continue
        generated, text = known[item.id]
        if generated != item.text:
            effect = Effect.REWORDED if text is None else Effect.SUGGESTED
            yield replace(_item(effect, item.id, generated, item.text), kept=text or "")
    here = {item.id for item in after}
    for code, generated, text in before:
        if code not in here:
            yield _item(Effect.DROPPED, code, text or generated, "")


def _item(effect: Effect, code: str, old: str, new: str) -> Rewording:
    return Rewording(effect=effect, section=None, name=code, old=old, new=new, pieces=redline(old, new))
