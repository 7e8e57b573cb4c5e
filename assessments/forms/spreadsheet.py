"""The workbook that comes back."""

from django import forms

from assessments.forms.base import PageForm


class WorkbookForm(PageForm):
    """One file."""

    file = forms.FileField(
        label="Workbook",
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx"}),
        help_text="The Excel workbook (.xlsx) that was taken away here; at most 10 MB.",
        error_messages={
            "required": "Choose the workbook.",
            "empty": "The file is empty.",
            "invalid": "Choose the workbook.",
        },
    )
