"""The picture of a country's tiers over the years, as places for a drawing; the page draws it with classes alone."""

from collections.abc import Iterable
from dataclasses import dataclass

from frameworks.models import TierRecord
from frameworks.models.reference import Mark

Tier = TierRecord.Tier
LANES = ((Tier.ONE, "Tier 1"), (Tier.TWO, "Tier 2"), (Tier.WATCH_LIST, "Watch List"), (Tier.THREE, "Tier 3"),
         (Tier.SPECIAL, "Special case"))  # fmt: skip
_NUMERALS = {Tier.ONE: "1", Tier.TWO: "2", Tier.WATCH_LIST: "2W", Tier.THREE: "3", Tier.SPECIAL: "SC"}
_SIGNS = {Mark.DERIVED: "d", Mark.CONFLICT: "c"}
LEFT, TOP, WIDE, HIGH = 88, 22, 32, 26  # room for the names and years; one year by one lane


@dataclass(frozen=True, slots=True)
class Lane:
    """One tier's row of the picture."""

    name: str
    y: int
    baseline: int


@dataclass(frozen=True, slots=True)
class Cell:
    """One year's tier; `sign` is d for derived, c where sources disagree, else empty."""

    year: int
    x: int
    y: int
    middle: int
    baseline: int
    numeral: str
    sign: str
    look: str


@dataclass(frozen=True, slots=True)
class Year:
    """The head of one year's column; `is_known` is False where no tier of that year is on file."""

    year: int
    middle: int
    is_known: bool


@dataclass(frozen=True, slots=True)
class Strip:
    """The whole picture, in units of its own."""

    width: int
    height: int
    right: int
    lanes: tuple[Lane, ...]
    years: tuple[Year, ...]
    cells: tuple[Cell, ...]
    missing: tuple[int, ...]
    foot: int


def strip(rows: Iterable[TierRecord], first: int, last: int) -> Strip:
    """Lay out the tiers of one country from the first to the last report year; years without a row stay empty."""
    by_year = {row.report_year: row for row in rows}
    order = [tier for tier, _ in LANES]
    years, cells = [], []
    for position, year in enumerate(range(first, last + 1)):
        x = LEFT + position * WIDE
        row = by_year.get(year)
        years.append(Year(year, x + WIDE // 2, row is not None))
        if row is not None:
            y = TOP + order.index(Tier(row.tier)) * HIGH
            place = (x + 2, y + 2, x + WIDE // 2, y + 18)
            cells.append(Cell(year, *place, _NUMERALS[Tier(row.tier)], _SIGNS.get(Mark(row.mark), ""), row.basis))
    lanes = tuple(Lane(name, TOP + i * HIGH, TOP + i * HIGH + 17) for i, (_, name) in enumerate(LANES))
    right = LEFT + (last - first + 1) * WIDE
    foot = TOP + len(LANES) * HIGH
    missing = tuple(year.year for year in years if not year.is_known)
    return Strip(right + 2, foot + 2, right, lanes, tuple(years), tuple(cells), missing, foot)
