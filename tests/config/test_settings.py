"""A value that cannot be right stops the start with a sentence that names its variable."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

STRONG = "a key for tests " + "0123456789abcdefghijklmnopqrstuvwxyz" * 2
SHOW = """
import json, config.settings as s
print(json.dumps([s.DEBUG, s.DEMO, s.HTTPS, s.TIME_ZONE, s.ALLOWED_HOSTS, s.DATABASES["default"]["ENGINE"]]))
"""


def start(show: str = SHOW, **environment: str) -> "subprocess.CompletedProcess[str]":
    """Read the settings as a new process with nothing but these variables would."""
    bare = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG", "SYSTEMROOT")}
    return subprocess.run(
        [sys.executable, "manage.py", "shell", "--no-imports", "-c", show],
        cwd=settings.BASE_DIR,
        env=bare | environment,
        capture_output=True,
        text=True,
    )


@pytest.mark.parametrize(
    ("environment", "sentence"),
    [
        ({"INDICIA_DEMO": "false"}, "INDICIA_SECRET_KEY must hold at least 50 characters"),
        ({"INDICIA_SECRET_KEY": "short"}, "INDICIA_SECRET_KEY must hold at least 50 characters"),
        ({"INDICIA_SECRET_KEY": "ab" * 40}, "INDICIA_SECRET_KEY must hold at least 50 characters"),
        ({"INDICIA_DEMO": "true", "INDICIA_SECRET_KEY": "short"}, "INDICIA_SECRET_KEY must hold"),
        ({"INDICIA_SECRET_KEY": STRONG, "INDICIA_DEBUG": "maybe"}, '"INDICIA_DEBUG" invalid'),
        ({"INDICIA_SECRET_KEY": STRONG, "INDICIA_HTTPS": "2"}, '"INDICIA_HTTPS" invalid'),
        ({"INDICIA_SECRET_KEY": STRONG, "INDICIA_OFFICE_ZONE": "Mars/Base"}, '"INDICIA_OFFICE_ZONE" invalid'),
        ({"INDICIA_SECRET_KEY": STRONG, "INDICIA_OFFICE_ZONE": "../etc"}, '"INDICIA_OFFICE_ZONE" invalid'),
        ({"INDICIA_SECRET_KEY": STRONG, "INDICIA_VAR": "/no/such/folder"}, '"INDICIA_VAR" invalid'),
        ({"INDICIA_SECRET_KEY": STRONG, "DATABASE_URL": "oracle-of-delphi"}, '"DATABASE_URL" invalid'),
        ({"INDICIA_SECRET_KEY": STRONG, "INDICIA_DEBUGG": "true"}, "did you mean INDICIA_DEBUG?"),
    ],
)
def test_a_wrong_value_stops_the_start_by_name(environment: dict[str, str], sentence: str) -> None:
    done = start(**environment)
    assert done.returncode == 1
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("environment", "shown"),
    [
        (
            {"INDICIA_DEMO": "true"},
            [False, True, False, "America/New_York", ["127.0.0.1", "localhost", "[::1]"], "django.db.backends.sqlite3"],
        ),
        (
            {
                "INDICIA_SECRET_KEY": STRONG,
                "INDICIA_HOSTS": "indicia.example.org",
                "INDICIA_OFFICE_ZONE": "Europe/Vienna",
                "DATABASE_URL": "postgres://indicia@%2Frun%2Fpostgresql/indicia",
            },
            [False, False, True, "Europe/Vienna", ["indicia.example.org"], "django.db.backends.postgresql"],
        ),
    ],
)
def test_right_values_are_taken(environment: dict[str, str], shown: list[object]) -> None:
    assert json.loads(start(**environment).stdout) == shown


def test_every_answer_carries_a_strict_policy(client: Client) -> None:
    policy = client.get("/no/such/page/").headers["Content-Security-Policy"]
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    assert rules == {
        "default-src": "'none'",
        "script-src": "'self'",
        "style-src": "'self'",
        "font-src": "'self'",
        "connect-src": "'self'",
        "form-action": "'self'",
        "img-src": "'self' data:",
        "base-uri": "'none'",
        "frame-ancestors": "'none'",
    }


def test_the_admin_is_not_installed() -> None:
    assert "django.contrib.admin" not in settings.INSTALLED_APPS


def test_no_settings_come_from_a_file_beside_the_code() -> None:
    assert not (Path(settings.BASE_DIR) / ".env").exists()


def test_a_database_that_is_away_is_noticed_within_seconds() -> None:
    ask = 'import json, config.settings as s; print(json.dumps(s.DATABASES["default"]["OPTIONS"]))'
    for query, seconds in (("", 5), ("?connect_timeout=9", 9)):
        url = f"postgres://indicia@%2Frun%2Fpostgresql/indicia{query}"
        done = start(ask, INDICIA_SECRET_KEY=STRONG, INDICIA_HOSTS="x.example.org", DATABASE_URL=url)
        assert json.loads(done.stdout)["connect_timeout"] == seconds


@pytest.mark.parametrize(
    ("origins", "said"),
    [
        ("https://login.example.org,https://mfa.example.org:8443", ""),
        ("login.example.org", '"INDICIA_OIDC_ORIGINS" invalid'),
        ("https://login.example.org/x; script-src *", '"INDICIA_OIDC_ORIGINS" invalid'),
    ],
)
def test_a_sign_in_may_lead_through_the_origins_that_are_named(origins: str, said: str) -> None:
    ask = 'import config.settings as s; print(" ".join(s.CONTENT_SECURITY_POLICY["DIRECTIVES"]["form-action"]))'
    given = {"INDICIA_OIDC_URL": "https://id.example.org/realm", "INDICIA_OIDC_CLIENT": "c", "INDICIA_OIDC_SECRET": "s"}
    done = start(ask, INDICIA_SECRET_KEY=STRONG, INDICIA_HOSTS="x.org", INDICIA_OIDC_ORIGINS=origins, **given)
    if said:
        assert said in done.stderr
    else:
        assert done.stdout.split() == ["'self'", "https://id.example.org", *origins.split(",")]
