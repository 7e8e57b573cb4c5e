"""The quick entry: one typed line that makes a source, its evidence, a fact and a sentence."""

from collections.abc import Mapping, Sequence
from typing import Any

from crispy_forms.layout import Div, LayoutObject
from django import forms

from assessments.core.values import STATISTIC_KINDS, STATISTIC_STAGES, Count, CountKind, SourceClass, Stage
from assessments.forms.base import PageForm
from assessments.forms.fields import Choices, CountField
from frameworks.spec.compiled import CompiledFramework

KINDS = (
    CountKind.EXACT,
    CountKind.AT_LEAST,
    CountKind.UP_TO,
    CountKind.ABOUT,
    CountKind.SOME,
    CountKind.SEVERAL,
    CountKind.REPORTED_ZERO,
    CountKind.TOOK_PLACE,
    CountKind.NOT_REPORTED,
    CountKind.UNKNOWN,
)
COUNTS_NOBODY = frozenset({CountKind.REPORTED_ZERO, CountKind.NOT_REPORTED, CountKind.TOOK_PLACE})
"""Kinds that speak of a figure, not of people: they stand without role and act."""


class QuickForm(PageForm):
    """Stage, number and its kind, role, agency, act and source, on one line.

    With an act or a role it is about people (a case, or an allegation at that stage); without, it is a figure.
    """

    stage = forms.TypedChoiceField(label="Stage", choices=Stage.choices(), initial=Stage.CONVICTION.value, coerce=Stage)
    count = CountField(kinds=KINDS, optional=False, label="Number", initial=Count(kind=CountKind.EXACT, value=1))
    role = forms.CharField(
        label="Role", required=False, max_length=200, widget=forms.TextInput(attrs={"placeholder": "police officer"})
    )
    agency = forms.CharField(
        label="Agency", required=False, max_length=200, widget=forms.TextInput(attrs={"placeholder": "National Police"})
    )
    act = forms.TypedChoiceField(label="Act", required=False, empty_value=None)
    source_title = forms.CharField(
        label="Source",
        max_length=200,
        widget=forms.TextInput(attrs={"placeholder": "title of the document"}),
        error_messages={"required": "Name the source: without one the line would be nobody's word."},
    )
    source_class = forms.TypedChoiceField(
        label="Said by", choices=SourceClass.choices(), coerce=SourceClass, initial=SourceClass.C.value
    )
    attribution = forms.CharField(
        label="Named in the text as",
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"placeholder": "an NGO"}),
    )

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, framework: CompiledFramework, titles: Sequence[str] = ()
    ) -> None:
        """Offer the framework's acts, and the titles of the sources already in use."""
        super().__init__(data=data)
        self.titles = tuple(titles)
        acts = [(term.slug, term.label) for term in framework.terms("act") if term.by_official and not term.retired]
        self._choices("act", [("", "not given"), *acts])
        self.fields["source_title"].widget.attrs["list"] = "known-sources"

    def _choices(self, name: str, choices: Choices) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  tells the type checker what was declared above
        field.choices = choices

    def layout_fields(self) -> Sequence[str | LayoutObject]:
        """Put everything on one line where there is room."""
        return (Div(*self.fields, css_class="field-row"),)

    def clean(self) -> dict[str, Any]:
        """Refuse only what makes no sense: a word that counts nobody beside people, a stage that has no figure."""
        cleaned: dict[str, Any] = super().clean() or {}
        count, stage = cleaned.get("count"), cleaned.get("stage")
        if self.errors or stage is None:
            return cleaned
        if count is None:
            cleaned["count"] = count = Count(kind=CountKind.UNKNOWN)
        about_people = bool(cleaned["role"] or cleaned["act"])
        if about_people and count.kind in COUNTS_NOBODY:
            self.add_error("count", f"“{count.kind.label}” is said of a figure: leave role and act empty.")
        elif not about_people and stage not in STATISTIC_STAGES:
            self.add_error("role", "Name a role or an act: this stage is recorded for people, not as a figure.")
        elif not about_people and count.kind not in STATISTIC_KINDS:
            self.add_error("count", f"“{count.kind.label}” is said of people: name a role or an act.")
        return cleaned
