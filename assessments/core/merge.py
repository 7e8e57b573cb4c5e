"""Regeneration that keeps every human word: a three-way merge, sentence by sentence (decisions.md 4, design.md 5).

Sentences are matched by key (section, claim family, subjects), never by wording. Untouched sentences follow the
facts; edited ones stay and show what the rules now say beside them; hand-written ones never move; removed ones stay
removed. A sentence that takes over part of another's subjects, or all of them in another section, records it as its
predecessor and inherits its edit.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from assessments.core.sheets import Refs
from assessments.core.types import AssessmentRecord, Basis, Draft, Sentence, SentenceKey
from assessments.core.values import Choice, Section, record

HANDWRITTEN_FAMILY = "handwritten"
"""Family in the key of a hand-written sentence; its one subject is its own public id."""

_SECTIONS = tuple(Section)


class State(Choice):
    """Whose words a sentence has."""

    GENERATED = "generated", "generated"
    EDITED = "edited", "edited"
    HANDWRITTEN = "handwritten", "written by hand"
    REMOVED = "removed", "removed"


class Cause(Choice):
    """Why the rules now say something else than a person took note of."""

    RECORD = "record", "the record changed"
    WORDING = "wording", "the house style changed"
    RULES = "rules", "the rules of the program changed"


@record
class CurrentSentence:
    """A sentence as it stands in a draft.

    `generated_text` is what the rules said when a person last took note of it, `suggestion` what they say now where
    that differs and `cause` why; `text` holds a person's words, None where the rules' are kept. `is_orphan`: nothing on
    record supports it any more, but a person's word hangs on it.
    """

    public_id: str
    key: SentenceKey
    position: int = 0
    pattern: str = ""
    slots: tuple[tuple[str, str], ...] = ()
    basis: Basis = Basis()
    choice: str = ""
    generated_text: str = ""
    text: str | None = None
    state: State = State.GENERATED
    suggestion: str | None = None
    cause: Cause | None = None  # None: nothing is suggested
    predecessors: tuple[str, ...] = ()
    author: str = ""
    judgement: bool = False
    is_orphan: bool = False

    @property
    def shown(self) -> str:
        """The words a reader sees; empty for a removed sentence."""
        if self.state is State.REMOVED:
            return ""
        return self.generated_text if self.text is None else self.text


def address(key: SentenceKey) -> str:
    """Return an id made from a key alone, for drafts that are not stored."""
    return ":".join((key.section.value, key.family, *key.subjects))


def handwritten(
    public_id: str,
    section: Section,
    text: str,
    *,
    evidence: Refs = (),
    author: str = "",
    judgement: bool = False,
    position: int = 0,
) -> CurrentSentence:
    """Return a sentence written by hand."""
    return CurrentSentence(
        public_id=public_id,
        key=SentenceKey(section=section, family=HANDWRITTEN_FAMILY, subjects=(public_id,)),
        position=position,
        basis=Basis(evidence=evidence),
        text=text,
        state=State.HANDWRITTEN,
        author=author,
        judgement=judgement,
    )


def edit(sentence: CurrentSentence, text: str, *, author: str = "") -> CurrentSentence:
    """Return a sentence with a person's words; a suggestion they had before them counts as seen."""
    if sentence.state is State.HANDWRITTEN:
        return replace(sentence, text=text, author=author)
    seen = sentence.suggestion if sentence.suggestion is not None else sentence.generated_text
    return replace(
        sentence, text=text, state=State.EDITED, generated_text=seen, suggestion=None, cause=None, author=author
    )


def revert(sentence: CurrentSentence) -> CurrentSentence:
    """Return a sentence with the rules' newest words again; a hand-written one has none and is returned unchanged."""
    if sentence.state is State.HANDWRITTEN:
        return sentence
    newest = sentence.suggestion if sentence.suggestion is not None else sentence.generated_text
    return replace(
        sentence, text=None, state=State.GENERATED, generated_text=newest, suggestion=None, cause=None, author=""
    )


def remove(sentence: CurrentSentence, *, author: str = "") -> CurrentSentence:
    """Return a sentence taken out of the text; its words are kept."""
    return replace(sentence, state=State.REMOVED, author=author)


def restore(sentence: CurrentSentence) -> CurrentSentence:
    """Return a removed sentence as it was: a person's words, where it had some, else those of the rules."""
    if sentence.key.family == HANDWRITTEN_FAMILY:
        return replace(sentence, state=State.HANDWRITTEN)
    return replace(sentence, state=State.GENERATED if sentence.text is None else State.EDITED)


def from_record(
    content: AssessmentRecord, new_id: Callable[[SentenceKey], str] = address
) -> tuple[CurrentSentence, ...]:
    """Return the human sentences of an interchange file as the draft before; nothing is known of the rules' words."""
    found = []
    for number, item in enumerate(content.sentences, start=1):
        if item.family is None:
            own = SentenceKey(section=item.section, family=HANDWRITTEN_FAMILY, subjects=(str(number),))
            sentence = handwritten(
                new_id(own),
                item.section,
                item.text or "",
                evidence=item.evidence,
                author=item.author,
                judgement=item.judgement,
                position=number,
            )
            found.append(sentence if item.text is not None else remove(sentence))
            continue
        key = SentenceKey(section=item.section, family=item.family, subjects=tuple(sorted(item.subjects)))
        found.append(
            CurrentSentence(
                public_id=new_id(key),
                key=key,
                position=number,
                basis=Basis(evidence=item.evidence),
                text=item.text,
                state=State.REMOVED if item.text is None else State.EDITED,
                author=item.author,
                judgement=item.judgement,
            )
        )
    return tuple(found)


def merge(
    previous: Sequence[CurrentSentence],
    new: Draft,
    new_id: Callable[[SentenceKey], str] = address,
    *,
    cause: Cause = Cause.RECORD,
) -> tuple[CurrentSentence, ...]:
    """Return the draft that keeps every human word of `previous` and follows `new` everywhere else, in printing order.

    `new_id` gives a public id to a sentence that was not there before; `cause` says what changed since `previous`.
    """
    ordered = sorted(previous, key=lambda item: item.position)
    wanted = {sentence.key for sentence in new.sentences}
    by_key = {item.key: item for item in ordered if item.key.family != HANDWRITTEN_FAMILY}
    loose = [item for item in ordered if item.key not in wanted and item.key.family != HANDWRITTEN_FAMILY]
    heirs = _heirs(loose, [sentence for sentence in new.sentences if sentence.key not in by_key])
    followed: dict[str, str] = {}
    merged: list[CurrentSentence] = []
    for place, sentence in enumerate(new.sentences):
        before = by_key.get(sentence.key)
        if before is None:
            fresh = _of(sentence, new_id(sentence.key), place)
            merged.append(_arrived(sentence, fresh, loose, heirs.get(sentence.key), cause))
        else:
            merged.append(_followed(before, sentence, cause))
        for item in (before, heirs.get(sentence.key)):
            if item is not None:
                followed[item.public_id] = merged[-1].public_id
    inherited = {item.public_id for item in heirs.values()}
    kept = [item for item in ordered if _is_kept(item, wanted, inherited)]
    return _numbered(_placed(ordered, merged, kept, followed))


def _is_kept(item: CurrentSentence, wanted: set[SentenceKey], inherited: set[str]) -> bool:
    """Say whether a sentence that the rules no longer give stays, since a person's word hangs on it."""
    if item.key.family == HANDWRITTEN_FAMILY:
        return True
    is_human = item.text is not None or item.state is State.REMOVED
    return is_human and item.key not in wanted and item.public_id not in inherited


def _heirs(loose: Iterable[CurrentSentence], arrivals: Sequence[Sentence]) -> dict[SentenceKey, CurrentSentence]:
    """Give each loose sentence with a person's word to the arrival that shares most subjects with it, one to one.

    One of its own section goes first; where none does, the sentence has moved, and its words move along.
    """
    heirs: dict[SentenceKey, CurrentSentence] = {}
    for item in loose:
        if item.text is None and item.state is not State.REMOVED:
            continue
        candidates = [
            (_is_beside(item, sentence), len(_shared(item, sentence)), -position, sentence)
            for position, sentence in enumerate(arrivals)
            if sentence.key not in heirs and _shared(item, sentence) and _may_inherit(item, sentence)
        ]
        if candidates:
            heirs[max(candidates, key=lambda each: each[:3])[3].key] = item
    return heirs


def _may_inherit(item: CurrentSentence, sentence: Sentence) -> bool:
    """Say whether a removal may pass on: only where nothing new would vanish with it."""
    return item.text is not None or set(sentence.key.subjects) <= set(item.key.subjects)


def _is_beside(item: CurrentSentence, sentence: Sentence) -> bool:
    return item.key.section is sentence.key.section


def _shared(item: CurrentSentence, sentence: Sentence) -> set[str]:
    """Return the subjects two sentences of one claim family share, in whatever section they stand."""
    if item.key.family != sentence.key.family:
        return set()
    return set(item.key.subjects) & set(sentence.key.subjects)


def _arrived(
    sentence: Sentence,
    fresh: CurrentSentence,
    loose: Iterable[CurrentSentence],
    heir: CurrentSentence | None,
    cause: Cause,
) -> CurrentSentence:
    """Return a sentence with a new key: with its predecessors, and with the word it inherits from one of them."""
    predecessors = tuple(item.public_id for item in loose if _shared(item, sentence))
    if heir is None:
        return replace(fresh, predecessors=predecessors) if predecessors else fresh
    if heir.text is None:
        return replace(fresh, predecessors=predecessors, state=heir.state, author=heir.author)
    suggestion = _suggestion(heir, sentence.text)
    return replace(
        fresh,
        predecessors=predecessors,
        generated_text=heir.generated_text,
        text=heir.text,
        state=heir.state,
        suggestion=suggestion,
        cause=_cause(heir, suggestion, cause),
        author=heir.author,
        judgement=heir.judgement,
    )


def _followed(before: CurrentSentence, sentence: Sentence, cause: Cause) -> CurrentSentence:
    """Return a sentence that was there before: the rules' words follow the facts, a person's stay."""
    if _is_as_before(before, sentence):
        return before
    is_edited = before.text is not None
    suggestion = _suggestion(before, sentence.text)
    return replace(
        before,
        key=sentence.key,
        pattern=sentence.pattern,
        slots=tuple(sorted(sentence.slots.items())),
        basis=sentence.basis,
        choice=sentence.choice,
        generated_text=(is_edited and before.generated_text) or sentence.text,
        suggestion=suggestion,
        cause=_cause(before, suggestion, cause),
        is_orphan=False,
    )


def _is_as_before(before: CurrentSentence, sentence: Sentence) -> bool:
    """Say whether the rules write what they wrote, on the same basis and for the same reason."""
    return (
        before.generated_text == sentence.text
        and before.suggestion is None
        and not before.is_orphan
        and (before.pattern, before.choice) == (sentence.pattern, sentence.choice)
        and before.basis == sentence.basis
        and before.slots == tuple(sorted(sentence.slots.items()))
    )


def _suggestion(before: CurrentSentence, theirs: str) -> str | None:
    """Return what the rules now say, where a person has not seen it and has not written it."""
    if before.text is None or not before.generated_text or theirs in {before.generated_text, before.text}:
        return None
    return theirs


def _cause(before: CurrentSentence, suggestion: str | None, cause: Cause) -> Cause | None:
    """Return why something is suggested; a change of the record outweighs one of the words that came on top."""
    if suggestion is None:
        return None
    if before.suggestion == suggestion or (before.suggestion is not None and before.cause is Cause.RECORD):
        return before.cause
    return cause


def _of(sentence: Sentence, public_id: str, position: int) -> CurrentSentence:
    """Return a sentence nobody has seen; `position` is its place where nothing else is kept."""
    return CurrentSentence(
        public_id=public_id,
        key=sentence.key,
        position=position,
        pattern=sentence.pattern,
        slots=tuple(sorted(sentence.slots.items())),
        basis=sentence.basis,
        choice=sentence.choice,
        generated_text=sentence.text,
    )


def _placed(
    ordered: Sequence[CurrentSentence],
    merged: Sequence[CurrentSentence],
    kept: Sequence[CurrentSentence],
    followed: dict[str, str],
) -> list[CurrentSentence]:
    """Put each kept sentence behind the one it stood behind, or behind the nearest before it that is still there."""
    after: dict[str, list[CurrentSentence]] = {}
    first: dict[Section, list[CurrentSentence]] = {}
    here = {item.public_id: item.key.section for item in merged}
    anchors: dict[Section, str] = {}
    staying = {item.public_id for item in kept}
    for item in ordered:
        section = item.key.section
        if item.public_id in staying:
            orphan = replace(item, is_orphan=item.key.family != HANDWRITTEN_FAMILY)
            anchor = anchors.get(section)
            (after.setdefault(anchor, []) if anchor else first.setdefault(section, [])).append(orphan)
        elif here.get(followed.get(item.public_id, "")) is section:
            anchors[section] = followed[item.public_id]
    placed: list[CurrentSentence] = []
    for section in _SECTIONS:
        placed += first.get(section, [])
        for sentence in merged:
            if sentence.key.section is section:
                placed += [sentence, *after.get(sentence.public_id, [])]
    return placed


def _numbered(sentences: Iterable[CurrentSentence]) -> tuple[CurrentSentence, ...]:
    return tuple(
        sentence if sentence.position == position else replace(sentence, position=position)
        for position, sentence in enumerate(sentences)
    )
