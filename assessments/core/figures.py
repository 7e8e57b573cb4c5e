"""The levels of one country-year as lists and pictures read them: one character an indicator, in the framework's order.

Made of the plain form of a record and its finding, which is also what a snapshot holds; nothing is derived here.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

UNANSWERED: Final = "u"
STATES: Final[Mapping[str, str]] = {
    "i": "insufficient-information",
    "n": "not-assessed",
    "q": "no-request-made",
    "k": "no-known-cases",
    "a": "not-applicable",
    UNANSWERED: "unanswered",
}
"""What stands in place of a level, by its letter; digits are levels. In this order one state speaks for many parts."""

CONFIDENCES: Final[Mapping[str, str]] = {"h": "high", "m": "moderate", "l": "low", ".": ""}
_LETTERS = {state: letter for letter, state in STATES.items()}
_GRADES = {words: letter for letter, words in CONFIDENCES.items()}


@dataclass(frozen=True, slots=True)
class Encoded:
    """Answers of one country-year. `parts` has the answers to single parts by "indicator/part"."""

    levels: str
    confidences: str
    parts: Mapping[str, str]


def encode(slugs: Sequence[str], ratings: Iterable[Mapping[str, Any]]) -> Encoded:
    """Return the answers as characters. An indicator answered in parts has the highest level of its parts.

    Where no part has a level, the first of `STATES` that a part has speaks for all. A rating for an indicator that the
    framework does not have is left out.
    """
    whole: dict[str, tuple[str, str]] = {}
    parted: dict[str, list[tuple[str, str]]] = {}
    parts: dict[str, str] = {}
    for item in ratings:
        answer = character(item), _GRADES[item.get("confidence") or "" if item.get("level") is not None else ""]
        slug, part = item["indicator"], item.get("part") or ""
        if part:
            parted.setdefault(slug, []).append(answer)
            parts[f"{slug}/{part}"] = "".join(answer)
        else:
            whole[slug] = answer
    found = [whole.get(slug) or _highest(parted.get(slug, ())) for slug in slugs]
    return Encoded("".join(level for level, _ in found), "".join(grade for _, grade in found), parts)


def character(rating: Mapping[str, Any]) -> str:
    """Return the character of one answer: its level, or the letter of its state."""
    level = rating.get("level")
    return _LETTERS[rating["state"]] if level is None else str(int(level))


def _highest(answers: Sequence[tuple[str, str]]) -> tuple[str, str]:
    levels = [answer for answer in answers if answer[0].isdigit()]
    if levels:
        return max(levels, key=lambda answer: answer[0])
    order = list(STATES)
    return min(answers, key=lambda answer: order.index(answer[0]), default=(UNANSWERED, "."))


def level_of(letter: str) -> int | None:
    """Return the level a character stands for; None for a state."""
    return int(letter) if letter.isdigit() else None


def state_of(letter: str) -> str:
    """Return the state a character stands for, "rated" for a level."""
    return "rated" if letter.isdigit() else STATES[letter]


def scales(finding: Mapping[str, Any]) -> dict[str, int | None]:
    """Return both derived levels with their bounds, by column: "concern_level", "concern_low", ..."""
    return {
        f"{scale}_{name}": None if finding[scale].get(name) is None else int(finding[scale][name])
        for scale in ("concern", "accountability")
        for name in ("level", "low", "high")
    }


def recommended(points: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return the recommendations in their order, as short as a picture needs them."""
    ordered = sorted(points, key=lambda item: (int(item["rank"]), item["code"]))
    return [
        {"code": item["code"], "merged": list(item["merged"]), "top": bool(item["is_top"])}
        for item in ordered
        if not item["for_others"]
    ]
