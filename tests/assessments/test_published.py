"""The published report against what was released: identical, or every sentence that differs, of every country."""

from io import BytesIO
from pathlib import Path
from typing import Any

import docx as python_docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from assessments import actions, snapshots
from assessments.core.comparison import Change, Said
from assessments.core.published import Country, compare_published, split
from assessments.exporters import docx, text
from assessments.exporters.document import document_of
from assessments.importers.package import Unreadable
from assessments.importers.published import against_released, paragraphs_of
from assessments.models import Snapshot
from tests.assessments.office import Office
from tests.assessments.wordedits import Edited
from tests.image import remembered_step


def said(*texts: str) -> tuple[Said, ...]:
    return tuple(Said(public_id=str(number), section="", text=each) for number, each in enumerate(texts))


A = Country(
    iso3="AAA",
    name="Aland",
    names=("Aland", "the Aland"),
    sentences=said(
        "Courts convicted 3 officials.", "Observers said “little” changed. They gave no reason.", "Fund the office."
    ),
    known=frozenset({"Prosecution"}),
)
B = Country(iso3="BBB", name="Borduria", names=("Borduria",), sentences=said("Police took bribes."))
WHOLE = ["Aland", "Prosecution", 'Courts convicted 3 officials. Observers said "little" changed. They gave no reason.']
WHOLE += ["1. Fund the office.", "BORDURIA (Tier 3)", "Police took bribes."]


def test_a_report_of_many_countries_is_identical_country_by_country() -> None:
    found = compare_published(["Preface.", *WHOLE[:4], "Borduria", WHOLE[5]], [A, B], {"Syldavia": "Syldavia"})
    assert [(one.iso3, one.is_identical, one.sentences) for one in found.compared] == [
        ("AAA", True, 3),
        ("BBB", True, 1),
    ]
    assert (found.missing, found.unknown, found.before, found.is_identical) == ((), (), 1, True)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (("3 officials", "5 officials"), [Change.FIGURES]),
        (("Fund the office", "Fund the whole office"), [Change.REWORDED]),
        (("1. Fund the office.", ""), [Change.DROPPED]),
        (("They gave no reason.", "They gave no reason. It rained in May."), [Change.NEW]),
        (
            (
                'Courts convicted 3 officials. Observers said "little" changed. They gave no reason.',
                'Observers said "little" changed. They gave no reason. Courts convicted 3 officials.',
            ),
            [Change.UNCHANGED],  # moved
        ),
    ],
)
def test_every_difference_is_told(change: tuple[str, str], expected: list[Change]) -> None:
    found = compare_published([each.replace(*change) for each in WHOLE[:4]], [A], {})
    (one,) = found.compared
    assert [row.change for row in one.rows] == expected
    assert not one.is_identical
    assert not found.is_identical


def test_what_stands_on_one_side_only_is_named() -> None:
    found = compare_published(["Aland", *WHOLE[1:4], "Syldavia", "Nothing of ours."], [A, B], {"Syldavia": "Syldavia"})
    assert (found.missing, found.unknown, found.is_identical) == (("Borduria",), ("Syldavia",), False)
    assert found.compared[0].is_identical


def test_a_report_of_one_country_needs_no_heading() -> None:
    assert compare_published(WHOLE[1:4], [A], {}).is_identical


@pytest.mark.parametrize(
    ("paragraph", "sentences"),
    [
        ("One. Two! Three? “Four.” Five", ["One.", "Two!", "Three?", "“Four.”", "Five"]),
        (
            "The U.S. Army met Gen. Smith. No. 5 stood.",
            ["The U.S. Army met Gen. Smith.", "No. 5 stood."],
        ),
        ("", []),
    ],
)
def test_sentences_end_where_they_end(paragraph: str, sentences: list[str]) -> None:
    assert split(paragraph) == sentences


# --- With rows ---------------------------------------------------------------------------------------------------


@pytest.fixture
@remembered_step
def released(office: Office) -> Snapshot:
    office.statistic(3, evidence=(office.evidence(),))
    for words in ("Observers saw little change.", "The ministry gave no reason."):
        actions.add_sentence(
            revision_id=office.revision_id,
            section="prosecution",
            text=words,
            judgement=True,
            by=office.analyst,
            at=office.clock(),
        )
    office.answer_all()
    office.submit()
    office.approve()
    office.release()
    return Snapshot.objects.get(released_at__isnull=False)


def word_of(snapshot: Snapshot) -> bytes:
    return docx.export(document_of(snapshots.opened(snapshot)))


def test_what_we_export_is_identical_in_word_and_in_text(office: Office, released: Snapshot) -> None:
    for data in (word_of(released), text.export(document_of(snapshots.opened(released)))):
        report = against_released(data, 2024, office.exporter)
        assert [row.pieces for one in report.compared for row in one.rows] == []
        assert report.is_identical


def test_the_command_says_identical_or_every_sentence(
    office: Office, released: Snapshot, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "report.docx"
    path.write_bytes(word_of(released))
    call_command("compare_published", path)
    assert "Examplia: identical, " in capsys.readouterr().out
    file = Edited(word_of(released))
    file.retype("little", "no")
    path.write_bytes(file.data)
    with pytest.raises(CommandError, match="1 of 1 countries differ") as caught:
        call_command("compare_published", path, "--period", "2024")
    assert "other words: Observers saw [-little-]{+no+} change." in capsys.readouterr().out
    assert caught.value.returncode == 1
    path.write_bytes(b"\xff\xfe\x00broken")
    with pytest.raises(CommandError, match="neither a Word document"):
        call_command("compare_published", path)
    path.write_text("Examplia")
    with pytest.raises(CommandError, match="No text is released for report year 2001"):
        call_command("compare_published", path, "--period", "2001")


def post(person: object, data: bytes, name: str = "report.docx") -> Any:
    client = Client()
    client.force_login(person)
    where = reverse("assessments:published")
    return client.post(where, {"report_year": "2024", "file": SimpleUploadedFile(name, data)})


def test_the_page_says_it_too(office: Office, released: Snapshot) -> None:
    same = post(office.exporter, word_of(released))
    assert (same.status_code, same.context["report"].is_identical) == (200, True)
    file = Edited(word_of(released))
    file.retype("little", "no")
    answer = post(office.exporter, file.data)
    ((told,),) = ([one.rows for one in answer.context["differing"]],)
    assert [kind for kind, _ in told] == ["other words"]
    assert "one sentence of" in answer.content.decode()
    assert post(office.exporter, b"PK\x03\x04broken").status_code == 422
    assert post(office.reader, word_of(released)).status_code == 403


def test_nobody_compares_with_what_they_may_not_see(office: Office, released: Snapshot) -> None:
    coder = office.other_analyst
    assert post(coder, word_of(released)).status_code == 200  # released is for all who work on the report
    Snapshot.objects.filter(pk=released.pk).update(released_at=None)
    assert "nothing to compare with" in post(coder, word_of(released)).content.decode()


def test_tracked_changes_in_a_report_count_as_accepted(released: Snapshot, office: Office) -> None:
    file = Edited(word_of(released))
    file.replace("little", "no")
    report = against_released(file.data, 2024, office.exporter)
    assert [row.change for row in report.compared[0].rows] == [Change.REWORDED]


def test_wrapped_text_is_read_as_paragraphs() -> None:
    first = "This line is long enough to be wrapped by whoever has typed it all in"
    words = f"{first}\ngoes on here.\n\n1. One.\n2. Two.\nHead\n"
    assert paragraphs_of(words.encode()) == (
        f"{first} goes on here.",
        "1. One.",
        "2. Two.",
        "Head",
    )


@pytest.mark.parametrize("data", [b"", b" \n", b"\0\0\0\0", b"\xd0\xcf\x11\xe0....", b"PK\x03\x04", b"\xff\xfe"])
def test_what_is_no_report_is_refused(data: bytes) -> None:
    with pytest.raises(Unreadable):
        paragraphs_of(data)


def test_any_word_file_is_read() -> None:
    word = python_docx.Document()
    word.add_paragraph("Hello.")
    out = BytesIO()
    word.save(out)
    assert paragraphs_of(out.getvalue())[0] == "Hello."
