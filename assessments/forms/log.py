"""What of the log is asked for."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from assessments.enums import Subject
from assessments.forms.base import PageForm
from assessments.forms.fields import Choices


class LogForm(PageForm):
    """Person, action, days and field; all may be left open."""

    person = forms.ChoiceField(label="Person", required=False)
    act = forms.ChoiceField(label="What was done", required=False)
    since = forms.DateField(label="From", required=False, widget=forms.DateInput(attrs={"placeholder": "2024-04-01"}))
    until = forms.DateField(label="To", required=False, widget=forms.DateInput(attrs={"placeholder": "2024-06-15"}))
    field = forms.ChoiceField(label="Field", required=False)

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, people: Choices, acts: Choices, named: Sequence[str]
    ) -> None:
        """Offer what stands in the log."""
        super().__init__(data=data)
        self._offer("person", "everybody", people)
        self._offer("act", "everything", acts)
        if "field" in self.fields:
            self._offer("field", "every field", [(name, name.replace(".", ": ").replace("_", " ")) for name in named])

    def _offer(self, name: str, nothing: str, choices: Choices) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  tells the type checker what was declared above
        field.choices = [("", nothing), *choices]


class OfficeLogForm(LogForm):
    """The same over all that is in the log; what it is about stands in place of the field."""

    about = forms.ChoiceField(label="About", required=False, choices=[("", "everything"), *Subject.choices()])
    field = None  # type: ignore[assignment]  # takes the field of LogForm away

    field_order = ("about", "person", "act", "since", "until")

    def __init__(self, data: Mapping[str, Any] | None = None, *, people: Choices, acts: Choices) -> None:
        """Offer what stands in the log."""
        super().__init__(data=data, people=people, acts=acts, named=())
