"""An assessment as a workbook: taken away and taken back, changing nothing that nobody changed."""

import io
import re
import zipfile
from dataclasses import replace
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from assessments import events, policies
from assessments.core.sheets import OfficialCase, OfficialGroup, Proceeding, Sanction
from assessments.core.types import AssessmentRecord, VersionRef
from assessments.core.values import Count, CountKind, Protection, SanctionKind, Stage
from assessments.enums import RevisionState
from assessments.importers.rows import RowWriter
from assessments.models import CaseRecord, Event, Evidence, RatingRecord, Revision, StatisticRecord
from assessments.models import Source as SourceRow
from assessments.workbook.applying import take_back
from assessments.workbook.comparing import Plan, plan
from assessments.workbook.reading import LARGEST, Unreadable, read
from assessments.workbook.stored import stored
from assessments.workbook.writing import write
from tests.assessments.factories import AT, RevisionFactory, SourceUseFactory
from tests.assessments.office import Office
from tests.assessments.strategies import whole_records
from tests.assessments.test_import import INDICATORS
from tests.image import remembered_step

FIGURES = "Statistics on officials"
CASES = "Cases against officials"


@pytest.fixture
@remembered_step
def filled(office: Office) -> Office:
    """An assessment with a figure, a case with entries inside entries, and an answer."""
    item = office.evidence(excerpt="The court heard it.")
    office.statistic(3, evidence=(item,))
    office.fact(
        "cases",
        OfficialCase(
            id="x",
            officials=(OfficialGroup(role="police officer", count=Count(kind=CountKind.EXACT, value=2)),),
            acts=("accept-bribe", "tip-off-raid"),
            proceedings=(
                Proceeding(stage=Stage.TRIAL),
                Proceeding(
                    stage=Stage.CONVICTION,
                    sanctions=(Sanction(kind=SanctionKind.PRISON, minimum=2), Sanction(kind=SanctionKind.FINE)),
                ),
            ),
            evidence=(item,),
        ),
    )
    office.rate("officials-prosecuted", 1, evidence=(item,))
    return office


def taken(office: Office, by: Any = None) -> bytes:
    return write(stored(office.revision, by or office.analyst))


def compared(office: Office, data: bytes, by: Any = None) -> Plan:
    content = stored(office.revision, by or office.analyst)
    return plan(read(data, content.sheets), content, office.revision)


def edited(data: bytes, *changes: tuple[str, str, Any]) -> bytes:
    """Return the workbook with cells set as a person would: sheet, cell, value."""
    book = load_workbook(io.BytesIO(data))
    for sheet, cell, value in changes:
        book[sheet][cell] = value
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def column(data: bytes, sheet: str, title: str) -> str:
    """Return the letter of a column."""
    found = load_workbook(io.BytesIO(data))[sheet]
    return next(cell.column_letter for cell in found[1] if cell.value == title)


def back(office: Office, data: bytes, by: Any = None) -> Any:
    found = compared(office, data)
    return take_back(revision_id=office.revision_id, changes=found.doable, by=by or office.analyst, at=office.clock())


# --- Round trip --------------------------------------------------------------------------------------------------


def test_taken_away_and_brought_back_it_changes_nothing(filled: Office) -> None:
    assert compared(filled, taken(filled)).changes == ()


def test_saved_by_another_program_it_changes_nothing(filled: Office) -> None:
    assert compared(filled, edited(taken(filled))).changes == ()


@settings(
    max_examples=6,
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    suppress_health_check=list(HealthCheck),
)
@given(record=whole_records(INDICATORS, ("", "agriculture", "mining")))
def test_any_record_comes_back_unchanged(office: Office, record: AssessmentRecord) -> None:
    row = Revision.objects.get()
    record = replace(
        record,
        country=row.assessment.country.iso3,
        report_year=row.assessment.period.report_year,
        framework=VersionRef(code=row.framework.code, version=row.framework.version),
        wording=VersionRef(code=row.wording.code, version=row.wording.version),
        demonstration=False,
        note="",
    )
    with transaction.atomic():
        RowWriter(record=record, revision=row, by=office.analyst, at=AT, trusted=False).write()
        content = stored(row, office.analyst)
        found = plan(read(write(content), content.sheets), content, row)
        transaction.set_rollback(True)
    assert found.changes == ()


# --- What changes ------------------------------------------------------------------------------------------------


def test_a_changed_cell_is_shown_and_then_taken(filled: Office) -> None:
    data = taken(filled)
    number = column(data, FIGURES, "Count: number")
    found = compared(filled, edited(data, (FIGURES, f"{number}2", 7)))
    (change,) = found.changes
    assert (change.sheet, change.ref, change.is_new, change.is_conflict) == (FIGURES, "s1", False, False)
    assert [(item.title, item.old, item.new) for item in change.differences] == [("Count: number", "3", "7")]
    assert StatisticRecord.objects.get().count_value == 3
    changed = back(filled, edited(data, (FIGURES, f"{number}2", 7)))
    assert StatisticRecord.objects.get().count_value == 7
    assert changed
    assert "seven" in " ".join(filled.revision.sentences.values_list("generated_text", flat=True))
    assert Event.objects.filter(action="save_fact", target="statistics/s1").count() == 2
    assert list(events.verify_all()) == []


def test_labels_and_values_are_taken_alike_in_any_case(filled: Office) -> None:
    data = taken(filled)
    stage = column(data, FIGURES, "Stage")
    for word in ("INDICTMENT", "indictment", " Indictment "):
        (change,) = compared(filled, edited(data, (FIGURES, f"{stage}2", word))).changes
        assert change.record.stage is Stage.INDICTMENT


def test_new_rows_get_numbers_and_name_each_other(filled: Office) -> None:
    data = taken(filled)
    evidence = column(data, "Evidence", "Source")
    source = column(data, "Sources", "Title")
    kind = column(data, "Sources", "Class of source")
    figure = {title: column(data, FIGURES, title) for title in ("Stage", "Count", "Count: number", "Evidence")}
    book = edited(
        data,
        ("Sources", "A3", "new1"),
        ("Sources", f"{source}3", "A new register"),
        ("Sources", f"{kind}3", "SC-C"),
        ("Evidence", "A3", "new2"),
        ("Evidence", f"{evidence}3", "new1"),
        (FIGURES, "A3", "new3"),
        (FIGURES, f"{figure['Stage']}3", "conviction"),
        (FIGURES, f"{figure['Count']}3", "exact"),
        (FIGURES, f"{figure['Count: number']}3", 4),
        (FIGURES, f"{figure['Evidence']}3", "new2\ne1"),
    )
    assert [change.ref for change in compared(filled, book).news] == ["new1", "new2", "new3"]
    back(filled, book)
    made = StatisticRecord.objects.get(ref="s2")
    assert (made.count_value, made.entered_by) == (4, filled.analyst)
    assert Evidence.objects.get(ref="e2").use.source.title == "A new register"
    from assessments.facts import file_record

    assert file_record(filled.revision).statistics[1].evidence == ("e2", "e1")


def test_entries_inside_a_case_are_rows_of_their_own(filled: Office) -> None:
    data = taken(filled)
    sanctions = "Cases - Sanctions"
    first = [cell.value for cell in load_workbook(io.BytesIO(data))[sanctions][1]][:4]
    assert first == ["No.", "Step", "Entry", "What was imposed"]
    unit = column(data, sanctions, "Unit")
    (change,) = compared(filled, edited(data, (sanctions, f"{unit}2", "months"))).changes
    assert change.record.proceedings[1].sanctions[0].unit == "months"
    back(filled, edited(data, (sanctions, f"{unit}2", "months")))
    row = CaseRecord.objects.get()
    assert row.proceedings[1]["sanctions"][0]["unit"] == "months"


def test_a_row_that_is_missing_changes_nothing(filled: Office) -> None:
    book = load_workbook(io.BytesIO(taken(filled)))
    book[FIGURES].delete_rows(2)
    out = io.BytesIO()
    book.save(out)
    assert compared(filled, out.getvalue()).changes == ()


def test_an_answer_is_changed_and_an_empty_one_takes_nothing_back(filled: Office) -> None:
    data = taken(filled)
    rows = {row[0].value: row[0].row for row in load_workbook(io.BytesIO(data))["Answers"].iter_rows(min_row=2)}
    line, other = rows["I02"], rows["I03"]
    book = edited(
        data,
        ("Answers", f"D{line}", 2),
        ("Answers", f"G{line}", "Seen now."),
        ("Answers", f"D{other}", "not-assessed"),
        ("Answers", f"G{other}", "Nobody could look."),
    )
    assert [(change.ref, change.is_new) for change in compared(filled, book).changes] == [("I02", False), ("I03", True)]
    back(filled, book)
    row = RatingRecord.objects.get(indicator__code="I02")
    assert (row.level, row.reason, row.rated_by) == (2, "Seen now.", filled.analyst)
    assert compared(filled, edited(taken(filled), ("Answers", f"D{line}", None))).changes == ()


# --- Somebody else meanwhile -------------------------------------------------------------------------------------


def test_what_somebody_changed_meanwhile_is_shown_and_never_overwritten(filled: Office) -> None:
    data = taken(filled)
    row = StatisticRecord.objects.get()
    from assessments.facts import file_record

    newer = replace(file_record(filled.revision).statistics[0], scope="in one province")
    filled.fact("statistics", newer, ref="s1", version=row.version)
    number = column(data, FIGURES, "Count: number")
    found = compared(filled, edited(data, (FIGURES, f"{number}2", 9)))
    (conflict,) = found.conflicts
    assert {item.title for item in conflict.differences} == {"Count: number", "Limited to"}
    assert found.doable == []
    back(filled, edited(data, (FIGURES, f"{number}2", 9)))
    row.refresh_from_db()
    assert (row.count_value, row.scope) == (3, "in one province")


# --- What is refused ---------------------------------------------------------------------------------------------


def refused(office: Office, data: bytes) -> list[str]:
    with pytest.raises(Unreadable) as refusal:
        compared(office, data)
    return refusal.value.errors


def test_every_error_is_named_with_its_cell_and_nothing_is_written(filled: Office) -> None:
    data = taken(filled)
    stage, number = column(data, FIGURES, "Stage"), column(data, FIGURES, "Count: number")
    acts = column(data, CASES, "Acts")
    count = Event.objects.count()
    errors = refused(
        filled,
        edited(
            data,
            (FIGURES, f"{stage}2", "convicton"),
            (FIGURES, f"{number}2", "three"),
            (CASES, f"{acts}2", "accept-bribe\nno-such-act"),
            ("Answers", "D2", "9"),
        ),
    )
    assert errors[0].startswith("Answers!D2: I01 is answered with one of 0, 1, 2")
    assert errors[1].startswith(f"{FIGURES}!{stage}2: “convicton” is not one of those that can be chosen here.")
    assert errors[1].endswith("Did you mean “conviction”?")
    assert errors[2] == f"{FIGURES}!{number}2: “three” is not a number."
    assert errors[3].startswith(f"{CASES}!{acts}2: “no-such-act” is not one of those")
    assert len(errors) == 4
    assert Event.objects.count() == count


SANCTIONS = "Cases - Sanctions"


def test_errors_of_every_kind_come_in_one_round_in_the_order_of_the_workbook(filled: Office) -> None:
    """How a row is written, what it holds, what it names and what the record makes of it: nothing waits for another."""
    data = taken(filled)
    source, url = column(data, "Sources", "Title"), column(data, "Sources", "Class of source")
    named = column(data, "Evidence", "Source")
    stage, number = column(data, FIGURES, "Stage"), column(data, FIGURES, "Count: number")
    longest, backing = column(data, SANCTIONS, "Longest term"), column(data, CASES, "Evidence")
    errors = refused(
        filled,
        edited(
            data,
            ("Answers", "D2", "9"),
            ("Answers", "H3", "e77"),
            ("Answers", "D3", "1"),
            ("Sources", f"{source}2", "x" * 201),
            ("Sources", f"{url}2", "no such class"),
            ("Evidence", f"{named}2", "d9"),
            (FIGURES, f"{stage}2", "=1+1"),
            (FIGURES, f"{number}2", -1),
            (FIGURES, "A3", "new1"),
            (FIGURES, f"{number}3", 4),
            (CASES, f"{backing}2", "e1\ne8"),
            (SANCTIONS, f"{longest}2", 1),
            (SANCTIONS, "C3", "first"),
        ),
    )
    assert [error.partition(": ")[0] for error in errors] == [
        "Answers!D2",
        "Answers!H3",
        f"Sources!{source}2",
        f"Sources!{url}2",
        f"Evidence!{named}2",
        f"{FIGURES}!{stage}2",
        f"{FIGURES}!{number}2",
        f"{FIGURES}!{stage}3",
        f"{FIGURES}!{column(data, FIGURES, 'Count')}3",
        f"{CASES}!{backing}2",
        f"{SANCTIONS}!A2",
        f"{SANCTIONS}!C3",
    ], chr(10).join(errors)
    assert Event.objects.filter(action="save_fact").count() == 2


def test_a_sheet_nobody_can_read_makes_one_error_and_no_row_of_another_sheet_wrong(filled: Office) -> None:
    errors = refused(filled, edited(taken(filled), ("Evidence", "B1", "Sauce"), (CASES, "B1", "Official")))
    sheets = [error.partition(":")[0] for error in errors]
    assert set(sheets) == {"Evidence", "Evidence!B1", CASES, f"{CASES}!B1"}


def test_what_is_taken_back_was_not_refused_first(filled: Office) -> None:
    """New rows of two lists with one number, named inside an entry: each name leads to the list its field is about."""
    data = taken(filled)
    source, step = column(data, "Evidence", "Source"), column(data, "Cases - Steps", "Evidence")
    figure = {title: column(data, FIGURES, title) for title in ("Stage", "Count", "Count: number")}
    book = edited(
        data,
        ("Evidence", "A3", "new1"),
        ("Evidence", f"{source}3", "d1"),
        (FIGURES, "A3", "new1"),
        (FIGURES, f"{figure['Stage']}3", "conviction"),
        (FIGURES, f"{figure['Count']}3", "exact"),
        (FIGURES, f"{figure['Count: number']}3", 4),
        (CASES, f"{column(data, CASES, 'Already counted in')}2", "new1"),
        ("Cases - Steps", f"{step}2", "new1"),
    )
    back(filled, book)
    from assessments.facts import file_record

    (case,) = file_record(filled.revision).cases
    assert (case.counted_in, case.proceedings[0].evidence) == ("s2", ("e2",))


def test_a_source_under_a_text_in_review_is_named_before_anything_is_taken(filled: Office) -> None:
    data = taken(filled)
    other = RevisionFactory(state=RevisionState.SUBMITTED.value)
    SourceUseFactory(revision=other, source=SourceRow.objects.get(), ref="d1")
    (error,) = refused(filled, edited(data, ("Sources", f"{column(data, 'Sources', 'Title')}2", "Another title")))
    assert error.startswith("Sources!A2: d1: ")
    assert "rests on this source and is under review" in error
    assert compared(
        filled, edited(data, ("Sources", f"{column(data, 'Sources', 'Note for colleagues')}2", "A note"))
    ).changed


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ((FIGURES, "B1", "Stagge"), "there is no column “Stagge”. Did you mean “Stage”?"),
        ((FIGURES, "B2", "=1+1"), f"{FIGURES}!B2: this is a formula; put its value there."),
        ((FIGURES, "A3", "s1"), "s1 stands here twice."),
        ((FIGURES, "A2", "s9"), "s9 is not there any more"),
        (("About", "B1", "a list of mine"), "This is no workbook of Indicia"),
        (("About", "B3", "another"), "this workbook was taken from another assessment"),
    ],
)
def test_what_makes_no_sense_is_refused_in_words(filled: Office, change: tuple[str, str, Any], error: str) -> None:
    assert any(error in found for found in refused(filled, edited(taken(filled), change)))


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 90_000_000)
    return out.getvalue()


def with_macros(data: bytes) -> bytes:
    out = io.BytesIO(data)
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"x")
    return out.getvalue()


def plain_workbook() -> bytes:
    out = io.BytesIO()
    Workbook().save(out)
    return out.getvalue()


def test_hostile_files_are_refused_in_words(filled: Office) -> None:
    data = taken(filled)
    for hostile, error in (
        (b"", "This is no Excel workbook"),
        (b"PK\x03\x04 broken", "This is no Excel workbook"),
        (data[: len(data) // 2], "This is no Excel workbook"),
        (b"0" * (LARGEST + 1), "larger than 10 MB"),
        (bomb(), "far more than a workbook"),
        (with_macros(data), "holds macros"),
        (plain_workbook(), "This is no workbook of Indicia"),
    ):
        (found,) = refused(filled, hostile)
        assert error in found


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(place=st.integers(0, 20_000), byte=st.integers(0, 255))
def test_a_damaged_file_never_breaks_the_reader(office: Office, place: int, byte: int) -> None:
    data = bytearray(taken(office))
    data[place % len(data)] = byte
    content = stored(office.revision, office.analyst)
    try:
        plan(read(bytes(data), content.sheets), content, office.revision)
    except Unreadable as exc:
        assert exc.errors


# --- People and pages --------------------------------------------------------------------------------------------


def test_what_a_person_may_not_know_is_not_in_their_workbook_and_survives_it(filled: Office) -> None:
    hidden = filled.source(title="CANARY source", protection=Protection.CONFIDENTIAL, attributions=("an NGO",))
    filled.evidence(hidden, excerpt="CANARY excerpt")
    for person in (filled.reviewer, filled.coordinator):
        data = taken(filled, person)
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            assert not any(b"CANARY" in archive.read(name) for name in archive.namelist())
        assert compared(filled, data, person).changes == ()
    assert Evidence.objects.get(ref="e2").excerpt == "CANARY excerpt"


def test_no_text_becomes_a_formula(filled: Office) -> None:
    filled.statistic(1, note="=1+1", scope="@SUM(A1)")
    with zipfile.ZipFile(io.BytesIO(taken(filled))) as archive:
        sheets = b"".join(archive.read(name) for name in archive.namelist() if name.startswith("xl/worksheets/sheet"))
    assert b"<f>" not in sheets


@pytest.mark.parametrize("who", ["reviewer", "other_analyst", "coordinator", "exporter", "reader"])
def test_only_who_may_change_the_record_takes_a_workbook_back(filled: Office, who: str) -> None:
    data = taken(filled)
    number = column(data, FIGURES, "Count: number")
    with pytest.raises(policies.NotAllowed):
        back(filled, edited(data, (FIGURES, f"{number}2", 7)), by=getattr(filled, who))
    assert StatisticRecord.objects.get().count_value == 3


def test_the_page_shows_first_and_takes_after(filled: Office) -> None:
    client = Client()
    client.force_login(filled.analyst)
    where = reverse("assessments:spreadsheet", args=[filled.assessment.public_id])
    file = client.get(reverse("assessments:workbook", args=[filled.assessment.public_id]))
    assert file["Content-Disposition"] == f'attachment; filename="2024-{filled.country.iso3.lower()}-record.xlsx"'
    assert Event.objects.filter(action="take_workbook", by=filled.analyst).count() == 1
    number = column(file.content, FIGURES, "Count: number")
    book = edited(file.content, (FIGURES, f"{number}2", 7))
    page = client.post(where, {"file": SimpleUploadedFile("a.xlsx", book)}).content.decode()
    assert "one changed row" in page
    assert StatisticRecord.objects.get().count_value == 3
    token = re.search(r'name="token" value="([^"]+)"', page)
    assert token is not None
    other = Client()
    other.force_login(filled.reviewer)
    take = reverse("assessments:take-workbook", args=[filled.assessment.public_id])
    assert other.post(take, {"token": token[1]}).status_code == 403
    done = client.post(take, {"token": token[1]}, follow=True).content.decode()
    assert "Taken back: one row." in done
    assert StatisticRecord.objects.get().count_value == 7
    again = client.post(take, {"token": token[1]}, follow=True).content.decode()
    assert "was let go. Bring it again." in again


def test_the_page_names_what_is_to_be_mended(filled: Office) -> None:
    client = Client()
    client.force_login(filled.analyst)
    where = reverse("assessments:spreadsheet", args=[filled.assessment.public_id])
    answer = client.post(where, {"file": SimpleUploadedFile("a.xlsx", b"no workbook")})
    assert answer.status_code == 422
    assert "This is no Excel workbook" in answer.content.decode()
    assert "Choose the workbook." in client.post(where, {}).content.decode()
