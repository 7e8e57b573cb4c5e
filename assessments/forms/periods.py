"""What a coordinator orders for a period."""

from collections.abc import Mapping
from typing import Any

from django import forms

from assessments.actions.periods import MOST_WORDS
from assessments.core.values import Section
from assessments.enums import Circle
from assessments.forms.base import PageForm
from assessments.forms.fields import Choices, ManyField
from assessments.models.steps import SEEING


def _offered(*circles: Circle) -> Choices:
    return [(circle.value, circle.label) for circle in circles]


class PeriodSettingsForm(PageForm):
    """Dates of a period, and what is turned on for it."""

    opened_on = forms.DateField(label="Opens on", widget=forms.DateInput(attrs={"placeholder": "2024-04-01"}))
    due_on = forms.DateField(
        label="Due on",
        widget=forms.DateInput(attrs={"placeholder": "2024-06-15"}),
        help_text="Ends at midnight of the office's zone.",
    )
    cut_off = forms.DateField(
        label="Cut-off for new facts",
        required=False,
        widget=forms.DateInput(attrs={"placeholder": "2024-05-15"}),
        help_text="A fact entered after this day is kept and marked, and enters the text only when a reviewer or a "
        "coordinator lets it in. Empty: there is no cut-off.",
    )
    mentions_and_digest = forms.BooleanField(
        label="Mentions and a daily digest",
        required=False,
        help_text="People name each other with @ in remarks, and may choose one e-mail a day.",
    )


class BudgetForm(PageForm):
    """How many words each section may have; empty: as many as it takes."""

    def __init__(self, data: Mapping[str, Any] | None = None, *, budgets: Mapping[str, int]) -> None:
        """Offer every section of a narrative."""
        super().__init__(data=data, prefix="words")
        for section in Section:
            self.fields[section.value] = forms.IntegerField(
                label=section.label,
                required=False,
                min_value=1,
                max_value=MOST_WORDS,
                initial=budgets.get(section.value),
            )


class StepForm(PageForm):
    """One step of review; without a name it is left out."""

    title = forms.CharField(label="Step", max_length=200, required=False, help_text="Empty: no such step.")
    place = forms.IntegerField(label="Place", min_value=1, max_value=99)
    due_on = forms.DateField(
        label="Due on", required=False, widget=forms.DateInput(attrs={"placeholder": "2024-06-15"})
    )
    approves = forms.ChoiceField(
        label="Who approves",
        choices=_offered(
            Circle.REVIEWERS, Circle.REVIEWERS_AND_COORDINATORS, Circle.ANALYSTS, Circle.COORDINATORS, Circle.PEOPLE
        ),
        help_text="Never who wrote it.",
    )
    sees = forms.ChoiceField(label="Who sees the text", choices=_offered(*SEEING))
    comments = forms.ChoiceField(label="Who comments", choices=_offered(*Circle))
    edits = forms.ChoiceField(label="Who edits the words", choices=_offered(*Circle))
    named = ManyField(label="Only these people approve", required=False, help_text="Nobody chosen: all of them.")

    def __init__(self, data: Mapping[str, Any] | None = None, *, people: Choices, **kwargs: Any) -> None:
        """Offer the people who can review."""
        super().__init__(data=data, **kwargs)
        field = self.fields["named"]
        assert isinstance(field, ManyField)  # noqa: S101  tells the type checker what was declared above
        field.choices = people
