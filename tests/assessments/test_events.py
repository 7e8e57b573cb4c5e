"""The log: a chain by subject, values apart, and sentences that give nothing away."""

import uuid
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assessments import events
from assessments.core.values import Protection
from assessments.enums import Subject
from assessments.models import AppendOnly, Event, StoredValue
from tests.assessments.factories import AT, UserFactory

SUBJECT = uuid.UUID(int=7)


def append(action: str = "save_fact", **fields: Any) -> Event:
    given_fields = {"kind": Subject.ASSESSMENT, "subject_id": SUBJECT, "by": None, "at": AT} | fields
    return events.append(action=action, **given_fields)


def tamper(sql: str, *values: Any) -> None:
    """Change rows behind the models' back, as somebody with the database would."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


@pytest.fixture
def chain(db: None) -> list[Event]:
    """Three events, two of them with values."""
    return [
        append("open_assessment"),
        append(changes={"statistics.count": events.Change(None, 3)}, target="statistics/s1"),
        append(changes={"statistics.count": events.Change(3, 4)}, target="statistics/s1"),
    ]


def test_events_are_chained(chain: list[Event]) -> None:
    assert [event.sequence for event in chain] == [1, 2, 3]
    assert [event.previous_hash for event in chain] == ["", chain[0].hash, chain[1].hash]
    assert events.verify(Subject.ASSESSMENT, SUBJECT) is None
    assert chain[1].new == chain[2].old
    assert StoredValue.objects.count() == 2


def test_subjects_have_chains_of_their_own(chain: list[Event]) -> None:
    other = append(subject_id=uuid.UUID(int=8))
    assert (other.sequence, other.previous_hash) == (1, "")


@pytest.mark.parametrize(
    ("sql", "sequence", "why"),
    [
        (
            "UPDATE assessments_event SET action = 'approve' WHERE sequence = 2",
            2,
            "its content does not match its hash.",
        ),
        (
            "UPDATE assessments_event SET at = '2024-05-01 12:00:01+00:00' WHERE sequence = 1",
            1,
            "its content does not match its hash.",
        ),
        ("DELETE FROM assessments_event WHERE sequence = 2", 2, "it is missing; the next one is event 3."),
        (
            "UPDATE assessments_event SET previous_hash = 'f' WHERE sequence = 3",
            3,
            "it does not continue the event before it.",
        ),
        (
            "UPDATE assessments_storedvalue SET value = '5' WHERE value = '4'",
            3,
            "the stored value of statistics.count does not match its digest.",
        ),
        (
            "DELETE FROM assessments_storedvalue WHERE value = '3'",
            2,
            "the value of statistics.count is missing from the store.",
        ),
    ],
)
def test_the_first_broken_link_is_named(chain: list[Event], sql: str, sequence: int, why: str) -> None:
    tamper(sql)
    assert events.verify(Subject.ASSESSMENT, SUBJECT) == events.Broken(Subject.ASSESSMENT, SUBJECT, sequence, why)
    with pytest.raises(CommandError) as refusal:
        call_command("verify_log")
    assert str(refusal.value) == f"assessment {SUBJECT}, event {sequence}: {why}"


def test_nothing_is_altered_or_deleted(chain: list[Event]) -> None:
    for refused in (
        lambda: Event.objects.all().delete(),
        lambda: Event.objects.update(action="x"),
        chain[0].delete,
        chain[0].save,
        lambda: StoredValue.objects.all().delete(),
    ):
        with pytest.raises(AppendOnly):
            refused()


def test_the_chain_verifies_after_a_redaction(chain: list[Event]) -> None:
    StoredValue.objects.filter(value="4").redact("null", at=AT)
    assert events.verify(Subject.ASSESSMENT, SUBJECT) is None


def test_a_protected_value_cannot_be_guessed_from_its_digest(db: None) -> None:
    secret = {"evidence.excerpt": events.Change(None, "CANARY", Protection.RESTRICTED)}
    first, second = append(changes=secret), append(changes=secret)
    assert first.new != second.new
    assert events.value_digest("", '"CANARY"') not in {*first.new.values(), *second.new.values()}
    assert events.verify(Subject.ASSESSMENT, SUBJECT) is None


def test_a_sentence_names_fields_and_never_values(db: None) -> None:
    person = UserFactory(name="Ann Analyst")
    event = append(
        by=person,
        target="cases/c1",
        changes={"cases.docket": events.Change(None, "CANARY-12/2022", Protection.RESTRICTED)},
    )
    assert events.sentence(event) == "May 1, 2024 at 12:00 UTC: Ann Analyst saved cases c1 (docket)."
    moved = append("submit", by=person, target="revision/1", reason="All is in.")
    assert events.sentence(moved) == "May 1, 2024 at 12:00 UTC: Ann Analyst submitted revision 1, because: All is in."
    assert events.sentence(append("import_assessment")).endswith("A command imported a file.")


VALUES = st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(max_size=20) | st.lists(st.text(max_size=5))


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    steps=st.lists(
        st.tuples(st.sampled_from(["save_fact", "comment", "submit"]), VALUES, VALUES, st.sampled_from(Protection)),
        max_size=6,
    )
)
def test_the_log_verifies_after_any_sequence(db: None, steps: list[Any]) -> None:
    subject = uuid.uuid4()
    for action, old, new, protection in steps:
        append(action, subject_id=subject, changes={"field": events.Change(old, new, protection)})
    assert events.verify(Subject.ASSESSMENT, subject) is None
    assert Event.objects.about(Subject.ASSESSMENT, subject).count() == len(steps)


@pytest.mark.parametrize(
    ("action", "target", "said"),
    [
        ("submit", "revision/2", "Ann Analyst submitted revision 2."),
        ("request_changes", "revision/2", "Ann Analyst requested changes to revision 2."),
        ("reopen", "revision/2", "Ann Analyst took back the last step of revision 2."),
        ("correct", "revision/2", "Ann Analyst opened the correction, revision 2."),
        ("withdraw_correction", "revision/2", "Ann Analyst took back the correction, revision 2."),
        ("supersede", "revision/1", "Ann Analyst superseded the earlier release, revision 1."),
        ("save_rating", "ratings/officials-prosecuted", "Ann Analyst rated officials-prosecuted (state)."),
    ],
)
def test_every_change_of_hands_reads_as_a_sentence(db: None, action: str, target: str, said: str) -> None:
    person = UserFactory(name="Ann Analyst")
    event = append(action, by=person, target=target, changes={"state": events.Change("a", "b")})
    assert events.deed(event) == said
