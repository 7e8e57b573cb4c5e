"""The forms around a second coding: what is turned on, the draw, the second coder, and the answer made of two."""

from collections.abc import Mapping, Sequence
from typing import Any

from crispy_forms.layout import LayoutObject
from django import forms

from assessments.core.types import Rating
from assessments.core.values import Confidence, RatingState
from assessments.enums import Taken
from assessments.forms.base import PageForm, VersionField
from assessments.forms.fields import Choices
from frameworks.spec.compiled import CompiledFramework
from frameworks.spec.measurement import IndicatorSpec


def _offer(form: forms.Form, name: str, choices: Choices) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)  # noqa: S101  tells the type checker what was declared above
    field.choices = choices


class OptionsForm(PageForm):
    """The optional steps of a period; all off unless a coordinator turns them on."""

    blind_coding = forms.BooleanField(
        label="Blind second coding",
        required=False,
        help_text="A sample of core questions is answered a second time by somebody who does not see the first answer.",
    )
    right_of_reply = forms.BooleanField(
        label="Right of reply",
        required=False,
        help_text="Analysts enter what the assessed government replied; it stands beside the text and changes nothing.",
    )


class DrawForm(PageForm):
    """The seed of a draw."""

    seed = forms.CharField(
        label="Seed",
        max_length=80,
        help_text="Any word or number. It stays on record, and with it anybody can repeat the draw.",
        error_messages={"required": "Give a seed; it repeats the draw."},
    )


class CoderForm(PageForm):
    """Who codes an assessment a second time."""

    person = forms.ChoiceField(label="Second coder")

    def __init__(self, data: Mapping[str, Any] | None = None, *, people: Choices, prefix: str = "") -> None:
        """Offer the people who can take the part."""
        super().__init__(data=data, prefix=prefix or None)
        _offer(self, "person", [("", "choose"), *people])


class ReconcileForm(PageForm):
    """One answer made of two, with the reason."""

    taken = forms.ChoiceField(
        label="What counts from now on",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose one of the two answers, or give another."},
    )
    answer = forms.ChoiceField(label="Another answer", required=False)
    confidence = forms.ChoiceField(
        label="Its confidence", required=False, choices=[("", "choose"), *Confidence.choices()]
    )
    rationale = forms.CharField(
        label="Why this answer", required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2})
    )
    reason = forms.CharField(
        label="Reason for the decision",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Both coders and later years will read it. Both answers stay as they were given.",
        error_messages={"required": "Say why; both coders and later years will ask."},
    )
    version = VersionField()

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        indicator: IndicatorSpec,
        part: str,
        framework: CompiledFramework,
        evidence: Sequence[str],
        version: int | None,
        prefix: str,
    ) -> None:
        """Offer both answers and every level and state; `evidence` is what either coder named, for another answer."""
        super().__init__(data=data, initial={"version": version}, prefix=prefix)
        self.indicator, self.part, self.evidence = indicator, part, tuple(evidence)
        _offer(self, "taken", [(item.value, item.label.capitalize()) for item in Taken])
        rungs = [(str(level.value), f"{level.value}: {level.descriptor}") for level in indicator.levels]
        states = [(slug, framework.state(slug).label) for slug in indicator.states]
        _offer(self, "answer", [("", "choose"), *rungs, *states])

    def layout_fields(self) -> Sequence[str | LayoutObject]:
        """Set the choice first, the other answer after it, the reason last."""
        return ("taken", "answer", "confidence", "rationale", "reason", "version")

    @property
    def own(self) -> Rating | None:
        """The other answer; None where one of the two was taken or none was given."""
        answer = self.cleaned_data.get("answer")
        if self.cleaned_data["taken"] != Taken.OWN or not answer:
            return None
        has_level = answer.isdigit()
        confidence = self.cleaned_data["confidence"]
        return Rating(
            indicator=self.indicator.slug,
            part=self.part,
            state=RatingState.RATED if has_level else RatingState(answer),
            level=int(answer) if has_level else None,
            confidence=Confidence(confidence) if confidence else None,
            rationale=self.cleaned_data["rationale"],
            reason="" if has_level else self.cleaned_data["reason"],
            evidence=self.evidence,
        )
