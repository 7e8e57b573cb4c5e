"""A text is read and approved sentence by sentence from the first reading on, and a remark outlives its sentence."""

from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Role
from assessments import actions, policies
from assessments.core.values import Section
from assessments.enums import Part, RevisionState
from assessments.models import ApprovedItem, Comment, DraftSentence
from tests.assessments.office import Office

OWN = "Observers saw no change."


@pytest.fixture
def submitted(office: Office) -> Office:
    """A text that nobody has read yet, with two people who can."""
    office.assign(office.other_reviewer, Part.REVIEWER)
    office.statistic(3, evidence=(office.evidence(),))
    office.answer_all()
    write(office, OWN, office.analyst)
    office.submit()
    return office


def write(office: Office, text: str, by: object) -> None:
    actions.add_sentence(
        revision_id=office.revision_id, section=Section.PROSECUTION, text=text, judgement=True, by=by, at=office.clock()
    )


def signed_in(person: object) -> Client:
    client = Client()
    client.force_login(person)
    return client


def review_of(office: Office, sentence: DraftSentence | None = None) -> str:
    address = reverse("assessments:review", args=[office.assessment.public_id])
    return address if sentence is None else f"{address}?sentence={sentence.public_id}"


def row(office: Office, text: str) -> DraftSentence:
    return next(item for item in office.revision.sentences.in_order() if text in item.shown)


def digest_of(office: Office, sentence: DraftSentence) -> str:
    return next(item.digest for item in actions.items_now(office.revision) if item.ref == str(sentence.public_id))


def approve_url(office: Office) -> str:
    return reverse("assessments:approve-items", args=[office.assessment.public_id, office.step_id()])


def test_a_sentence_is_approved_beside_its_basis_on_the_first_reading(submitted: Office) -> None:
    client, sentence = signed_in(submitted.reviewer), row(submitted, OWN)
    assert "Approve this sentence" in client.get(review_of(submitted, sentence)).content.decode()
    item = f"{sentence.public_id}={digest_of(submitted, sentence)}"
    answer = client.post(approve_url(submitted), {"item": item, "back": "sentence"})
    assert answer.url == f"{review_of(submitted, sentence)}#s-{sentence.public_id}"
    html = client.get(answer.url).content.decode()
    assert "Approved as it reads here by Rita Reviewer" in html
    assert "Approve this sentence" not in html
    assert [found.text for found in ApprovedItem.objects.all()] == [OWN]
    assert submitted.revision.state == RevisionState.SUBMITTED
    other = row(submitted, "convict")
    assert "Approve this sentence" in client.get(review_of(submitted, other)).content.decode()


def test_the_last_sentence_approved_ends_the_step_and_the_page_said_who_is_told(submitted: Office) -> None:
    client = signed_in(submitted.reviewer)
    for item in actions.items_now(submitted.revision):
        html = client.get(review_of(submitted)).content.decode()
        client.post(approve_url(submitted), {"item": f"{item.ref}={item.digest}"})
    assert (
        "If nothing waits here after it, this step is approved. Ann Analyst and Cora Coordinator will be told." in html
    )
    assert submitted.revision.state == RevisionState.APPROVED


def test_who_wrote_one_sentence_finds_the_others_to_approve_on_the_first_reading(office: Office) -> None:
    office.assign(office.other_reviewer, Part.REVIEWER)
    office.statistic(3, evidence=(office.evidence(),))
    office.answer_all()
    office.reviewer.grant([Role.ANALYST], at=office.clock(), by=None)
    office.assign(office.reviewer, Part.ANALYST)
    write(office, OWN, office.reviewer)
    office.submit()
    client, own, other = signed_in(office.reviewer), row(office, OWN), row(office, "convict")
    html = client.get(review_of(office, own)).content.decode()
    assert "You wrote it or what it rests on, so somebody else approves it." in html
    assert "you wrote it or what it rests on, so somebody else approves it" in html
    assert f"{other.public_id}={digest_of(office, other)}" in html
    assert f"{own.public_id}={digest_of(office, own)}" not in html
    refused = client.post(approve_url(office), {"item": f"{own.public_id}={digest_of(office, own)}"})
    assert refused.status_code == 403
    assert "Nobody approves what they wrote" in refused.content.decode()
    client.post(approve_url(office), {"item": f"{other.public_id}={digest_of(office, other)}"})
    assert ApprovedItem.objects.get().by == office.reviewer


@pytest.mark.parametrize("name", ["analyst", "coordinator"])
def test_nobody_else_is_offered_an_approval(submitted: Office, name: str) -> None:
    html = signed_in(getattr(submitted, name)).get(review_of(submitted, row(submitted, OWN))).content.decode()
    assert "Approve this sentence" not in html
    assert "Waits for approval." in html or "somebody else approves it" in html


# --- Remarks on what is no longer there --------------------------------------------------------------------------


def test_a_remark_typed_while_its_sentence_gave_way_hangs_on_the_heir(office: Office) -> None:
    office.statistic(3, evidence=(office.evidence(),))
    heir, gone = office.revision.sentences.get(), uuid4()
    DraftSentence.objects.filter(pk=heir.pk).update(predecessors=[str(gone)])
    client = signed_in(office.reviewer)
    address = reverse("assessments:comment-sentence", args=[office.assessment.public_id, gone])
    assert client.post(address, {"text": "Who says so?"}).status_code == 302
    assert (Comment.objects.get().sentence, Comment.objects.get().quote) == (heir.public_id, heir.shown)


def test_a_remark_on_a_sentence_that_is_gone_is_refused_with_its_words_kept(office: Office) -> None:
    office.statistic(3, evidence=(office.evidence(),))
    client = signed_in(office.reviewer)
    address = reverse("assessments:comment-sentence", args=[office.assessment.public_id, uuid4()])
    answer = client.post(address, {"text": "Who says so?", "quote": "three officials"})
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "This sentence is no longer in the text." in html
    assert "Who says so?</textarea>" in html
    assert not Comment.objects.exists()


def test_an_empty_remark_on_the_whole_text_is_refused_in_words(office: Office) -> None:
    client = signed_in(office.reviewer)
    answer = client.post(reverse("assessments:comment", args=[office.assessment.public_id]), {"text": " "})
    assert answer.status_code == 422
    assert "Remark: A remark says something." in answer.content.decode()


def test_what_was_settled_in_one_assessment_is_not_reached_from_another(office: Office) -> None:
    remark = actions.comment(revision_id=office.revision_id, text="Why?", by=office.reviewer, at=office.clock())
    elsewhere = reverse("assessments:resolve-comment", args=[uuid4(), remark.public_id])
    assert signed_in(office.reviewer).post(elsewhere).status_code == 404
    with pytest.raises(policies.NotAllowed):
        actions.resolve_comment(comment_id=remark.public_id, by=office.other_reviewer, at=office.clock())
