"""Forms for the text of a source, and for what is marked in it."""

from collections.abc import Mapping, Sequence
from typing import Any

from crispy_forms.layout import Div, LayoutObject
from django import forms
from django.core.exceptions import ValidationError
from django.utils.safestring import mark_safe

from assessments.actions import Upload
from assessments.core import passages
from assessments.core.values import Credibility
from assessments.enums import TextOrigin
from assessments.extraction import ACCEPTED, KINDS, LARGEST, NotAccepted, kind_of, text_of
from assessments.forms.base import PageForm, VersionField
from assessments.forms.fields import Choices, ManyField
from assessments.forms.ticks import QuestionTicks
from assessments.models import Excerpt


class DocumentForm(PageForm):
    """A text pasted, a file, or a file with its text pasted beside it. Cleans to `text`, `origin` and `upload`."""

    text = forms.CharField(
        label="Paste the text",
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 10, "class": "published"}),
        help_text=f"At most {passages.LONGEST_TEXT:,} characters. Empty lines part the paragraphs.",
    )
    file = forms.FileField(
        label="Or choose or drop a file",
        required=False,
        widget=forms.FileInput(attrs={"accept": ",".join(f".{kind.ending}" for kind in KINDS)}),
        help_text=f"{ACCEPTED[:1].upper()}{ACCEPTED[1:]}. The text of a scan is pasted beside it, in a PDF too.",
    )

    def clean_text(self) -> str:
        """Bring the text into the form it is kept in."""
        text = passages.tidy(self.cleaned_data["text"])
        if len(text) > passages.LONGEST_TEXT:
            most = f"A text has at most {passages.LONGEST_TEXT:,} characters; this one has {len(text):,}."
            raise ValidationError(f"{most} Paste the part you need.")
        return text

    def clean(self) -> dict[str, Any]:
        """Read the file as what it is, and take the text in it where none was pasted."""
        cleaned: dict[str, Any] = super().clean() or {}
        self.upload: Upload | None = None
        self.origin = TextOrigin.PASTED
        file = cleaned.get("file")
        if self.errors:
            return cleaned
        if file is None:
            if not cleaned["text"]:
                self.add_error("text", "Paste the text, or choose a file.")
            return cleaned
        if file.size > LARGEST:
            self.add_error("file", f"The file has {file.size / 1024 / 1024:,.1f} MB; at most 25 MB are accepted.")
            return cleaned
        try:
            content = file.read()
            kind = kind_of(file.name, content)
            extracted = "" if cleaned["text"] else text_of(kind, content)
        except NotAccepted as exc:
            self.add_error("file", str(exc))
            return cleaned
        self.upload = Upload(file.name, kind, content)
        if extracted:
            if len(extracted) > passages.LONGEST_TEXT:
                most = f"The text in the file has {len(extracted):,} characters, more than {passages.LONGEST_TEXT:,}"
                self.add_error("file", f"{most}: paste the part you need beside it.")
            cleaned["text"], self.origin = extracted, TextOrigin.EXTRACTED
        return cleaned


class TranslationForm(PageForm):
    """The language of an excerpt, its translation and who made it, and where it stands; the excerpt is not editable."""

    pinpoint = forms.CharField(label="Where in the source", required=False, max_length=200)
    language = forms.CharField(
        label="Language of the excerpt",
        required=False,
        max_length=40,
        help_text="Empty: English, nothing to translate.",
    )
    translation = forms.CharField(
        label="Translation",
        required=False,
        max_length=passages.LONGEST_EXCERPT,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="It stands beside the original, which stays as found.",
    )
    translator = forms.CharField(
        label="Translated by",
        required=False,
        max_length=200,
        help_text=mark_safe("A role, an office, or the machine used: <i>embassy translator</i>."),
    )
    version = VersionField()

    def __init__(self, row: Excerpt, data: Mapping[str, Any] | None = None) -> None:
        """Show what is kept of an excerpt."""
        names = ("pinpoint", "language", "translation", "translator", "version")
        super().__init__(data=data, initial={name: getattr(row, name) for name in names}, prefix="translation")

    def layout_fields(self) -> Sequence[str | LayoutObject]:
        """Set the short fields in rows."""
        return (Div("pinpoint", "language", css_class="field-row"), "translation", "translator", "version")


class PlaceForm(PageForm):
    """Where an excerpt becomes evidence: in which assessments, for which questions, under what attribution."""

    assessments = ManyField(
        label="As evidence of", required=False, error_messages={"invalid_choice": "Choose assessments of the list."}
    )
    edited = forms.CharField(
        label="What it shows, in our own words",
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="No names of persons. It may be written later.",
    )
    attribution = forms.ChoiceField(label="Attribution used", required=False)
    credibility = forms.TypedChoiceField(
        label="Credibility of this item",
        choices=Credibility.choices(),
        coerce=Credibility,
        initial=Credibility.UNJUDGED.value,
        required=False,
        empty_value=Credibility.UNJUDGED,
    )
    official_record = forms.BooleanField(label="An official or judicial record", required=False)
    indicators = ManyField(label="For these questions", required=False)

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        assessments: Choices,
        attributions: Sequence[str],
        indicators: Sequence[tuple[str, Choices]],
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        """Offer the person's open assessments, the attributions the source permits, and the questions by group."""
        super().__init__(data=data, initial=dict(initial or {}), prefix="place")
        self._offer("assessments", assessments)
        self._offer("attribution", [("", "by its class"), *((name, name) for name in attributions)])
        self._offer("indicators", indicators)

    def _offer(self, name: str, choices: Any) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  tells the type checker what was declared above
        field.choices = choices

    def layout_fields(self) -> Sequence[str | LayoutObject]:
        """Set what is chosen most often first."""
        return (
            "assessments",
            QuestionTicks("indicators"),
            "edited",
            Div("attribution", "credibility", css_class="field-row"),
            "official_record",
        )

    def clean(self) -> dict[str, Any]:
        """Ask for an assessment beside the field."""
        cleaned: dict[str, Any] = super().clean() or {}
        if not self.errors and not cleaned.get("assessments"):
            self.add_error("assessments", "Choose at least one assessment.")
        return cleaned


class AsideForm(PageForm):
    """Why an excerpt is not used, and in which assessments that goes on record."""

    reason = forms.CharField(
        label="Looked at and not used, because",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Give a reason; it stays on record."},
    )
    assessments = ManyField(
        label="Keep it on record in",
        required=False,
        help_text="There it is listed among the evidence as not used. None chosen: the reason stays with the source.",
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        assessments: Choices = (),
    ) -> None:
        """Offer the person's open assessments."""
        super().__init__(data=data, prefix="aside")
        field = self.fields["assessments"]
        assert isinstance(field, ManyField)  # noqa: S101  tells the type checker what was declared above
        field.choices = assessments
        if not assessments:
            del self.fields["assessments"]
