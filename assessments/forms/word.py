"""Forms that bring a Word file: a file that came back, a house template, a narrative to fill, a published report."""

from typing import Any

from django import forms

from assessments.forms.base import PageForm
from assessments.importers.package import LARGEST_FILE, MEGABYTE

_LIMIT = f"At most {LARGEST_FILE // MEGABYTE} MB."


def too_large(file: Any, largest: int = LARGEST_FILE) -> str:
    """Return why a file is not even read; empty where it may be."""
    size = file.size or 0
    if size > largest:
        return f"The file has {size / MEGABYTE:,.0f} MB; at most {largest // MEGABYTE} MB are accepted."
    return ""


class WordField(forms.FileField):
    """A .docx, no larger than may be read; what is in it is judged by who opens it."""

    def __init__(self, *, endings: tuple[str, ...] = (".docx",), **kwargs: Any) -> None:
        """Take files whose names end so."""
        self.endings = endings
        messages = {"required": "Choose a file.", "empty": "The file is empty."}
        widget = forms.FileInput(attrs={"accept": ",".join(endings)})
        super().__init__(widget=widget, error_messages=messages, max_length=200, **kwargs)

    def clean(self, data: Any, initial: Any = None) -> Any:
        """Refuse by size and ending, in words."""
        file = super().clean(data, initial)
        name = (file.name or "").lower()
        if name.endswith((".docm", ".dotm")):
            raise forms.ValidationError("The file may hold macros (.docm, .dotm). Save it as .docx.")
        if not name.endswith(self.endings):
            raise forms.ValidationError(f"Files that end in {' or '.join(self.endings)} are taken here.")
        if why := too_large(file):
            raise forms.ValidationError(why)
        return file


class TemplateForm(PageForm):
    """A new version of a house template, or the first of a new one."""

    name = forms.CharField(
        label="Name",
        max_length=80,
        help_text="A name that is there already gets a new version; earlier ones stay.",
        error_messages={"required": "Give it a name, by which it is chosen for an export."},
    )
    file = WordField(label="Word file (.docx)", help_text="At most 10 MB.")


class NarrativeForm(PageForm):
    """A narrative that others are writing, with tagged places for this country's text."""

    file = WordField(label="Word file (.docx)", help_text=f"With a content control for each section. {_LIMIT}")


class PublishedForm(PageForm):
    """A report as it was published."""

    report_year = forms.TypedChoiceField(label="Report year", coerce=int)
    file = WordField(endings=(".docx", ".txt", ".md"), label="Published report (.docx or text)", help_text=_LIMIT)

    def __init__(self, *args: Any, years: tuple[int, ...], **kwargs: Any) -> None:
        """Offer the report years there are."""
        super().__init__(*args, **kwargs)
        field = self.fields["report_year"]
        assert isinstance(field, forms.TypedChoiceField)  # noqa: S101  tells the type checker what was declared above
        field.choices = [(year, str(year)) for year in years]


class ReturnedFileForm(PageForm):
    """A file that came back, and the text it was made from."""

    file = WordField(label="Word file (.docx)", help_text=f"As it came back, with its tracked changes. {_LIMIT}")
    snapshot = forms.ChoiceField(label="Made from", required=False)

    def __init__(self, *args: Any, texts: tuple[tuple[str, str], ...], **kwargs: Any) -> None:
        """Offer the frozen texts of the assessment."""
        super().__init__(*args, **kwargs)
        field = self.fields["snapshot"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  tells the type checker what was declared above
        field.choices = [("", "The file tells"), *texts]
