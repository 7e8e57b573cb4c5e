"""Whether this process lives and whether it can work, for whatever watches over it; nothing about the data."""

from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe


def _answer(text: str, status: int = 200) -> HttpResponse:
    return HttpResponse(f"{text}\n", content_type="text/plain; charset=utf-8", status=status)


@login_not_required
@never_cache
@require_safe
def alive(_: HttpRequest) -> HttpResponse:
    """Answer 200 as long as the process answers at all; no database is asked."""
    return _answer("alive")


@login_not_required
@never_cache
@require_safe
def ready(_: HttpRequest) -> HttpResponse:
    """Answer 200 where the database answers and has every migration, else 503 with what is missing."""
    try:
        executor = MigrationExecutor(connection)
        waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
        cache.get("ready")
    except DatabaseError:
        return _answer("the database does not answer", 503)
    if waiting:
        return _answer("migrations are waiting", 503)
    return _answer("ready")
