"""What few workers need is loaded by its first use: it is not there after the start, and nobody notices."""

import os
import subprocess
import sys
import textwrap
import threading
from pathlib import Path

import pytest

from config.late import Late, put_off

ROOT = Path(__file__).resolve().parents[2]
NOT_AT_THE_START = (
    *("docx", "lxml", "openpyxl", "xlsxwriter", "weasyprint", "pypdf"),  # files of offices: processes apart
    *("cryptography", "fido2"),  # second factors
    *("requests", "jwt"),  # an identity provider
)
KEY = "only-for-this-test-" + "0123456789abcdefghijklmnopqrstuvwxyz" * 2


def in_a_new_process(program: str, **settings: str) -> str:
    environment = (
        os.environ | {"INDICIA_SECRET_KEY": KEY, "INDICIA_HOSTS": "testserver", "INDICIA_DEMO": "true"} | settings
    )
    command = [sys.executable, "-c", textwrap.dedent(program)]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
    return done.stdout.strip()


def test_a_server_that_has_started_holds_none_of_it(tmp_path: Path) -> None:
    program = f"""
        import config.wsgi, sys
        print([name for name in {NOT_AT_THE_START} if name in sys.modules], "sqlparse.sql" in sys.modules)
    """
    assert in_a_new_process(program, INDICIA_VAR=str(tmp_path)) == "[] False"


def test_what_was_put_off_is_there_when_it_is_used(tmp_path: Path) -> None:
    program = """
        import config.wsgi, sys
        from allauth.mfa.webauthn import views
        before = "fido2" in sys.modules
        print(before, callable(views.auth.begin_registration), "fido2" in sys.modules)
    """
    assert in_a_new_process(program, INDICIA_VAR=str(tmp_path)) == "False True True"


def test_an_installation_with_a_provider_loads_what_asks_it_at_the_start(tmp_path: Path) -> None:
    program = """
        import config.wsgi
        from allauth.socialaccount.providers import registry
        print([kind.id for kind in registry.get_class_list()])
    """
    provider = {"INDICIA_OIDC_URL": "https://id.example.org", "INDICIA_OIDC_CLIENT": "a", "INDICIA_OIDC_SECRET": "b"}
    assert in_a_new_process(program, INDICIA_VAR=str(tmp_path), **provider) == "['openid_connect']"


@pytest.fixture
def module(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.syspath_prepend(str(tmp_path))
    for name in ("put_off_whole", "put_off_broken"):
        monkeypatch.delitem(sys.modules, name, raising=False)
    return tmp_path


def test_many_threads_at_once_load_it_once_and_whole(module: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (module / "put_off_whole.py").write_text(
        "import time\nwith open(__file__ + '.log', 'a') as log:\n    log.write('x')\ntime.sleep(0.2)\nanswer = 42\n"
    )
    put_off("put_off_whole")
    import put_off_whole  # type: ignore[import-not-found]

    assert isinstance(put_off_whole, Late)
    found: list[int] = []
    threads = [threading.Thread(target=lambda: found.append(put_off_whole.answer)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [42] * 8
    assert (module / "put_off_whole.py.log").read_text() == "x"
    assert not isinstance(sys.modules["put_off_whole"], Late)


def test_one_that_fails_says_so_and_is_tried_again(module: Path) -> None:
    (module / "put_off_broken.py").write_text("raise OSError('not yet')\n")
    put_off("put_off_broken")
    import put_off_broken  # type: ignore[import-not-found]

    with pytest.raises(OSError, match="not yet"):
        _ = put_off_broken.answer
    (module / "put_off_broken.py").write_text("answer = 'at last, and longer'\n")
    assert put_off_broken.answer == "at last, and longer"
