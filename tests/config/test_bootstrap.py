"""The environment is made from the standard library alone, once, and every failure is one sentence."""

import hashlib
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
PYTHON = str(Path(sys.base_prefix) / "bin" / f"python{sys.version_info.major}.{sys.version_info.minor}")
MAKE = "from config import bootstrap; bootstrap.make(('run',))"


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """A project folder with the bootstrap and nothing else, whose lock asks for one tiny package."""
    root = tmp_path / "clone"
    (root / "config" / "locks").mkdir(parents=True)
    shutil.copy(ROOT / "manage.py", root)
    for name in ("__init__.py", "bootstrap.py", "system.py", "system-packages.txt"):
        shutil.copy(ROOT / "config" / name, root / "config")
    wheel = tmp_path / "tiny-1.0-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        archive.writestr("tiny.py", "")
        archive.writestr("tiny-1.0.dist-info/METADATA", "Metadata-Version: 2.1\nName: tiny\nVersion: 1.0\n")
        archive.writestr("tiny-1.0.dist-info/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        archive.writestr("tiny-1.0.dist-info/RECORD", "")
    lock(root, hashlib.sha256(wheel.read_bytes()).hexdigest())
    return root


def lock(root: Path, digest: str) -> None:
    (root / "config" / "locks" / "run.txt").write_text(f"tiny==1.0 --hash=sha256:{digest}\n")


def run(root: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    environment = {"PATH": os.environ["PATH"], "PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(root.parent)}
    return subprocess.run([PYTHON, *arguments], cwd=root, env=environment, capture_output=True, text=True)


def test_another_word_before_there_is_an_environment(clone: Path) -> None:
    done = run(clone, "manage.py", "migrate")
    assert (done.returncode, done.stderr) == (
        1,
        "There is no environment yet; run python3 manage.py demo first.\n",
    )


def test_the_environment_is_made_once_and_takes_only_what_the_lock_names(clone: Path) -> None:
    right = (clone / "config" / "locks" / "run.txt").read_text()
    lock(clone, "0" * 64)
    refused = run(clone, "-c", MAKE)
    assert "HASHES" in refused.stderr
    assert "The packages of config/locks/run.txt could not be installed; pip's reason is above." in refused.stderr
    assert refused.stdout.splitlines()[0] == "indicia: making the environment in .venv"

    (clone / "config" / "locks" / "run.txt").write_text(right)
    assert run(clone, "-c", MAKE).stdout.splitlines()[0] == "indicia: installing 1 packages from config/locks/run.txt"
    assert subprocess.run([clone / ".venv" / "bin" / "python", "-c", "import tiny"]).returncode == 0
    assert run(clone, "-c", MAKE).stdout == ""


def test_a_python_without_venv_says_what_to_install(clone: Path) -> None:
    done = run(clone, "-c", f"import sys; sys.modules['ensurepip'] = None; {MAKE}")
    assert "install the package python3-venv" in done.stderr
    assert not (clone / ".venv").exists()


def test_an_old_python_says_what_to_install(clone: Path) -> None:
    pretend = "import runpy, sys; sys.version_info = (3, 9, 2); runpy.run_path('manage.py', run_name='__main__')"
    done = run(clone, "-c", pretend)
    assert (done.returncode, done.stderr) == (
        1,
        "Indicia needs Python 3.11 or newer, and this is 3.9; install python3.11.\n",
    )


def test_missing_system_packages_are_named_all_at_once(clone: Path) -> None:
    (clone / "config" / "system-packages.txt").write_text(
        "# comment\nlib-one | import no_such_module | environment\nprog-two | program no-such-program | journeys\n"
    )
    done = run(clone, "manage.py", "verify", "--no-system")
    named = "lib-one (for environment), prog-two (for journeys)"
    command = "apt-get install lib-one prog-two"
    assert (done.returncode, done.stderr) == (1, f"The system lacks {named}; install with: {command}\n")
    quick = run(clone, "manage.py", "verify", "--quick", "--no-system")
    assert quick.stderr == "The system lacks lib-one (for environment); install with: apt-get install lib-one\n"


@pytest.mark.parametrize("name", ["run", "tools"])
def test_a_lock_names_versions_and_hashes_and_no_host(name: str) -> None:
    text = (ROOT / "config" / "locks" / f"{name}.txt").read_text()
    entries = text.replace("\\\n", " ").strip().splitlines()
    assert entries
    assert [entry for entry in entries if "==" not in entry or "--hash=sha256:" not in entry] == []
    assert [word for word in ("://", "--index", "--find-links", "/") if word in text] == []


def test_the_locks_agree() -> None:
    versions = {
        name: dict(
            line.split(" ")[0].split("==")
            for line in (ROOT / "config" / "locks" / f"{name}.txt").read_text().splitlines()
            if "==" in line
        )
        for name in ("run", "tools")
    }
    shared = versions["run"].keys() & versions["tools"].keys()
    assert {name: versions["run"][name] for name in shared} == {name: versions["tools"][name] for name in shared}


SHOW = (
    "import os, sys; from config import bootstrap; bootstrap._is_inside = lambda: True; "
    "bootstrap.make = lambda locks: bootstrap.VENV.mkdir(exist_ok=True); "
    "bootstrap.enter(['manage.py', sys.argv[1]]); print(os.environ.get('INDICIA_DEMO', 'not set'))"
)


def test_after_the_demo_every_word_works_on_it_until_a_setting_says_otherwise(clone: Path) -> None:
    assert run(clone, "-c", SHOW, "draft").stdout == "not set\n"
    assert run(clone, "-c", SHOW, "demo").stdout == "true\n"
    assert run(clone, "-c", SHOW, "draft").stdout == "true\n"
    own_key = "import os; os.environ['INDICIA_SECRET_KEY'] = 'own'; "
    assert run(clone, "-c", own_key + SHOW, "draft").stdout == "not set\n"
