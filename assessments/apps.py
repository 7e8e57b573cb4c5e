"""The assessments app, as Django knows it."""

from django.apps import AppConfig


class AssessmentsConfig(AppConfig):
    name = "assessments"
