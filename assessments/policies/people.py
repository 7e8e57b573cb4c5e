"""Who somebody is to an assessment: roles and running parts (decisions.md 14)."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db.models import Exists, OuterRef, QuerySet

from accounts.models import Role, User
from assessments.core.grammar.lists import join
from assessments.enums import Part
from assessments.models import Assessment, Assignment, Revision, Snapshot

Rows = TypeVar("Rows", bound=QuerySet[Any])


class NotAllowed(Exception):
    """The rule that forbids it, as a sentence for the person who asked."""


@dataclass(frozen=True)
class Relation:
    """A person's roles and running parts in one assessment. A part counts only with the role it needs."""

    user: User
    parts: frozenset[str]

    def has(self, *who: Part | Role) -> bool:
        """Say whether the person has one of these parts or roles; a second coder has none but that part."""
        if not self.user.is_active:
            return False
        if Part.SECOND_CODER.value in self.parts:
            return Part.SECOND_CODER in who
        return any(self._holds(item) for item in who)

    def _holds(self, item: Part | Role) -> bool:
        if isinstance(item, Role):
            return self.user.has_role(item)
        return item.value in self.parts and self.user.has_role(*NEEDED_ROLE[item])

    @property
    def is_second_coder(self) -> bool:
        """Say whether the person codes blind here: then they see no rating, draft, comment, history or progress."""
        return self.has(Part.SECOND_CODER)

    @property
    def sees_content(self) -> bool:
        """Say whether the person may read the working content."""
        return self.has(Part.ANALYST, Part.REVIEWER, Role.COORDINATOR)


NEEDED_ROLE: dict[Part, tuple[Role, ...]] = {
    Part.ANALYST: (Role.ANALYST,),
    Part.REVIEWER: (Role.REVIEWER,),
    Part.SECOND_CODER: (Role.ANALYST, Role.REVIEWER),
}
"""The role without which a part can't be given, and doesn't count."""


def held(user: User, part: Part, assessment: str) -> Exists:
    """Say for each row whether a person holds a part of its assessment now; `assessment` is the way to it."""
    return Exists(
        Assignment.objects.filter(
            assessment=OuterRef(assessment), user=user, part=part.value, ended_at__isnull=True
        ).order_by()
    )


def with_relation(rows: Rows, user: User, assessment: str = "assessment") -> Rows:
    """Read along who a person is to each row's assessment, for `keep_relation`; no query of its own.

    `assessment` is the way from the row to it.
    """
    return rows.annotate(**{f"held_{part.name}": held(user, part, assessment) for part in Part})


def keep_relation(row: Revision | Snapshot, user: User, assessment: Assessment) -> None:
    """Let `relation` find what `with_relation` read, as long as this assessment is in hand."""
    parts = frozenset(part.value for part in Part if getattr(row, f"held_{part.name}"))
    assessment.__dict__["_relation"] = Relation(user, parts)


def standing_for(pk: int, roles: frozenset[str], *, is_active: bool) -> User:
    """Return somebody with these roles, to plan a query with: what one may see hangs on these three (planned.py)."""
    user = User(pk=pk, is_active=is_active)
    user.roles = roles
    return user


def relation(assessment: Assessment, user: User) -> Relation:
    """Return who a person is to an assessment; one query, and one more for their roles the first time.

    No query where it was read with the row itself (`with_relation`), or on a page that asked before (`ask_once`).
    """
    known: Relation | None = assessment.__dict__.get("_relation")
    if known is not None and known.user.pk == user.pk:
        return known
    running = Assignment.objects.filter(assessment=assessment, user=user, ended_at__isnull=True).order_by()
    found = Relation(user, frozenset(running.values_list("part", flat=True)))
    if "_relation" in assessment.__dict__:
        assessment.__dict__["_relation"] = found
    return found


def ask_once(assessment: Assessment) -> None:
    """Let `relation` keep what it reads as long as this assessment is in hand: a page asks for many rights."""
    assessment.__dict__.setdefault("_relation", None)


def require(allowed: bool, sentence: str) -> None:
    if not allowed:
        raise NotAllowed(sentence)


def people(who: Iterable[Part | Role]) -> str:
    words = {
        Part.ANALYST: "an analyst assigned to it",
        Part.REVIEWER: "a reviewer assigned to it",
        Part.SECOND_CODER: "a second coder assigned to it",
    }
    return join([words[item] if isinstance(item, Part) else f"a {item.label.lower()}" for item in who], "or")


def name_of(revision: Revision) -> str:
    return f"{revision.assessment.country} {revision.assessment.period.report_year}"
