"""verify counts what ran, and fails when anything failed, was skipped or did not run."""

from pathlib import Path

import pytest

from config.verify import Step, main

REPORT = """
import sys
path = next(word.split("=", 1)[1] for word in sys.argv if word.startswith("--junitxml="))
open(path, "w").write('<testsuites><testsuite tests="{tests}" failures="{failures}" errors="0" skipped="{skipped}"/>'
                      '</testsuites>')
sys.exit({code})
"""

MEET = """
import pathlib, sys, time
mine, other, said = sys.argv[1:4]
pathlib.Path(mine).touch()
print(said)
for _ in range(200):
    if pathlib.Path(other).exists():
        break
    time.sleep(0.05)
else:
    sys.exit("it was alone")
"""


def counted(
    name: str = "tests", *, ran: int, failed: int = 0, skipped: int = 0, quick: bool = True, waits: bool = False
) -> Step:
    script = REPORT.format(tests=ran, failures=failed, skipped=skipped, code=int(failed > 0))
    return Step(name, ("-c", script), is_quick=quick, counts_tests=True, waits=waits)


CHECK = Step("a check", ("-c", "pass"))
BROKEN_CHECK = Step("a broken check", ("-c", "raise SystemExit(3)"))
CRASH = Step("a crash", ("-c", "raise SystemExit(4)"), counts_tests=True)


@pytest.mark.parametrize(
    ("steps", "arguments", "code", "last"),
    [
        ([CHECK, counted(ran=3), counted("more", ran=4)], [], 0, "7 passed, 0 failed"),
        ([counted(ran=5, failed=2)], [], 1, "3 passed, 2 failed"),
        ([counted(ran=5, skipped=1)], [], 1, "4 passed, 1 failed"),
        ([BROKEN_CHECK, counted(ran=5)], [], 1, "5 passed, 1 failed"),
        ([CRASH], [], 1, "0 passed, 1 failed"),
        ([counted(ran=5), counted("beside", ran=4, failed=1, waits=True)], [], 1, "8 passed, 1 failed"),
        ([counted("beside", ran=4, waits=True)], [], 0, "4 passed, 0 failed"),
        ([counted(ran=5), counted("more", ran=9, quick=False)], ["--quick"], 0, "5 passed, 0 failed"),
    ],
)
def test_the_last_line_sums_the_runs(
    steps: list[Step], arguments: list[str], code: int, last: str, capfd: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments, steps) == code
    assert capfd.readouterr().out.splitlines()[-1] == last


def test_each_step_is_named_with_its_verdict(capfd: pytest.CaptureFixture[str]) -> None:
    main([], [CHECK, BROKEN_CHECK])
    lines = [line.split() for line in capfd.readouterr().out.splitlines()]
    assert ["==", "a", "check"] in lines
    assert [[line[0], line[7:]] for line in lines if line and line[0] in ("ok", "FAILED")] == [
        ["ok", ["a", "check"]],
        ["FAILED", ["a", "broken", "check"]],
    ]


def test_what_two_checks_say_is_not_mixed(capfd: pytest.CaptureFixture[str]) -> None:
    said = "import sys, time; print('{0} begins', flush=True); time.sleep(0.2); sys.exit('{0} ends')"
    code = main([], [Step(name, ("-c", said.format(name))) for name in ("one", "two", "three")])
    lines = [line for line in capfd.readouterr().out.splitlines() if line]
    assert code == 1
    assert lines[:9] == [
        *("== one", "one begins", "one ends"),
        *("== two", "two begins", "two ends"),
        *("== three", "three begins", "three ends"),
    ]


def test_tests_that_wait_go_beside_the_others_and_speak_after_them(
    capfd: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """Each of the two goes on only once the other has begun."""
    one, two = str(tmp_path / "one"), str(tmp_path / "two")
    steps = [
        Step(
            "waits",
            ("-c", MEET + REPORT.format(tests=1, failures=0, skipped=0, code=0), one, two, "one begins"),
            counts_tests=True,
            waits=True,
        ),
        Step(
            "computes",
            ("-c", MEET + REPORT.format(tests=2, failures=0, skipped=0, code=0), two, one, "two begins"),
            counts_tests=True,
        ),
    ]
    assert main([], steps) == 0
    lines = [line for line in capfd.readouterr().out.splitlines() if line]
    assert lines[:4] == ["== computes", "two begins", "== waits", "one begins"]
    assert [line.split()[7:] for line in lines[4:6]] == [["waits"], ["computes"]], "in the order of the steps"


def test_the_cpu_of_a_step_is_counted_with_what_it_started(capfd: pytest.CaptureFixture[str]) -> None:
    busy = "import time\nwhile time.process_time() < 0.5: pass"
    starts = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {busy!r}])"
    main([], [Step("idle", ("-c", "pass")), Step("busy", ("-c", starts))])
    lines = [line.split() for line in capfd.readouterr().out.splitlines()]
    used = {line[-1]: float(line[3]) for line in lines if line[:1] == ["ok"]}
    assert used["busy"] >= 0.5 > used["idle"]
