"""The form that applies a wording version."""

from typing import Any
from uuid import UUID

from django import forms

from assessments.forms.base import PageForm

MOST = 500
"""More assessments than an office has open at a time."""


class ApplyForm(PageForm):
    """The editor's word that the changes were read; the assessments that were previewed come with it, out of sight."""

    confirm = forms.BooleanField(
        label="I have read what changes",
        error_messages={"required": "Say that you have read what changes."},
    )

    def clean(self) -> dict[str, Any]:
        """Read the ids of the assessments that were previewed."""
        values: dict[str, Any] = super().clean() or {}
        given = self.data.getlist("revision") if hasattr(self.data, "getlist") else []
        try:
            values["revisions"] = [UUID(text) for text in given[:MOST]]
        except ValueError:
            self.add_error(None, "These are not the assessments that were previewed; look at the preview again.")
        return values
