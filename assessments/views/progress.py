"""The progress of all open assessments of one report year, as a coordinator and whoever works on them look at it."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from html import escape
from typing import Any, TypedDict

from django.db.models import Count, QuerySet
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from accounts.models import User
from assessments import policies
from assessments.enums import Part, RevisionState
from assessments.models import Assignment, ReportingPeriod, Revision
from assessments.planned import Planned
from assessments.stencil import Stencil
from assessments.templatetags.indicia import level
from assessments.views.addresses import address_with_holes
from assessments.views.page import UserRequest
from assessments.views.work import due_in_words, settled


class Listed(TypedDict):
    """One open revision in the table of progress, said in words: stored columns only, nothing is derived or parsed.

    A mapping of texts, because the table shows hundreds of rows, each by one stencil.
    """

    key: str  # the assessment's public id
    country: str
    state: str
    core: str  # "12 of 25"; a dash, and nothing in all that follows of the results, where nothing was derived yet
    concern: str
    accountability: str
    evidence_missing: str
    checks_open: str
    analysts: str
    reviewers: str


@dataclass(frozen=True)
class Progress:
    """One year's table. `years` has each report year a person has open assessments in, newest first, with their number.

    `period` is None where there is none. `gives_people`: whether names can be assigned from here.
    """

    period: ReportingPeriod | None
    years: Sequence[tuple[int, int]]
    rows: Sequence[Listed]
    gives_people: bool

    @cached_property
    def table(self) -> SafeString:
        """All rows as markup."""
        if self.period is None:
            return SafeString("")
        same = {
            "url": address_with_holes("assessments:assessment", "key"),
            "report_year": str(self.period.report_year),
            "due": due_in_words(self.period.due_on, timezone.localdate()),
        }
        row = Stencil("assessments/progress_row.html", Listed.__required_keys__, same)
        rows = map(self._linking(), self.rows) if self.gives_people else self.rows
        return mark_safe("\n".join(map(row.fill, rows)))  # type: ignore[arg-type]  # noqa: S308  a stencil escapes

    def _linking(self) -> Callable[[Listed], Listed]:
        """Return what puts beside the people of a row the way to choose them."""
        same = {"people_url": address_with_holes("assessments:people", "key")}
        link = Stencil("assessments/progress_assign.html", ("key", "word", "whose"), same)

        def linked(row: Listed) -> Listed:
            key, country, there = row["key"], row["country"], row["reviewers"]
            analyst = {"key": key, "word": "assign", "whose": f"an analyst to {country}"}
            people = {"key": key, "word": "change" if there else "assign", "whose": f"people of {country}"}
            beside = mark_safe(f"{escape(there)} {link.fill(people)}")  # noqa: S308  escaped, and the stencil's
            return {**row, "analysts": row["analysts"] or link.fill(analyst), "reviewers": beside}

        return linked


def progress(request: UserRequest, *, gives_people: bool = False) -> Progress:
    """Return the year asked for, or the newest, of the assessments a person may see; three queries for any number."""
    counts = _years(request.user.is_active, request.user.roles, user=request.user.pk)
    found = sorted(((year, pk, due_on, number) for pk, year, due_on, number in counts), reverse=True)
    if not found:
        return Progress(None, (), (), gives_people)
    asked = request.GET.get("year", "")
    year, pk, due_on, _ = next((each for each in found if str(each[0]) == asked), found[0])
    period = ReportingPeriod(pk=pk, report_year=year, due_on=due_on)
    years = [(year, number) for year, _, _, number in found]
    return Progress(period, years, _rows(request.user, pk), gives_people)


@Planned
def _years(is_active: bool, roles: frozenset[str], *, user: int) -> "QuerySet[Revision, tuple[int, int, date, int]]":
    """Period, report year, day it is due and number of the open revisions that a person may see."""
    of, reader = "assessment__period", policies.standing_for(user, roles, is_active=is_active)
    rows = policies.visible_revisions(reader).filter(is_open=True).order_by()
    return rows.values_list(of, f"{of}__report_year", f"{of}__due_on").annotate(number=Count("pk"))


@Planned
def _open(is_active: bool, roles: frozenset[str], *, user: int, period: int) -> "QuerySet[Revision, tuple[Any, ...]]":
    reader = policies.standing_for(user, roles, is_active=is_active)
    rows = policies.visible_revisions(reader).filter(is_open=True, assessment__period=period)
    return rows.order_by("assessment__country__sort_name").values_list(
        "pk",
        "assessment_id",
        "assessment__public_id",
        "assessment__country__name",
        "state",
        "result__core_answered",
        "result__core_expected",
        "result__concern_level",
        "result__accountability_level",
        "result__evidence_missing",
        "result__checks_open",
        "undrawn",
    )


def _rows(user: User, period: int) -> list[Listed]:
    """Return every open revision of a period that a person may see, in printing order, with its people; two queries."""
    rows = _open(user.is_active, user.roles, user=user.pk, period=period)
    if _settled([row[0] for row in rows if row[-1]]):
        rows = _open(user.is_active, user.roles, user=user.pk, period=period)
    people = _everybody(period)
    states = {state.value: state.label for state in RevisionState}
    return [
        {
            "key": str(key),
            "country": country,
            "state": states[state],
            "core": f"{answered} of {expected}" if expected else "–",
            "concern": level(concern, "concern"),
            "accountability": level(accountability, "response"),
            "evidence_missing": _said(missing),
            "checks_open": _said(checks),
            "analysts": ", ".join(people.get((pk, Part.ANALYST.value), ())),
            "reviewers": ", ".join(people.get((pk, Part.REVIEWER.value), ())),
        }
        for _, pk, key, country, state, answered, expected, concern, accountability, missing, checks, _ in rows
    ]


def _said(number: int | None) -> str:
    return "" if number is None else str(number)


def _settled(undrawn: Sequence[int]) -> bool:
    """Derive what saves left undrawn in these revisions, and say whether there were any."""
    return bool(undrawn) and settled(Revision.objects.filter(pk__in=undrawn).values_list("public_id", flat=True))


def _everybody(period: int) -> Mapping[tuple[int, str], list[str]]:
    """Return the names of all who have a running part in a period, by assessment and part."""
    found: defaultdict[tuple[int, str], list[str]] = defaultdict(list)
    for assessment_id, part, name in _parts(period=period):
        found[assessment_id, part].append(name)
    return found


@Planned
def _parts(*, period: int) -> "QuerySet[Assignment, tuple[int, str, str]]":
    rows = Assignment.objects.filter(ended_at__isnull=True, assessment__period=period).order_by("user__name")
    return rows.values_list("assessment_id", "part", "user__name")
