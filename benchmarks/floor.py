"""The floor: what bare Django costs with the same middleware, session and database, and pages without any work.

Each page is the plainest that does its one thing: no shared layout, one query, one loop.
"""

from django.contrib.auth.models import Permission
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import include, path

from accounts.models import User

PAGE = "<!doctype html><html lang=en><title>{{ title }}</title><h1>{{ title }}</h1>{{ request.user }}"
ROWS = "{% for row in rows %}<tr>{% for cell in row %}<td>{{ cell }}</td>{% endfor %}</tr>{% endfor %}"
TABLE = f"{PAGE}<table>{ROWS}</table>"

_django = engines["django"]
_page = _django.from_string(PAGE)
_table = _django.from_string(TABLE)


def static_page(request: HttpRequest) -> HttpResponse:
    return HttpResponse(_page.render({"title": "A page"}, request))


def rows(request: HttpRequest, number: int) -> HttpResponse:
    """Show the first rows of a table: a join, four columns, one query."""
    found = Permission.objects.order_by("pk").values_list("pk", "codename", "name", "content_type__model")[:number]
    return HttpResponse(_table.render({"title": "Rows", "rows": found}, request))


def save(request: HttpRequest) -> HttpResponse:
    """Lock one row, change one field of it, in one transaction."""
    with transaction.atomic():
        user = User.objects.select_for_update().get(pk=request.user.pk)
        user.name = request.POST["name"]
        user.save(update_fields=["name"])
    return HttpResponse(status=204)


urlpatterns = [
    path("floor/static/", static_page, name="floor-static"),
    path("floor/rows/<int:number>/", rows, name="floor-rows"),
    path("floor/save/", save, name="floor-save"),
    path("", include("config.urls")),
]
