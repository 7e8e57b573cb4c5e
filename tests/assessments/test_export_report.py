"""`manage.py export_report`: files, words and exit codes."""

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from assessments.enums import Subject
from assessments.models import Event
from tests.assessments.office import Office
from tests.assessments.reports import another, approved, three


def export(folder: Path, *more: str, **given: Any) -> str:
    out = io.StringIO()
    arguments = {"period": "2024", "format": "txt", "audience": "public"} | given
    named = [f"--{name}={value}" for name, value in arguments.items()]
    call_command("export_report", *named, f"--out={folder}", *more, stdout=out, stderr=out)
    return out.getvalue()


def test_it_writes_one_file_and_names_what_is_missing(office: Office, tmp_path: Path) -> None:
    three(office)
    with pytest.raises(CommandError, match="one country is missing") as caught:
        export(tmp_path)
    assert caught.value.returncode == 3
    told = export(tmp_path, "--ready-only")
    assert "missing: Ruritania 2024 (in progress)" in told
    assert told.index("1 of 2: Examplia") < told.index("2 of 2: Freedonia")
    (file,) = tmp_path.iterdir()
    assert file.name.startswith("official-complicity-2024-")
    assert "Freedonia, report year 2024" in file.read_text()


def test_a_dry_run_writes_nothing(office: Office, tmp_path: Path) -> None:
    approved(office)
    told = export(tmp_path / "new", "--dry-run", format="docx")
    assert "Would write" in told
    assert "Examplia" in told
    assert not (tmp_path / "new").exists()


def test_a_zip_has_a_file_for_each_country(office: Office, tmp_path: Path) -> None:
    approved(office)
    approved(another(office, "Freedonia"))
    export(tmp_path, "--zip", format="json", audience="clearance")
    (file,) = tmp_path.iterdir()
    assert file.name.endswith(".json.zip")
    with zipfile.ZipFile(file) as archive:
        assert len(archive.namelist()) == 3
        assert all("-clearance-" in name for name in archive.namelist()[:2])


@pytest.mark.parametrize(
    ("given", "more", "said", "code"),
    [
        ({"period": "1999"}, (), "report year 1999 is not open", 1),
        ({"format": "json"}, (), "take the zip", 1),
        ({}, ("--as=nobody@example.org",), "no person with the address", 1),
    ],
)
def test_what_makes_no_sense_is_said(
    office: Office, tmp_path: Path, given: dict[str, str], more: tuple[str, ...], said: str, code: int
) -> None:
    approved(office)
    with pytest.raises(CommandError, match=said) as caught:
        export(tmp_path, *more, **given)
    assert caught.value.returncode == code
    assert list(tmp_path.iterdir()) == []


def test_nothing_ready_is_said(office: Office, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="Nothing is ready") as caught:
        export(tmp_path)
    assert caught.value.returncode == 1


def test_a_folder_that_can_not_be_written_is_said(office: Office, tmp_path: Path) -> None:
    approved(office)
    (tmp_path / "file").write_text("")
    with pytest.raises(CommandError, match="can't be written") as caught:
        export(tmp_path / "file")
    assert caught.value.returncode == 2


def test_rights_of_a_named_person_apply_and_it_is_on_record(office: Office, tmp_path: Path) -> None:
    approved(office)
    with pytest.raises(CommandError, match="built by exporters and coordinators"):
        export(tmp_path, f"--as={office.reader.email}", audience="internal")
    export(tmp_path, f"--as={office.exporter.email}", audience="internal")
    event = Event.objects.filter(subject_kind=Subject.PERIOD.value).last()
    assert (event.action, event.by, event.target) == ("ask_for_report", office.exporter, "txt, internal")
