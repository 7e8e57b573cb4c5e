"""The app as gunicorn serves it, with the floor's pages beside it."""

from django.conf import settings

from config.wsgi import application

settings.ROOT_URLCONF = "benchmarks.floor"

__all__ = ["application"]
