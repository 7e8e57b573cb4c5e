"""The accounts app, as Django knows it."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """People and how they sign in; it brings the checks of the secrets they are signed in with."""

    name = "accounts"

    def ready(self) -> None:
        """Let Django know the checks."""
        from config import checks  # noqa: F401
