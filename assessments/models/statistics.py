"""F1a: figures on officials, or the word that there is none."""

from django.db import models

from assessments.core import sheets
from assessments.core.values import (
    Change,
    CountKind,
    Defendants,
    Earlier,
    Jurisdiction,
    PeriodBasis,
    SanctionKind,
    Stage,
    StatuteType,
    StreakKind,
    Unit,
)
from assessments.models import columns
from assessments.models.assessment import Revision
from assessments.models.facts import FactRow

_COUNTS = ("count", "new", "continued", "of_total", "previous", "reported_by")


class StatisticRecord(FactRow):
    """F1a: a figure on officials at one stage, or the word that there is none."""

    record = sheets.Statistic
    sheet = "statistics"

    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="statistics")
    stage = columns.choice(Stage)
    about = columns.choice(Defendants, Defendants.OFFICIALS)
    unit = columns.choice(Unit, Unit.PERSONS)
    count_kind = columns.count_kind(CountKind.UNKNOWN)
    count_value = columns.whole()
    crime = columns.slug()
    change = columns.maybe(Change)
    finished = columns.yes()
    cohort_from = columns.whole(2100, 2001)
    cohort_to = columns.whole(2100, 2001)
    sanction = columns.maybe(SanctionKind)
    notability = columns.slug()
    reported_by_kind = columns.count_kind()
    reported_by_value = columns.whole()
    reported_by_unit = columns.choice(Jurisdiction, Jurisdiction.PROVINCE)
    scope = columns.words()
    agency = columns.words()
    jurisdiction = columns.words()
    statute = columns.choice(StatuteType, StatuteType.UNKNOWN)
    period_basis = columns.choice(PeriodBasis, PeriodBasis.REPORTING)
    period = columns.day()
    new_kind = columns.count_kind()
    new_value = columns.whole()
    continued_kind = columns.count_kind()
    continued_value = columns.whole()
    of_total_kind = columns.count_kind()
    of_total_value = columns.whole()
    of_total_noun = columns.words()
    previous_kind = columns.count_kind()
    previous_value = columns.whole()
    previous_basis = columns.maybe(PeriodBasis)
    previous_stage = columns.maybe(Stage)
    previous_detail = columns.maybe(Earlier)
    previous_note = columns.words()
    gap_reason = columns.words()
    streak = columns.maybe(StreakKind)
    streak_years = columns.whole(40, 2)
    streak_since = columns.day()
    streak_event = columns.words()
    stated_by_government = columns.yes(default=True)
    note = columns.note()

    class Meta(FactRow.Meta):
        constraints = [
            *FactRow.Meta.constraints,
            *(columns.number_goes_with_kind("statistic", name) for name in _COUNTS),
            models.CheckConstraint(condition=columns.known("stage", Stage), name="statistic_stage_is_known"),
            models.CheckConstraint(condition=columns.known("unit", Unit), name="statistic_unit_is_known"),
            models.CheckConstraint(condition=columns.known("about", Defendants), name="statistic_about_is_known"),
            models.CheckConstraint(
                condition=columns.within("cohort_from", 2001, 2100) & columns.within("cohort_to", 2001, 2100),
                name="statistic_cohort_is_of_years",
            ),
            models.CheckConstraint(condition=columns.within("streak_years", 2, 40), name="streak_is_2_to_40_years"),
        ]
