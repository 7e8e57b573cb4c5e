"""Whether two sources may be one: by their address on the web, and by how alike their titles are."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from typing import TypeVar
from urllib.parse import parse_qsl, urlencode, urlsplit

from assessments.core.values import record

K = TypeVar("K")

ALIKE = 0.6
"""Titles that share this part of their groups of three letters may be one document's. A choice of ours, not a law."""
_TRACKING = re.compile(r"^(?:utm_\w+|fbclid|gclid|mc_[ce]id|ref_src)$")
_INDEX = re.compile(r"/(?:index|default)\.(?:html?|php|aspx?)$")


@record
class Known:
    """What is known of a source that may be the same."""

    title: str
    url: str = ""


def address(url: str) -> str:
    """Return an address as two ways of writing it have in common; "" for what is no address on the web.

    The scheme, "www.", the port, a part after #, tracking words, the order of the query and a slash at the end are
    left out: they hardly ever tell two documents apart.
    """
    text = url.strip()
    if text and "://" not in text:
        text = f"https://{text}"
    try:
        parts = urlsplit(text)
        host = (parts.hostname or "").removeprefix("www.").removeprefix("m.")
    except ValueError:
        return ""
    if parts.scheme not in {"http", "https"} or "." not in host or parts.username is not None:
        return ""
    asked = sorted(
        (name, value) for name, value in parse_qsl(parts.query, keep_blank_values=True) if not _TRACKING.match(name)
    )
    path = _INDEX.sub("/", parts.path).rstrip("/")
    return f"{host}{path}{'?' + urlencode(asked) if asked else ''}"


def _words(title: str) -> str:
    plain = unicodedata.normalize("NFKD", title).casefold()
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return " ".join(re.findall(r"\w+", plain))


def _threes(words: str) -> frozenset[str]:
    framed = f"  {words} "
    return frozenset(framed[place : place + 3] for place in range(len(framed) - 2)) if words else frozenset()


def likeness(one: str, other: str) -> float:
    """Return how alike two titles are, 0 to 1; different years in them make two reports of a series: 0."""
    first, second = _words(one), _words(other)
    years = [set(re.findall(r"\b(?:19|20)\d\d\b", words)) for words in (first, second)]
    if all(years) and years[0] != years[1]:
        return 0.0
    mine, theirs = _threes(first), _threes(second)
    both = len(mine | theirs)
    return len(mine & theirs) / both if both else 0.0


def alike(new: Known, known: Iterable[tuple[K, Known]], *, limit: int = 5) -> Sequence[K]:
    """Return the keys of known sources that may be the new one: equal addresses first, then the most alike titles."""
    here = address(new.url)
    found: list[tuple[float, int, K]] = []
    for number, (key, other) in enumerate(known):
        score = 2.0 if here and here == address(other.url) else likeness(new.title, other.title)
        if score >= ALIKE:
            found.append((-score, number, key))
    return [key for _, _, key in sorted(found, key=lambda item: item[:2])[:limit]]
