"""Where a remark hangs after the text changed: by the sentence and its heirs first, then by the quoted words."""

from collections.abc import Iterable, Mapping, Sequence

from assessments.core.values import record


@record
class Anchored:
    """One sentence as a remark may hang on it."""

    public_id: str
    text: str
    predecessors: tuple[str, ...] = ()


@record
class Anchor:
    """Where a remark hangs. `sentence` None: it is an orphan, listed with its quote.

    `start` is the place of the quoted words in the sentence; None where the remark is on the sentence as a whole.
    """

    sentence: str | None
    start: int | None = None


def anchor(sentence: str, quote: str, sentences: Sequence[Anchored], *, on_words: bool = True) -> Anchor:
    """Return where a remark made on `quote` in `sentence` hangs now.

    A remark on words is an orphan where no heir of its sentence has them; one on a whole sentence stays with the first
    heir, whatever it says now. Spaces at the ends and runs of them do not count.
    """
    words = " ".join(quote.split())
    found = heirs(sentence, sentences)
    if on_words and words:
        for item in found:
            start = " ".join(item.text.split()).find(words)
            if start >= 0:
                return Anchor(sentence=item.public_id, start=start)
        return Anchor(sentence=None)
    best = next((item for item in found if item.text == quote), found[0] if found else None)
    return Anchor(sentence=best.public_id if best else None)


def heirs(sentence: str, sentences: Iterable[Anchored]) -> list[Anchored]:
    """Return the sentence itself where it still stands, and those that took it over, nearest first.

    Predecessors are followed over any number of sentences; a circle among them is walked once.
    """
    rows = list(sentences)
    by_predecessor: dict[str, list[Anchored]] = {}
    for item in rows:
        for name in item.predecessors:
            by_predecessor.setdefault(name, []).append(item)
    here: Mapping[str, Anchored] = {item.public_id: item for item in rows}
    found: dict[str, Anchored] = {}
    waiting, seen = [sentence], set[str]()
    while waiting:
        name = waiting.pop(0)
        if name in seen:
            continue
        seen.add(name)
        if name in here:
            found[name] = here[name]
        waiting += [item.public_id for item in by_predecessor.get(name, ())]
    return list(found.values())
