"""House style: the wording versions, what one would change in every unreleased draft, and applying it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST

from accounts.models import User
from assessments import actions, policies
from assessments.core.restyle import Effect, Restyled, Rewording
from assessments.core.words import counted
from assessments.enums import RevisionState
from assessments.forms.house_style import ApplyForm
from assessments.models import ReportingPeriod, Revision
from assessments.views.bench import now
from assessments.views.page import UserRequest, guarded, page, say, warn
from frameworks import wording_loader
from frameworks.models import WordingVersion
from frameworks.spec.wording import CompiledWording

PER_PAGE = 10
"""Assessments whose sentences stand on one page of a preview; the counts of all of them stand above."""


@dataclass(frozen=True)
class Listed:
    """One loaded wording version, with the revisions it words."""

    version: WordingVersion
    wording: CompiledWording
    open: tuple[Revision, ...]
    kept: tuple[Revision, ...]
    is_newest: bool


@dataclass(frozen=True)
class Preview:
    """What a wording would change in one assessment, as far as this person may read it."""

    revision: Revision
    restyled: Restyled
    shown: tuple[Rewording, ...]
    withheld: int
    why_withheld: str = ""

    @property
    def reworded(self) -> int:
        """How many sentences and items read differently, are new or fall away."""
        return len(self.restyled.rewordings) - self.suggested

    @property
    def suggested(self) -> int:
        """How many keep a person's words, with a new suggestion beside them."""
        return self.restyled.count(Effect.SUGGESTED)

    @property
    def goes_back(self) -> bool:
        """Say whether an approved text would read differently, and so be approved again."""
        return self.revision.state == RevisionState.APPROVED and bool(self.reworded)

    @property
    def state(self) -> RevisionState:
        """Where the revision stands."""
        return RevisionState(self.revision.state)


@require_GET
@guarded
def house_style(request: UserRequest) -> HttpResponse:
    """List the wording versions with what each words."""
    policies.check_can_style(request.user)
    newest_period = ReportingPeriod.objects.first()
    newest = (
        WordingVersion.objects.for_report_year(newest_period.report_year).first() if newest_period is not None else None
    )
    open_: defaultdict[int, list[Revision]] = defaultdict(list)
    kept: defaultdict[int, list[Revision]] = defaultdict(list)
    rows = Revision.objects.select_related("assessment__country", "assessment__period")
    for row in rows.order_by("-assessment__period__report_year", "assessment__country__sort_name", "number"):
        worked_on = row.is_open and row.state not in policies.FROZEN
        (open_ if worked_on else kept)[row.wording_id].append(row)
    versions = [
        Listed(
            version,
            wording_loader.compiled(version),
            tuple(open_[version.pk]),
            tuple(kept[version.pk]),
            version == newest,
        )
        for version in WordingVersion.objects.select_related("loaded_by").order_by("code", "-version")
    ]
    return page(request, "assessments/house_style.html", {"versions": versions, "period": newest_period})


def _version(version_id: UUID) -> WordingVersion:
    found = WordingVersion.objects.filter(public_id=version_id).first()
    if found is None:
        raise Http404("No such wording version is loaded.")
    return found


@require_GET
@guarded
def preview(request: UserRequest, version_id: UUID) -> HttpResponse:
    """Show what a version would change in every unreleased assessment, sentence by sentence; nothing is stored."""
    policies.check_can_style(request.user)
    return _show(request, _version(version_id))


def _show(
    request: UserRequest, version: WordingVersion, form: ApplyForm | None = None, *, status: int = 200
) -> HttpResponse:
    previews = list(_previews(request.user, version))
    changed = [item for item in previews if item.restyled.rewordings]
    pages = Paginator(changed, PER_PAGE)
    shown = pages.get_page(request.GET.get("page"))
    places = {item.revision.pk: place // PER_PAGE + 1 for place, item in enumerate(changed)}
    context = {
        "version": version,
        "wording": wording_loader.compiled(version),
        "rows": [(item, places.get(item.revision.pk)) for item in previews],
        "touched": len(changed),
        "changed": sum(bool(item.reworded) for item in changed),
        "shown": shown,
        "back": [item for item in previews if item.goes_back],
        "problems": [item for item in previews if item.restyled.problem],
        "left": _left(request.user, version),
        "here": policies.stylable_revisions(request.user).filter(wording=version).count(),
        "form": form or ApplyForm(),
        "revision_ids": [item.revision.public_id for item in previews],
    }
    return page(request, "assessments/house_style_preview.html", context, status=status)


def _previews(user: User, version: WordingVersion) -> Iterable[Preview]:
    wording = wording_loader.compiled(version)
    blind = set(policies.codable_assessments(user).values_list("pk", flat=True))
    for revision in actions.applicable(user, version):
        restyled = actions.preview_wording(revision, wording)
        yield _readable(revision, restyled, user, is_blind=revision.assessment_id in blind)


def _readable(revision: Revision, restyled: Restyled, user: User, *, is_blind: bool) -> Preview:
    """Leave out what this person may not read, and say how many sentences that are."""
    if is_blind:
        return Preview(revision, restyled, (), len(restyled.rewordings), "you code this assessment blind")
    about_tier = [item for item in restyled.rewordings if item.is_about_tier]
    if about_tier and not policies.can_see_tier(revision, user):
        shown = tuple(item for item in restyled.rewordings if not item.is_about_tier)
        return Preview(revision, restyled, shown, len(about_tier), "the tier is not released")
    return Preview(revision, restyled, restyled.rewordings, 0)


def _left(user: User, version: WordingVersion) -> Mapping[int, int]:
    """Count the unreleased assessments of report years the version may not word, by year."""
    rows = policies.stylable_revisions(user).filter(assessment__period__report_year__lt=version.valid_from_year)
    found: defaultdict[int, int] = defaultdict(int)
    for year in rows.values_list("assessment__period__report_year", flat=True):
        found[year] += 1
    return dict(found)


@require_POST
@guarded
def apply(request: UserRequest, version_id: UUID) -> HttpResponse:
    """Apply a version to the assessments that were previewed, once the editor confirmed it."""
    policies.check_can_style(request.user)
    version = _version(version_id)
    form = ApplyForm(request.POST)
    if not form.is_valid():
        return _show(request, version, form, status=422)
    try:
        applied = actions.apply_wording(
            wording_version_id=version_id, revision_ids=form.cleaned_data["revisions"], by=request.user, at=now()
        )
    except (policies.NotAllowed, actions.Invalid, actions.NotFound) as exc:
        warn(request, f"Nothing was applied. {exc}")
        return redirect("assessments:house-style-version", version_id)
    back = f" {counted(applied.back_to_review, 'approved text')} went back to review." if applied.back_to_review else ""
    say(request, f"{version} words {counted(applied.assessments, 'assessment')} now; {applied.changed} changed.{back}")
    return redirect("assessments:house-style")
