"""How a form asks for one field, and which fields stand together; the words that many fields share."""

from dataclasses import dataclass

from assessments.core.values import Choice


@dataclass(frozen=True)
class Words:
    """How one field is asked for.

    `terms` names the framework's vocabulary its slugs come from, or "indicator", "factor", "part" or "provision";
    `refs` the list of records it points at; `only` the members of a closed list that make sense here; `answers` the
    words for yes, no and not known; `rows` the height of a text.
    """

    label: str
    help: str = ""
    terms: str = ""
    refs: str = ""
    only: tuple[Choice, ...] = ()
    answers: tuple[str, str, str] = ("yes", "no", "not known")
    rows: int = 0


@dataclass(frozen=True)
class Group:
    """Fields that stand together under a name; the first of a form is always open, one with `fold` opens on demand."""

    title: str
    names: tuple[str, ...]
    note: str = ""
    fold: bool = True


NO_NAMES = (
    "There is no field for names. Victims and accused persons are never named here: rank, role and agency carry the "
    "narrative, and an accusation stays with a person for life."
)
DATE = "A day, a month or a year, as precise as it is known: 2022-05-14, 2022-05 or 2022."
EVIDENCE = Words("Evidence", "What shows this. Only the permitted attribution of a source ever reaches the text.")
NOTE = Words("Note for colleagues", "Never part of a sentence.", rows=2)
