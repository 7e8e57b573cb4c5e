"""What the assessed government replied."""

from collections.abc import Mapping, Sequence
from typing import Any

from crispy_forms.layout import LayoutObject
from django import forms

from assessments.enums import Stance
from assessments.forms.base import PageForm
from assessments.forms.fields import Choices, ManyField
from assessments.forms.layout import RecordField


class ReplyForm(PageForm):
    """One reply: what it is about, what it says to it, and the evidence it came with."""

    target = forms.ChoiceField(
        label="What it is about", error_messages={"required": "Choose what the government replied to."}
    )
    stance = forms.ChoiceField(
        label="The government",
        widget=forms.RadioSelect,
        choices=Stance.choices(),
        error_messages={"required": "Say whether it agrees, disagrees or gives new information."},
    )
    text = forms.CharField(
        label="Reply",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="In the government's own words. It goes out with the approved text, so it names no victim and no "
        "accused person.",
        error_messages={"required": "Give the reply in the government's words."},
    )
    received_on = forms.DateField(
        label="Received on",
        widget=forms.DateInput(attrs={"placeholder": "2024-05-14"}),
        error_messages={"required": "Give the day it was received."},
    )
    evidence = ManyField(label="Evidence it came with", required=False)

    repeats: Mapping[str, Any] = {}

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        targets: Choices,
        evidence: Choices,
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        """Offer the finding, the sentences and the recommendations, and this assessment's evidence."""
        super().__init__(data=data, initial=dict(initial or {}))
        for name, choices in (("target", [("", "choose"), *targets]), ("evidence", evidence)):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101  tells the type checker what was declared above
            field.choices = choices

    def layout_fields(self) -> Sequence[str | LayoutObject]:
        """Set the evidence as records have it."""
        return ("target", "stance", "text", "received_on", RecordField("evidence"))
