"""What whoever runs the app sees of it: life and readiness, a name for each request, lines without secrets."""

import json
import logging
import re

import pytest
from django.conf import LazySettings
from django.test import Client

from config.requests import JsonLine, RequestIdFilter, WithoutValues


def test_a_process_says_that_it_lives_without_asking_the_database(client: Client) -> None:
    answer = client.get("/health/")
    assert (answer.status_code, answer.content) == (200, b"alive\n")


@pytest.mark.django_db
def test_it_is_ready_until_a_migration_waits(client: Client, settings: LazySettings) -> None:
    assert client.get("/ready/").content == b"ready\n"
    settings.MIGRATION_MODULES = {"sessions": "tests.config.newer.migrations"}
    answer = client.get("/ready/")
    assert (answer.status_code, answer.content) == (503, b"migrations are waiting\n")


def test_every_answer_bears_a_name_and_forbids_the_device(client: Client) -> None:
    headers = client.get("/health/", headers={"X-Request-ID": "chosen-by-a-stranger"}).headers
    assert re.fullmatch(r"[0-9a-f]{32}", headers["X-Request-ID"])
    assert "camera=()" in headers["Permissions-Policy"]


@pytest.mark.parametrize(("given", "kept"), [("abc-12345678", True), ("short", False), ("a b c d e f g h", False)])
def test_the_name_a_proxy_gave_is_kept_if_it_is_one(
    client: Client, settings: LazySettings, given: str, kept: bool
) -> None:
    settings.BEHIND_PROXY = True
    assert (client.get("/health/", headers={"X-Request-ID": given}).headers["X-Request-ID"] == given) is kept


def test_a_line_is_one_json_object() -> None:
    record = logging.LogRecord("indicia", logging.WARNING, __file__, 1, "two\nlines of %s", ("text",), None)
    assert RequestIdFilter().filter(record)
    line = JsonLine().format(record)
    assert "\n" not in line
    found = json.loads(line)
    assert (found["level"], found["request"], found["message"]) == ("WARNING", "-", "two\nlines of text")


@pytest.mark.parametrize("formatter", [JsonLine(), WithoutValues("{message}", style="{")])
def test_a_link_that_leads_in_never_stands_in_a_line(formatter: logging.Formatter) -> None:
    path = "/sign-in/password/1-dirhb5-1042699d4bfc55058a5d7b7d313d3933/"
    record = logging.LogRecord("django", logging.ERROR, __file__, 1, "%s: %s", ("Service Unavailable", path), None)
    assert RequestIdFilter().filter(record)
    line = formatter.format(record)
    assert "Service Unavailable: /sign-in/password/.../" in line
    assert "dirhb5" not in line
