"""One search, entered once and ticked against many questions."""

from collections.abc import Mapping, Sequence
from typing import Any

from crispy_forms.layout import Div, LayoutObject
from django import forms

from assessments.core.sheets import SearchNote
from assessments.forms.base import PageForm, VersionField
from assessments.forms.fields import Choices, ManyField
from assessments.forms.records import NEW, day_field
from assessments.forms.ticks import QuestionTicks


class SearchForm(PageForm):
    """Where somebody looked, when, and for which questions. Cleans to `record`."""

    searched = forms.CharField(
        label="What was searched",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Sources, dates and terms, so that level 0 means: searched, nothing credible found.",
        error_messages={"required": "Say what was searched."},
    )
    every = forms.BooleanField(label="It serves every question", required=False)
    core = forms.BooleanField(label="It serves all core questions, and those ticked below", required=False)
    indicators = ManyField(label="It serves these questions", required=False)
    version = VersionField()

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        questions: Sequence[tuple[str, Choices]],
        core: Sequence[str],
        value: SearchNote | None = None,
        version: int | None = None,
    ) -> None:
        """Show a search as it is on record, or an empty one."""
        given: dict[str, Any] = {"version": version}
        if value is not None:
            given |= {"searched": value.searched, "on": value.on, "indicators": value.indicators}
            given["every"] = not value.indicators
        super().__init__(data=data, initial=given, prefix="search")
        self.fields["on"] = day_field("Searched on")
        self.slugs = tuple(core)
        self.record: SearchNote | None = None
        self.value = value
        field = self.fields["indicators"]
        assert isinstance(field, ManyField)  # noqa: S101  tells the type checker what was declared above
        field.choices = questions

    def layout_fields(self) -> Sequence[str | LayoutObject]:
        """Set the ticks last."""
        return ("searched", Div("on", css_class="field-row"), "every", "core", QuestionTicks("indicators"), "version")

    def clean(self) -> dict[str, Any]:
        """Build the record; a search that serves nothing is refused, since on record it would serve everything."""
        cleaned: dict[str, Any] = super().clean() or {}
        if self.errors:
            return cleaned
        ticked = set(cleaned["indicators"]) | (set(self.slugs) if cleaned["core"] else set())
        if not ticked and not cleaned["every"]:
            self.add_error("indicators", "Tick the questions it serves, or say that it serves every question.")
            return cleaned
        ordered = [slug for slug, _ in _flat(self.fields["indicators"]) if slug in ticked]
        self.record = SearchNote(
            id=self.value.id if self.value else NEW,
            searched=cleaned["searched"],
            on=cleaned["on"] or None,
            indicators=() if cleaned["every"] else tuple(ordered),
        )
        return cleaned


def _flat(field: Any) -> list[tuple[str, str]]:
    return [choice for _, choices in field.choices for choice in choices]
