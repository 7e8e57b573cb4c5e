"""Checks accepted with a reason: who may, what it changes, and when it lapses."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assessments import actions, events, policies, snapshots
from assessments.core.sheets import Statistic
from assessments.core.types import Severity
from assessments.core.values import Count, CountKind, Section, Stage
from assessments.enums import Part, Subject
from assessments.models import CheckAcceptance, DraftSentence, Event, Result
from tests.assessments.office import Office
from tests.image import remembered_step

NINE = "Courts convicted nine officials."
REASON = "The figure is that of the court, which counts appeals."


def sentence(office: Office) -> DraftSentence:
    return DraftSentence.objects.filter(revision=office.revision, family__isnull=False).in_order()[0]


def edit(office: Office, text: str) -> None:
    row = sentence(office)
    actions.edit_sentence(
        sentence_id=row.public_id, text=text, version=row.version, by=office.analyst, at=office.clock()
    )


def result(office: Office) -> Result:
    return Result.objects.get(revision=office.revision)


def check(office: Office, slug: str = "figure-differs") -> dict[str, Any]:
    return next(item for item in result(office).checks if item["check"] == slug)


def accept(office: Office, **changes: Any) -> CheckAcceptance:
    given = {
        "check_key": changes.pop("check_key", None) or check(office)["key"],
        "reason": REASON,
        "by": office.analyst,
    }
    return actions.accept_check(revision_id=office.revision_id, at=office.clock(), **(given | changes))


def has_lapsed(office: Office) -> bool:
    return check(office)["accepted"] is None


@pytest.fixture
@remembered_step
def doubtful(office: Office) -> Office:
    """An office whose draft says nine where the record says three."""
    office.statistic(3, evidence=(office.evidence(),))
    edit(office, NINE)
    return office


def test_an_accepted_check_no_longer_counts_and_stays_in_sight(doubtful: Office) -> None:
    before = result(doubtful)
    row = accept(doubtful)
    after = result(doubtful)
    assert (before.checks_open - after.checks_open, before.checks_blocking - after.checks_blocking) == (1, 0)
    assert [item["check"] for item in after.checks if item["accepted"]] == ["figure-differs"]
    assert check(doubtful)["accepted"] == str(row.public_id)
    assert (row.slug, row.severity, row.reason, row.by, row.text) == (
        "figure-differs",
        "warning",
        REASON,
        doubtful.analyst,
        "“Courts convicted nine officials.” says 9, which its record does not hold.",
    )
    event = Event.objects.get(action="accept_check")
    assert events.sentence(event).endswith(
        "Ann Analyst accepted the check figure-differs (text), because: "
        "The figure is that of the court, which counts appeals."
    )
    assert events.verify(Subject.ASSESSMENT, doubtful.assessment.public_id) is None


def test_it_stands_through_changes_elsewhere(doubtful: Office) -> None:
    accept(doubtful)
    doubtful.fact("statistics", Statistic(id="x", stage=Stage.ARREST))
    assert not has_lapsed(doubtful)
    assert result(doubtful).checks_open == sum(
        item["severity"] != "note" and not item["accepted"] for item in result(doubtful).checks
    )


def other_record(office: Office) -> None:
    four = Count(kind=CountKind.EXACT, value=4)
    changed = Statistic(id="s1", stage=Stage.CONVICTION, count=four, evidence=("e1",))
    office.fact("statistics", changed, ref="s1", version=1)


def other_words(office: Office) -> None:
    edit(office, f"{NINE[:-1]} in all.")


def other_check(office: Office) -> None:
    edit(office, NINE.replace("nine", "eight"))


@pytest.mark.parametrize("change", [other_record, other_words, other_check])
def test_it_lapses_when_its_subject_or_its_words_change(doubtful: Office, change: Callable[[Office], None]) -> None:
    opened = result(doubtful).checks_open
    accept(doubtful)
    change(doubtful)
    assert has_lapsed(doubtful)
    assert result(doubtful).checks_open >= opened
    assert CheckAcceptance.objects.standing().count() == 1


def test_equal_content_keeps_it_as_it_keeps_an_approval(doubtful: Office) -> None:
    accept(doubtful)
    edit(doubtful, "Courts convicted eight officials.")
    assert has_lapsed(doubtful)
    edit(doubtful, NINE)
    assert not has_lapsed(doubtful)


def test_a_lapsed_one_is_accepted_anew(doubtful: Office) -> None:
    first = accept(doubtful)
    other_record(doubtful)
    second = accept(doubtful, reason="Seen again.")
    first.refresh_from_db()
    assert (first.withdrawn_by, CheckAcceptance.objects.standing().get()) == (doubtful.analyst, second)
    assert not has_lapsed(doubtful)


def test_it_is_opened_again(doubtful: Office) -> None:
    before = result(doubtful).checks_open
    row = accept(doubtful)
    actions.reopen_check(revision_id=doubtful.revision_id, check_key=row.key, by=doubtful.reviewer, at=doubtful.clock())
    row.refresh_from_db()
    assert (result(doubtful).checks_open, check(doubtful)["accepted"], row.withdrawn_by) == (
        before,
        None,
        doubtful.reviewer,
    )
    assert Event.objects.filter(action="reopen_check", target="figure-differs").count() == 1
    with pytest.raises(actions.NotFound, match="This check is not accepted"):
        actions.reopen_check(
            revision_id=doubtful.revision_id, check_key=row.key, by=doubtful.reviewer, at=doubtful.clock()
        )


@pytest.mark.parametrize("reason", ["", "   \n"])
def test_a_reason_is_needed(doubtful: Office, reason: str) -> None:
    with pytest.raises(actions.Invalid) as refusal:
        accept(doubtful, reason=reason)
    assert refusal.value.errors == {"reason": ["Say why it may stand; the reason stays on record."]}
    assert not CheckAcceptance.objects.exists()


def test_a_reason_has_an_end(doubtful: Office) -> None:
    with pytest.raises(actions.Invalid, match="at most 2,000 characters"):
        accept(doubtful, reason="a" * 2001)


def test_it_is_accepted_once(doubtful: Office) -> None:
    accept(doubtful)
    with pytest.raises(actions.Invalid, match="accepted already"):
        accept(doubtful, by=doubtful.reviewer)


def test_what_blocks_is_never_accepted(doubtful: Office) -> None:
    blocking = next(item for item in result(doubtful).checks if item["severity"] == Severity.BLOCK)
    with pytest.raises(policies.NotAllowed) as refusal:
        accept(doubtful, check_key=blocking["key"])
    assert str(refusal.value) == (
        "What must be settled before submission cannot be accepted: settle it in the record or in the text."
    )
    assert blocking["text"] in actions.blocking(doubtful.revision)


def test_what_is_gone_meanwhile_is_not_accepted_unseen(doubtful: Office) -> None:
    key = check(doubtful)["key"]
    other_check(doubtful)
    with pytest.raises(actions.NotFound, match="settled, or what it says changed"):
        accept(doubtful, check_key=key)


@pytest.mark.parametrize("who", ["other_analyst", "other_reviewer", "coordinator", "exporter", "reader", "editor"])
def test_others_may_not(doubtful: Office, who: str) -> None:
    with pytest.raises(policies.NotAllowed) as refusal:
        accept(doubtful, by=getattr(doubtful, who))
    assert str(refusal.value) == ("Only an analyst or a reviewer assigned to Examplia 2024 may accept its checks.")
    assert not CheckAcceptance.objects.exists()


def test_a_second_coder_may_not(doubtful: Office) -> None:
    doubtful.assign(doubtful.other_analyst, Part.SECOND_CODER)
    with pytest.raises(policies.NotAllowed):
        accept(doubtful, by=doubtful.other_analyst)


def ready(office: Office) -> None:
    office.answer_all()
    office.submit()


def test_a_reviewer_accepts_during_review_and_still_approves(doubtful: Office) -> None:
    ready(doubtful)
    row = accept(doubtful, by=doubtful.reviewer)
    assert row.by == doubtful.reviewer
    snapshot = doubtful.approve() and doubtful.revision.snapshots.get()
    with pytest.raises(policies.NotAllowed, match="Examplia 2024 is approved; reopen it first"):
        actions.reopen_check(
            revision_id=doubtful.revision_id, check_key=row.key, by=doubtful.reviewer, at=doubtful.clock()
        )
    stated = snapshots.opened(snapshot)["accepted_checks"]
    assert [{name: item[name] for name in ("check", "severity", "subjects", "by")} for item in stated] == [
        {"check": "figure-differs", "severity": "warning", "subjects": [], "by": "Rita Reviewer"}
    ]
    assert REASON not in snapshot.open_part
    assert [(item["by"], item["reason"], item["text"]) for item in snapshots.accepted_checks(snapshot)] == [
        ("Rita Reviewer", REASON, row.text)
    ]


def test_released_checks_stay_as_they_are(doubtful: Office) -> None:
    ready(doubtful)
    key = check(doubtful)["key"]
    doubtful.approve()
    doubtful.release()
    with pytest.raises(policies.NotAllowed, match="its checks stay as they were approved"):
        accept(doubtful, check_key=key)


def test_a_correction_takes_them_along(doubtful: Office) -> None:
    actions.add_sentence(
        revision_id=doubtful.revision_id,
        section=Section.PROSECUTION,
        text="Seven officers were dismissed.",
        evidence=("e1",),
        by=doubtful.analyst,
        at=doubtful.clock(),
    )
    ready(doubtful)
    open_ = [item for item in result(doubtful).checks if item["severity"] == Severity.WARNING]
    for item in open_:
        accept(doubtful, check_key=item["key"])
    doubtful.approve()
    doubtful.release()
    accepted = {item["text"] for item in result(doubtful).checks if item["accepted"]}
    actions.correct(revision_id=doubtful.revision_id, reason="A slip.", by=doubtful.analyst, at=doubtful.clock())
    assert {item["text"] for item in result(doubtful).checks if item["accepted"]} == accepted
    assert result(doubtful).checks_open == 0


def test_a_save_asks_once_for_all_acceptances(doubtful: Office) -> None:
    def save(value: int, version: int) -> int:
        count = Count(kind=CountKind.EXACT, value=value)
        with CaptureQueriesContext(connection) as asked:
            doubtful.fact("statistics", Statistic(id="s2", stage=Stage.ARREST, count=count), ref="s2", version=version)
        return sum("checkacceptance" in query["sql"] for query in asked)

    doubtful.statistic(1, stage=Stage.ARREST)
    without = save(5, 1)
    accept(doubtful)
    assert (without, save(6, 2)) == (1, 1)
