"""The form of one question: level or state at the point of scoring, why, and on what evidence."""

from collections.abc import Mapping, Sequence
from typing import Any

from crispy_forms.layout import Div, Field, LayoutObject
from django import forms
from django.http import QueryDict
from django.utils.safestring import SafeString

from assessments.core.types import Rating
from assessments.core.values import Confidence, RatingState
from assessments.forms.base import PageForm, VersionField
from assessments.forms.fields import Choices, ManyField
from assessments.forms.layout import ChosenField, PlainField, RecordField
from assessments.forms.rungs import rungs, states
from frameworks.spec.compiled import CompiledFramework
from frameworks.spec.measurement import IndicatorSpec


class RatingForm(PageForm):
    """One answer to one question, or to one part of it. Cleans to `rating`; a missing reason never refuses it."""

    answer = forms.ChoiceField(
        label="Level, or the reason why there is none",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose a level, or say why there is none."},
    )
    confidence = forms.TypedChoiceField(
        label="Confidence",
        choices=[("", "not said"), *Confidence.choices()],
        required=False,
        empty_value=None,
        coerce=Confidence,
        help_text="It never changes the level, only how far it counts.",
    )
    rationale = forms.CharField(
        label="Why this level",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="For the reviewer and for later years; it is not printed.",
    )
    reason = forms.CharField(
        label="Reason for having no level, or for changing it",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="A state instead of a level, and a level that differs from last year's, each need their own reason.",
    )
    evidence = ManyField(label="Evidence", required=False)
    version = VersionField()

    repeats: Mapping[str, Any] = {}

    def __init__(
        self,
        *,
        indicator: IndicatorSpec,
        part: str,
        framework: CompiledFramework,
        evidence: Choices,
        data: Mapping[str, Any] | None = None,
        value: Rating | None = None,
        version: int | None = None,
        attached: Sequence[str] = (),
    ) -> None:
        """Show an answer, or read one; `value` is the answer so far, `attached` evidence to begin one with."""
        self.indicator, self.part, self.value = indicator, part, value
        self.rungs = [(str(level.value), level.value, level.descriptor) for level in indicator.levels]
        self.states = [(slug, framework.state(slug).label, framework.state(slug).meaning) for slug in indicator.states]
        initial: dict[str, Any] = {"version": version, "evidence": tuple(attached)}
        if value is not None:
            initial |= {
                "answer": str(value.level) if value.level is not None else value.state.value,
                "confidence": value.confidence.value if value.confidence else "",
                "rationale": value.rationale,
                "reason": value.reason,
                "evidence": value.evidence,
            }
        super().__init__(data=data, initial=initial)
        self._field("answer").choices = [(key, key) for key, *_ in (*self.rungs, *self.states)]
        self._field("evidence").choices = evidence

    @property
    def printed_rungs(self) -> SafeString:
        """The levels to choose from, with their descriptors."""
        return rungs(self["answer"], self.indicator.direction.value, self.rungs)

    @property
    def printed_states(self) -> SafeString:
        """The states to choose instead of a level."""
        return states(self["answer"], self.states)

    def _field(self, name: str) -> forms.ChoiceField:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  tells the type checker what was declared above
        return field

    def at_version(self, version: int) -> None:
        """Show what was typed again, at the version that is stored now: saved once more, it is taken."""
        if isinstance(self.data, QueryDict):
            self.data = self.data.copy()
            self.data["version"] = str(version)

    def layout_fields(self) -> Sequence[str | LayoutObject]:
        """Set the scale first, then what supports it."""
        return (
            Field("answer", template="assessments/forms/levels.html"),
            Div(ChosenField("confidence"), PlainField("rationale"), css_class="field-row"),
            RecordField("evidence"),
            PlainField("reason"),
            PlainField("version"),
        )

    def clean(self) -> dict[str, Any]:
        """Build the rating."""
        cleaned: dict[str, Any] = super().clean() or {}
        answer = cleaned.get("answer")
        if answer and not self.errors:
            has_level = answer.isdigit()
            self.rating = Rating(
                indicator=self.indicator.slug,
                part=self.part,
                state=RatingState.RATED if has_level else RatingState(answer),
                level=int(answer) if has_level else None,
                confidence=cleaned.get("confidence") or None,
                rationale=cleaned["rationale"],
                reason=cleaned["reason"],
                evidence=cleaned["evidence"],
            )
        return cleaned
