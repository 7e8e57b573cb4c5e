"""A file that came back, through its pages: looked at, taken over once, each change where it belongs."""

from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from assessments import actions, storage
from assessments.core.document import Audience
from assessments.core.returned import Kinds
from assessments.enums import ProposalState
from assessments.importers import returned as importer
from assessments.models import Comment, Event, ReturnedFile, ReturnedItem, Snapshot, WordingProposal
from tests.assessments.office import Office
from tests.assessments.wordedits import Edited, exported
from tests.image import remembered_step


def client_of(person: object) -> Client:
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture
@remembered_step
def snapshot(office: Office) -> Snapshot:
    """A working copy with two sentences of facts and one by hand."""
    office.statistic(3, evidence=(office.evidence(),))
    for text in ("Observers saw little change.", "The ministry gave no reason."):
        actions.add_sentence(
            revision_id=office.revision_id,
            section="prosecution",
            text=text,
            judgement=True,
            by=office.analyst,
            at=office.clock(),
        )
    return actions.make_working_snapshot(revision_id=office.revision_id, by=office.analyst, at=office.clock())


def address(office: Office, name: str = "returned-files", *args: object) -> str:
    return reverse(f"assessments:{name}", args=[office.assessment.public_id, *args])


def upload(office: Office, person: object, data: bytes, name: str = "back.docx") -> Any:
    return client_of(person).post(address(office), {"file": SimpleUploadedFile(name, data), "snapshot": ""})


def counts() -> tuple[int, ...]:
    return tuple(model.objects.count() for model in (ReturnedFile, ReturnedItem, WordingProposal, Comment, Event))


def edited(snapshot: Snapshot) -> Edited:
    file = exported(snapshot)
    file.replace("little change", "no change")
    file.comment("gave no reason", "Which ministry?")
    file.replace("Prosecution", "Law enforcement")
    return file


def test_what_a_file_says_is_shown_first_and_taken_over_by_one_act(office: Office, snapshot: Snapshot) -> None:
    answer = upload(office, office.reviewer, edited(snapshot).data)
    file = ReturnedFile.objects.get()
    assert answer["Location"] == address(office, "returned-file", file.public_id)
    assert (file.taken_at, file.by, file.snapshot, ReturnedItem.objects.count()) == (None, office.reviewer, snapshot, 0)
    page = client_of(office.reviewer).get(answer["Location"])
    assert [(group.heading, len(group.lines)) for group in page.context["groups"]] == [
        ("Other words for sentences", 1),
        ("Remarks", 1),
        ("Put in or changed, fits no sentence", 1),
    ]
    assert page.context["summary"] == "One suggestion, one remark, one change that fits nothing in the text"
    assert "Carla Clearance, as named in the file" in page.content.decode()
    assert WordingProposal.objects.count() == Comment.objects.count() == 0
    client_of(office.reviewer).post(address(office, "take-returned", file.public_id))
    proposal, comment = WordingProposal.objects.get(), Comment.objects.get()
    sentence = office.revision.sentences.get(text="Observers saw little change.")
    assert (proposal.sentence, proposal.text, proposal.quote) == (
        sentence.public_id,
        "Observers saw no change.",
        "Observers saw little change.",
    )
    assert (proposal.stated_author, proposal.by, proposal.state) == ("Carla Clearance", office.reviewer, "open")
    reason = office.revision.sentences.get(text="The ministry gave no reason.")
    assert (comment.sentence, comment.quote, comment.text, comment.is_on_words) == (
        reason.public_id,
        "gave no reason",
        "Which ministry?",
        True,
    )
    assert (comment.stated_author, comment.by) == ("Carla Clearance", office.reviewer)
    listed = [
        (item.kind, item.text) for item in ReturnedItem.objects.filter(proposal=None, comment=None).order_by("text")
    ]
    assert listed == [("added", "Law enforcement")]
    done = [event.action for event in Event.objects.filter(subject_id=office.assessment.public_id)][-4:]
    assert done == ["receive_returned", "propose_wording", "comment", "take_returned"]
    assert sentence.shown == "Observers saw little change."


def test_the_same_file_twice_is_kept_once_and_a_change_is_taken_over_once(office: Office, snapshot: Snapshot) -> None:
    file = edited(snapshot)
    upload(office, office.reviewer, file.data)
    first = ReturnedFile.objects.get()
    take = address(office, "take-returned", first.public_id)
    client_of(office.reviewer).post(take)
    before = counts()
    upload(office, office.reviewer, file.data)
    assert counts() == before
    client_of(office.reviewer).post(take)
    assert counts()[1:4] == before[1:4]
    file.replace("gave no reason", "gave none")
    upload(office, office.analyst, file.data)  # saved again with one change more
    second = ReturnedFile.objects.exclude(pk=first.pk).get()
    page = client_of(office.analyst).get(address(office, "returned-file", second.public_id))
    assert (page.context["fresh"], page.context["repeats"]) == (1, 3)
    client_of(office.analyst).post(address(office, "take-returned", second.public_id))
    assert [item.text for item in second.items.all()] == ["The ministry gave none."]


def test_an_analyst_takes_words_from_a_file_they_brought(office: Office, snapshot: Snapshot) -> None:
    upload(office, office.analyst, edited(snapshot).data)
    client_of(office.analyst).post(address(office, "take-returned", ReturnedFile.objects.get().public_id))
    proposal = WordingProposal.objects.get()
    sentence = office.revision.sentences.get(public_id=proposal.sentence)
    actions.accept_wording(
        proposal_id=proposal.public_id, version=sentence.version, by=office.analyst, at=office.clock()
    )
    sentence.refresh_from_db()
    assert (sentence.shown, sentence.author) == ("Observers saw no change.", office.analyst)
    page = client_of(office.analyst).get(reverse("assessments:review", args=[office.assessment.public_id]))
    assert "By Carla Clearance, as named in a returned file; brought by Ann Analyst" in " ".join(
        page.content.decode().split()
    )


def test_a_sentence_changed_since_keeps_its_words_and_gets_the_suggestion(office: Office, snapshot: Snapshot) -> None:
    file = edited(snapshot)
    sentence = office.revision.sentences.get(text="Observers saw little change.")
    actions.edit_sentence(
        sentence_id=sentence.public_id, text="Observers saw a change.", version=1, by=office.analyst, at=office.clock()
    )
    upload(office, office.reviewer, file.data)
    client_of(office.reviewer).post(address(office, "take-returned", ReturnedFile.objects.get().public_id))
    sentence.refresh_from_db()
    assert sentence.shown == "Observers saw a change."
    assert WordingProposal.objects.get().sentence == sentence.public_id


def test_what_lost_its_sentence_stays_listed(office: Office, snapshot: Snapshot) -> None:
    file = edited(snapshot)
    sentence = office.revision.sentences.get(text="Observers saw little change.")
    actions.remove_sentence(sentence_id=sentence.public_id, version=1, by=office.analyst, at=office.clock())
    upload(office, office.reviewer, file.data)
    client_of(office.reviewer).post(address(office, "take-returned", ReturnedFile.objects.get().public_id))
    item = ReturnedItem.objects.get(kind=Kinds.WORDING.value)
    assert (item.sentence, item.proposal, item.text) == (None, None, "Observers saw no change.")
    client_of(office.analyst).post(address(office, "settle-returned", item.public_id))
    item.refresh_from_db()
    assert item.settled_by == office.analyst


def test_the_file_that_fits_is_found_among_the_texts(office: Office, snapshot: Snapshot) -> None:
    file = exported(snapshot)
    sentence = office.revision.sentences.get(text="Observers saw little change.")
    actions.edit_sentence(
        sentence_id=sentence.public_id, text="Observers saw a change.", version=1, by=office.analyst, at=office.clock()
    )
    actions.make_working_snapshot(revision_id=office.revision_id, by=office.analyst, at=office.clock())
    upload(office, office.reviewer, file.data)
    row = ReturnedFile.objects.get()
    assert row.snapshot == snapshot
    page = client_of(office.reviewer).get(address(office, "returned-file", row.public_id))
    assert page.context["groups"] == []
    assert "it reads as the text it was made from" in page.content.decode()


def test_it_comes_back_as_it_came_and_never_opens_in_the_browser(office: Office, snapshot: Snapshot) -> None:
    data = edited(snapshot).data
    upload(office, office.reviewer, data, name="Carla’s <b>remarks</b>.docx")
    row = ReturnedFile.objects.get()
    answer = client_of(office.analyst).get(address(office, "returned-download", row.public_id))
    assert answer.content == data
    name = f"2024-{office.country.iso3.lower()}-returned-{row.digest[:12]}.docx"
    assert answer["Content-Disposition"] == f'attachment; filename="{name}"'
    assert "<b>remarks" not in client_of(office.analyst).get(address(office)).content.decode()


@pytest.mark.parametrize(
    ("name", "data", "why"),
    [
        ("back.docx", b"", "The file is empty."),
        ("back.docx", b"no zip at all", "damaged or no Word document"),
        ("back.docm", b"PK", "may hold macros"),
        ("back.pdf", b"%PDF", "Files that end in .docx"),
    ],
)
def test_what_is_no_word_file_is_refused_in_words(
    office: Office, snapshot: Snapshot, name: str, data: bytes, why: str
) -> None:
    before = counts()
    answer = upload(office, office.reviewer, data, name=name)
    assert answer.status_code == 422
    assert why in answer.content.decode()
    assert counts() == before


def test_a_file_of_another_text_is_refused(office: Office, snapshot: Snapshot) -> None:
    import docx as python_docx

    other = python_docx.Document()
    other.add_paragraph("A recipe for soup.")
    out = BytesIO()
    other.save(out)
    before = counts()
    answer = upload(office, office.reviewer, out.getvalue())
    assert answer.status_code == 422
    assert "None of the sentences" in answer.content.decode()
    assert counts() == before


def test_who_may_not_propose_brings_nothing(office: Office, snapshot: Snapshot) -> None:
    data = edited(snapshot).data
    before = counts()
    for person in (office.other_analyst, office.other_reviewer, office.reader, office.exporter, office.editor):
        assert upload(office, person, data).status_code == 404
    assert counts() == before


def test_a_failure_halfway_leaves_nothing(office: Office, snapshot: Snapshot) -> None:
    upload(office, office.reviewer, edited(snapshot).data)
    row = ReturnedFile.objects.get()
    office.answer_all()
    office.submit()
    office.approve()
    before = counts()
    answer = client_of(office.reviewer).post(address(office, "take-returned", row.public_id))
    assert answer.status_code == 403
    assert counts() == before


def test_a_file_that_is_gone_says_so(office: Office, snapshot: Snapshot) -> None:
    upload(office, office.reviewer, edited(snapshot).data)
    row = ReturnedFile.objects.get()
    storage.remove("files", row.digest)
    page = client_of(office.reviewer).get(address(office, "returned-file", row.public_id))
    assert "There is no such file." in page.content.decode()
    assert client_of(office.reviewer).get(address(office, "returned-download", row.public_id)).status_code == 404


def test_the_public_file_has_no_id_and_still_finds_its_sentences(office: Office, snapshot: Snapshot) -> None:
    file = exported(snapshot, Audience.PUBLIC)
    assert b"bookmarkStart" not in file.data
    file.replace("little change", "no change")
    upload(office, office.reviewer, file.data)
    items = importer.take_over(file=ReturnedFile.objects.get(), by=office.reviewer, at=office.clock())
    assert [(item.kind, item.text) for item in items] == [("wording", "Observers saw no change.")]
    assert WordingProposal.objects.get().state == ProposalState.OPEN


@pytest.mark.parametrize("files", [1, 4])
def test_the_list_asks_as_often_for_one_file_as_for_many(
    office: Office, snapshot: Snapshot, files: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(files):
        file = exported(snapshot)
        file.replace("little change", f"change number {number}")
        upload(office, office.reviewer, file.data)
    client = client_of(office.reviewer)
    client.get(address(office))
    with django_assert_max_num_queries(24):
        assert len(client.get(address(office)).context["files"]) == files
