"""Lines of printed pages made into paragraphs again: a line that ends on the page does not end a sentence."""

import re
from collections.abc import Sequence
from statistics import median

_ENDS = re.compile(r"[.!?:;][\"'”’)\]]*$")
_PAGE_NUMBER = re.compile(r"[-–—\s]*(?:page\s+)?\d{1,4}(?:\s*(?:/|of)\s*\d{1,4})?[-–—\s]*", re.IGNORECASE)
_ITEM = re.compile(r"(?:[-•▪‣◦*]|\(?[0-9]{1,3}[.)]|\(?[a-z][.)])\s")
_SHORT = 0.8
"""A line that ends a sentence and is shorter than this share of the page's usual line ends its paragraph."""


def paragraphs(pages: Sequence[str]) -> str:
    """Return the text of pages with empty lines between paragraphs; words parted at the end of a line are joined.

    Lines that hold a page's number alone are left out. A paragraph that runs over a page stays one.
    """
    found: list[str] = []
    is_open = False
    for page in pages:
        lines = [" ".join(line.split()) for line in page.splitlines()]
        lines = [line for line in lines if not (line and _PAGE_NUMBER.fullmatch(line))]
        usual = median([len(line) for line in lines if line] or [0])
        for line in lines:
            if not line:
                is_open = is_open and bool(found) and not _ENDS.search(found[-1])
                continue
            if is_open and not _ITEM.match(line):
                found[-1] = _joined(found[-1], line)
            else:
                found.append(line)
            is_open = not (_ENDS.search(line) and len(line) < _SHORT * usual)
        is_open = bool(found) and not _ENDS.search(found[-1])
    return "\n\n".join(found)


def _joined(before: str, line: str) -> str:
    """Return a paragraph with its next line; a hyphen before a small letter parted a word."""
    if before.endswith("-") and line[:1].islower() and len(before) > 1 and before[-2].isalpha():
        return before[:-1] + line
    return f"{before} {line}"
