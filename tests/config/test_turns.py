"""Writers of an SQLite file wait in one line: threads of a process, and other processes."""

import fcntl
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from config import turns

HOLD = """
import fcntl, sys
with open(sys.argv[1], "w") as file:
    fcntl.flock(file, fcntl.LOCK_EX)
    print("held", flush=True)
    sys.stdin.readline()
"""


class Database:
    """What the line asks of a connection: a file, and how long SQLite lets people wait for it."""

    vendor = "sqlite"

    def __init__(self, file: Path, timeout: float = 20) -> None:
        self.settings_dict: dict[str, Any] = {"NAME": str(file), "OPTIONS": {"timeout": timeout}}


@contextmanager
def held_elsewhere(file: Path) -> Iterator["subprocess.Popen[str]"]:
    """Let another process have the turn until its input ends, or it is killed."""
    command = [sys.executable, "-c", HOLD, f"{file}.writing"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        yield other
        other.kill()


def writing(database: Any, done: list[str], name: str) -> threading.Thread:
    def write() -> None:
        with turns.in_turn(database):
            done.append(f"{name} begins")
            time.sleep(0.01)
            done.append(f"{name} ends")

    thread = threading.Thread(target=write)
    thread.start()
    return thread


def test_nobody_writes_while_another_has_the_turn(tmp_path: Path) -> None:
    database, done = Database(tmp_path / "db"), list[str]()
    threads = [writing(database, done, str(number)) for number in range(8)]
    for thread in threads:
        thread.join()
    order = [line.split()[0] for line in done[::2]]
    assert sorted(order) == [str(number) for number in range(8)]
    assert done == [f"{number} {what}" for number in order for what in ("begins", "ends")]


@pytest.mark.parametrize("how", ["ends", "is killed"])
def test_a_turn_comes_when_the_other_process_gives_it_back(tmp_path: Path, how: str) -> None:
    database, done = Database(tmp_path / "db"), list[str]()
    with held_elsewhere(tmp_path / "db") as other:
        thread = writing(database, done, "a")
        thread.join(0.2)
        assert (thread.is_alive(), done) == (True, [])
        other.kill() if how == "is killed" else other.communicate("\n")
        thread.join(10)
        assert done == ["a begins", "a ends"]


def test_who_waits_too_long_is_answered_by_the_database(tmp_path: Path) -> None:
    # One of this process waits for the other process; the next does not wait behind it for ever.
    database, done = Database(tmp_path / "db", timeout=0.1), list[str]()
    with held_elsewhere(tmp_path / "db") as other:
        threads = [writing(database, done, name) for name in ("a", "b")]
        while sum(thread.is_alive() for thread in threads) == 2:
            time.sleep(0.01)
        (waiting,) = [thread for thread in threads if thread.is_alive()]
        assert len(done) == 2
        other.communicate("\n")
        waiting.join(10)
    assert sorted(done) == ["a begins", "a ends", "b begins", "b ends"]


def test_an_action_has_the_turn_for_as_long_as_its_transaction(transactional_db: None) -> None:
    from assessments.actions.door import action

    file = Path(f"{connection.settings_dict['NAME']}.writing")

    def is_free() -> bool:
        if connection.vendor != "sqlite":
            return True  # a server keeps the line itself, and no file is there
        with file.open("w") as again:
            try:
                fcntl.flock(again, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return False
        return True

    @action
    def look() -> bool:
        return is_free()

    assert (look(), is_free()) == (connection.vendor != "sqlite", True)
