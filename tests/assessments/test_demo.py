"""The demo: people in every role, assessments in every state, by rules nobody was spared."""

from typing import Any

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.test import Client

from accounts.models import Role, User
from assessments import events, policies, snapshots
from assessments.demo_people import PEOPLE
from assessments.enums import Part, RevisionState, SentenceState
from assessments.models import (
    Approval,
    Assessment,
    Assignment,
    Comment,
    DraftSentence,
    Event,
    Excerpt,
    Revision,
    Snapshot,
)
from tests.assessments import factories


def test_it_is_refused_outside_a_demo(db: None) -> None:
    assert settings.DEMO is False
    with pytest.raises(CommandError, match="only where INDICIA_DEMO is true"):
        call_command("load_demo")
    assert not User.objects.exists()


@pytest.fixture
def demo(db: None, settings: Any) -> None:
    settings.DEMO = True
    factories.framework()
    factories.wording()
    call_command("load_reference", verbosity=0)
    call_command("load_demo", verbosity=0)


def test_the_whole_demo(demo: None, capsys: Any) -> None:
    people = {person.email: person for person in User.objects.all()}
    assert set(people) == {email for email, *_ in PEOPLE}
    assert all(email.endswith("@example.org") for email in people)
    by_role = {role: [p for p in people.values() if p.has_role(role)] for role in Role}
    assert {role: len(found) for role, found in by_role.items()} == {
        Role.ANALYST: 3,
        Role.REVIEWER: 3,
        Role.COORDINATOR: 1,
        Role.FRAMEWORK_EDITOR: 1,
        Role.EXPORTER: 1,
        Role.READER: 1,
        Role.ACCOUNT_ADMIN: 1,
    }
    empty = Assessment.objects.filter(is_demonstration=False)  # one for each analyst to begin in
    assert (Assessment.objects.count(), empty.count()) == (21, 3)
    assert set(Revision.objects.values_list("state", flat=True)) == {state.value for state in RevisionState}
    spread = Assignment.objects.filter(part=Part.ANALYST).values_list("user__email", flat=True)
    assert all(list(spread).count(email) == 7 for email, *_ in PEOPLE[:3])
    assert Comment.objects.exists()
    assert DraftSentence.objects.filter(state=SentenceState.EDITED.value).exists()
    assert DraftSentence.objects.filter(state=SentenceState.HANDWRITTEN.value).exists()

    # Nobody approved what they wrote, and the log and every snapshot hold.
    for approval in Approval.objects.select_related("step__revision__assessment"):
        wrote = Event.objects.filter(
            subject_id=approval.step.revision.assessment.public_id, action__in=policies.AUTHORING
        )
        assert approval.by_id not in set(wrote.values_list("by_id", flat=True))
    assert list(events.verify_all()) == []
    from assessments import verification
    from assessments.exporters import json as json_file

    for snapshot in Snapshot.objects.all():
        assert verification.verify(json_file.export(snapshots.opened(snapshot))).text.startswith("Identical")
    call_command("rederive", "--check")

    # The inbox of the first analyst shows its use: what waits, what is translated, what was set aside and why.
    client = Client()
    client.force_login(people["analyst1@example.org"])
    inbox = client.get("/inbox/").content.decode()
    assert "Field note on a border post" in inbox
    assert "Court notice in Spanish" in inbox
    kept = Excerpt.objects.current()
    assert kept.waiting().count() == 7
    assert all("Invented" in row.source.note and row.source.demonstration for row in kept.select_related("source"))
    assert "not confirmed" in kept.exclude(set_aside="").get().set_aside
    translated = kept.exclude(translation="")
    assert {(row.language, row.translator) for row in translated} == {("Spanish", "embassy translator")}
    assert translated.first().text.startswith("El tribunal condenó")
    assert "tribunal" not in translated.first().translation

    # Once more changes nothing.
    count = Event.objects.count()
    call_command("load_demo", verbosity=0)
    assert (Assessment.objects.count(), User.objects.count(), Event.objects.count()) == (21, len(PEOPLE), count)
    assert "0 of them new" in capsys.readouterr().out


def test_stale_results_are_named_and_mended(demo: None) -> None:
    from assessments.models import RatingRecord

    revision = Revision.objects.filter(state=RevisionState.IN_PROGRESS.value, ratings__isnull=False).first()
    RatingRecord.objects.filter(pk=revision.ratings.first().pk).update(rationale="Changed behind the actions' back.")
    with pytest.raises(CommandError, match="Not current"):
        call_command("rederive", "--check")
    call_command("rederive")
    call_command("rederive", "--check")
