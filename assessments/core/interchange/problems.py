"""What is wrong with a file, each thing with its place in words."""

from collections.abc import Iterable, Sequence

from assessments.core.values import record

Path = tuple[str | int, ...]
"""Keys and list positions from the top of the file to a value."""


@record
class Problem:
    """One thing that is wrong at one place. A warning does not stop an import, unless it is a strict one."""

    place: str  # "statistics 2 (F2), stage"; empty: the file as a whole
    message: str
    is_warning: bool = False

    def __str__(self) -> str:
        """Return place and message as one line."""
        return f"{self.place}: {self.message}" if self.place else self.message

    @property
    def sentence(self) -> str:
        """The message alone, with a capital and a stop."""
        text = self.message[:1].upper() + self.message[1:].rstrip(".")
        return text if text.endswith("?") else f"{text}."


class InvalidFile(ValueError):
    """The file cannot be read; `problems` names everything that is wrong with it."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        """Keep all problems; the message has one a line."""
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


def place(path: Sequence[str | int], data: object) -> str:
    """Say where in the file a path leads: list positions count from 1 and carry the entry's id."""
    words: list[str] = []
    for step in path:
        data = _inside(data, step)
        if isinstance(step, int) and words:
            words[-1] += f" {step + 1}{_named(data)}"
        else:
            words.append(str(step))
    return ", ".join(words)


def _inside(data: object, step: str | int) -> object:
    if isinstance(data, dict):
        return data.get(step)
    if isinstance(data, list) and isinstance(step, int) and step < len(data):
        return data[step]
    return None


def _named(data: object) -> str:
    name = data.get("id") or data.get("indicator") or data.get("report_year") if isinstance(data, dict) else None
    return f" ({name})" if isinstance(name, (str, int)) and len(str(name)) <= 80 else ""
