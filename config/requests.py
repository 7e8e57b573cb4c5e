"""A name for every request, in its answer and in every line that is logged while it is answered."""

import copy
import json
import logging
import re
import traceback
import uuid
from collections.abc import Callable
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse

HEADER = "X-Request-ID"
_GIVEN = re.compile(r"[0-9A-Za-z-]{8,64}")
_LINK = re.compile(r"(/sign-in/password/)[^/\s]+")
"""A link to set a password leads in whoever has it; where it failed, it is still good."""
_current: ContextVar[str] = ContextVar("request_id", default="")


class RequestIdMiddleware:
    """Names each request; behind a proxy, by the name the proxy gave it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep the rest of the chain."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer under the request's name."""
        given = request.headers.get(HEADER, "") if settings.BEHIND_PROXY else ""
        name = given if _GIVEN.fullmatch(given) else uuid.uuid4().hex
        request.name_in_log = name  # type: ignore[attr-defined]  # Django logs a refusal after all middleware has left
        token = _current.set(name)
        try:
            response = self.get_response(request)
        finally:
            _current.reset(token)
        response.headers[HEADER] = name
        return response


class RequestIdFilter(logging.Filter):
    """Puts the request's name on every record; "-" outside a request."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Let every record through."""
        request = getattr(record, "request", None)
        record.request_id = _current.get() or getattr(request, "name_in_log", "") or "-"
        return True


class WithoutValues(logging.Formatter):
    """Writes where an error happened and of what kind it is, never its text.

    The text may hold what was being saved: PostgreSQL quotes the failing row, and a ValueError the value. The name of a
    constraint says what was wrong and holds nothing of anybody.
    """

    def format(self, record: logging.LogRecord) -> str:
        """Return the line; a trace that another formatter wrote with its values and left on the record is not used."""
        record = copy.copy(record)
        record.exc_text = None
        record.msg, record.args = message_of(record), ()
        return super().format(record)

    def formatException(self, ei: Any) -> str:  # noqa: N802  # logging's name
        """Return the trace of an error and of what caused it, outermost last."""
        return "\n".join(_without_values(ei[1])) if ei[1] is not None else ""


def message_of(record: logging.LogRecord) -> str:
    """Return what a record says, without the links that lead in."""
    return _LINK.sub(r"\1...", record.getMessage())


def _without_values(exc: BaseException) -> list[str]:
    before = exc.__cause__ or (None if exc.__suppress_context__ else exc.__context__)
    lines = _without_values(before) if before else []
    for frame in traceback.extract_tb(exc.__traceback__):
        lines.append(f"  {frame.filename}:{frame.lineno} {frame.name}")
    constraint = getattr(getattr(exc, "diag", None), "constraint_name", None)
    kind = f"{type(exc).__module__}.{type(exc).__qualname__}"
    lines.append(f"{kind} ({constraint})" if constraint else kind)
    return lines


class JsonLine(WithoutValues):
    """One JSON object a line: time (UTC), level, logger, request, message, and the trace of an error without values."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "request": getattr(record, "request_id", "-"),
            "message": message_of(record),
        }
        if record.exc_info:
            line["trace"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False)
