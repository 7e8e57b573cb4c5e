"""The draft and its review: what people do to sentences, and the way to approval."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from assessments.core.sheets import Allegation, OfficialGroup
from assessments.enums import RevisionState, SentenceState
from assessments.models import Approval, Comment, DraftSentence
from tests.assessments.office import Office


def signed_in(person: object) -> Client:
    client = Client()
    client.force_login(person)
    return client


def at(office: Office, name: str, *args: object) -> str:
    return reverse(f"assessments:{name}", args=[office.assessment.public_id, *args])


def text_of(html: bytes) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html.decode()).split())


@pytest.fixture
def sentence(office: Office) -> DraftSentence:
    """One generated sentence with its evidence."""
    item = office.evidence(edited="Three officers were convicted.", pinpoint="p. 14", attribution="court staff")
    office.statistic(3, evidence=(item,))
    return office.revision.sentences.get()


def test_a_sentence_shows_what_stands_behind_it(office: Office, sentence: DraftSentence) -> None:
    html = signed_in(office.analyst).get(at(office, "draft"), {"sentence": str(sentence.public_id)}).content
    shown = text_of(html)
    assert "Pattern NP-" in shown
    assert "F1a s1" in shown
    assert "p. 14" in shown
    assert "Three officers were convicted." in shown
    assert f"s-{sentence.public_id}" in html.decode()


def test_edit_revert_remove_restore_and_write_by_hand(office: Office, sentence: DraftSentence) -> None:
    client = signed_in(office.analyst)
    own = "Courts convicted three officials."
    client.post(at(office, "edit-sentence", sentence.public_id), {"text": own, "version": sentence.version})
    sentence.refresh_from_db()
    assert (sentence.shown, sentence.state) == (own, SentenceState.EDITED)
    client.post(at(office, "revert-sentence", sentence.public_id), {"version": sentence.version})
    sentence.refresh_from_db()
    assert sentence.state == SentenceState.GENERATED
    client.post(at(office, "remove-sentence", sentence.public_id), {"version": sentence.version})
    sentence.refresh_from_db()
    assert sentence.state == SentenceState.REMOVED
    assert "Removed sentences" in text_of(client.get(at(office, "draft")).content)
    client.post(at(office, "restore-sentence", sentence.public_id), {"version": sentence.version})
    sentence.refresh_from_db()
    assert sentence.state == SentenceState.GENERATED
    typed = {"new-section": "prosecution", "new-text": "Observers saw little change.", "new-judgement": "on"}
    client.post(at(office, "add-sentence"), typed)
    assert office.revision.sentences.get(state=SentenceState.HANDWRITTEN).shown == "Observers saw little change."


def test_a_sentence_by_hand_names_evidence_or_is_a_judgement(office: Office) -> None:
    client = signed_in(office.analyst)
    answer = client.post(at(office, "add-sentence"), {"new-section": "prosecution", "new-text": "All is well."})
    assert answer.status_code == 422
    assert "Name the evidence it rests on, or mark it as your own judgement." in answer.content.decode()
    assert "All is well." in answer.content.decode()


def test_two_people_in_one_sentence_see_both(office: Office, sentence: DraftSentence) -> None:
    client = signed_in(office.analyst)
    where = at(office, "edit-sentence", sentence.public_id)
    client.post(where, {"text": "Theirs.", "version": sentence.version})
    answer = client.post(where, {"text": "Mine.", "version": sentence.version})
    assert answer.status_code == 409
    assert "Theirs." in answer.content.decode()
    assert "Mine." in answer.content.decode()


def test_a_submission_with_open_matters_says_what_to_settle(office: Office, sentence: DraftSentence) -> None:
    office.rate("officials-prosecuted", 3)
    client = signed_in(office.analyst)
    answer = client.post(at(office, "submit"), {"submit-reason": "All done, I think."})
    assert answer.status_code == 422
    shown = text_of(answer.content)
    assert "This must be settled first" in shown
    assert "All done, I think." in answer.content.decode()
    assert office.revision.state == RevisionState.IN_PROGRESS


def test_the_way_to_approval(office: Office, sentence: DraftSentence) -> None:
    office.answer_all()
    analyst, reviewer = signed_in(office.analyst), signed_in(office.reviewer)
    assert analyst.post(at(office, "submit"), {"submit-reason": ""}).status_code == 302
    assert office.revision.state == RevisionState.SUBMITTED
    step = office.step_id()
    refused = analyst.post(at(office, "approve", step), follow=True)
    assert "Only a reviewer assigned to it may approve" in text_of(refused.content)
    assert not Approval.objects.exists()
    assert "Approve: Review" not in text_of(analyst.get(at(office, "review")).content)
    assert "Approve: Review" in text_of(reviewer.get(at(office, "review")).content)
    without = reviewer.post(at(office, "request-changes"), {"changes-reason": ""})
    assert without.status_code == 422
    reviewer.post(at(office, "request-changes"), {"changes-reason": "Which court?"})
    assert office.revision.state == RevisionState.CHANGES_REQUESTED
    assert "Which court?" in text_of(analyst.get(at(office, "review")).content)
    analyst.post(at(office, "submit"), {"submit-reason": ""})
    reviewer.post(at(office, "approve", step), {"content_hash": office.revision.content_hash})
    assert office.revision.state == RevisionState.APPROVED
    snapshot = office.revision.snapshots.get()
    coordinator = signed_in(office.coordinator)
    coordinator.post(reverse("assessments:release", args=[snapshot.public_id]))
    assert office.revision.state == RevisionState.RELEASED
    analyst.post(at(office, "correct"), {"correct-reason": "The court was another."})
    assert office.revision.number == 2


def test_a_text_that_changed_since_it_was_read_is_not_approved(office: Office, sentence: DraftSentence) -> None:
    office.answer_all()
    office.submit()
    reviewer = signed_in(office.reviewer)
    answer = reviewer.post(at(office, "approve", office.step_id()), {"content_hash": "0" * 64}, follow=True)
    assert "The text changed since you opened it" in text_of(answer.content)
    assert not Approval.objects.exists()


def test_a_remark_hangs_on_its_sentence_and_is_settled(office: Office, sentence: DraftSentence) -> None:
    reviewer = signed_in(office.reviewer)
    reviewer.post(at(office, "comment-sentence", sentence.public_id), {"text": "Which court?"})
    remark = Comment.objects.get()
    assert (remark.sentence, remark.quote) == (sentence.public_id, sentence.shown)
    assert "one remark of the reviewer" in text_of(signed_in(office.analyst).get("/").content)
    reviewer.post(at(office, "resolve-comment", remark.public_id))
    remark.refresh_from_db()
    assert remark.resolved_by == office.reviewer
    empty = reviewer.post(at(office, "comment"), {"text": ""})
    assert empty.status_code == 422


def test_a_working_copy_is_marked_as_a_draft(office: Office, sentence: DraftSentence) -> None:
    answer = signed_in(office.analyst).post(at(office, "working-copy"), follow=True)
    assert "nobody has approved it" in text_of(answer.content)
    snapshot = office.revision.snapshots.get()
    file = signed_in(office.analyst).get(reverse("assessments:download", args=[snapshot.public_id, "txt"]))
    assert "-draft.txt" in file["Content-Disposition"]
    assert signed_in(office.exporter).get(reverse("assessments:snapshot", args=[snapshot.public_id])).status_code == 404


def test_a_recommendation_moves_only_with_a_reason(office: Office, sentence: DraftSentence) -> None:
    evidence = [office.evidence(attribution=name) for name in ("court staff", "an NGO")]
    group = OfficialGroup(role="police officer")
    office.fact("allegations", Allegation(id="new", officials=(group,), text="taking bribes", evidence=tuple(evidence)))
    office.rate("officials-prosecuted", 0, evidence=tuple(evidence))
    office.rate("direct-official-perpetration", 2, evidence=tuple(evidence))
    item = office.revision.recommendations.order_by("rank").first()
    assert item is not None
    client = signed_in(office.analyst)
    where = at(office, "place-recommendation", item.public_id)
    client.post(where, {"rank": "2", "reason": ""})
    item.refresh_from_db()
    assert item.reorder_reason == ""
    client.post(where, {"rank": "1", "reason": "The post asked for it."})
    item.refresh_from_db()
    assert (item.rank, item.reorder_reason) == (1, "The post asked for it.")


def test_a_remark_is_answered(office: Office, sentence: DraftSentence) -> None:
    reviewer, analyst = signed_in(office.reviewer), signed_in(office.analyst)
    reviewer.post(at(office, "comment-sentence", sentence.public_id), {"text": "Which court?"})
    remark = Comment.objects.get()
    analyst.post(at(office, "reply", remark.public_id), {"text": "The district court."})
    assert "The district court." in text_of(reviewer.get(at(office, "review")).content)
    assert Comment.objects.get(parent=remark).by == office.analyst
