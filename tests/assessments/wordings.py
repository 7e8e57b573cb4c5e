"""A second wording for tests: the one of fixtures/ with some words replaced, in memory and never in a file."""

from typing import Any

from frameworks import wording_loader
from frameworks.models import WordingVersion
from frameworks.spec.wording import WordingSpec
from tests.assessments.factories import AT, FRAMEWORKS

ORIGINAL = FRAMEWORKS / "us-narrative-wording" / "2026.1"


def altered(old: str = " reported ", new: str = " stated ", *, version: str = "2026.2", **changes: Any) -> WordingSpec:
    """Return the wording of fixtures/ under another version, with words replaced in every form of every pattern."""
    spec = wording_loader.read(ORIGINAL)
    year = changes.pop("valid_from", None)
    patterns = tuple(
        pattern.model_copy(
            update={
                "forms": {name: text.replace(old, new) for name, text in pattern.forms.items()},
                "valid_from": year or pattern.valid_from,
            }
        )
        for pattern in spec.patterns
    )
    return spec.model_copy(update={"version": version, "patterns": patterns, **changes})


def second(*args: str, **changes: Any) -> WordingVersion:
    """Store an altered wording."""
    return wording_loader.store(altered(*args, **changes), by=None, at=AT)
