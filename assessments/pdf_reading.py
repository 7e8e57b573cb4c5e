"""The text of a PDF, read in a process of its own that may take only so much time and memory, and knows nothing else.

A PDF is a program for a page: reading one that was made to do harm can go on without end or grow without bound. So the
file goes into a child process that has no environment, no way to write a file and a limit on what it uses, and only its
text comes back. This file is what the child runs, too; it must import nothing of the app when it does.
"""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

MOST_PAGES = 1_000
SECONDS = 20
MEGABYTES = 1_024  # of memory, for the child
_ROOM = 4  # seconds the child has to start and to end beside its time


class NoText(ValueError):
    """No text could be taken; the text says why, in words for who uploaded the file."""


_WHY = {
    "locked": "The PDF is protected by a password. Save it without one, or paste its text beside it.",
    "damaged": "The PDF is damaged and can't be read. Save it anew, or paste its text beside it.",
    "pages": f"The PDF has more than {MOST_PAGES:,} pages: paste the part you need beside it.",
    "much": "The PDF holds more text than a source can have: paste the part you need beside it.",
    "time": f"Reading the PDF took more than {SECONDS} seconds: paste the part you need beside it.",
}


def pages_of(content: bytes, *, longest: int, seconds: float = SECONDS) -> list[str]:
    """Return the text of each page, lines as they stand on it; empty for a page that is a picture. Raises NoText.

    `longest` is how many characters all pages may have together.
    """
    command = [sys.executable, "-I", str(Path(__file__).resolve()), str(longest), str(int(seconds))]
    try:
        done = subprocess.run(  # noqa: S603  our own file, by our own interpreter
            command, input=content, capture_output=True, env={}, timeout=seconds + _ROOM, check=False
        )
    except subprocess.TimeoutExpired:
        raise NoText(_WHY["time"]) from None
    try:
        found: dict[str, Any] = json.loads(done.stdout)
    except ValueError:  # it was ended: by its limit on time (SIGXCPU, SIGKILL), or for want of memory
        raise NoText(_WHY["time" if done.returncode in (-9, -24) else "damaged"]) from None
    if "why" in found:
        raise NoText(_WHY[found["why"]])
    return [str(page) for page in found["pages"]]


def _limit(seconds: int) -> None:
    import resource

    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_AS, (MEGABYTES << 20, MEGABYTES << 20))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _read(content: bytes, longest: int) -> dict[str, Any]:
    """Return the pages, or why there are none; whatever goes wrong within a damaged file is that it is damaged."""
    import io
    import logging

    import pypdf

    logging.disable(logging.CRITICAL)
    try:
        reader = pypdf.PdfReader(io.BytesIO(content))
        if reader.is_encrypted and not reader.decrypt(""):
            return {"why": "locked"}
        if len(reader.pages) > MOST_PAGES:
            return {"why": "pages"}
        pages, characters = [], 0
        for page in reader.pages:
            pages.append(page.extract_text())
            characters += len(pages[-1])
            if characters > longest:
                return {"why": "much"}
    except pypdf.errors.DependencyError:
        return {"why": "locked"}
    except Exception:  # noqa: BLE001  a damaged file can make the library raise anything
        return {"why": "damaged"}
    return {"pages": pages}


if __name__ == "__main__":
    _limit(int(sys.argv[2]))
    sys.stdout.write(json.dumps(_read(sys.stdin.buffer.read(), int(sys.argv[1]))))
