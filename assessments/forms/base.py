"""The base of all forms: it owns the crispy helper and the layout, so that a form says only what is on its page."""

from collections.abc import Sequence
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, LayoutObject
from django import forms
from django.utils.safestring import SafeString


class PageForm(forms.Form):
    """A form laid out by crispy; the template writes the form tag, the token and the buttons.

    Subclasses give `layout_fields`. Only literals from code may go into crispy's legends and help, since crispy prints
    them unescaped; what comes from rows goes into labels and choices, which are escaped.
    """

    error_css_class = ""
    use_required_attribute = False  # a save is never refused by the browser; what is missing is said in words

    def layout_fields(self) -> Sequence[str | LayoutObject]:
        """Return what stands on the page, in order; all fields unless a form says otherwise."""
        return tuple(self.fields)

    @property
    def helper(self) -> FormHelper:
        """Return crispy's description of the form."""
        helper = FormHelper(self)
        helper.form_tag = False
        helper.disable_csrf = True
        helper.layout = Layout(*self.layout_fields())
        return helper

    def laid_out(self, context: Any) -> SafeString:
        """Return the fields as the layout says."""
        self.rendered_fields: set[str] = set()  # crispy keeps here what was printed, so that nothing is printed twice
        self.crispy_field_template = None
        laid_out: SafeString = Layout(*self.layout_fields()).render(self, context)
        return laid_out

    def errors_in_words(self) -> list[str]:
        """Return every error with the label of its field, for the summary at the top of the page."""
        return [
            f"{self.fields[name].label}: {error}" if name in self.fields else str(error)
            for name, errors in self.errors.items()
            for error in errors
        ]


class VersionField(forms.IntegerField):
    """The version of the row as the form was opened; None for a row that does not exist yet."""

    def __init__(self, **kwargs: Any) -> None:
        """Stay out of sight."""
        super().__init__(required=False, min_value=0, max_value=2_000_000_000, widget=forms.HiddenInput, **kwargs)
