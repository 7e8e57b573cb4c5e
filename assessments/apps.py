"""The assessments app, as Django knows it."""

from django.apps import AppConfig


class AssessmentsConfig(AppConfig):
    name = "assessments"

    def ready(self) -> None:
        """Hand the framework's method page the sections that only this app can write."""
        from assessments.views import handbook
        from frameworks.views import method

        method.ADDED[:] = [handbook.agreement_section, handbook.example_section]
