"""Countries by level over the years, as columns: one picture a region, breaks where the framework changed."""

from collections.abc import Iterable, Mapping, Sequence

from assessments.core.drawing.look import svg, words

LEFT, TOP, HIGH, FOOT = 34, 26, 150, 34
WIDTH = 316  # what a phone has, so that no numeral is scaled down on one
NARROWEST, WIDEST = 11, 26  # of a column; 25 years fill the width
SMALLEST = 13  # units of height a numeral needs


def stacks(
    counts: Mapping[int, Mapping[str, int]],
    years: Sequence[int],
    *,
    scale: str,
    title: str,
    label: str,
    breaks: Iterable[int] = (),
) -> str:
    """Return a column a year: levels from the bottom, 0 to 5, then those without a level, which stay white.

    `counts` has the number of countries by character (core.figures) and year; `scale` is "c" or "r". A break stands
    left of the first year of another version.
    """
    most = max((sum(counts.get(year, {}).values()) for year in years), default=0) or 1
    wide = min(WIDEST, max(NARROWEST, (WIDTH - LEFT - 4) // max(1, len(years))))
    right = LEFT + wide * len(years)
    base = TOP + HIGH
    parts = [
        f'<text class="bold" x="0" y="12">{words(title)}</text>',
        f'<text class="smallmid" x="14" y="{TOP + 8}">{most}</text><text class="smallmid" x="14" y="{base}">0</text>',
        f'<path class="rule" d="M{LEFT} {base}H{right}"/>',
    ]
    for place, year in enumerate(years):
        x = LEFT + place * wide
        parts += _column(counts.get(year, {}), x, base, wide, HIGH / most, scale)
        if place % (2 if wide < 22 else 1) == 0:
            parts.append(f'<text class="year" x="{x + wide / 2:g}" y="{base + 13}">{year % 100:02}</text>')
    for year in breaks:
        if year in years:
            x = LEFT + years.index(year) * wide
            parts.append(f'<path class="dash" d="M{x} {TOP - 8}V{base + 18}"/>')
    return svg(max(right + 4, WIDTH), base + FOOT, label, parts, "picture stacks")


def _column(found: Mapping[str, int], x: int, base: int, wide: int, unit: float, scale: str) -> Iterable[str]:
    y = float(base)
    without = sum(number for letter, number in found.items() if not letter.isdigit())
    for level in range(6):
        number = found.get(str(level), 0)
        if number:
            high = number * unit
            y -= high
            yield f'<rect class="{scale}{level}" x="{x + 1}" y="{y:.1f}" width="{wide - 2}" height="{high:.1f}"/>'
            if high >= SMALLEST:
                yield f'<text class="n{level}" x="{x + wide / 2:g}" y="{y + high / 2 + 4:.1f}">{level}</text>'
    if without:
        high = without * unit
        y -= high
        yield f'<rect class="sn" x="{x + 1}" y="{y:.1f}" width="{wide - 2}" height="{high:.1f}"/>'
