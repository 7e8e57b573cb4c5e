"""The forms by which people are invited and their accounts looked after."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms

from accounts.models import Role
from assessments.forms.base import PageForm


class RolesForm(PageForm):
    """The roles of a person, as far as whoever fills this in may give them."""

    roles = forms.MultipleChoiceField(label="Roles", widget=forms.CheckboxSelectMultiple, required=False)

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        givable: Iterable[Role],
        initial: dict[str, Any] | None = None,
    ) -> None:
        """Offer these roles."""
        super().__init__(data=data, initial=initial)
        field = self.fields["roles"]
        assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101  tells the type checker what was declared above
        field.choices = [(role.value, role.label) for role in Role if role in set(givable)]

    def chosen(self) -> frozenset[Role]:
        """Return the roles that were ticked."""
        return frozenset(Role(value) for value in self.cleaned_data["roles"])


class InvitationForm(RolesForm):
    """Who is invited, and as what."""

    name = forms.CharField(label="Name", max_length=200, help_text="As colleagues know the person.", required=False)
    email = forms.CharField(label="E-mail address", max_length=254, required=False)

    field_order = ("name", "email", "roles")


class ReasonForm(PageForm):
    """Why an account is closed, or its second factor taken away."""

    reason = forms.CharField(label="Reason", max_length=2000, required=False)
