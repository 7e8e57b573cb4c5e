"""Words taken out of all that is kept are in no uploaded file either: it is gone, and the record says that it was."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from lxml import etree

from assessments import actions, events, kept_files, storage
from assessments.actions.documents import Upload
from assessments.core.redacting import Words
from assessments.enums import TextOrigin
from assessments.exporters.docx_house import starter
from assessments.extraction import kind_of
from assessments.importers.package import Unreadable
from assessments.importers.returned import receive, take_over
from assessments.importers.templates import save_template
from assessments.models import Document, Redaction, ReturnedFile, Snapshot
from tests.assessments.office import Office
from tests.assessments.test_redaction import propose, redact
from tests.assessments.test_views_review import signed_in, text_of
from tests.assessments.wordedits import Edited, exported, packed
from tests.assessments.wordfiles import parts

NAME = "Mira Example"


@pytest.fixture(autouse=True)
def place(settings: Any, tmp_path: Path, django_capture_on_commit_callbacks: Any) -> Path:
    settings.VAR = tmp_path
    return tmp_path


@pytest.fixture
def frozen(office: Office) -> Snapshot:
    office.statistic(3)
    office.answer_all()
    return actions.make_working_snapshot(revision_id=office.revision_id, by=office.analyst, at=office.clock())


def bring(office: Office, snapshot: Snapshot, data: bytes) -> ReturnedFile:
    return receive(
        revision=office.revision, name="back.docx", data=data, snapshot=snapshot, by=office.analyst, at=office.clock()
    )


def in_a_comment(file: Edited) -> None:
    file.comment("report year", f"Ask {NAME}.")


def put_in(file: Edited) -> None:
    file.insert_after("report year", f" ({NAME})")


def taken_out(file: Edited) -> None:
    file.retype("report year", f"report year of {NAME}")
    file.replace(f" of {NAME}", "")


def half_of_it_put_in(file: Edited) -> None:
    file.retype("report year", "report year of Mira Exa")
    file.insert_after("Mira Exa", "mple")


def as_author(file: Edited) -> None:
    file.author = NAME
    file.insert_after("report year", " then")


def in_properties(file: Edited) -> None:
    file.files["docProps/core.xml"] = with_property(file.files["docProps/core.xml"])


def with_property(core: bytes) -> bytes:
    """Return a file's properties with the name among them."""
    root = etree.fromstring(core)
    etree.SubElement(root, "keywords").text = f"about {NAME}"
    return etree.tostring(root)


@pytest.mark.parametrize("change", [in_a_comment, put_in, taken_out, half_of_it_put_in, as_author, in_properties])
def test_words_are_found_wherever_they_stand_in_a_word_file(
    office: Office, frozen: Snapshot, change: Callable[[Edited], None]
) -> None:
    file = exported(frozen)
    change(file)
    stored = storage.put("files", [file.data], limit=10**8)
    assert kept_files.times(kept_files.KeptFile("", stored.digest), Words(NAME)) > 0
    assert kept_files.times(kept_files.KeptFile("", stored.digest), Words("Mira Examples")) == 0


def test_a_returned_file_with_the_words_is_gone_and_its_record_stays(
    office: Office, frozen: Snapshot, django_capture_on_commit_callbacks: Any
) -> None:
    file, other = exported(frozen), exported(frozen)
    put_in(file)
    in_a_comment(other)
    row, second = bring(office, frozen, file.data), bring(office, frozen, other.data)
    clean = bring(office, frozen, exported(frozen).data)
    take_over(file=row, by=office.analyst, at=office.clock())
    asked = propose(office)
    told = [place["where"] for place in asked.places]
    assert sum("that came back: the file is removed" in where for where in told) == 2
    assert not any(place["stays"] for place in asked.places)
    with django_capture_on_commit_callbacks(execute=True):
        redact(office, asked)
    for gone in (row, second):
        gone.refresh_from_db()
        assert gone.redacted_at is not None
        assert not storage.is_kept("files", gone.digest)
    clean.refresh_from_db()
    assert (clean.redacted_at, storage.is_kept("files", clean.digest)) == (None, True)
    assert list(events.verify_all()) == []
    assert NAME not in str(list(Redaction.objects.values()))
    page = reverse("assessments:returned-file", args=[office.assessment.public_id, row.public_id])
    shown = text_of(signed_in(office.analyst).get(page).content)
    assert "words had to be taken out" in shown
    assert row.digest in shown
    assert NAME not in shown
    download = reverse("assessments:returned-download", args=[office.assessment.public_id, row.public_id])
    assert signed_in(office.analyst).get(download).status_code == 404
    with pytest.raises(Unreadable, match="removed before"):
        bring(office, frozen, file.data)
    assert not storage.is_kept("files", row.digest)


def upload(office: Office, name: str, content: bytes, text: str) -> Document:
    source = office.revision.sources.order_by("pk").first() or office.revision.sources.get(ref=office.source())
    found = kind_of(name, content)
    number = actions.add_document(
        source_id=source.source.public_id, text=text, origin=TextOrigin.EXTRACTED if text else TextOrigin.NONE,
        upload=Upload(name, found, content), by=office.analyst, at=office.clock(),
    )  # fmt: skip
    return source.source.documents.get(number=number)


def test_the_file_of_a_source_with_the_words_is_gone(office: Office, django_capture_on_commit_callbacks: Any) -> None:
    text = f"The court heard {NAME}."
    row = upload(office, "page.txt", text.encode(), text)
    with django_capture_on_commit_callbacks(execute=True):
        redact(office, propose(office))
    row.refresh_from_db()
    assert NAME not in row.text
    assert row.file_redacted_at is not None
    assert not storage.is_kept("files", row.file_digest)
    where = reverse("assessments:text-file", args=[row.source.public_id, row.number])
    assert signed_in(office.analyst).get(where).status_code == 404
    shown = signed_in(office.analyst).get(reverse("assessments:text", args=[row.source.public_id]))
    assert "since words in it had to be taken out" in text_of(shown.content)
    with pytest.raises(actions.Invalid, match="removed before"):
        upload(office, "page.txt", text.encode(), text)


def test_hidden_words_of_a_sources_word_file_count_too(office: Office, django_capture_on_commit_callbacks: Any) -> None:
    files = parts(starter())
    files["docProps/core.xml"] = with_property(files["docProps/core.xml"])
    row = upload(office, "report.docx", packed(files), "Nothing is seen of it.")
    with django_capture_on_commit_callbacks(execute=True):
        redact(office, propose(office))
    assert not storage.is_kept("files", row.file_digest)


def test_a_file_that_nothing_can_read_is_named(office: Office) -> None:
    upload(office, "scan.png", b"\x89PNG\r\n\x1a\n" + b"\0" * 64, "")
    with pytest.raises(actions.Invalid, match="stand nowhere"):
        propose(office)
    office.evidence(excerpt=f"The court heard {NAME}.")
    last = propose(office).places[-1]
    assert last == {
        "where": "the file that version 1 of a source came as: nothing can read it; look at it yourself",
        "times": 0,
        "stays": True,
    }


def test_nothing_is_removed_where_nothing_was_decided(office: Office, frozen: Snapshot) -> None:
    file = exported(frozen)
    put_in(file)
    row = bring(office, frozen, file.data)
    asked = propose(office)
    actions.decline_redaction(
        revision_id=office.revision_id, redaction_id=asked.public_id, reason="It is public.", by=office.reviewer,
        at=office.clock(),
    )  # fmt: skip
    row.refresh_from_db()
    assert (row.redacted_at, storage.is_kept("files", row.digest)) == (None, True)


def test_a_template_of_the_office_stays(office: Office, frozen: Snapshot) -> None:
    file = exported(frozen)
    put_in(file)
    row = bring(office, frozen, file.data)
    data = starter()
    save_template(name="House", file_name="a.docx", data=data, by=office.coordinator, at=office.clock())
    assert kept_files.is_shared(storage.digest_of(data))
    assert not kept_files.is_shared(row.digest)
