"""What tests of the merge share: a person's acts on the sentences of a draft, as hypothesis draws them."""

from itertools import count

from assessments.core.merge import CurrentSentence, State, edit, handwritten, remove, restore, revert
from assessments.core.values import Section


def acted(
    current: tuple[CurrentSentence, ...], acts: list[tuple[str, int]], numbers: "count[int]", section: Section
) -> tuple[CurrentSentence, ...]:
    """Do to the sentences what was drawn, each act at its place; what a person writes stands in `section`."""
    found = list(current)
    for act, place in acts:
        if act == "write":
            number = next(numbers)
            found.append(handwritten(f"own-{number}", section, f"Own {number}.", position=len(found)))
        elif found:
            index = place % len(found)
            item = found[index]
            if act == "edit":
                found[index] = edit(item, f"Edit {next(numbers)}.")
            elif act == "remove":
                found[index] = remove(item)
            elif act == "restore" and item.state is State.REMOVED:
                found[index] = restore(item)
            elif act == "revert" and item.state is State.EDITED:
                found[index] = revert(item)
    return tuple(found)
