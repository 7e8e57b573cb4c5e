"""`manage.py work`: work on what people asked the background for, until it is told to stop."""

import logging
import os
import time
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone
from django.utils.crypto import get_random_string
from django_tasks_db.management.commands.db_worker import Worker

from assessments import jobs

INTERVAL = 1.0  # seconds between looks into an empty queue
SWEEP = 15.0  # seconds between looks for what a dead worker left behind


class Command(BaseCommand):
    """A worker over the queue in the database; several may run side by side."""

    help = (
        "Work on files that people asked for. Several workers may run; what a killed one left behind is taken up "
        "again after a minute. Ctrl-C ends it after the job at hand."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="stop when nothing waits")
        parser.add_argument("--with-parent", action="store_true", help="stop when the process that started it is gone")

    def handle(self, *args: Any, once: bool, with_parent: bool, verbosity: int, **options: Any) -> None:
        parent, swept = os.getppid(), 0.0
        logging.getLogger("django_tasks_db").setLevel(logging.WARNING)  # it says at every look that nothing waits
        worker = _worker()
        worker.configure_signals()
        while worker.running and not (with_parent and os.getppid() != parent):
            if once or time.monotonic() - swept >= SWEEP:
                jobs.sweep(timezone.now())
                swept = time.monotonic()
            worker.run()
            for job_id in jobs.lost(timezone.now()):
                jobs.work_on(job_id, clock=timezone.now)
            if once:
                break
            if worker.running:
                time.sleep(INTERVAL)
        if verbosity > 1:
            self.stdout.write("Stopped.")


def _worker() -> Worker:
    """Return a worker that empties the queue and comes back."""
    return Worker(
        queue_names=["default"],
        excluded_queue_names=[],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=get_random_string(32),
    )
