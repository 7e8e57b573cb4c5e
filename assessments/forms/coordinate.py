"""The coordinator's forms."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from assessments.enums import Part
from assessments.forms.base import PageForm
from assessments.forms.fields import Choices


class PeriodForm(PageForm):
    """A report year and its dates."""

    report_year = forms.IntegerField(
        label="Report year",
        min_value=2001,
        max_value=2100,
        help_text="The year in which the period ends: 2024 is April 1, 2023 to March 31, 2024.",
    )
    opened_on = forms.DateField(label="Opens on", widget=forms.DateInput(attrs={"placeholder": "2024-04-01"}))
    due_on = forms.DateField(
        label="Due on",
        widget=forms.DateInput(attrs={"placeholder": "2024-06-15"}),
        help_text="Ends at midnight of the office's zone.",
    )


class AssessmentForm(PageForm):
    """A country and a period: one assessment for each pair."""

    iso3 = forms.ChoiceField(label="Country")
    report_year = forms.ChoiceField(label="Reporting period")

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, countries: Choices, periods: Sequence[tuple[int, str]]
    ) -> None:
        """Offer all countries and the open periods."""
        super().__init__(data=data)
        self._choices("iso3", [("", "choose"), *countries])
        self._choices("report_year", [(str(year), title) for year, title in periods])

    def _choices(self, name: str, choices: Choices) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  tells the type checker what was declared above
        field.choices = choices


class AssignForm(PageForm):
    """A person and their part in an assessment."""

    person = forms.ChoiceField(label="Person")
    part = forms.ChoiceField(label="Part", choices=[(part.value, part.label) for part in (Part.ANALYST, Part.REVIEWER)])

    def __init__(self, data: Mapping[str, Any] | None = None, *, people: Choices) -> None:
        """Offer the people of the office who can take a part."""
        super().__init__(data=data)
        field = self.fields["person"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  tells the type checker what was declared above
        field.choices = [("", "choose"), *people]
