"""Stored checks with the answers people gave them: an accepted check stays in sight and no longer counts as open."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from assessments import content, stored_draft
from assessments.core.acceptance import Grounds, check_key
from assessments.core.types import Check, Severity
from assessments.models import Revision


def stated_checks(revision: Revision, checks: Sequence[Check], grounds: Grounds) -> list[dict[str, Any]]:
    """Return the checks as they are stored, each with its key and the id of the acceptance that holds; one query.

    `accepted` is None where nobody accepted it, or what it is about is no longer what was accepted.
    """
    standing = {row.key: row for row in stored_draft.acceptances(revision)}
    stated = []
    for check in checks:
        key = check_key(check)
        row = standing.get(key)
        holds = row is not None and check.severity is not Severity.BLOCK and row.about == grounds.about(check)
        accepted = str(row.public_id) if row is not None and holds else None
        stated.append({**content.plain(check), "key": key, "accepted": accepted})
    return stated


def checks_open(checks: Iterable[Mapping[str, Any]]) -> int:
    """Count the stored checks that still ask for something: no notes, and none that was accepted."""
    return sum(check["severity"] != Severity.NOTE and not check["accepted"] for check in checks)
