"""Progress of a period as CSV: stored counts and the forecast, one row a country."""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

from assessments.exporters.cells import cell

COLUMNS = (
    "report_year",
    "country",
    "iso3",
    "bureau",
    "state",
    "core_answered",
    "core_expected",
    "facts_and_levels_without_evidence",
    "checks_open",
    "analysts",
    "reviewers",
    "forecast_approved_on",
    "days_after_due_date",
    "forecast_from",
)


def progress_csv(rows: Iterable[Sequence[Any]]) -> bytes:
    """Return UTF-8 CSV with a header, the rows in the order given; None is an empty cell."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for row in rows:
        writer.writerow(["" if value is None else cell(str(value)) for value in row])
    return out.getvalue().encode()
