"""What a compiled version is, whatever it holds: a document that was read and checked, known by its digest."""

from functools import cached_property
from typing import Generic, Protocol, TypeVar

from frameworks.spec.canonical import canonical_json, digest


class Document(Protocol):
    """A spec of one version, as its files state it."""

    @property
    def code(self) -> str:
        """What all versions of it are called."""

    @property
    def version(self) -> str:
        """The version."""

    @property
    def title(self) -> str:
        """The title of this version."""

    @property
    def label(self) -> str:
        """Code and version."""

    def model_dump(self, *, mode: str) -> object:
        """Return its content as plain values."""


S = TypeVar("S", bound=Document)


class Versioned(Generic[S]):
    """One version, frozen. Two are equal when they are of one kind and their digests are equal."""

    def __init__(self, spec: S) -> None:
        """Keep a spec that was read and checked."""
        self._spec = spec

    def __eq__(self, other: object) -> bool:
        """Compare by content."""
        return isinstance(other, type(self)) and self.digest == other.digest

    def __hash__(self) -> int:
        """Hash by content."""
        return hash(self.digest)

    def __repr__(self) -> str:
        """Name the version."""
        return f"<{type(self).__name__} {self._spec.label}>"

    @property
    def spec(self) -> S:
        """The whole document."""
        return self._spec

    @property
    def code(self) -> str:
        """What all versions of it are called."""
        return self._spec.code

    @property
    def version(self) -> str:
        """The version, e.g. `2026.1`."""
        return self._spec.version

    @property
    def title(self) -> str:
        """The title of this version."""
        return self._spec.title

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the canonical JSON of the document."""
        return digest(canonical_json(self._spec.model_dump(mode="json")))
