"""Forms of one or two fields: a reason, a remark, the words of a sentence."""

from collections.abc import Mapping
from typing import Any

from django import forms

from assessments.core.values import Section
from assessments.forms.base import PageForm, VersionField
from assessments.forms.fields import Choices, ManyField


class ReasonForm(PageForm):
    """A reason that goes on record."""

    reason = forms.CharField(
        label="Reason",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="It stays on record.",
        error_messages={"required": "Give a reason; it stays on record."},
    )


class NoteForm(PageForm):
    """A reason that may be left out."""

    reason = forms.CharField(
        label="Word to the reviewer", max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )


class SentenceForm(PageForm):
    """The words of one sentence."""

    text = forms.CharField(
        label="Sentence",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4, "class": "published"}),
        error_messages={"required": "A sentence needs words; to take it out, remove it."},
    )
    version = VersionField()


class NewSentenceForm(PageForm):
    """A sentence written by hand: it names evidence, or is marked as its author's judgement."""

    section = forms.ChoiceField(label="Section", choices=Section.choices(), initial=Section.PROSECUTION.value)
    text = forms.CharField(label="Sentence", max_length=4000, widget=forms.Textarea(attrs={"rows": 3}))
    evidence = ManyField(label="Evidence", required=False)
    judgement = forms.BooleanField(
        label="My own judgement", required=False, help_text="Where no evidence is named. The draft says so."
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, evidence: Choices) -> None:
        """Offer this assessment's evidence."""
        super().__init__(data=data, prefix="new")
        field = self.fields["evidence"]
        assert isinstance(field, ManyField)  # noqa: S101  tells the type checker what was declared above
        field.choices = evidence


class CommentForm(PageForm):
    """A remark on a sentence or on the whole text."""

    text = forms.CharField(
        label="Remark",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "A remark says something."},
    )
    quote = forms.CharField(
        label="On these words",
        max_length=4000,
        required=False,
        help_text="Copied from the sentence; left empty, the remark is on all of it.",
    )

    def __init__(self, data: Mapping[str, Any] | None = None) -> None:
        """Name its fields apart: it stands beside the form of the sentence, which has a text too."""
        super().__init__(data=data, auto_id="remark_%s")


class ProposalForm(PageForm):
    """Other words for a sentence or a recommendation, as its reviewer would have them."""

    text = forms.CharField(
        label="Proposed words",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4, "class": "published"}),
        error_messages={"required": "A proposal has words."},
    )
    note = forms.CharField(label="Why", max_length=2000, required=False)


class PlaceForm(PageForm):
    """Another place for a recommendation, with the reason."""

    rank = forms.IntegerField(label="Place", min_value=1, max_value=100)
    reason = forms.CharField(label="Because", max_length=2000, error_messages={"required": "Say why it stands there."})
