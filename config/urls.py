"""The pages of Indicia, each in the app it belongs to."""

from django.urls import include, path

urlpatterns = [
    path("", include("accounts.urls")),
    path("", include("frameworks.urls")),
    path("", include("assessments.urls")),
]
