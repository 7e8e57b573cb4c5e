"""The right of reply: out of sight while it is off, beside the text while it is on, and never changing anything."""

import datetime as dt
import json
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from assessments import actions, events, policies, snapshots
from assessments.core.types import Decision
from assessments.core.values import Tier
from assessments.enums import Part, ReplyAbout, Stance, Subject
from assessments.exporters import json as json_file
from assessments.models import Event, Reply, Result
from assessments.verification import verify
from tests.assessments.office import Office

TEXT = "The three cases concern one official of the customs service."


def client_of(person: object) -> Client:
    client = Client()
    client.force_login(person)
    return client


def where(office: Office, name: str, *args: object) -> str:
    return reverse(f"assessments:{name}", args=[office.assessment.public_id, *args])


def begun(office: Office, *, is_on: bool = True) -> str:
    """Record one fact with evidence, and return the public id of its sentence."""
    item = office.evidence(official_record=True)
    office.statistic(3, evidence=(item,))
    office.rate("officials-prosecuted", 1, evidence=(item,))
    if is_on:
        office.turn_on(right_of_reply=True)
    return str(office.revision.sentences.filter(family__isnull=False).first().public_id)


def reply(office: Office, **changes: Any) -> Reply:
    fields: dict[str, Any] = {
        "revision_id": office.revision_id,
        "about": ReplyAbout.FINDING,
        "stance": Stance.DISAGREES,
        "text": TEXT,
        "received_on": dt.date(2024, 4, 30),
        "by": office.analyst,
        "at": office.clock(),
    }
    return actions.record_reply(**(fields | changes))


def test_a_reply_stands_beside_its_sentence_and_changes_nothing(office: Office) -> None:
    sentence = begun(office)
    before = (Result.objects.get().input_digest, office.revision.content_hash)
    quote = office.revision.sentences.get(public_id=sentence).shown
    row = reply(office, about=ReplyAbout.SENTENCE, target=sentence, evidence=("e1",))
    assert (row.quote, row.ref) == (quote, "g1")
    assert (Result.objects.get().input_digest, office.revision.content_hash) == before
    assert office.analyst.pk in policies.authors(office.revision)
    for who in ("analyst", "reviewer", "coordinator"):
        for name in ("draft", "review"):
            html = client_of(getattr(office, who)).get(where(office, name), {"sentence": sentence}).content.decode()
            assert TEXT in html
        listed = client_of(getattr(office, who)).get(where(office, "replies")).content.decode()
        assert quote in listed.replace("&#x27;", "'")
    last = Event.objects.about(Subject.ASSESSMENT, office.assessment.public_id).last()
    assert "entered the government's reply" in events.sentence(last)
    assert events.verify(Subject.ASSESSMENT, office.assessment.public_id) is None


def test_entering_a_reply_makes_nobody_an_author(office: Office) -> None:
    office.turn_on(right_of_reply=True)
    office.assign(office.other_analyst, Part.ANALYST)
    begun(office)
    reply(office, by=office.other_analyst)
    assert office.other_analyst.pk not in policies.authors(office.revision)


def test_a_reply_to_a_changed_sentence_says_so_and_keeps_the_words_it_was_about(office: Office) -> None:
    sentence = begun(office)
    reply(office, about=ReplyAbout.SENTENCE, target=sentence)
    row = office.revision.sentences.get(public_id=sentence)
    quote = row.shown
    actions.edit_sentence(
        sentence_id=row.public_id, text="Other words.", version=row.version, by=office.analyst, at=office.clock()
    )
    html = client_of(office.reviewer).get(where(office, "replies")).content.decode()
    assert "changed since" in html
    assert quote in html.replace("&#x27;", "'")


def test_an_analyst_enters_and_withdraws_on_the_page(office: Office) -> None:
    sentence = begun(office)
    client = client_of(office.analyst)
    address = where(office, "replies")
    assert client.post(address, {"text": "x"}).status_code == 422
    typed = {
        "target": f"sentence:{sentence}",
        "stance": "new-information",
        "text": TEXT,
        "received_on": "2024-04-30",
        "evidence": ["e1"],
    }
    assert client.post(address, typed).status_code == 302
    row = Reply.objects.get()
    assert (row.about, row.stance, row.received_on) == ("sentence", "new-information", dt.date(2024, 4, 30))
    assert "e1" in client.get(address).content.decode()
    assert client.post(where(office, "withdraw-reply", row.ref), {"reason": ""}).status_code == 302
    assert Reply.objects.standing().count() == 1
    assert client.post(where(office, "withdraw-reply", row.ref), {"reason": "Entered twice."}).status_code == 302
    assert Reply.objects.standing().count() == 0
    assert TEXT not in client.get(address).content.decode()
    assert client.post(where(office, "withdraw-reply", row.ref), {"reason": "Again."}).status_code == 404


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"text": " "}, "government's words"),
        ({"text": "x" * 4001}, "at most 4,000"),
        ({"received_on": dt.date(2031, 1, 1)}, "once it was received"),
        ({"evidence": ("e9",)}, "e9"),
    ],
)
def test_what_cannot_be_kept_is_refused(office: Office, changes: dict[str, Any], message: str) -> None:
    begun(office)
    with pytest.raises(actions.Invalid, match=message):
        reply(office, **changes)
    assert not Reply.objects.exists()


@pytest.mark.parametrize(
    ("about", "target"),
    [
        (ReplyAbout.SENTENCE, "no id"),
        (ReplyAbout.SENTENCE, "6a3f0c1e-6f0b-4c58-9d0a-2f6f5c1b7d10"),
        (ReplyAbout.RECOMMENDATION, "R99"),
    ],
)
def test_a_reply_to_nothing_is_refused(office: Office, about: ReplyAbout, target: str) -> None:
    begun(office)
    with pytest.raises(actions.NotFound):
        reply(office, about=about, target=target)


def test_a_reply_to_a_recommendation_and_to_the_finding(office: Office) -> None:
    begun(office)
    point = office.revision.recommendations.first()
    if point is not None:
        assert reply(office, about=ReplyAbout.RECOMMENDATION, target=point.code).quote == point.shown
    assert reply(office).quote == Result.objects.get().title


def test_nothing_of_it_shows_while_it_is_off(office: Office) -> None:
    sentence = begun(office, is_on=False)
    with pytest.raises(policies.NotAllowed, match="not turned on"):
        reply(office)
    for who in ("analyst", "reviewer", "coordinator"):
        client = client_of(getattr(office, who))
        assert client.get(where(office, "replies")).status_code == 403
        assert client.post(where(office, "replies")).status_code == 403
        for name in ("draft", "review", "facts"):
            html = client.get(where(office, name), {"sentence": sentence}).content.decode()
            assert "replies/" not in html
            assert "Replies of the government" not in html


def test_it_is_not_turned_off_over_replies_on_record(office: Office) -> None:
    begun(office)
    row = reply(office)
    with pytest.raises(actions.Invalid, match="go out of sight"):
        office.turn_on()
    actions.withdraw_reply(
        revision_id=office.revision_id, ref=row.ref, reason="In error.", by=office.analyst, at=office.clock()
    )
    office.turn_on()
    assert not office.assessment.period.__class__.objects.get(report_year=2024).right_of_reply


def test_who_enters_replies_and_until_when(office: Office) -> None:
    begun(office)
    for name in ("reviewer", "coordinator"):
        with pytest.raises(policies.NotAllowed, match="Only an analyst assigned"):
            reply(office, by=getattr(office, name))
        assert client_of(getattr(office, name)).post(where(office, "replies")).status_code == 403
    for name in ("other_analyst", "other_reviewer", "exporter", "reader", "editor", "account_admin"):
        with pytest.raises(policies.NotAllowed):
            reply(office, by=getattr(office, name))
        assert client_of(getattr(office, name)).get(where(office, "replies")).status_code == 404
    office.assign(office.other_analyst, Part.SECOND_CODER)
    with pytest.raises(policies.NotAllowed):
        reply(office, by=office.other_analyst)
    finish(office)
    assert reply(office, text="After submission.").ref == "g1"
    office.approve()
    with pytest.raises(policies.NotAllowed, match="entered before that"):
        reply(office)
    office.release()
    with pytest.raises(policies.NotAllowed, match="entered before that"):
        reply(office)


def finish(office: Office) -> None:
    from frameworks.loader import compiled

    for indicator in compiled(office.revision.framework).core:
        if indicator.slug != "officials-prosecuted":
            for part in indicator.parts or ("",):
                office.rate(indicator.slug, part=part)
    office.submit()


def test_the_snapshot_carries_the_replies_in_its_open_part(office: Office) -> None:
    sentence = begun(office)
    reply(office, about=ReplyAbout.SENTENCE, target=sentence, evidence=("e1",))
    withdrawn = reply(office, text="Entered in error.")
    actions.withdraw_reply(
        revision_id=office.revision_id, ref=withdrawn.ref, reason="In error.", by=office.analyst, at=office.clock()
    )
    finish(office)
    office.approve()
    snapshot = office.release()
    values = snapshots.opened(snapshot)
    (kept,) = values["replies"]
    assert (kept["id"], kept["target"], kept["stance"], kept["text"], kept["evidence"]) == (
        "g1",
        sentence,
        "disagrees",
        TEXT,
        ["e1"],
    )
    data = json_file.export(values)
    assert verify(data).holds
    altered = json.loads(data)
    altered["snapshot"]["replies"][0]["text"] = "Never said."
    assert "replies/g1 was altered" in verify(json.dumps(altered).encode()).text
    page = client_of(office.reader).get(reverse("assessments:snapshot", args=[snapshot.public_id]))
    assert TEXT in page.content.decode()


def test_a_reply_to_a_sentence_that_tells_an_unreleased_tier_is_sealed_with_it(office: Office) -> None:
    begun(office)
    actions.save_decision(
        revision_id=office.revision_id,
        decision=Decision(tier=Tier.THREE, tier_reason="No effort was seen."),
        version=None,
        by=office.analyst,
        at=office.clock(),
    )
    tells = next(row for row in office.revision.sentences.all() if "tier" in row.basis.get("decisions", ()))
    reply(office, about=ReplyAbout.SENTENCE, target=str(tells.public_id), text="We contest this tier.")
    snapshot = actions.make_working_snapshot(revision_id=office.revision_id, by=office.analyst, at=office.clock())
    assert "contest this tier" not in snapshot.open_part
    assert [item["text"] for item in snapshots.with_tier(snapshot)["replies"]] == ["We contest this tier."]


def test_a_correction_takes_the_replies_along_to_the_sentences_that_stand_there_now(office: Office) -> None:
    sentence = begun(office)
    reply(office, about=ReplyAbout.SENTENCE, target=sentence, evidence=("e1",))
    finish(office)
    office.approve()
    office.release()
    actions.correct(revision_id=office.revision_id, reason="A figure.", by=office.analyst, at=office.clock())
    row = Reply.objects.get(revision=office.revision)
    now = office.revision.sentences.get(public_id=row.target)
    assert now.predecessors == [sentence]
    html = client_of(office.analyst).get(where(office, "draft"), {"sentence": row.target}).content.decode()
    assert TEXT in html
    assert "evidence e1" in html
