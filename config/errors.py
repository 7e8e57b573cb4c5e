"""What a person is told when the server fails them: that it did, what that means for their work, and what to do."""

import errno
import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template import loader
from django.views.decorators.csrf import requires_csrf_token

RETRY_SECONDS = 5
_NO_ROOM = (errno.ENOSPC, errno.EDQUOT)


@requires_csrf_token
def failed(_: HttpRequest) -> HttpResponse:
    """Answer for an exception that nobody foresaw: 503 without the database, 507 without room, else 500.

    The pages ask for nothing, neither the database nor the session: either may be what failed.
    """
    exc = sys.exc_info()[1]
    if isinstance(exc, InterfaceError) or (isinstance(exc, OperationalError) and not _is_ours(exc)):
        answer = _page("503.html", 503)
        answer.headers["Retry-After"] = str(RETRY_SECONDS)
        return answer
    if isinstance(exc, OSError) and exc.errno in _NO_ROOM:
        return _page("507.html", 507)
    return _page("500.html", 500)


def _is_ours(exc: OperationalError) -> bool:
    """Say whether the program asked for something that is not there, which SQLite reports as it does a lost disk."""
    return str(exc).startswith("no such")


def _page(name: str, status: int) -> HttpResponse:
    return HttpResponse(loader.render_to_string(name), status=status)
