"""What is measured: bare pages, and beside each the pages of the app that do comparable work."""

import re
from collections.abc import Callable
from html.parser import HTMLParser
from itertools import count

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from accounts.models import Role, User
from assessments.enums import Part
from assessments.models import Assessment
from benchmarks.measure import Target


class Fields(HTMLParser):
    """The names and values that a browser would send back from the form that has this field."""

    def __init__(self) -> None:
        super().__init__()
        self.values: dict[str, list[str]] = {}
        self._list = ""
        self._text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        name, kind = given.get("name") or "", given.get("type")
        if tag == "select":
            self._list = name
        elif tag == "option" and "selected" in given:
            self._put(self._list, given.get("value"))
        elif tag == "textarea":
            self._text = name
            self._put(name, "")
        elif tag == "input" and (kind not in ("radio", "checkbox") or "checked" in given):
            self._put(name, given.get("value"))

    def handle_data(self, data: str) -> None:
        if self._text:
            self.values[self._text][-1] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self._text = ""

    def _put(self, name: str, value: str | None) -> None:
        if name:
            self.values.setdefault(name, []).append(value or "")


def get(client: Client, url: str) -> Callable[[], HttpResponse]:
    """Return a request for this page; anything but 200 ends the benchmark."""

    def request() -> HttpResponse:
        response = client.get(url)
        if response.status_code != 200:
            raise RuntimeError(f"{url} answered {response.status_code}")
        return response

    return request


def save_answer(client: Client, url: str) -> Callable[[], HttpResponse]:
    """Return a request that changes the reason of one answer as the form does: derived, drafted and merged anew."""
    number = count()
    fields = Fields()
    fields.feed(client.get(url).content.decode())
    values = fields.values
    values["confidence"] = ["moderate"]

    def request() -> HttpResponse:
        values["rationale"] = [f"Reason {next(number)}"]
        response = client.post(url, values, headers={"HX-Request": "true"})
        if response.status_code != 200:
            raise RuntimeError(f"{url} answered {response.status_code} to a save")
        found = re.search(r'name="version"[^>]*value="(\d+)"', response.content.decode())
        if found is None:
            raise RuntimeError(f"{url} gave no new version")
        values["version"] = [found[1]]
        return response

    return request


def _signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def targets(assessment: Assessment) -> list[Target]:
    """Return the bare pages, then the app's."""
    analyst = _signed_in(assessment.assignments.filter(part=Part.ANALYST, ended_at=None)[0].user)
    reviewer = _signed_in(assessment.assignments.filter(part=Part.REVIEWER, ended_at=None)[0].user)
    coordinator = _signed_in(User.objects.get(role_grants__role=Role.COORDINATOR))

    def page(name: str, **more: object) -> str:
        return reverse(f"assessments:{name}", args=[assessment.public_id, *more.values()])

    def bare_save() -> HttpResponse:
        return analyst.post("/floor/save/", {"name": "Ana Lund"})

    answered = assessment.revisions.get(is_open=True).ratings.filter(state="rated", part="")[0].indicator.code
    return [
        Target("bare: a page without a query", get(analyst, "/floor/static/")),
        Target("bare: 45 rows", get(analyst, "/floor/rows/45/")),
        Target("bare: 190 rows", get(analyst, "/floor/rows/190/")),
        Target("bare: save one row", bare_save),
        Target("method", get(analyst, reverse("frameworks:method")), "bare: a page without a query"),
        Target("list of all assessments", get(coordinator, reverse("assessments:list")), "bare: 190 rows"),
        Target("first screen, analyst", get(analyst, "/"), "bare: 45 rows"),
        Target("one question with the draft", get(analyst, page("question", code=answered)), "bare: 45 rows"),
        Target("fact sheets", get(analyst, page("facts")), "bare: 45 rows"),
        Target("draft", get(analyst, page("draft")), "bare: 45 rows"),
        Target("review", get(reviewer, page("review")), "bare: 45 rows"),
        Target("save one answer", save_answer(analyst, page("question", code=answered)), "bare: save one row"),
    ]
