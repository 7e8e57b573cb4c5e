"""Out to Word, changed with tracking, saved by LibreOffice, and back: each change on its sentence."""

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from assessments import actions
from assessments.models import Comment, ReturnedFile, ReturnedItem, WordingProposal
from tests.assessments.office import Office, take_case
from tests.assessments.wordedits import exported
from tests.assessments.wordfiles import converted


def saved_by_libreoffice(data: bytes, folder: Path) -> bytes:
    """Return the file as LibreOffice writes it once it opened it: with parts, ids and styles of its own."""
    (folder / "edited.docx").write_bytes(data)
    converted(folder, folder / "edited.docx", to="docx:MS Word 2007 XML")
    return (folder / "out" / "edited.docx").read_bytes()


def test_each_change_comes_back_on_its_sentence(office: Office, tmp_path: Path) -> None:
    take_case(office, "2021-philippines")
    made = actions.make_working_snapshot(revision_id=office.revision_id, by=office.analyst, at=office.clock())
    rows = [row for row in office.revision.sentences.in_order() if row.shown and row.state != "removed"]
    changed, cut, remarked, kept = rows[0], rows[3], rows[5], rows[-1]
    file = exported(made)
    first = changed.shown.split()[1]
    file.replace(first, f"{first} (it said)")
    file.replace(cut.shown, "")
    words = " ".join(remarked.shown.split()[:4])
    file.comment(words, "How many of them?")
    file.insert_after("Prosecution", " and courts")
    data = saved_by_libreoffice(file.data, tmp_path)
    client = Client()
    client.force_login(office.reviewer)
    where = reverse("assessments:returned-files", args=[office.assessment.public_id])
    assert client.post(where, {"file": SimpleUploadedFile("back.docx", data)}).status_code == 302
    kept_file = ReturnedFile.objects.get()
    assert client.get(reverse("assessments:returned-file", args=[office.assessment.public_id, kept_file.public_id]))
    client.post(reverse("assessments:take-returned", args=[office.assessment.public_id, kept_file.public_id]))
    proposal = WordingProposal.objects.get()
    assert (proposal.sentence, proposal.stated_author) == (changed.public_id, "Carla Clearance")
    assert proposal.text == changed.shown.replace(first, f"{first} (it said)", 1)
    told = {(row.sentence, row.text, row.quote) for row in Comment.objects.all()}
    assert told == {
        (cut.public_id, "The returned file takes this sentence out.", cut.shown),
        (remarked.public_id, "How many of them?", words),
    }
    listed = ReturnedItem.objects.filter(proposal=None, comment=None)
    assert [(item.kind, item.quote, item.text) for item in listed] == [
        ("added", "Prosecution", "Prosecution and courts")
    ]
    assert kept.public_id not in {row.sentence for row in ReturnedItem.objects.all()}


@pytest.mark.parametrize("audience", ["internal", "clearance", "public"])
def test_a_file_that_was_only_opened_and_saved_says_nothing(office: Office, tmp_path: Path, audience: str) -> None:
    from assessments.core.document import Audience

    take_case(office, "2021-philippines")
    made = actions.make_working_snapshot(revision_id=office.revision_id, by=office.analyst, at=office.clock())
    data = saved_by_libreoffice(exported(made, Audience(audience)).data, tmp_path)
    client = Client()
    client.force_login(office.reviewer)
    where = reverse("assessments:returned-files", args=[office.assessment.public_id])
    page = client.post(where, {"file": SimpleUploadedFile("back.docx", data)}, follow=True)
    assert [(group.heading, [line.item.text for line in group.lines]) for group in page.context["groups"]] == []
