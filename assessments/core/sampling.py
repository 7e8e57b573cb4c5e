"""Drawing a sample that anybody can repeat: by a seed on record, stratum by stratum, with no state of any machine."""

import hashlib
from collections.abc import Mapping, Sequence

from assessments.core.values import record


@record
class Stratum:
    """One stratum of a draw: what there was, and what was drawn of it in the order of its names."""

    name: str
    of: int
    drawn: tuple[str, ...]


def draw(strata: Mapping[str, Sequence[str]], *, seed: str, percent: int) -> tuple[Stratum, ...]:
    """Return this share of every stratum, rounded up, so that none that has members goes without.

    The names are ordered by the SHA-256 of seed and name, and the first ones are taken: the same seed draws the same
    names on any machine, and neither the order nor the number of the other names plays a part in a name's own place.
    """
    found = []
    for name, members in strata.items():
        ranked = sorted(set(members), key=lambda member: _rank(seed, member))
        size = -(-len(ranked) * percent // 100)
        found.append(Stratum(name=name, of=len(ranked), drawn=tuple(sorted(ranked[:size]))))
    return tuple(found)


def _rank(seed: str, name: str) -> tuple[str, str]:
    return hashlib.sha256(f"{seed}\n{name}".encode()).hexdigest(), name
