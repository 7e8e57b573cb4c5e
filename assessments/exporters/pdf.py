"""PDF of the same HTML, made in a process apart: who asks for one holds neither the engine nor what it leaves behind.

The engine takes some 40 MB for good, and could hang or crash. So each process that serves pages starts one of
`pdf_process.py` with its first PDF and keeps it for the next, until nobody asked for five minutes; a report of many
countries has one to itself (`pdf_report.py`). One that ended by itself is replaced unnoticed. See docs/adr/0009.
"""

import atexit
import logging
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
from pathlib import Path
from typing import Any, Self

from assessments.core.document import Document
from assessments.exporters import html, pdf_process

logger = logging.getLogger(__name__)

MISSING = (
    "PDF needs the Pango libraries, which this machine lacks (Debian's libpango-1.0-0 and libpangoft2-1.0-0). "
    "Every other format works without them."
)
_TELL = "Every other format works. If it happens again, tell who looks after Indicia."
SLOW = f"The PDF was not ready in time and was given up. {_TELL}"
NO_MEMORY = f"The PDF needs more memory than one may take, and was given up. {_TELL}"
ENDED = f"The PDF could not be made: the process that makes PDFs ended in the middle. {_TELL}"
FAILED = f"The PDF could not be made: its engine failed. {_TELL}"
PATIENCE = 5
"""Seconds to wait beyond those the process has itself."""
MOST_DOCUMENTS = 500
"""Of one process; what the engine leaves behind goes with it."""
_ROOT = Path(__file__).resolve().parents[2]


class PdfUnavailable(RuntimeError):
    """PDF can't be made on this machine, or not this time; its text says why, in words for who asked."""


class Ended(PdfUnavailable):
    """The process ended before it answered, not for want of time or memory."""


def export(document: Document) -> bytes:
    """Return a document as PDF. Raises PdfUnavailable where that fails."""
    return write(page(document.title, html.article(document)))


def write(source: str) -> bytes:
    """Return a page of HTML as PDF. Raises PdfUnavailable where that fails."""
    with _LOCK:
        if _KEPT and _KEPT[0].is_fit:
            try:
                return _KEPT[0].ask(do="write", source=source)
            except Ended:
                pass  # somebody ended it, or this document does: that is seen when it is tried once more
        end_kept()
        _KEPT.append(Process())
        return _KEPT[0].ask(do="write", source=source)


def page(title: str, *articles: str) -> str:
    """Return articles as one page of HTML; the process brings the style."""
    return "".join((html.head(title, styled=False), *articles, html.TAIL))


class Process:
    """A process that makes PDFs, as who started it sees it."""

    def __init__(
        self,
        *,
        seconds: int = pdf_process.SECONDS,
        megabytes: int = pdf_process.MEGABYTES,
        idle: float = pdf_process.IDLE_SECONDS,
    ) -> None:
        """Start it: its limits for one question, and the seconds it waits for the next. Raises PdfUnavailable."""
        self.owner = os.getpid()
        self.made = 0
        self.folder = tempfile.mkdtemp(prefix="indicia-pdf-")
        self.line, theirs = socket.socketpair()
        self.line.settimeout(pdf_process.SECONDS + PATIENCE)  # its own clock rings before
        command = [sys.executable, "-s", "-E", "-B", "-m", pdf_process.__name__]
        with theirs:
            self._process = subprocess.Popen(  # noqa: S603  our own module, by our own interpreter
                command,
                cwd=_ROOT,
                env={"TMPDIR": self.folder},
                stdin=theirs.fileno(),
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
        threading.Thread(target=self._bury, name="waits for the process of PDFs", daemon=True).start()
        self.ask(style=html.stylesheet(for_paper=True), seconds=seconds, megabytes=megabytes, idle=idle)
        self.line.settimeout(seconds + PATIENCE)

    def __enter__(self) -> Self:
        """Use it for a while."""
        return self

    def __exit__(self, *_: object) -> None:
        """End it."""
        self.end()

    @property
    def pid(self) -> int:
        """Its number in the system."""
        return self._process.pid

    @property
    def is_fit(self) -> bool:
        """Say whether it is ours, lives, and hasn't done enough."""
        return self.owner == os.getpid() and self.made < MOST_DOCUMENTS and self._process.poll() is None

    def ask(self, **values: Any) -> bytes:
        """Return the answer to a question. Raises PdfUnavailable; but for FAILED the process is ended by then."""
        try:
            pdf_process.ask(self.line, **values)
            kind, data = pdf_process.receive(self.line)
        except TimeoutError:
            self.end()
            raise PdfUnavailable(SLOW) from None
        except OSError:
            raise self._told_by_its_end() from None
        self.made += 1
        if kind == pdf_process.FAILED:
            logger.error("The engine of PDFs failed: %s", data.decode())
            raise PdfUnavailable(FAILED)
        if kind != pdf_process.DONE:
            self.end()
            raise PdfUnavailable(NO_MEMORY if kind == pdf_process.NO_MEMORY else MISSING)
        return data

    def end(self) -> int:
        """End it, whatever it is doing, and return with what it ended.

        In a process that was forked from the one that started it only our end of the line is closed.
        """
        self.line.close()
        if self.owner != os.getpid():
            return 0
        self._process.kill()
        return self._bury()

    def _bury(self) -> int:
        """Wait for its end, whatever brings it, and remove its folder."""
        code = self._process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)
        return code

    def _told_by_its_end(self) -> PdfUnavailable:
        code = self.end()
        if code == pdf_process.ENDED_BY_CLOCK:
            return PdfUnavailable(SLOW)
        logger.error("The process that makes PDFs ended before it answered, with %d", code)
        return Ended(ENDED)


_LOCK = threading.Lock()  # one question at a time
_KEPT: list[Process] = []  # none or one


@atexit.register
def end_kept() -> None:
    """End the process that is kept; the next PDF starts another."""
    while _KEPT:
        _KEPT.pop().end()
