"""What keeps a browser safe goes out with every answer: pages, files, refusals, jumps, and failures."""

import pytest
from django.conf import LazySettings
from django.test import Client

HOST = {"host": "indicia.example.org", "x-forwarded-proto": "https"}
KEPT = {
    "Content-Security-Policy",
    "Cross-Origin-Opener-Policy",
    "Permissions-Policy",
    "Referrer-Policy",
    "Strict-Transport-Security",
    "X-Content-Type-Options",
    "X-Frame-Options",
    "X-Request-ID",
}


@pytest.fixture
def client(settings: LazySettings) -> Client:
    settings.ALLOWED_HOSTS = ["indicia.example.org"]
    settings.SECURE_SSL_REDIRECT, settings.SECURE_HSTS_SECONDS = True, 1000
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    return Client(enforce_csrf_checks=True, raise_request_exception=False)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("method", "path", "changes", "status"),
    [
        ("get", "/sign-in/", {}, 200),
        ("get", "/static/css/base.css", {}, 200),
        ("get", "/no/such/page/", {}, 404),
        ("get", "/", {}, 302),
        ("get", "/sign-in", {}, 301),
        ("post", "/sign-in/", {}, 403),
        ("put", "/sign-in/", {}, 403),
        ("get", "/sign-in/", {"host": "evil.example"}, 400),
        ("post", "/sign-in/", {"content-length": "99999999"}, 413),
        ("get", "/api/v1/me", {}, 401),
        ("get", "/api/v1/openapi.json", {}, 200),
        ("get", "/api/v1/none", {}, 404),
        ("get", "/health/", {}, 200),
        ("get", "/ready/", {}, 200),
    ],
)
def test_no_answer_lacks_a_header(client: Client, method: str, path: str, changes: dict[str, str], status: int) -> None:
    answer = getattr(client, method)(path, headers=HOST | changes)
    answer.close()
    assert answer.status_code == status
    assert KEPT - set(answer.headers) == set()


@pytest.mark.parametrize("path", ["/mistake/", "/away/", "/full/"])
def test_nor_does_a_failure(client: Client, settings: LazySettings, path: str) -> None:
    settings.ROOT_URLCONF = "tests.config.failing"
    answer = client.get(path, headers=HOST)
    assert answer.status_code >= 500
    assert KEPT - set(answer.headers) == set()


def test_the_jump_to_a_safe_line_has_them_too(client: Client) -> None:
    answer = client.get("/sign-in/", headers={"host": "indicia.example.org"})
    assert (answer.status_code, answer.headers["Location"]) == (301, "https://indicia.example.org/sign-in/")
    assert KEPT - {"Strict-Transport-Security"} - set(answer.headers) == set()


@pytest.mark.django_db
def test_pages_are_kept_by_nobody_and_static_files_are(client: Client) -> None:
    assert "no-store" in client.get("/sign-in/", headers=HOST).headers["Cache-Control"]
    assert client.get("/", headers=HOST).headers["Cache-Control"] == "private, no-store"
    style = client.get("/static/css/base.css", headers=HOST)
    style.close()
    assert "no-store" not in style.headers["Cache-Control"]
    assert "Access-Control-Allow-Origin" not in style.headers


def test_a_host_that_is_not_ours_is_given_nothing_of_it(client: Client) -> None:
    answer = client.get("/sign-in/", headers=HOST | {"host": "evil.example"})
    assert b"evil.example" not in answer.content
    assert "Nothing was saved." in answer.content.decode()


@pytest.mark.django_db
def test_more_than_a_form_has_is_refused_in_words(client: Client) -> None:
    fields = {f"field{number}": "x" for number in range(1200)}
    answer = Client(raise_request_exception=False).post("/sign-in/", fields, headers=HOST)
    assert answer.status_code == 400
    assert "held more than a form does" in answer.content.decode()
    assert KEPT - set(answer.headers) == set()
