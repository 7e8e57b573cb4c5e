"""The log as CSV: who did what and when, with digests for values, so that nothing protected is in it."""

import csv
import io
from collections.abc import Iterable

from assessments import events
from assessments.exporters.cells import cell
from assessments.models import Event

COLUMNS = ("sequence", "at", "person", "action", "target", "fields", "reason", "in words", "previous hash", "hash")


def log_csv(rows: Iterable[Event]) -> bytes:
    """Return UTF-8 CSV with a header, one row an event, in the order given. Rows must come with their people."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for event in rows:
        values = (
            event.at.isoformat(),
            event.by.name if event.by else "",
            event.action,
            event.target,
            "; ".join(event.fields),
            event.reason,
            events.sentence(event),
            event.previous_hash,
            event.hash,
        )
        writer.writerow([event.sequence, *(cell(value) for value in values)])
    return out.getvalue().encode()
