"""The assessments app, as Django knows it."""

from django.apps import AppConfig


class AssessmentsConfig(AppConfig):
    name = "assessments"

    def ready(self) -> None:
        """Hand the framework's method page the sections that only this app can write, and watch kept connections."""
        from assessments.views import handbook
        from config import sqlite
        from frameworks.views import method

        sqlite.watch()
        method.ADDED[:] = [handbook.agreement_section, handbook.example_section]
