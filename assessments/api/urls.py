"""The addresses of the API, its description, and an answer in JSON where there is nothing."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import URLPattern, path
from django.views.decorators.http import require_GET
from ninja import NinjaAPI

from assessments.api import base, deciding, released, reports, reviewing, used, working, writing
from assessments.core.version import PROGRAM_VERSION

api = NinjaAPI(
    title="Indicia",
    version=PROGRAM_VERSION,
    description=(
        "Released and approved texts, their data and their files; working data for the people whose work it is. A "
        "token stands for its person: rights are those of the pages. It makes no finding on whether a government meets "
        "the minimum standards, and it computes no tier."
    ),
    urls_namespace="api",
    docs_url=None,
    auth=base.Token(),
    parser=base.BodyParser(),
)
for part in (released.router, working.router, reports.router):  # working's has those of all that write as well
    api.add_router("", part)
base.answer_errors(api)
WRITES = tuple(part.__name__ for part in (writing, used, deciding, reviewing))  # imported for their operations


def nothing(_request: HttpRequest, **_: str) -> HttpResponse:
    """Answer for an address there is not."""
    return JsonResponse({"detail": "There is no such address; /api/v1/openapi.json has all."}, status=404)


def _patterns() -> list[URLPattern]:
    """Return one pattern for each address: ninja has one for each operation, all with the view that has them all."""
    found: dict[str, URLPattern] = {}
    for pattern in api.urls[0]:
        if isinstance(pattern, URLPattern) and pattern.name != "api-root" and str(pattern.pattern) not in found:
            view: Any = pattern.callback
            if pattern.name == "openapi-json":
                view = require_GET(view)
            pattern.callback = base.tagged(view)
            found[str(pattern.pattern)] = pattern
    return list(found.values())


app_name = "api"
urlpatterns = [
    *_patterns(),
    path("", base.tagged(nothing), name="api-root"),
    path("<path:rest>", base.tagged(nothing), name="nothing"),
]
