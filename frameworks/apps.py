"""The frameworks app, as Django knows it."""

from django.apps import AppConfig


class FrameworksConfig(AppConfig):
    name = "frameworks"
