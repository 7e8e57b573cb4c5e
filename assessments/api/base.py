"""What every operation has: who asks and how often they may, what an error looks like, pages, and tags."""

import hashlib
import json
import logging
from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from functools import wraps
from typing import Any, Generic, TypeVar

from django.core.cache import cache
from django.core.exceptions import RequestDataTooBig
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.utils import timezone
from django.utils.cache import get_conditional_response
from ninja import Field, NinjaAPI, Schema
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.operation import Operation
from ninja.parser import Parser
from ninja.security import HttpBearer
from pydantic import ValidationError as RecordError

from accounts.models import ApiToken, User
from accounts.second_factor import lacks_one
from assessments import actions, policies
from assessments.apart.process import Unavailable

logger = logging.getLogger(__name__)
T = TypeVar("T")

READS_A_MINUTE, WRITES_A_MINUTE, FAILURES_A_MINUTE = 300, 60, 20
"""What one token may ask in a minute, and how often one address may come with a token that is none."""
MOST_PAGES, LARGEST_PAGE, USUAL_PAGE = 10_000, 100, 25
USED_AGAIN = timedelta(minutes=5)
"""The last use of a token is noted no oftener than this."""
DEEPEST = 40  # levels of a body


def _make_less() -> None:
    """Let ninja make what the operations share once, and what most processes never need when it is needed.

    It makes a model for each status of each operation, some four hundred, of which all but a few dozen are alike; and
    their validators at once. Both together took four of nine MB in every worker.
    """
    make = Operation._create_response_model
    made: dict[Any, Any] = {}

    def once(operation: Operation, response_param: Any) -> Any:
        if response_param not in made:
            made[response_param] = make(operation, response_param)
        return made[response_param]

    Operation._create_response_model = once  # type: ignore[method-assign, assignment]
    Schema.model_config["defer_build"] = True


_make_less()


class Asker(HttpRequest):
    """A request whose token was known."""

    auth: ApiToken


class TooMany(Exception):
    """More than is allowed in a minute."""


class Problem(Schema):
    """Why it was not done: a sentence, and the fields it is about where there are any."""

    detail: str
    errors: dict[str, list[str]] = {}


class Clash(Problem):
    """Somebody else changed it meanwhile: what is stored, at `version`. What was sent is kept in the log."""

    version: int
    theirs: Any = None


class Page(Schema, Generic[T]):
    """One page of a list: `count` counts all that there is."""

    items: list[T]
    count: int
    page: int
    pages: int


class Paging(Schema):
    """Which page, and how long it is."""

    page: int = Field(1, ge=1, le=MOST_PAGES)
    per_page: int = Field(USUAL_PAGE, ge=1, le=LARGEST_PAGE)


READ: Mapping[int, Any] = {400: Problem, 401: Problem, 403: Problem, 404: Problem, 422: Problem, 429: Problem}
WRITE: Mapping[int, Any] = {**READ, 409: Clash}
"""What every operation may answer beside success."""


def page_of(rows: QuerySet[Any] | Sequence[Any], paging: Paging, make: Callable[[Any], T]) -> dict[str, Any]:
    """Return one page; two queries however long the list is."""
    count = rows.count() if isinstance(rows, QuerySet) else len(rows)
    start = (paging.page - 1) * paging.per_page
    items = [make(row) for row in rows[start : start + paging.per_page]] if start < count else []
    pages = max(1, -(-count // paging.per_page))
    return {"items": items, "count": count, "page": paging.page, "pages": pages}


# --- Who asks


class Token(HttpBearer):
    """A person's token. Reading tokens read; writing tokens do both. Wrong ones are counted by address."""

    def authenticate(self, request: HttpRequest, token: str) -> ApiToken | None:
        """Return the token if it holds now. Raises TooMany."""
        found = ApiToken.objects.holding(token, timezone.now())
        if found is None or lacks_one(found.user):
            _count("failed", str(request.META.get("REMOTE_ADDR", "")), FAILURES_A_MINUTE)
            return None
        reads = request.method in {"GET", "HEAD"}
        _count("read" if reads else "write", str(found.pk), READS_A_MINUTE if reads else WRITES_A_MINUTE)
        if not reads and not found.may_write:
            raise policies.NotAllowed("This token reads only.")
        if found.last_used_at is None or timezone.now() - found.last_used_at > USED_AGAIN:
            ApiToken.objects.filter(pk=found.pk).update(last_used_at=timezone.now())
        return found


def _count(what: str, who: str, most: int) -> None:
    """Count one more in this minute. The counts are in the database, so that all workers count together."""
    minute = int(timezone.now().timestamp()) // 60
    key = f"api-{what}-{hashlib.sha256(who.encode()).hexdigest()[:16]}-{minute}"
    if cache.add(key, 1, 120):
        return
    try:
        number = cache.incr(key)
    except ValueError:  # its time was over between the two
        return
    if number > most:
        raise TooMany


def person_of(request: HttpRequest) -> User:
    """Return whose token it is."""
    token: ApiToken = request.auth  # type: ignore[attr-defined]
    return token.user


# --- What is sent


class BodyParser(Parser):
    """Reads JSON as any database can keep it: no NUL, no half of a character, no number that is none."""

    def parse_body(self, request: HttpRequest) -> Any:
        """Return the body. Raises HttpError 400 with what is wrong."""
        try:
            text = request.body.decode("utf-8")
            found = json.loads(text, parse_constant=_no_constant)
            if "\0" in text or _is_unfit(found):
                raise HttpError(400, "The body holds a character that is none, or is nested too deeply.")
        except RequestDataTooBig as exc:
            raise HttpError(400, "The body is too large.") from exc
        except (ValueError, RecursionError) as exc:
            raise HttpError(400, "The body is not JSON in UTF-8.") from exc
        return found

    def parse_querydict(self, data: Any, list_fields: list[str], request: HttpRequest) -> Any:
        """Return the query. Raises HttpError 400 for a NUL in it."""
        if isinstance(data, QueryDict) and any("\0" in value for values in data.lists() for value in values[1]):
            raise HttpError(400, "The address holds a character that is none.")
        return super().parse_querydict(data, list_fields, request)


def _no_constant(name: str) -> Any:
    raise ValueError(f"{name} is no number")


def _is_unfit(value: Any, depth: int = 0) -> bool:
    if depth > DEEPEST:
        return True
    if isinstance(value, str):
        return "\0" in value or any("\ud800" <= letter <= "\udfff" for letter in value)
    if isinstance(value, Mapping):
        return any(_is_unfit(key, depth) or _is_unfit(member, depth + 1) for key, member in value.items())
    if isinstance(value, list):
        return any(_is_unfit(member, depth + 1) for member in value)
    return isinstance(value, int) and not -(2**53) <= value <= 2**53


# --- Errors


def answer_errors(api: NinjaAPI) -> None:
    """Let every refusal of the actions and policies have its status and its sentence."""

    def told(kind: type[Exception], status: int, said: Callable[[Any], dict[str, Any]]) -> None:
        def answer(request: HttpRequest, exc: Any) -> HttpResponse:
            made = api.create_response(request, said(exc), status=status)
            if status == 429:
                made["Retry-After"] = "60"
            if status == 401:
                made["WWW-Authenticate"] = "Bearer"
            return made

        api.add_exception_handler(kind, answer)

    told(policies.NotAllowed, 403, lambda exc: {"detail": str(exc)})
    told(actions.NotFound, 404, lambda exc: {"detail": str(exc)})
    told(Http404, 404, lambda exc: {"detail": str(exc) or "There is no such thing, or it is not open to you."})
    told(actions.Invalid, 422, lambda exc: {"detail": str(exc), "errors": exc.errors})
    told(actions.Conflict, 409, _clash)
    told(ValidationError, 422, lambda exc: _by_field(exc.errors))
    told(RecordError, 422, lambda exc: _by_field(exc.errors(include_url=False, include_input=False)))
    told(TooMany, 429, lambda _: {"detail": "Too many requests; wait a minute."})
    told(Unavailable, 503, lambda exc: {"detail": str(exc)})
    told(HttpError, 400, lambda exc: {"detail": str(exc)})
    told(Exception, 500, _unforeseen)
    told(AuthenticationError, 401, lambda _: {"detail": "A token is needed, and this is none that holds."})


def _unforeseen(exc: Exception) -> dict[str, Any]:
    logger.error("The API failed", exc_info=exc)
    return {"detail": "The program failed in a way it did not foresee; the log of the server says more."}


def _clash(exc: actions.Conflict) -> dict[str, Any]:
    """Say what is stored, where that is words; records are read again at their address, as this person may see them."""
    theirs = exc.theirs if isinstance(exc.theirs, str) else None
    return {"detail": str(exc), "version": exc.version, "theirs": theirs}


def _by_field(errors: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    found: dict[str, list[str]] = {}
    for error in errors:
        where = ".".join(str(part) for part in error["loc"] if part not in {"body", "query", "path", "given"})
        found.setdefault(where, []).append(str(error["msg"]))
    return {"detail": "What was sent can't be read.", "errors": found}


# --- Tags


def tagged(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Give every answer to GET a tag, and say "not modified" to who has it already; nothing is kept in between."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        made = view(request, *args, **kwargs)
        made["Cache-Control"] = "private, no-cache"
        made["Vary"] = "Authorization"
        if request.method != "GET" or made.status_code != 200 or made.streaming:
            return made
        made.headers.setdefault("ETag", f'"{hashlib.sha256(made.content).hexdigest()[:32]}"')
        found = get_conditional_response(request, etag=made["ETag"], response=made)
        return made if found is None else found

    opened: Any = answer
    opened.csrf_exempt = True  # no cookie counts here, so there is none to misuse
    opened.login_required = False  # a token is asked for instead
    return answer


def version_of(tag: str | None) -> int | None:
    """Return the version an If-Match names; None without one. Raises Invalid."""
    if tag is None:
        return None
    bare = tag.strip().strip('"').removeprefix("v")
    if not (bare.isdecimal() and bare.isascii() and len(bare) < 10):
        raise actions.Invalid({"If-Match": ['Give the tag that was read, as in "v3".']})
    return int(bare)
