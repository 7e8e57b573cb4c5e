"""The examples in deploy/ name settings, commands and files that there are; nothing here can run them."""

import configparser
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import get_commands
from ruamel.yaml import YAML

from config.settings import env

ROOT = Path(settings.BASE_DIR)
DEPLOY = ROOT / "deploy"
UNITS = sorted(DEPLOY.glob("indicia*.service"))


def test_every_setting_is_one() -> None:
    lines = [line for line in (DEPLOY / "indicia.env").read_text().splitlines() if line and not line.startswith("#")]
    names = {line.split("=")[0] for line in lines}
    assert names - set(env.dump()) <= {"WEB_CONCURRENCY"}
    assert {"INDICIA_SECRET_KEY", "INDICIA_HOSTS", "DATABASE_URL"} <= names
    assert "INDICIA_SECRET_KEY=" in lines, "no example holds a key that works"


@pytest.mark.parametrize("path", [*sorted(DEPLOY.iterdir())], ids=lambda path: path.name)
def test_every_command_is_one(path: Path) -> None:
    used = set(re.findall(r'manage\.py"?,? "?([a-z_]+)(?![.\w])', path.read_text()))
    assert used <= set(get_commands())


def test_the_image_takes_all_that_runs_and_nothing_else() -> None:
    text = (DEPLOY / "Containerfile").read_text()
    copied = {name for line in re.findall(r"^COPY (?!--)(.+)$", text, re.M) for name in line.split()[:-1]}
    packages = {path.parent.name for path in ROOT.glob("*/__init__.py")} - {"tests", "benchmarks"}
    needed = packages | {"manage.py", "templates", "static", "fixtures"}
    assert needed <= copied
    assert all((ROOT / name).exists() for name in copied)
    assert "FROM" in text
    assert "USER indicia" in text


def test_compose_runs_app_worker_and_database() -> None:
    found = YAML(typ="safe").load((DEPLOY / "compose.yaml").read_text())["services"]
    assert set(found) == {"database", "migrate", "web", "worker"}
    assert found["web"]["ports"] == ["127.0.0.1:8000:8000"], "only a proxy on the same host reaches it"
    assert found["worker"]["command"] == ["python", "manage.py", "work"]
    for name in ("migrate", "web", "worker"):
        assert (found[name]["env_file"], found[name]["read_only"]) == ("indicia.env", True)


@pytest.mark.parametrize("path", UNITS, ids=lambda path: path.name)
def test_a_unit_may_do_no_more_than_it_needs(path: Path) -> None:
    unit = configparser.RawConfigParser(strict=True)
    unit.optionxform = str  # type: ignore[assignment,method-assign]
    unit.read_string(path.read_text())
    service = unit["Service"]
    assert service["User"] == "indicia"
    assert (service["ProtectSystem"], service["NoNewPrivileges"]) == ("strict", "true")
    assert service["StateDirectory"] == "indicia"
    assert service["EnvironmentFile"] == "/etc/indicia.env"
