"""The form by which a person confirms that answers stay as they were last year."""

from collections.abc import Sequence
from typing import Any

from django import forms

from assessments.forms.base import PageForm
from assessments.forms.fields import Choices, ManyField


class UnchangedForm(PageForm):
    """Which answers are confirmed, and on what evidence of this year. Cleans `chosen` to keys."""

    chosen = forms.MultipleChoiceField(
        label="Answers", widget=forms.CheckboxSelectMultiple, error_messages={"required": "Choose at least one answer."}
    )
    evidence = ManyField(
        label="Evidence of this year that nothing changed",
        required=False,
        help_text="It is put under each answer chosen. Without any, they are kept and wait for evidence.",
    )

    def __init__(self, data: Any = None, *, offered: Sequence[tuple[str, str]], evidence: Choices) -> None:
        """Offer the answers that wait, all of them chosen."""
        super().__init__(data=data, initial={"chosen": [key for key, _ in offered]})
        for name, choices in (("chosen", offered), ("evidence", evidence)):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101  tells the type checker what was declared above
            field.choices = choices

    def layout_fields(self) -> Sequence[str]:
        """Leave the answers to the page, which lists each with what it said."""
        return ("evidence",)
