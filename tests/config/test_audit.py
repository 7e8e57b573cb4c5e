"""An audit passes only if every package was asked about; everything else is a failure in words."""

import json
import os
from typing import Any

import pytest

from config import audit, third_party


def answer(*items: dict[str, Any]) -> str:
    return json.dumps({"dependencies": list(items), "fixes": []})


SAFE = {"name": "Django", "version": "5.2", "vulns": []}
WEAK = {"name": "lxml", "version": "6.1", "vulns": [{"id": "PYSEC-1", "fix_versions": ["6.2"]}, {"id": "PYSEC-2"}]}


def test_all_asked_about_and_nothing_known() -> None:
    assert audit.read(answer(SAFE), "", expected=["django"]) == []


def test_a_known_weakness_is_named_with_its_cure() -> None:
    found = [str(weak) for weak in audit.read(answer(SAFE, WEAK), "", expected=["django", "lxml"])]
    assert found == ["lxml 6.1: PYSEC-1, mended in 6.2", "lxml 6.1: PYSEC-2, not mended in any version yet"]


@pytest.mark.parametrize(
    ("out", "errors", "words"),
    [
        ("", "Traceback\nConnectionError: unreachable", "gave no answer: ConnectionError: unreachable"),
        ("", "", "it said nothing"),
        ("[]", "", "gave no answer"),
        (answer(), "", "1 packages were not asked about: django"),
        (answer({"name": "django", "skip_reason": "not found"}), "", "1 packages were not asked about: django"),
    ],
)
def test_an_audit_of_nothing_fails(out: str, errors: str, words: str) -> None:
    with pytest.raises(audit.NotAudited, match=words):
        audit.read(out, errors, expected=["django"])


def test_an_audit_without_packages_fails() -> None:
    with pytest.raises(audit.NotAudited, match="No package was asked about"):
        audit.read(answer(), "", expected=[])


def test_without_a_network_it_says_so() -> None:
    nowhere = dict.fromkeys(("HTTPS_PROXY", "HTTP_PROXY", "https_proxy", "http_proxy"), "http://127.0.0.1:9")
    with pytest.raises(audit.NotAudited, match="The advisory service gave no answer"):
        audit.ask(audit.LOCKS / "run.txt", os.environ | nowhere | {"NO_PROXY": "", "no_proxy": ""})


def test_the_notices_are_those_of_what_runs_and_nothing_forbidden_does() -> None:
    page = third_party.PAGE.read_text(encoding="utf-8")
    assert page == third_party.page(), "run manage.py third_party_notices"
    notices = third_party.packages()
    assert len(notices) == len(list(third_party.locked())) > 60
    assert [item.name for item in notices if item.is_forbidden or item.license == "unknown"] == []


@pytest.mark.parametrize(
    ("license", "forbidden"),
    [
        ("GPL-3.0-only", True),
        ("AGPL-3.0", True),
        ("GNU General Public License v2 or later (GPLv2+)", True),
        ("GNU Affero General Public License v3", True),
        ("LGPL-3.0-or-later with exceptions", False),
        ("LGPL-2.1-only", False),
        ("MIT", False),
    ],
)
def test_which_licenses_are_forbidden(license: str, forbidden: bool) -> None:
    assert third_party.Notice("a", "1", license).is_forbidden is forbidden
