"""The draft of a revision as its rows stand: read by every page that shows it and by every save that draws it anew."""

from collections.abc import Iterable
from typing import TypeVar

from django.db.models import QuerySet

from assessments.models import (
    CheckAcceptance,
    DraftGapRecord,
    DraftRecommendation,
    DraftSentence,
    Result,
    Revision,
)
from assessments.planned import Planned

Row = TypeVar("Row", DraftSentence, DraftRecommendation, DraftGapRecord, CheckAcceptance)


def sentences(revision: Revision) -> list[DraftSentence]:
    """Return all sentences in printing order with their authors, removed ones included; one query."""
    return _of(revision, _sentences(revision=revision.pk))


def recommendations(revision: Revision) -> list[DraftRecommendation]:
    """Return the recommendations in the order shown; one query."""
    return _of(revision, _recommendations(revision=revision.pk))


def gaps(revision: Revision) -> list[DraftGapRecord]:
    """Return the clauses that wait for an answer, in the order of the text, with their indicators; one query."""
    return _of(revision, _gaps(revision=revision.pk))


def acceptances(revision: Revision) -> list[CheckAcceptance]:
    """Return the acceptances of checks that stand, with who gave them; one query."""
    return _of(revision, _acceptances(revision=revision.pk))


def result(revision: Revision) -> Result | None:
    """Return what was derived; None before the first derivation. One query."""
    return next(iter(_results(revision=revision.pk)), None)


def _of(revision: Revision, rows: Iterable[Row]) -> list[Row]:
    found = list(rows)
    for row in found:
        row.revision = revision
    return found


@Planned
def _sentences(*, revision: int) -> "QuerySet[DraftSentence]":
    return DraftSentence.objects.filter(revision=revision).select_related("author").in_order()


@Planned
def _recommendations(*, revision: int) -> "QuerySet[DraftRecommendation]":
    return DraftRecommendation.objects.filter(revision=revision).order_by("rank", "pk")


@Planned
def _gaps(*, revision: int) -> "QuerySet[DraftGapRecord]":
    return DraftGapRecord.objects.filter(revision=revision).select_related("indicator").order_by("position", "pk")


@Planned
def _acceptances(*, revision: int) -> "QuerySet[CheckAcceptance]":
    return CheckAcceptance.objects.standing().filter(revision=revision).select_related("by")


@Planned
def _results(*, revision: int) -> "QuerySet[Result]":
    return Result.objects.filter(revision=revision)[:1]
