"""The pages of Indicia, each in the app it belongs to."""

from django.urls import include, path

from config import health

urlpatterns = [
    path("health/", health.alive, name="alive"),
    path("ready/", health.ready, name="ready"),
    path("", include("accounts.urls")),
    path("", include("frameworks.urls")),
    path("api/v1/", include("assessments.api.urls")),
    path("", include("assessments.urls")),
]

handler500 = "config.errors.failed"
