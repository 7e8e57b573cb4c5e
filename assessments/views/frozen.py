"""A frozen text as it is read: its sentences by section, and the links to its files. Stencils fill both."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from assessments.core.document import Audience
from assessments.core.values import Section
from assessments.exporters.registry import FORMATS
from assessments.models import Snapshot
from assessments.stencil import Stencil
from assessments.views.addresses import address_with_holes


def sections(
    found: Snapshot, sentences: Iterable[Mapping[str, Any]], *, has_annex: bool
) -> list[tuple[Section, SafeString]]:
    """Return the text of each section that has any; `has_annex`: each sentence leads to what stands behind it."""
    printed: defaultdict[str, list[str]] = defaultdict(list)
    key = str(found.public_id)
    for sentence in sentences:
        held = {"key": key, "name": str(sentence["id"]), "words": str(sentence["text"])}
        printed[sentence["section"]].append(_sentence(has_annex).fill(held))
    return [(part, _joined(" ", printed[part.value])) for part in Section if printed[part.value]]


def files(found: Snapshot, audiences: Iterable[Audience]) -> list[tuple[Audience, SafeString]]:
    """Return for each audience the links to the files a person may take away."""
    return [(audience, _joined("", _links(str(found.public_id), audience))) for audience in audiences]


def _links(key: str, audience: Audience) -> Iterable[str]:
    for form in FORMATS.values():
        yield _file().fill({"key": key, "ending": form.slug, "title": form.title, "audience": audience.value})


def _joined(between: str, filled: Iterable[str]) -> SafeString:
    return mark_safe(between.join(filled))  # noqa: S308  each was escaped by its stencil


@cache
def _sentence(has_annex: bool) -> Stencil:
    same = {"url": address_with_holes("assessments:annex-sentence", "key", "name") if has_annex else ""}
    return Stencil("assessments/frozen_sentence.html", ("name", "words"), same)


@cache
def _file() -> Stencil:
    same = {"url": address_with_holes("assessments:download", "key", "ending")}
    return Stencil("assessments/frozen_file.html", ("title", "audience"), same)
