"""How far two or more coders agree, beyond what chance would give: weighted kappa and Krippendorff's alpha.

Sources: Cohen, "Weighted kappa", Psychological Bulletin 70 (1968), 213-220, as one minus observed over expected
disagreement; Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011), by the coincidence matrix. Both need
variation: where every coder gave one and the same answer, nothing can be said, and the coefficient is None, not 1.
"""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from typing import TypeVar

from assessments.core.values import Choice, record

V = TypeVar("V", bound=Hashable)
Pair = tuple[int, int]
"""The levels two coders gave to one unit, the first coder's first."""


@record
class Agreement:
    """A coefficient with the number of units behind it.

    1 is full agreement, 0 what chance gives, below 0 less than that. `coefficient` None: not defined for these units.
    """

    coefficient: float | None
    units: int


# --- Two coders ----------------------------------------------------------------------------------------------------


def linear(one: int, other: int) -> float:
    """Return the distance of two levels."""
    return float(abs(one - other))


def quadratic(one: int, other: int) -> float:
    """Return the squared distance of two levels: the larger a difference, the more each further step counts."""
    return float((one - other) ** 2)


def weighted_kappa(pairs: Iterable[Pair], distance: Callable[[int, int], float] = linear) -> Agreement:
    """Return Cohen's weighted kappa of two coders; `distance` weighs a disagreement and is 0 where they agree.

    None without a unit, or where chance alone would leave no disagreement. Scaling the distance changes nothing, so
    the number of levels need not be known.
    """
    found = list(pairs)
    size = len(found)
    firsts, seconds = Counter(one for one, _ in found), Counter(other for _, other in found)
    expected = sum(
        one_count * other_count * distance(one, other)
        for one, one_count in firsts.items()
        for other, other_count in seconds.items()
    )
    if not expected:
        return Agreement(coefficient=None, units=size)
    observed = sum(distance(one, other) for one, other in found)
    return Agreement(coefficient=1 - size * observed / expected, units=size)


# --- Any number of coders ------------------------------------------------------------------------------------------


class Metric(Choice):
    """How far apart two values count."""

    NOMINAL = "nominal", "nominal: the same or not"
    ORDINAL = "ordinal", "ordinal: by the ranks between"
    INTERVAL = "interval", "interval: by the squared difference"


def alpha(units: Iterable[Sequence[V | None]], metric: Metric = Metric.ORDINAL) -> Agreement:
    """Return Krippendorff's alpha; a unit holds one value a coder, None where a coder gave none.

    Only units with two values or more can be compared; they are the units counted. None where there is none, or where
    all values are the same. Ordinal and interval values must be numbers.
    """
    compared = [[value for value in unit if value is not None] for unit in units]
    compared = [unit for unit in compared if len(unit) > 1]
    coincidences: Counter[tuple[V, V]] = Counter()
    for unit in compared:
        for place, one in enumerate(unit):
            for other in (*unit[:place], *unit[place + 1 :]):
                coincidences[one, other] += 1 / (len(unit) - 1)  # type: ignore[assignment]  # counts are fractions here
    totals: Counter[V] = Counter()
    for (one, _), count in coincidences.items():
        totals[one] += count
    distance = _distance(metric, totals)
    expected = sum(totals[one] * totals[other] * distance(one, other) for one in totals for other in totals)
    if not expected:
        return Agreement(coefficient=None, units=len(compared))
    observed = sum(count * distance(one, other) for (one, other), count in coincidences.items())
    return Agreement(coefficient=1 - (sum(totals.values()) - 1) * observed / expected, units=len(compared))


def _distance(metric: Metric, totals: Mapping[V, float]) -> Callable[[V, V], float]:
    """Return the squared difference of two values under a metric (Krippendorff 2011, section D)."""
    if metric is Metric.NOMINAL:
        return lambda one, other: float(one != other)
    if metric is Metric.INTERVAL:
        return lambda one, other: float((one - other) ** 2)  # type: ignore[operator]
    ranked = sorted(totals)  # type: ignore[type-var]
    places = {value: place for place, value in enumerate(ranked)}

    def ordinal(one: V, other: V) -> float:
        low, high = sorted((places[one], places[other]))
        between = sum(totals[value] for value in ranked[low : high + 1])
        return float((between - (totals[one] + totals[other]) / 2) ** 2)

    return ordinal
