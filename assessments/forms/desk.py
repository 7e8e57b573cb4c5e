"""What a coordinator asks of a period's table, and gives many countries at once."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from assessments.enums import Part, RevisionState
from assessments.forms.base import PageForm
from assessments.forms.fields import Choices, ManyField


def _offer(form: forms.Form, name: str, choices: Sequence[tuple[str, str]]) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)  # noqa: S101  tells the type checker what was declared
    field.choices = choices


class NarrowForm(PageForm):
    """Country, bureau, state, person; only late ones, only those without people; and the order."""

    words = forms.CharField(label="Country", max_length=80, required=False)
    bureau = forms.ChoiceField(label="Bureau", required=False)
    state = forms.ChoiceField(label="State", required=False, choices=[("", "every state"), *RevisionState.choices()])
    person = forms.ChoiceField(label="Person", required=False)
    sort = forms.ChoiceField(label="Order", required=False)
    late = forms.BooleanField(label="Forecast to be late", required=False)
    unassigned = forms.BooleanField(label="Without an analyst or a reviewer", required=False)

    def __init__(self, data: Mapping[str, Any] | None, *, bureaus: Choices, people: Choices, sorts: Choices) -> None:
        """Offer what the period has."""
        super().__init__(data=data)
        _offer(self, "bureau", [("", "every bureau"), *bureaus])
        _offer(self, "person", [("", "everybody"), *people])
        _offer(self, "sort", sorts)


class AssignManyForm(PageForm):
    """A person and a part, for the countries chosen in the table."""

    countries = ManyField(label="Countries", error_messages={"required": "Choose at least one country in the table."})
    person = forms.ChoiceField(label="Person", error_messages={"required": "Choose a person."})
    part = forms.ChoiceField(label="Part", choices=[(part.value, part.label) for part in (Part.ANALYST, Part.REVIEWER)])
    instead = forms.BooleanField(
        label="In place of whoever has the part now", required=False, help_text="What they did stays on record."
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, countries: Choices, people: Choices) -> None:
        """Offer the period's countries and the people who can take a part."""
        super().__init__(data=data)
        self.auto_id = "assign_%s"  # a person is asked for in the form above the table as well
        _offer(self, "countries", countries)
        _offer(self, "person", [("", "choose"), *people])

    def layout_fields(self) -> Sequence[str]:
        """Leave the countries to the table."""
        return ("person", "part", "instead")


class OpenManyForm(PageForm):
    """The countries whose assessments are opened."""

    countries = ManyField(label="Countries", error_messages={"required": "Choose at least one country."})

    def __init__(self, data: Mapping[str, Any] | None = None, *, countries: Choices) -> None:
        """Offer the countries that have none in this period."""
        super().__init__(data=data)
        _offer(self, "countries", countries)
