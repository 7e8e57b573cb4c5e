"""Asking an advisory service about every locked package, so that an audit of nothing never passes for a clean one."""

import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from config import third_party

LOCKS = Path(__file__).resolve().parent / "locks"


class NotAudited(RuntimeError):
    """The service was not asked about every package; the text says why. Nothing is known to be safe then."""


@dataclass(frozen=True)
class Weakness:
    """One known weakness of one locked package."""

    package: str
    version: str
    advisory: str
    mended_in: tuple[str, ...]

    def __str__(self) -> str:
        """Say what, where, and where it is mended."""
        cure = f"mended in {' or '.join(self.mended_in)}" if self.mended_in else "not mended in any version yet"
        return f"{self.package} {self.version}: {self.advisory}, {cure}"


def ask(lock: Path, environment: Mapping[str, str] | None = None) -> list[Weakness]:
    """Return the known weaknesses of a lock's packages. Raises NotAudited where not all of them were asked about."""
    command = [sys.executable, "-m", "pip_audit", "--strict", "--disable-pip", "--no-deps", "--require-hashes"]
    command += ["--format", "json", "--progress-spinner", "off", "--requirement", str(lock)]
    done = subprocess.run(  # noqa: S603  # our own program, with our own lock
        command, capture_output=True, text=True, check=False, env=None if environment is None else dict(environment)
    )
    return read(done.stdout, done.stderr, expected=[name for name, _, marker in third_party.locked(lock) if not marker])


def read(out: str, errors: str, *, expected: Sequence[str]) -> list[Weakness]:
    """Return the weaknesses in an answer that covers all packages expected. Raises NotAudited for any other answer."""
    try:
        found = json.loads(out)["dependencies"]
    except (ValueError, KeyError, TypeError) as exc:
        last = errors.strip().splitlines()[-1:] or ["it said nothing"]
        raise NotAudited(f"The advisory service gave no answer: {last[0]}") from exc
    asked = {item["name"].lower() for item in found if "skip_reason" not in item}
    if lacking := sorted({name.lower() for name in expected} - asked):
        raise NotAudited(f"{len(lacking)} packages were not asked about: {', '.join(lacking[:5])}.")
    if not asked:
        raise NotAudited("No package was asked about.")
    return [
        Weakness(item["name"], item["version"], weak["id"], tuple(weak.get("fix_versions", ())))
        for item in found
        for weak in item.get("vulns", ())
    ]
