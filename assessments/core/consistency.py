"""Where the same answers stand beside different levels: pairs that a consistency review looks at. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Answers:
    """One country's answers to some questions, as characters in one order, and what was derived from all of them."""

    name: str
    letters: str
    derived: tuple[int | None, int | None]


@dataclass(frozen=True, slots=True)
class Apart:
    """Countries that agree in every other question of a group, and how they differ in this one: level to names."""

    question: int
    shared: str
    by_level: Mapping[str, tuple[str, ...]]

    @property
    def distance(self) -> int:
        """How many levels lie between the lowest and the highest."""
        levels = [int(letter) for letter in self.by_level]
        return max(levels) - min(levels)


def apart(countries: Iterable[Answers], places: Sequence[int], least: int = 2) -> list[Apart]:
    """Return where countries answer all of a group alike but one question, whose levels lie `least` or more apart.

    `places` are the questions of one group. At least two thirds of what is shared are levels, so that silence alone
    makes nobody alike. The widest come first.
    """
    picked = [(country.name, "".join(country.letters[place] for place in places)) for country in countries]
    found = []
    for number, place in enumerate(places):
        alike: defaultdict[str, defaultdict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        for name, letters in picked:
            if letters[number].isdigit():
                alike[letters[:number] + letters[number + 1 :]][letters[number]].append(name)
        for shared, levels in alike.items():
            if len(levels) < 2 or sum(map(str.isdigit, shared)) * 3 < len(shared) * 2:
                continue
            item = Apart(place, shared, {level: tuple(names) for level, names in sorted(levels.items())})
            if item.distance >= least:
                found.append(item)
    return sorted(found, key=lambda item: (-item.distance, item.question, item.shared))


@dataclass(frozen=True, slots=True)
class Unlike:
    """Countries with the same answers to all questions asked about, and different derived levels."""

    letters: str
    by_derived: Mapping[tuple[int | None, int | None], tuple[str, ...]]


def unlike(countries: Iterable[Answers], places: Sequence[int]) -> list[Unlike]:
    """Return the sets of countries whose answers at these places are equal and whose derived levels are not.

    Confidence, determinations, missing evidence and caps may explain it: the review says which.
    """
    alike: defaultdict[str, defaultdict[tuple[int | None, int | None], list[str]]] = defaultdict(
        lambda: defaultdict(list)
    )
    for country in countries:
        shared = "".join(country.letters[place] for place in places)
        alike[shared][country.derived].append(country.name)
    return [
        Unlike(letters, {derived: tuple(names) for derived, names in found.items()})
        for letters, found in sorted(alike.items())
        if len(found) > 1 and any(map(str.isdigit, letters))
    ]
