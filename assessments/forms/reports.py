"""What file of many countries is to be built."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django import forms

from assessments.core.document import Audience
from assessments.enums import Shape
from assessments.exporters import report
from assessments.exporters.registry import FORMATS
from assessments.forms.base import PageForm

ALL = "all"


class ReportForm(PageForm):
    """Period, format, audience, shape and template; what can't be made together is refused beside the shape.

    No template is offered, and no field for one shown, where the office has none or the person may not use any.
    """

    year = forms.ChoiceField(label="Report year")
    form = forms.ChoiceField(label="Format", choices=[(one.slug, one.title) for one in FORMATS.values()])
    audience = forms.ChoiceField(label="For")
    shape = forms.ChoiceField(label="As", choices=Shape.choices())
    template = forms.TypedChoiceField(
        label="In the template", required=False, coerce=UUID, empty_value=None, help_text="For Word only."
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        years: Sequence[int],
        audiences: Sequence[Audience],
        templates: Sequence[tuple[str, str]] = (),
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        """Offer the years, audiences and templates (id and name) that are the person's."""
        super().__init__(data=data, initial=dict(initial or {}))
        self.years = list(years)
        listed = [(str(year), str(year)) for year in years]
        self._offer("year", [*listed, (ALL, "all years")] if len(listed) > 1 else listed)
        self._offer("audience", [(one.value, one.label) for one in audiences])
        if templates:
            self._offer("template", [("", "None: Indicia's own look"), *templates])
        else:
            del self.fields["template"]

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  tells the type checker what was declared above
        field.choices = choices

    def clean(self) -> dict[str, Any]:
        """Refuse what can't be made."""
        given: dict[str, Any] = super().clean() or {}
        if {"form", "audience", "shape"} <= given.keys():
            wanted = given["form"], Audience(given["audience"]), Shape(given["shape"])
            try:
                report.check(*wanted)
            except report.Unfit as exc:
                self.add_error("shape", str(exc))
                return given
            try:
                report.check(*wanted, in_template=given.get("template") is not None)
            except report.Unfit as exc:
                self.add_error("template", str(exc))
        return given

    @property
    def report_years(self) -> list[int]:
        """Return the years that were chosen."""
        chosen = self.cleaned_data["year"]
        return self.years if chosen == ALL else [int(chosen)]
