"""Blind second coding: what is switched on, what is drawn, and how two answers become one."""

from datetime import datetime
from uuid import UUID

from accounts.models import User
from assessments import content, events, policies
from assessments.actions.door import Invalid, NotFound, Saved, action, lock
from assessments.actions.ratings import rating_of, save_rating
from assessments.actions.rows import links_of, log
from assessments.actions.setting import period_id
from assessments.core.sampling import draw
from assessments.core.types import Rating
from assessments.enums import Round, Subject, Taken
from assessments.models import (
    RatingRecord,
    Reconciliation,
    Reply,
    ReportingPeriod,
    Revision,
    SampledQuestion,
    SecondCodingSample,
)
from frameworks.models import Indicator

SHARE = "double-rating-share"
"""The framework's parameter: how many percent of the core questions are coded twice."""
MAX_SEED = 80
MAX_REASON = 2000


def _period(report_year: int) -> ReportingPeriod:
    row = ReportingPeriod.objects.select_for_update().filter(report_year=report_year).first()
    if row is None:
        raise NotFound(f"The report year {report_year} is not open.")
    return row


@action
def set_options(
    *, report_year: int, blind_coding: bool, right_of_reply: bool, by: User, at: datetime
) -> ReportingPeriod:
    """Turn the optional steps of a period on or off. Raises Invalid where replies would go out of sight."""
    policies.check_can_coordinate(by)
    period = _period(report_year)
    if period.right_of_reply and not right_of_reply:
        standing = Reply.objects.standing().filter(revision__assessment__period=period, revision__is_open=True)
        if standing.exists():
            raise Invalid(
                {
                    "right_of_reply": [
                        "Replies are on record for this period; they would go out of sight. Withdraw them."
                    ]
                }
            )
    before = {"blind_coding": period.blind_coding, "right_of_reply": period.right_of_reply}
    after = {"blind_coding": blind_coding, "right_of_reply": right_of_reply}
    changes = events.changes_between(before, after)
    if not changes:
        return period
    period.blind_coding, period.right_of_reply = blind_coding, right_of_reply
    period.save(update_fields=["blind_coding", "right_of_reply"])
    _log(period, "set_options", by, at, changes=changes)
    return period


def _log(period: ReportingPeriod, name: str, by: User, at: datetime, **said: object) -> None:
    events.append(
        kind=Subject.PERIOD,
        subject_id=period_id(period.report_year),
        action=name,
        by=by,
        at=at,
        **said,  # type: ignore[arg-type]  # target and changes, as each caller has them
    )


@action
def draw_sample(*, report_year: int, seed: str, by: User, at: datetime) -> SecondCodingSample:
    """Draw the framework's share of the core questions of all open assessments that were not drawn from yet.

    Stratified by group over all of them together, each stratum rounded up. The seed repeats the draw. Raises
    NotAllowed, and Invalid without a seed, where nothing is left to draw from, or while blind coding is off.
    """
    policies.check_can_coordinate(by)
    period = _period(report_year)
    words = " ".join(seed.split())
    if not words or len(words) > MAX_SEED:
        raise Invalid({"seed": [f"A seed has 1 to {MAX_SEED} characters; it repeats the draw."]})
    if not period.blind_coding:
        raise Invalid({"": [f"Blind coding is not turned on for {report_year}."]})
    drawn_from = SampledQuestion.objects.filter(assessment__period=period).order_by().values("assessment")
    revisions = list(
        Revision.objects.filter(is_open=True, assessment__period=period)
        .exclude(assessment__in=drawn_from)
        .select_related("assessment__country", "framework")
        .order_by("assessment__country_id")
    )
    if not revisions:
        raise Invalid({"": ["Every open assessment of the period was drawn from already."]})
    strata: dict[str, list[str]] = {}
    titles: dict[str, str] = {}
    for revision in revisions:
        framework = content.framework_of(revision)
        titles |= {group.slug: f"{group.code} {group.title}" for group in framework.groups}
        for indicator in framework.core:
            name = f"{revision.assessment.country_id} {indicator.slug}"
            strata.setdefault(indicator.group, []).append(name)
    share = max(content.framework_of(revision).value(SHARE) for revision in revisions)
    drawn = draw(strata, seed=words, percent=share)
    groups = [
        {"group": item.name, "title": titles[item.name], "of": item.of, "drawn": len(item.drawn)} for item in drawn
    ]
    sample = SecondCodingSample.objects.create(
        period=period, seed=words, share=share, groups=groups, drawn_at=at, drawn_by=by
    )
    by_country = {revision.assessment.country_id: revision.assessment for revision in revisions}
    names = [name.split(" ", 1) for item in drawn for name in item.drawn]
    SampledQuestion.objects.bulk_create(
        SampledQuestion(sample=sample, assessment=by_country[iso3], indicator=slug) for iso3, slug in names
    )
    changes = events.changes_between({}, {"sample.seed": words, "sample.share": share, "sample.questions": len(names)})
    _log(period, "draw_sample", by, at, target=str(sample.public_id), changes=changes)
    return sample


@action
def reconcile(
    *,
    revision_id: UUID,
    indicator: str,
    part: str = "",
    second_id: UUID,
    taken: Taken,
    reason: str,
    own: Rating | None = None,
    version: int | None = None,
    by: User,
    at: datetime,
) -> Saved:
    """Make one answer of two, with a reason; it is the one that counts from now on, and both others are kept.

    `own` is the answer where neither was taken; `version` that of the reconciled answer as it was read, None where
    there was none. Raises NotAllowed, NotFound, Invalid and Conflict.
    """
    revision = lock(revision_id)
    policies.check_can_reconcile(revision, by)
    words = " ".join(reason.split())
    if not words:
        raise Invalid({"reason": ["Say why; both coders and later years will ask."]})
    if len(words) > MAX_REASON:
        raise Invalid({"reason": [f"A reason has at most {MAX_REASON:,} characters."]})
    asked = Indicator.objects.filter(version=revision.framework_id, slug=indicator).first()
    if asked is None:
        raise NotFound(f"There is no question {indicator}.")
    rows = {row.public_id: row for row in RatingRecord.objects.filter(revision=revision, indicator=asked, part=part)}
    second = rows.get(second_id)
    main = next((row for row in rows.values() if row.round == Round.MAIN), None)
    if second is None or second.round != Round.SECOND:
        raise NotFound("There is no such second answer.")
    if main is None:
        raise Invalid({"": ["The first coder has not answered yet; there is nothing to reconcile."]})
    agreed = _agreed(revision, asked.slug, main, second, taken, own)
    saved = save_rating.inner(
        revision_id=revision_id, rating=agreed, version=version, round=Round.RECONCILED, by=by, at=at
    )
    result = RatingRecord.objects.get(revision=revision, indicator=asked, part=part, round=Round.RECONCILED.value)
    Reconciliation.objects.create(
        main=main,
        second=second,
        result=result,
        taken=taken.value,
        state=result.state,
        level=result.level,
        reason=words,
        by=by,
        at=at,
    )
    changes = {"reconciliation.taken": events.Change(None, taken.value)}
    log(revision, "reconcile", by=by, at=at, target=f"ratings/{agreed.key}", reason=words, changes=changes)
    return saved


def _agreed(
    revision: Revision, slug: str, main: RatingRecord, second: RatingRecord, taken: Taken, own: Rating | None
) -> Rating:
    if taken is Taken.OWN:
        if own is None or (own.indicator, own.part) != (slug, main.part):
            raise Invalid({"answer": ["Give the answer you both agreed on."]})
        return own
    row = main if taken is Taken.MAIN else second
    return rating_of(row, slug, links_of(revision, "ratings", row.link_ref))
