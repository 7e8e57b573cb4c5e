"""What is to be taken out of everything, and why."""

from django import forms

from assessments.actions.redaction import MAX_REASON, MAX_WORDS
from assessments.forms.base import PageForm


class RedactionForm(PageForm):
    """The words as they stand there, and a reason that does not hold them."""

    words = forms.CharField(
        label="Words to take out",
        max_length=MAX_WORDS,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text="As they stand there, such as a name. They are kept until it is decided, and then no more.",
        error_messages={"required": "Give the words as they stand there."},
    )
    reason = forms.CharField(
        label="Reason",
        max_length=MAX_REASON,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="It stays on record for ever, so give it without the words themselves.",
        error_messages={"required": "Give a reason; it stays on record."},
    )
