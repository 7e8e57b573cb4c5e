"""Dates in running text: month and year, or the year; a day is never printed (narrative-style.md 9)."""

_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def year_of(date: str) -> int:
    """Return the year of a partial date."""
    return int(date[:4])


def month_and_year(date: str) -> str:
    """Return a partial date without its day: "May 2022", or "2022" where no month is known."""
    return f"{_MONTHS[int(date[5:7]) - 1]} {date[:4]}" if len(date) >= 7 else date


def date_phrase(date: str) -> str:
    """Return a partial date with its preposition: "in May 2022"."""
    return f"in {month_and_year(date)}"


def date_words(date: str) -> str:
    """Return a partial date in full, for notes and headings: "May 14, 2022"."""
    if len(date) < 10:
        return month_and_year(date)
    return f"{_MONTHS[int(date[5:7]) - 1]} {int(date[8:10])}, {date[:4]}"
