"""Beside a figure that is "not reported": the request that proves it, or that there is none."""

from dataclasses import dataclass
from typing import Any

from assessments.core.asking import STAGE, STATISTIC, covering
from assessments.core.sheets import DataRequest, Statistic
from assessments.core.types import Case
from assessments.core.values import CountKind


@dataclass(frozen=True)
class Silence:
    """What stands behind the word that the government did not report a figure."""

    requests: tuple[DataRequest, ...]  # dated requests that asked for it; none: nobody asked
    about: str  # what the request desk calls the question


def silence_of(case: Case, record: Any) -> Silence | None:
    """Return what proves a figure's silence; None where the record says no such thing."""
    if not isinstance(record, Statistic) or record.count.kind is not CountKind.NOT_REPORTED:
        return None
    if not record.stated_by_government:
        return None
    known = any(item.id == record.id and item.count.kind is record.count.kind for item in case.record.statistics)
    about = f"{STATISTIC}/{record.id}" if known else f"{STAGE}/{record.stage.value}"
    return Silence(covering(case.record.requests, record.stage), about)
