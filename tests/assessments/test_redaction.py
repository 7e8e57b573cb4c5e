"""Two people take words out of everything that is kept; the chain of the log still verifies."""

import json
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from assessments import actions, events, policies
from assessments.core.redacting import BLACK, REDACTED
from assessments.enums import RedactionState
from assessments.exporters import json as json_file
from assessments.models import DraftSentence, Event, Evidence, Redaction, Revision, SealedPart
from assessments.snapshots import opened
from assessments.verification import verify
from tests.assessments.factories import DocumentFactory, ExcerptFactory
from tests.assessments.office import Office
from tests.image import remembered_step

NAME = "Mira Example"
WHY = "A victim is named."


@pytest.fixture
@remembered_step
def named(office: Office) -> Office:
    """The name of a victim stands in an excerpt, in its history, in a reason, a remark and a sealed part."""
    item = office.evidence(excerpt=f"The court heard {NAME}.")
    office.statistic(3, evidence=(item,), note=f"See what {NAME} said.")
    actions.comment(revision_id=office.revision_id, text=f"Who is {NAME}?", by=office.reviewer, at=office.clock())
    office.answer_all()
    actions.make_working_snapshot(revision_id=office.revision_id, by=office.analyst, at=office.clock())
    return office


def propose(office: Office, by: User | None = None, **changes: Any) -> Redaction:
    fields = {"words": NAME, "reason": WHY} | changes
    return actions.propose_redaction(
        revision_id=office.revision_id, by=by or office.analyst, at=office.clock(), **fields
    )


def redact(office: Office, row: Redaction, by: User | None = None) -> Redaction:
    return actions.redact(
        revision_id=office.revision_id, redaction_id=row.public_id, by=by or office.reviewer, at=office.clock()
    )


def everything_kept() -> str:
    """Return every column of every table that may hold a word."""
    from django.apps import apps

    return "\n".join(
        json.dumps(list(model._base_manager.values()), default=str)
        for model in apps.get_models()
        if model._meta.app_label == "assessments"
    )


def test_the_words_are_gone_from_everywhere_and_the_log_verifies(named: Office) -> None:
    row = propose(named)
    before = list(Event.objects.order_by("pk").values_list("hash", flat=True))
    done = redact(named, row)
    # The note for colleagues goes out with what is frozen; a published hash covers it.
    frozen = Revision.objects.get().snapshots.get()
    open_places = [place for place in done.places if place["stays"]]
    assert [place["where"] for place in open_places] == [f"the text and record frozen as {frozen.open_digest[:12]}"]
    assert everything_kept().replace(json.dumps(frozen.open_part)[1:-1], "").count(NAME) == 0
    assert Evidence.objects.get().excerpt == f"The court heard {REDACTED}."
    assert REDACTED in SealedPart.objects.get().body
    assert list(events.verify_all()) == []
    assert list(Event.objects.order_by("pk").values_list("hash", flat=True))[: len(before)] == before
    assert (done.state, done.words) == (RedactionState.DONE.value, "")
    assert verify(json_file.export(opened(frozen))).holds


def test_every_place_is_named_and_counted_without_the_words(named: Office) -> None:
    places = {place["where"]: place["times"] for place in propose(named).places}
    frozen = Revision.objects.get().snapshots.get()
    assert places == {
        "evidence e1 excerpt": 1,
        "statistic record s1 note": 1,
        "comment text": 1,
        "earlier values in the log": 3,
        f"the sealed part of the snapshot {frozen.open_digest[:12]}": 1,
        f"the text and record frozen as {frozen.open_digest[:12]}": 1,
    }


def test_the_log_says_who_and_why_and_never_what(named: Office) -> None:
    redact(named, propose(named))
    told = [events.deed(event) for event in Event.objects.filter(action__contains="redact").order_by("sequence")]
    assert told == [
        f"Ann Analyst proposed to take words out, because: {WHY}",
        f"Rita Reviewer took words out of all that is kept, because: {WHY}",
    ]


def test_what_an_open_text_rests_on_is_drafted_again(office: Office) -> None:
    item = office.evidence()
    office.statistic(2, evidence=(item,), agency=f"Office of {NAME}")
    redact(office, propose(office))
    texts = DraftSentence.objects.values_list("generated_text", flat=True)
    assert any(REDACTED in text for text in texts)
    assert not any(NAME in text for text in texts)


def test_the_text_of_a_source_is_blackened_and_its_excerpts_stay_in_place(named: Office) -> None:
    source = named.revision.sources.get().source
    document = DocumentFactory(source=source, text=f"Then {NAME} spoke. The court agreed.", file_name="a.txt")
    excerpt = ExcerptFactory(document=document, text=f"{NAME} spoke", start=5, end=5 + len(NAME) + 6)
    redact(named, propose(named))
    document.refresh_from_db()
    excerpt.refresh_from_db()
    assert document.text == f"Then {BLACK * len(NAME)} spoke. The court agreed."
    assert document.text[excerpt.start : excerpt.end] == f"{BLACK * len(NAME)} spoke"
    assert excerpt.text == f"{REDACTED} spoke"


def test_who_has_the_item_open_sees_that_it_changed(named: Office) -> None:
    version = Evidence.objects.get().version
    redact(named, propose(named))
    assert Evidence.objects.get().version == version + 1


def test_a_released_text_keeps_its_hash_and_its_approval(named: Office) -> None:
    named.submit()
    named.approve()
    named.release()
    before = Revision.objects.get().content_hash
    redact(named, propose(named))
    after = Revision.objects.get()
    assert after.content_hash == before
    assert Evidence.objects.get().excerpt == f"The court heard {REDACTED}."
    assert list(events.verify_all()) == []
    for frozen in after.snapshots.all():
        assert verify(json_file.export(opened(frozen))).holds


def test_two_people_or_nobody(named: Office) -> None:
    row = propose(named, by=named.reviewer)
    with pytest.raises(policies.NotAllowed, match="Two people take words out; you proposed it"):
        redact(named, row)
    for person in (named.analyst, named.other_analyst, named.other_reviewer, named.exporter, named.reader):
        with pytest.raises(policies.NotAllowed):
            redact(named, row, by=person)
    assert NAME in Evidence.objects.get().excerpt
    redact(named, row, by=named.coordinator)
    assert NAME not in Evidence.objects.get().excerpt
    with pytest.raises(actions.NotFound):
        redact(named, row, by=named.coordinator)


@pytest.mark.parametrize("who", ["other_analyst", "other_reviewer", "exporter", "reader", "editor", "account_admin"])
def test_only_the_people_of_the_assessment_propose(named: Office, who: str) -> None:
    with pytest.raises(policies.NotAllowed):
        propose(named, by=getattr(named, who))


def test_approved_words_are_reopened_first(named: Office) -> None:
    named.submit()
    named.approve()
    with pytest.raises(policies.NotAllowed, match="reopen it first"):
        propose(named)


@pytest.mark.parametrize(
    ("changes", "errors"),
    [
        ({"words": "ab"}, {"words": ["Give the words as they stand there, at least 3 characters of them."]}),
        ({"words": REDACTED}, {"words": ["These words were taken out already."]}),
        (
            {"words": "Nobody Here"},
            {"words": ["These words stand nowhere in this assessment; copy them as they are written there."]},
        ),
        ({"reason": " "}, {"reason": ["Give a reason; it stays on record."]}),
        (
            {"reason": f"{NAME} is a victim."},
            {"reason": ["The reason stays on record for ever; give it without the words themselves."]},
        ),
    ],
)
def test_what_cannot_be_taken_out_is_refused_in_words(
    named: Office, changes: dict[str, str], errors: dict[str, list[str]]
) -> None:
    with pytest.raises(actions.Invalid) as refusal:
        propose(named, **changes)
    assert refusal.value.errors == errors
    assert not Redaction.objects.exists()


def test_a_declined_or_withdrawn_proposal_changes_nothing_and_forgets_the_words(named: Office) -> None:
    first = propose(named)
    declined = actions.decline_redaction(
        revision_id=named.revision_id,
        redaction_id=first.public_id,
        reason="It is the name of a place.",
        by=named.reviewer,
        at=named.clock(),
    )
    second = propose(named)
    with pytest.raises(policies.NotAllowed, match="Only who proposed"):
        actions.withdraw_redaction(
            revision_id=named.revision_id, redaction_id=second.public_id, by=named.reviewer, at=named.clock()
        )
    withdrawn = actions.withdraw_redaction(
        revision_id=named.revision_id, redaction_id=second.public_id, by=named.analyst, at=named.clock()
    )
    assert [(row.state, row.words) for row in (declined, withdrawn)] == [("declined", ""), ("withdrawn", "")]
    assert NAME in Evidence.objects.get().excerpt


def test_the_page_shows_the_words_to_those_who_decide_and_to_nobody_else(named: Office) -> None:
    row = propose(named)
    address = reverse("assessments:redactions", args=[named.assessment.public_id])
    shown = {}
    for person in (named.analyst, named.reviewer, named.coordinator):
        client = Client()
        client.force_login(person)
        page = client.get(address).content.decode()
        shown[person.name] = (NAME in page, "Take them out for ever" in page, "Take the proposal back" in page)
    assert shown == {
        "Ann Analyst": (True, False, True),
        "Rita Reviewer": (True, True, False),
        "Cora Coordinator": (True, True, False),
    }
    client = Client()
    client.force_login(named.reviewer)
    answer = client.post(reverse("assessments:redact", args=[named.assessment.public_id, row.public_id]), follow=True)
    assert NAME not in answer.content.decode()
    assert "Taken out. The log still verifies" in answer.content.decode()


def test_what_the_form_refuses_is_said_beside_the_field(named: Office) -> None:
    client = Client()
    client.force_login(named.analyst)
    address = reverse("assessments:redactions", args=[named.assessment.public_id])
    answer = client.post(address, {"words": "Nobody Here", "reason": WHY})
    assert answer.status_code == 422
    assert "These words stand nowhere in this assessment" in answer.content.decode()
