"""Passwords that stand in this program for all to read: the demo's people have one, and nobody else may."""

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import ValidationError

DEMO_PASSWORD = "seven plain words for one demo"  # noqa: S105 - published on purpose


def is_refused(password: str) -> bool:
    """Say whether a password leads in nowhere here: a demo's, once the same data is used in earnest."""
    return password == DEMO_PASSWORD and not settings.DEMO


class NotPublished:
    """Refuses such a password where somebody sets one."""

    def validate(self, password: str, user: AbstractBaseUser | None = None) -> None:  # noqa: ARG002
        """Raise ValidationError for a published password."""
        if is_refused(password):
            raise ValidationError("This password stands in the program for all to read.", code="published")

    def get_help_text(self) -> str:
        """Say it beside the field."""
        return "Your password can’t be the demo’s."
