"""A token for a program."""

from django import forms

from accounts.models import Scope
from assessments.actions.tokens import MOST_DAYS
from assessments.forms.base import PageForm


class TokenForm(PageForm):
    """What it is for, what it may do, and for how long."""

    name = forms.CharField(label="What it is for", max_length=100)
    scope = forms.ChoiceField(label="It may", choices=Scope.choices, initial=Scope.READ.value)
    days = forms.IntegerField(label="For how many days", min_value=1, max_value=MOST_DAYS, initial=90)
