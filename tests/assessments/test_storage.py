"""Files by content: whole or not at all, once for the same content, and never out of their folder."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from assessments import storage


@pytest.fixture(autouse=True)
def place(settings: object, tmp_path: Path) -> Path:
    """Keep the files of these tests apart."""
    settings.VAR = tmp_path
    return tmp_path


def test_what_was_put_is_read_again_by_its_hash(place: Path) -> None:
    kept = storage.put("files", [b"one ", b"file"], limit=100)
    assert kept == storage.Stored(hashlib.sha256(b"one file").hexdigest(), 8)
    assert storage.put("files", [b"one file"], limit=100) == kept
    with storage.opened("files", kept.digest) as found:
        assert found.read() == b"one file"
    assert [path.name for path in place.rglob("*") if path.is_file()] == [kept.digest]


def test_what_is_too_large_leaves_nothing(place: Path) -> None:
    with pytest.raises(storage.TooLarge, match="larger than 7 bytes"):
        storage.put("files", [b"1234", b"5678"], limit=7)
    assert [path for path in place.rglob("*") if path.is_file()] == []


def test_what_breaks_off_leaves_nothing(place: Path) -> None:
    def pieces() -> Iterator[bytes]:
        yield b"half"
        raise RuntimeError("The power failed.")

    with pytest.raises(RuntimeError):
        storage.put("made", pieces(), limit=100)
    assert [path for path in place.rglob("*") if path.is_file()] == []


def test_areas_are_apart_and_what_is_removed_is_gone() -> None:
    kept = storage.put("made", [b"made"], limit=100)
    assert storage.is_kept("made", kept.digest)
    assert not storage.is_kept("files", kept.digest)
    storage.remove("made", kept.digest)
    storage.remove("made", kept.digest)
    with pytest.raises(storage.Missing):
        storage.opened("made", kept.digest)


@pytest.mark.parametrize("digest", ["../../secret", "", "a" * 63, "A" * 64, "a" * 63 + "/"])
def test_what_is_no_digest_leads_nowhere(digest: str) -> None:
    with pytest.raises(storage.Missing):
        storage.opened("files", digest)
    with pytest.raises(storage.Missing):
        storage.remove("files", digest)
