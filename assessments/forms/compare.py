"""Which two texts are compared."""

from collections.abc import Mapping
from typing import Any

from django import forms

from assessments.forms.base import PageForm
from assessments.forms.fields import Choices


class CompareForm(PageForm):
    """Two texts; what cannot be compared counts as not chosen, so that a link that has aged still opens."""

    old = forms.ChoiceField(label="From", required=False)
    new = forms.ChoiceField(label="To", required=False)

    def __init__(self, data: Mapping[str, Any], *, texts: Choices, old: str, new: str) -> None:
        """Offer the texts; `old` and `new` are taken where nothing valid was chosen."""
        known = {str(value) for value, _ in texts}
        chosen = {"old": data.get("old", ""), "new": data.get("new", "")}
        self.pair = (
            chosen["old"] if chosen["old"] in known else old,
            chosen["new"] if chosen["new"] in known else new,
        )
        super().__init__(initial={"old": self.pair[0], "new": self.pair[1]})
        for name in ("old", "new"):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101  tells the type checker what was declared above
            field.choices = texts
