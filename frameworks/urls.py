"""The reference pages: the framework with its law, the method, and what is on file on countries."""

from django.urls import URLPattern, path

from frameworks.views import countries, framework, method

app_name = "frameworks"
V = "framework/<uuid:version_id>/"

urlpatterns: list[URLPattern] = [
    path("framework/", framework.front, name="current"),
    path(V, framework.front, name="version"),
    path(V + "indicators/<slug:slug>/", framework.indicator, name="indicator"),
    path(V + "law/", framework.law, name="law"),
    path(V + "provisions/", framework.provisions, name="provisions"),
    path(V + "registry/", framework.registry, name="registry"),
    path(V + "recommendations/", framework.recommendations, name="recommendations"),
    path(V + "seed/", framework.seed, name="seed"),
    path(V + "method/", method.method, name="version-method"),
    path("method/", method.method, name="method"),
    path("countries/", countries.listing, name="countries"),
    path("countries/<slug:iso3>/", countries.country, name="country"),
]
