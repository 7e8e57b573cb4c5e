"""Time requests side by side, so that a busy machine slows all of them alike."""

import math
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from django.db import connection
from django.test.utils import CaptureQueriesContext

WARM_UP_ROUNDS = 3


@dataclass
class Target:
    """One kind of request."""

    name: str
    request: Callable[[], object]
    floor: str | None = None  # the name of the bare page it is set against; None for a bare page
    milliseconds: list[float] = field(default_factory=list)
    queries: int = 0

    def percentile(self, share: float) -> float:
        """Return the smallest time that this share of the requests did not exceed, in milliseconds."""
        times = sorted(self.milliseconds)
        return times[max(0, math.ceil(share * len(times)) - 1)]


def measure(targets: Sequence[Target], *, rounds: int, seconds: float) -> int:
    """Time every target once a round, until the rounds or the seconds are used up; returns the rounds that counted."""
    for target in targets:
        with CaptureQueriesContext(connection) as captured:
            target.request()
        target.queries = len(captured)
    end = time.monotonic() + seconds
    for number in range(WARM_UP_ROUNDS + rounds):
        for target in targets:
            started = time.perf_counter()
            target.request()
            elapsed = time.perf_counter() - started
            if number >= WARM_UP_ROUNDS:
                target.milliseconds.append(elapsed * 1000)
        if time.monotonic() > end and number > WARM_UP_ROUNDS:
            break
    return len(targets[0].milliseconds)


def table(targets: Sequence[Target]) -> str:
    """Return the results as Markdown; the ratio is of medians, taken in the same run."""
    medians = {target.name: target.percentile(0.5) for target in targets}
    lines = ["| request | p50 ms | p95 ms | queries | set against | ratio |", "| --- | --: | --: | --: | --- | --: |"]
    for target in targets:
        p50, p95 = medians[target.name], target.percentile(0.95)
        ratio = f"{p50 / medians[target.floor]:.1f}" if target.floor else ""
        lines.append(f"| {target.name} | {p50:.1f} | {p95:.1f} | {target.queries} | {target.floor or ''} | {ratio} |")
    return "\n".join(lines)
