"""Make Indicia's environment and step into it. Standard library only: this runs before anything is installed.

The environment is the folder .venv, filled by pip from the locks in config/locks/. A stamp beside the packages holds
the digest of each lock that went in, so that a second start installs nothing.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import NoReturn

from config import system

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
LOCKS = ROOT / "config" / "locks"
# Left by `demo`, so that every other word works on the demo without a setting, as long as none of its own is given.
DEMO_MARK = VENV / "demo.stamp"
# The words that make the environment, and the locks each needs.
NEEDS = {"demo": ("run",), "verify": ("run", "tools")}


class CannotStart(Exception):
    """The environment cannot be made; the text is one sentence that says what to install or do."""


def word(argv: list[str]) -> str:
    """Return the command that was asked for, "" where there is none."""
    return argv[1] if len(argv) > 1 else ""


def enter(argv: list[str]) -> None:
    """Return if this Python is the environment's, with all that the word needs; else go there, and never return."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    if word(argv) == "demo" or _is_of_a_demo():
        os.environ.setdefault("INDICIA_DEMO", "true")
    try:
        if word(argv) == "verify":
            system.provide(quick="--quick" in argv, may_install="--no-system" not in argv)
        if word(argv) in NEEDS:
            make(NEEDS[word(argv)])
        if word(argv) == "demo":
            DEMO_MARK.touch()
        if not _is_inside():
            _hand_over(argv)
    except (CannotStart, system.Missing) as exc:
        sys.exit(str(exc))


def make(locks: tuple[str, ...]) -> None:
    """Make the environment, or bring it up to these locks. Raises `CannotStart`."""
    if not _python().exists() or not _runs():
        _say("making the environment in .venv")
        _make_venv()
    for lock in locks:
        _install(lock)


def _is_of_a_demo() -> bool:
    return DEMO_MARK.exists() and not {"INDICIA_SECRET_KEY", "INDICIA_DEBUG"} & os.environ.keys()


def _is_inside() -> bool:
    return Path(sys.prefix).resolve() == VENV.resolve()


def _hand_over(argv: list[str]) -> NoReturn:
    if not _python().exists():
        raise CannotStart("There is no environment yet; run python3 manage.py demo first.")
    python = str(_python())
    sys.stdout.flush()
    os.execv(python, [python, str(ROOT / "manage.py"), *argv[1:]])


def _python() -> Path:
    return VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def _runs() -> bool:
    """Say whether the environment's Python starts; it doesn't in a copied folder, or after its Python was removed."""
    try:
        done = subprocess.run([_python(), "-c", "import pip"], capture_output=True, check=False)
    except OSError:
        return False
    return done.returncode == 0


def _make_venv() -> None:
    shutil.rmtree(VENV, ignore_errors=True)
    try:
        import ensurepip  # noqa: F401  # Debian packs it apart from Python
        import venv
    except ImportError as exc:
        raise CannotStart(
            "This Python cannot make environments; install the package python3-venv (on Debian: "
            "apt-get install python3-venv) and start again."
        ) from exc
    try:
        venv.create(VENV, with_pip=True)
    except (OSError, subprocess.CalledProcessError) as exc:
        shutil.rmtree(VENV, ignore_errors=True)
        raise CannotStart(f"The environment could not be made in {VENV}: {exc}.") from exc


def _install(lock: str) -> None:
    source = LOCKS / f"{lock}.txt"
    stamp = VENV / f"{lock}.stamp"
    digest = hashlib.sha256(source.read_bytes()).hexdigest()
    if stamp.exists() and stamp.read_text() == digest:
        return
    started = time.monotonic()
    _say(f"installing {_count(source)} packages from {source.relative_to(ROOT)}")
    pip = [str(_python()), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    command = [*pip, "--no-deps", "--require-hashes", "-r", str(source)]
    done = subprocess.run(command, stderr=subprocess.PIPE, text=True, check=False)
    if done.returncode:
        sys.stderr.write(done.stderr)
        raise CannotStart(f"The packages of {source.relative_to(ROOT)} could not be installed; pip's reason is above.")
    stamp.write_text(digest)
    _say(f"installed in {time.monotonic() - started:.0f} s")


def _count(lock: Path) -> int:
    return sum("==" in line for line in lock.read_text().splitlines())


def _say(text: str) -> None:
    print(f"indicia: {text}", flush=True)
