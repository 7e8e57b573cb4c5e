"""`manage.py transitions_diagram`: draw the way of a text to the public from the table of transitions."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from assessments.enums import RevisionState
from assessments.policies import TRANSITIONS, Move
from assessments.policies.people import people

PATH = Path(settings.BASE_DIR) / "docs" / "transitions.md"

HEAD = """# The way of a text to the public

Drawn by `manage.py transitions_diagram` from `TRANSITIONS` in `assessments/policies/moves.py`; change it there.
Every transition is an event with person, time and reason. Until release each can be taken back, on record.

"""
FOOT = """
Between *submitted for review* and *approved* lie the steps of review, in the order a coordinator set for the period
(one step, "Review", where none did). Each step is approved by somebody who may, by the hash of what was read; the
approval of the last freezes the text. The step says who may see, comment, edit and approve while the text is at it.
Approving a step and taking that back change no state and so stand in no row here; they are events all the same.

What is released is corrected in a new revision, which goes the same way; its release supersedes the earlier one, and
both say so. Until it is approved, a correction can be taken back with a reason: it is closed and kept, and the released
text is as if it had never been opened.
"""


def who(move: Move) -> str:
    """Say who may make a move."""
    if move.action == "supersede":
        return "nobody: the release of a correction does it"
    if move.by_step:
        return f"whom the step names; unless a coordinator ordered otherwise, {people(move.who)}"
    return people(move.who)


def text() -> str:
    """Return the page: a diagram in Mermaid and the table it was drawn from."""
    lines = ["```mermaid", "stateDiagram-v2"]
    lines += [f'    state "{state.label}" as {_name(state)}' for state in RevisionState]
    lines.append(f"    [*] --> {_name(RevisionState.IN_PROGRESS)}")
    lines += [
        f"    {_name(move.from_state)} --> {_name(move.to_state)}: {move.action.replace('_', ' ')}"
        for move in TRANSITIONS
    ]
    lines += [f"    {_name(RevisionState.SUPERSEDED)} --> [*]", "```", ""]
    lines += ["| action | from | to | who | reason |", "| --- | --- | --- | --- | --- |"]
    lines += [
        f"| {move.action.replace('_', ' ')} | {move.from_state.label} | {move.to_state.label} | {who(move)} | "
        f"{'needed' if move.needs_reason else 'may be given'} |"
        for move in TRANSITIONS
    ]
    return HEAD + "\n".join(lines) + "\n" + FOOT


def _name(state: RevisionState) -> str:
    return state.value.replace("-", "_")


class Command(BaseCommand):
    """Write the page, or with --check say whether it is as it would be written."""

    help = "Write docs/transitions.md from the table of transitions; --check fails where it is stale."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="write nothing; fail where the page is stale")

    def handle(self, *args: Any, check: bool, **options: Any) -> None:
        if not check:
            PATH.write_text(text(), encoding="utf-8")
            self.stdout.write("docs/transitions.md is written.")
        elif not PATH.exists() or PATH.read_text(encoding="utf-8") != text():
            raise CommandError("docs/transitions.md is stale; write it again with: manage.py transitions_diagram")
        else:
            self.stdout.write("docs/transitions.md is current.")
