"""Two texts side by side: the working one, each frozen one, and what was released for the country before."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from assessments import actions, policies, records, snapshots, stored_draft
from assessments.core.comparison import ANSWER, Aligned, Change, Comparison, Mismatch, Moved, compare
from assessments.core.values import Section
from assessments.enums import SnapshotKind
from assessments.forms.compare import CompareForm
from assessments.models import Assessment, Snapshot
from assessments.planned import Planned
from assessments.templatetags.indicia import moment
from assessments.views.bench import Bench
from assessments.views.page import UserRequest, guarded, page
from assessments.views.sides import RECOMMENDATIONS, Ancestors, Side, ancestors_of, frozen_side, working_side

WORKING = "working"
CHANGED = "changed"
"""Filter: all that is not unchanged."""
SECTIONS = {section.value: section.label for section in Section} | {RECOMMENDATIONS: "Top recommendations"}


@dataclass(frozen=True)
class Answered:
    """An answer that moved: its question, both answers, and how many sentences of the new text rest on it."""

    code: str
    title: str
    old: str
    new: str
    told: int


@dataclass(frozen=True)
class Kind:
    """One kind of change with how many there are, and the way to see only these."""

    value: str
    words: str
    count: int
    url: str
    is_here: bool


@dataclass(frozen=True)
class Shown:
    """One row as it is shown, and the heading of its section."""

    row: Aligned
    heading: str
    facts: tuple[str, ...]
    answers: tuple[Answered, ...]


class Desk:
    """The texts of one assessment that a person may see."""

    def __init__(self, request: UserRequest, assessment: Assessment) -> None:
        """Find out which texts there are; three queries."""
        self.request, self.user, self.assessment = request, request.user, assessment
        self.revision = policies.open_revision(self.user, assessment.public_id)
        if self.revision is not None and self.revision.undrawn:
            self.revision = actions.settle(revision_id=self.revision.public_id)
        if self.revision is not None:
            policies.ask_once(self.revision.assessment)
        rows = _texts(
            self.user.is_active,
            self.user.roles,
            user=self.user.pk,
            assessment=assessment.pk,
            country=assessment.country_id,
            year=assessment.period.report_year,
        )
        mine = [row for row in rows if row.revision.assessment_id == assessment.pk]
        earlier = [row for row in rows if row.revision.assessment_id != assessment.pk][:1]
        self.before = earlier[0] if earlier else None
        self.offered: dict[str, str] = {} if self.revision is None else {WORKING: "Working text now"}
        self.offered |= {str(row.public_id): _name(row) for row in [*mine, *earlier]}
        self._keys = {str(row.public_id): row.pk for row in [*mine, *earlier]}

    def default(self) -> tuple[str, str]:
        """Return the pair to begin with: against last year's release, else against what was frozen last."""
        names = list(self.offered)
        old = str(self.before.public_id) if self.before else names[min(1, len(names) - 1)]
        return old, next((name for name in names if name != old), old)

    def sides(self, old: str, new: str) -> tuple[Side, Side]:
        """Return both texts, of those found open to the person; the number of queries depends on their kinds alone."""
        wanted = [self._keys[name] for name in (old, new) if name != WORKING]
        rows = {
            str(row.public_id): row
            for row in Snapshot.objects.filter(pk__in=wanted).select_related(
                "revision__assessment__country", "revision__assessment__period", "sealed_part"
            )
        }
        ancestors = ancestors_of(self.assessment)
        made = {name: self._side(name, rows.get(name), ancestors) for name in dict.fromkeys((old, new))}
        return made[old], made[new]

    def _side(self, name: str, row: Snapshot | None, ancestors: Ancestors) -> Side:
        if row is None:
            assert self.revision is not None  # noqa: S101  the working text was offered
            revision = self.revision
            case = records.case_of(revision)
            sentences = stored_draft.sentences(revision)
            points = stored_draft.recommendations(revision)
            return working_side(self.offered[name], case.record, case.framework, sentences, points, ancestors)
        is_open = policies.can_see_tier(row.revision, self.user)
        values = snapshots.with_tier(row) if is_open else snapshots.opened(row)
        return frozen_side(self.offered[name], values, ancestors)

    def is_released(self, name: str) -> bool:
        """Say whether a text is one that readers see."""
        return name != WORKING and self.offered[name].startswith("Released")

    def is_of_this(self, name: str) -> bool:
        """Say whether a text is one of this assessment, and not of an earlier period."""
        return self.before is None or name != str(self.before.public_id)


def _name(row: Snapshot) -> str:
    year = row.revision.assessment.period.report_year
    if row.released_at:
        return f"Released text of {year}, {moment(row.released_at)}"
    kind = "Approved text" if row.kind == SnapshotKind.APPROVED else "Working copy"
    return f"{kind} of {year}, {moment(row.at)}"


@require_GET
@guarded
def comparison(request: UserRequest, assessment_id: UUID) -> HttpResponse:
    """Show two texts of an assessment, aligned by sentence, then by words."""
    desk, form = open_desk(request, assessment_id)
    old, new = form.pair
    context: dict[str, Any] = {"form": form, "assessment": desk.assessment, "is_alone": len(desk.offered) < 2}
    if not context["is_alone"]:
        context |= _compared(desk, old, new, request.GET.get("show", ""))
    return _answer(desk, context)


@Planned
def _texts(
    is_active: bool, roles: frozenset[str], *, user: int, assessment: int, country: str, year: int
) -> QuerySet[Snapshot]:
    """The frozen texts of an assessment and the released ones of earlier years, newest first, without their content."""
    reader = policies.standing_for(user, roles, is_active=is_active)
    before = Q(
        revision__assessment__country=country,
        revision__assessment__period__report_year__lt=year,
        released_at__isnull=False,
        superseded_by__isnull=True,
    )
    return (
        policies.visible_snapshots(reader)
        .filter(Q(revision__assessment=assessment) | before)
        .defer("open_part")
        .select_related("revision__assessment__period")
        .order_by("-revision__assessment__period__report_year", "-at", "-pk")
    )


def open_desk(request: UserRequest, assessment_id: UUID) -> tuple[Desk, CompareForm]:
    """Return the texts of an assessment and which two were asked for. Raises Http404 where none is open."""
    assessment = policies.listed_assessment(request.user, assessment_id)
    if assessment is None:
        raise Http404("There is no such assessment, or it is not open to you.")
    desk = Desk(request, assessment)
    if not desk.offered:
        raise Http404("There is no text here that is open to you.")
    old, new = desk.default()
    return desk, CompareForm(request.GET, texts=tuple(desk.offered.items()), old=old, new=new)


def _answer(desk: Desk, context: Mapping[str, Any]) -> HttpResponse:
    if desk.revision is not None:
        return Bench(desk.request, desk.revision).render("assessments/compare.html", context, here="compare")
    plain = {**context, "layout": "assessments/compare_plain.html"}
    return page(desk.request, "assessments/compare.html", plain)


def _compared(desk: Desk, old: str, new: str, show: str) -> dict[str, Any]:
    left, right = desk.sides(old, new)
    found = compare(left.text, right.text, same_period=desk.is_of_this(old) == desk.is_of_this(new))
    kinds = _kinds(desk, found, old, new, show)
    rows = [row for row in found.rows if _is_shown(row, show)]
    return {
        "left": left,
        "right": right,
        "redline": reverse("assessments:redline", args=[desk.assessment.public_id])
        + f"?{urlencode({'old': old, 'new': new})}",
        "kinds": kinds,
        "shown": next((kind for kind in kinds if kind.is_here), kinds[0]),
        "rows": _rows(rows, left, right, found),
        "answers": [_answered(item, left, right, found) for item in found.moved if item.name.startswith(ANSWER)],
        "in_left": len(left.text.sentences),
        "in_right": len(right.text.sentences),
    }


def _is_shown(row: Aligned, show: str) -> bool:
    if show == CHANGED:
        return row.change is not Change.UNCHANGED
    names = {item.value for item in (*Change, *Mismatch)}
    return show not in names or show in (row.change, row.mismatch)


def _kinds(desk: Desk, found: Comparison, old: str, new: str, show: str) -> list[Kind]:
    address = reverse("assessments:compare", args=[desk.assessment.public_id])
    total, same = len(found.rows), found.count(Change.UNCHANGED)
    counts = [("", "all", total), (CHANGED, "changed in any way", total - same)]
    counts += [(item.value, item.label, found.count(item)) for item in (*Change, *Mismatch)]
    known = {value for value, _, _ in counts}
    return [
        Kind(
            value,
            words,
            count,
            f"{address}?{urlencode({'old': old, 'new': new, 'show': value})}",
            value == (show if show in known else ""),
        )
        for value, words, count in counts
    ]


def _rows(rows: list[Aligned], left: Side, right: Side, found: Comparison) -> list[Shown]:
    shown = []
    for row in rows:
        heading = SECTIONS.get(row.section, row.section)
        moved = [item for item in row.moved if item.name.startswith(ANSWER)]
        refs = tuple(item.name.removeprefix("facts ") for item in row.moved if item not in moved)
        shown.append(Shown(row, heading, refs, tuple(_answered(item, left, right, found) for item in moved)))
    return shown


def _answered(item: Moved, left: Side, right: Side, found: Comparison) -> Answered:
    key = item.name.removeprefix(ANSWER)
    code, title = right.questions.get(key) or left.questions.get(key) or (key, "")
    told = sum(row.new is not None and item.name in row.new.rests_on for row in found.rows)
    return Answered(code, title, item.old or "no answer", item.new or "no answer", told)
