"""verify counts what ran, and fails when anything failed, was skipped or did not run."""

import pytest

from config.verify import Step, main

REPORT = """
import sys
path = next(word.split("=", 1)[1] for word in sys.argv if word.startswith("--junitxml="))
open(path, "w").write('<testsuites><testsuite tests="{tests}" failures="{failures}" errors="0" skipped="{skipped}"/>'
                      '</testsuites>')
sys.exit({code})
"""


def counted(*, ran: int, failed: int = 0, skipped: int = 0, quick: bool = True) -> Step:
    script = REPORT.format(tests=ran, failures=failed, skipped=skipped, code=int(failed > 0))
    return Step("tests", ("-c", script), is_quick=quick, counts_tests=True)


CHECK = Step("a check", ("-c", "pass"))
BROKEN_CHECK = Step("a broken check", ("-c", "raise SystemExit(3)"))
CRASH = Step("a crash", ("-c", "raise SystemExit(4)"), counts_tests=True)


@pytest.mark.parametrize(
    ("steps", "arguments", "code", "last"),
    [
        ([CHECK, counted(ran=3), counted(ran=4)], [], 0, "7 passed, 0 failed"),
        ([counted(ran=5, failed=2)], [], 1, "3 passed, 2 failed"),
        ([counted(ran=5, skipped=1)], [], 1, "4 passed, 1 failed"),
        ([BROKEN_CHECK, counted(ran=5)], [], 1, "5 passed, 1 failed"),
        ([CRASH], [], 1, "0 passed, 1 failed"),
        ([counted(ran=5), counted(ran=9, quick=False)], ["--quick"], 0, "5 passed, 0 failed"),
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
    assert [[line[0], line[3:]] for line in lines if line and line[0] in ("ok", "FAILED")] == [
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
