"""The log as CSV: who did what and when, with digests for values, so that nothing protected is in it."""

import csv
import io
from collections.abc import Iterable, Mapping
from uuid import UUID

from assessments import events
from assessments.exporters.cells import cell
from assessments.models import Event

COLUMNS = ("sequence", "at", "person", "action", "target", "fields", "reason", "in words", "previous hash", "hash")


ABOUT = ("about", "name", *COLUMNS)


def log_csv(rows: Iterable[Event], names: Mapping[tuple[str, UUID], str] | None = None) -> bytes:
    """Return UTF-8 CSV with a header, one row an event, in the order given. Rows must come with their people.

    With `names` of what they are about, by kind and id, two more columns say it: the log of many subjects.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(COLUMNS if names is None else ABOUT)
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
        row = [event.sequence, *(cell(value) for value in values)]
        if names is not None:
            name = names.get((event.subject_kind, event.subject_id), "")
            row = [event.subject_kind, cell(name), *row]
        writer.writerow(row)
    return out.getvalue().encode()
