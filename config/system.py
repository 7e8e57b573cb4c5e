"""What Indicia needs from the system: find it, install it where that is allowed, or name it. Standard library only."""

import ctypes
import importlib.util
import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

LIST = Path(__file__).resolve().parent / "system-packages.txt"


class Missing(Exception):
    """The system lacks packages; the text names all of them in one line and says how to get them."""


@dataclass(frozen=True)
class Package:
    """One line of system-packages.txt."""

    name: str
    sign: str
    needed_by: str

    def is_there(self) -> bool:
        """Say whether the system offers it, by its sign and not by what a package manager believes."""
        kind, what = self.sign.split()
        if kind == "import":
            return importlib.util.find_spec(what) is not None
        if kind == "library":
            return _is_loadable(what)
        return program(what) is not None


def program(name: str) -> Path | None:
    """Return where a program is, on PATH or in Debian's newest PostgreSQL; None where it is not installed."""
    if found := shutil.which(name):
        return Path(found)
    versions = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=lambda path: float(path.parts[4]))
    return versions[-1] if versions else None


def _is_loadable(library: str) -> bool:
    """Say whether the system's loader finds a shared library by its file name."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def packages() -> list[Package]:
    """Return what system-packages.txt lists."""
    lines = (line for line in LIST.read_text().splitlines() if line and not line.startswith("#"))
    return [Package(*(part.strip() for part in line.split("|"))) for line in lines]


def provide(*, quick: bool, may_install: bool) -> None:
    """See that everything is there, installing it as root with apt if that is allowed. Raises `Missing`."""
    lacking = [p for p in packages() if not p.is_there() and (not quick or p.needed_by == "environment")]
    if lacking and may_install and os.name == "posix" and os.geteuid() == 0 and shutil.which("apt-get"):
        names = [package.name for package in lacking]
        print(f"indicia: installing system packages: {' '.join(names)}", flush=True)
        _apt("update", "-qq")
        _apt("install", "-y", "-qq", "--no-install-recommends", *names)
        importlib.invalidate_caches()
        lacking = [package for package in lacking if not package.is_there()]
    if lacking:
        named = ", ".join(f"{package.name} (for {package.needed_by})" for package in lacking)
        command = " ".join(package.name for package in lacking)
        raise Missing(f"The system lacks {named}; install with: apt-get install {command}")


def _apt(*words: str) -> None:
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", *words], env=environment, stdout=subprocess.DEVNULL, check=False)
