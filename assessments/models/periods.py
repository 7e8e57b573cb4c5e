"""The reporting periods an office works on."""

from datetime import date

from django.db import models
from django.db.models import F, Q


class ReportingPeriod(models.Model):
    """One report year with its dates, and what the coordinator turned on for it; everything is off at first."""

    report_year = models.PositiveSmallIntegerField(unique=True)
    opened_on = models.DateField()
    due_on = models.DateField()
    cut_off = models.DateField(null=True, blank=True)  # facts entered after this day wait to be let into the text
    blind_coding = models.BooleanField(default=False)
    right_of_reply = models.BooleanField(default=False)
    mentions_and_digest = models.BooleanField(default=False)
    word_budgets = models.JSONField(default=dict, blank=True)  # most words of a section, by its slug; none: no budget

    class Meta:
        ordering = ["-report_year"]
        constraints = [
            models.CheckConstraint(condition=Q(due_on__gt=F("opened_on")), name="period_is_due_after_it_opens"),
            models.CheckConstraint(
                condition=Q(cut_off__isnull=True) | Q(cut_off__gte=F("opened_on")),
                name="a_cut_off_comes_after_the_period_opens",
            ),
            models.CheckConstraint(
                condition=Q(report_year__gte=2001, report_year__lte=2100), name="report_year_is_from_2001_to_2100"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def span(self) -> tuple[date, date]:
        """The first and the last day of the reporting period: April 1 to March 31 of the report year."""
        return date(self.report_year - 1, 4, 1), date(self.report_year, 3, 31)

    @property
    def title(self) -> str:
        """Report year and reporting period together, as they are always shown."""
        return f"{self.report_year} (April 1, {self.report_year - 1} to March 31, {self.report_year})"
