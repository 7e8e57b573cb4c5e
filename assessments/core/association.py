"""How far two orders go together, as a share of the pairs that differ in both. Pure."""

from collections.abc import Sequence


def gamma(table: Sequence[Sequence[int]]) -> float | None:
    """Return Goodman and Kruskal's gamma of a table of counts, rows and columns in their order; -1 to 1.

    The share of pairs that stand in the same order on both sides, less the share in opposite order; pairs equal on one
    side are left out. None where no pair differs in both.
    """
    same = opposite = 0
    for i, row in enumerate(table):
        for j, count in enumerate(row):
            for lower in table[i + 1 :]:
                same += count * sum(lower[j + 1 :])
                opposite += count * sum(lower[:j])
    total = same + opposite
    return (same - opposite) / total if total else None
