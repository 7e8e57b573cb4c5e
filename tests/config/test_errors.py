"""When the server fails somebody: the answer says so in words, and the log holds nothing of what they wrote."""

import logging

import pytest
from django.conf import LazySettings
from django.test import Client

from config.requests import JsonLine, RequestIdFilter, WithoutValues
from tests.config.failing import SECRET


@pytest.fixture
def client(settings: LazySettings) -> Client:
    settings.ROOT_URLCONF = "tests.config.failing"
    return Client(raise_request_exception=False)


@pytest.mark.parametrize(
    ("path", "status", "words"),
    [
        ("/mistake/", 500, "Nothing was saved by this last step."),
        ("/column/", 500, "Nothing was saved by this last step."),
        ("/forbidden/", 500, "Nothing was saved by this last step."),
        ("/away/", 503, "The database does not answer."),
        ("/gone/", 503, "The database does not answer."),
        ("/locked/", 503, "The database does not answer."),
        ("/full/", 507, "The server has no room left to write to."),
    ],
)
def test_a_failure_is_told_in_words_and_by_its_number(client: Client, path: str, status: int, words: str) -> None:
    answer = client.get(path)
    text = answer.content.decode()
    assert (answer.status_code, words in text, SECRET in text) == (status, True, False)
    assert answer.headers.get("Retry-After") == ("5" if status == 503 else None)


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/mistake/", "/column/", "/full/", "/row/"])
@pytest.mark.parametrize("formatter", [JsonLine(), WithoutValues("{levelname} {message}", style="{")])
def test_the_log_holds_nothing_of_what_was_written(
    client: Client, caplog: pytest.LogCaptureFixture, path: str, formatter: logging.Formatter
) -> None:
    assert client.post(f"{path}?q={SECRET}", {"rationale": SECRET}).status_code in (500, 507)
    lines = [formatter.format(record) for record in caplog.records]
    assert any(path in line for line in lines)
    assert any("Error" in line and "failing.py:" in line for line in lines)
    assert [line for line in lines if SECRET in line or SECRET.replace(" ", "%20") in line] == []


def test_a_line_about_a_refusal_carries_the_name_of_its_request(
    client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.handler.addFilter(RequestIdFilter())
    answer = client.get("/no/such/page/")
    (record,) = [record for record in caplog.records if "/no/such/page/" in record.getMessage()]
    assert record.request_id == answer.headers["X-Request-ID"]
