"""Files on the command line: what is printed, what is written, and how each command ends."""

import io
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from accounts.models import Role
from assessments.core import interchange
from assessments.enums import Part, Subject
from assessments.models import Assessment, Event
from tests.assessments import factories as make

DEMO = Path(__file__).parents[2] / "fixtures" / "demo"
ERITREA = DEMO / "2022-eritrea.json"
STATED = "Approvals and endorsements are as stated in the file; nobody here has checked them."


def run(name: str, *args: object, **options: Any) -> str:
    """Run a command and return what it prints."""
    out = io.StringIO()
    call_command(name, *map(str, args), stdout=out, stderr=out, **options)
    return out.getvalue()


def refusal(name: str, *args: object) -> tuple[int, str]:
    """Run a command that must fail, and return how it ends and what it says."""
    with pytest.raises(CommandError) as told:
        run(name, *args)
    return told.value.returncode, str(told.value)


# --- draft, without a database -----------------------------------------------------------------------------------


@pytest.mark.parametrize("path", sorted(DEMO.glob("*.json")), ids=lambda path: path.stem)
def test_a_file_is_drafted_without_a_database(path: Path) -> None:
    """No fixture of a database is asked for here: pytest-django would refuse any query."""
    text = run("draft", path)
    assert "Draft, not reviewed." in text
    assert "It makes no finding on whether a government meets the minimum standards" in " ".join(text.split())
    assert run("draft", path) == text


def test_approvals_are_honored_and_marked_as_stated_in_the_file() -> None:
    told = run("draft", ERITREA)
    assert STATED in " ".join(told.split())
    assert "government policy or pattern of trafficking" in told
    assert STATED not in run("draft", DEMO / "2021-palau.json")


def test_markdown_has_the_same_words() -> None:
    text, markdown = run("draft", ERITREA), run("draft", ERITREA, "--format", "md")
    assert markdown.startswith("# Eritrea, report year 2022 (April 1, 2021 to March 31, 2022)\n")
    sentence = next(line for line in text.splitlines() if line.startswith("The Government of Eritrea"))
    assert sentence in markdown


def test_json_explains_every_sentence_and_level() -> None:
    values = json.loads(run("draft", DEMO / "2021-philippines.json", "--format", "json"))
    known = {item["id"] for item in values["evidence"]}
    for sentence in values["sentences"]:
        assert sentence["pattern"].startswith("NP-")
        assert sentence["choice"]
        assert sentence["facts"] or sentence["evidence"] or sentence["ratings"] or sentence["decisions"]
        assert set(sentence["evidence"]) <= known
    for scale in ("concern", "accountability"):
        assert values["finding"][scale]["steps"]
    assert {key for item in values["evidence"] for key in item} == {"id", "source", "attribution", "credibility"}


def test_json_names_the_claims() -> None:
    values = json.loads(run("draft", ERITREA, "--format", "json"))
    assert values["as_stated_in_the_file"] == ["determination D1 (pof-trafficking): approved by reviewer1, reviewer2"]


def test_a_wrong_file_is_refused_with_every_error(tmp_path: Path) -> None:
    values = json.loads(ERITREA.read_bytes()) | {"country": "XZZ"}
    file = tmp_path / "wrong.json"
    file.write_text(json.dumps(values))
    assert refusal("draft", file) == (
        1,
        f"{file}: One thing is wrong with the file.\ncountry: there is no country XZZ in the reference data",
    )
    values["ratings"][0]["indicator"] = "no-such"
    file.write_text(
        json.dumps(values | {"country": "ERI", "framework": {"code": "official-complicity", "version": "1"}})
    )
    told = 'framework: there is no framework official-complicity 1; did you mean "official-complicity 2026.1"?'
    assert refusal("draft", file) == (1, f"{file}: One thing is wrong with the file.\n{told}")
    file.write_text("{}")
    assert refusal("draft", file)[1].splitlines()[0] == f"{file}: 3 things are wrong with the file."


def test_a_file_that_is_not_there_ends_with_2(tmp_path: Path) -> None:
    code, words = refusal("draft", tmp_path / "none.json")
    assert (code, words) == (2, f"{tmp_path / 'none.json'}: the file cannot be read (No such file or directory).")


# --- import and export -------------------------------------------------------------------------------------------


@pytest.fixture
def loaded(db: None) -> None:
    """What the file on Eritrea names."""
    make.framework()
    make.wording()
    make.CountryFactory(iso3="ERI", name="Eritrea")


def test_a_file_goes_in_and_comes_out_byte_for_byte(loaded: None, tmp_path: Path) -> None:
    told = run("import_assessment", ERITREA)
    assert told.startswith("Eritrea, 2022 (April 1, 2021 to March 31, 2022) (")
    assert told.endswith("): imported.\n")
    person = make.user(Role.ANALYST)
    assessment = Assessment.objects.get()
    make.AssignmentFactory(assessment=assessment, user=person, part=Part.ANALYST)
    out = tmp_path / "out.json"
    run("export_assessment", "eri", 2022, "--output", out, "--with-protected", "--as", person.email)
    assert out.read_bytes() == ERITREA.read_bytes()
    last = Event.objects.about(Subject.ASSESSMENT, assessment.public_id).last()
    assert last is not None
    assert (last.action, last.by) == ("export_protected", person)


def test_protected_fields_stay_behind_unless_a_person_may_see_them(loaded: None, tmp_path: Path) -> None:
    record = interchange.read(ERITREA.read_bytes())
    record = replace(record, evidence=tuple(replace(item, excerpt="As found.") for item in record.evidence))
    file = tmp_path / "with-excerpts.json"
    file.write_bytes(interchange.write(record, with_protected=True))
    run("import_assessment", file)
    assert run("export_assessment", "ERI", 2022) == interchange.write(record).decode()
    assert refusal("export_assessment", "ERI", 2022, "--with-protected")[0] == 1
    stranger = make.user(Role.ANALYST)
    code, words = refusal("export_assessment", "ERI", 2022, "--with-protected", "--as", stranger.email)
    assert (code, "may not see all protected fields" in words) == (1, True)


def test_a_dry_run_writes_nothing(loaded: None) -> None:
    told = run("import_assessment", ERITREA, "--dry-run")
    assert told.endswith("): valid, not imported.\n")
    assert (Assessment.objects.count(), Event.objects.count()) == (0, 0)


def test_a_refused_import_ends_with_1_and_says_so(loaded: None, tmp_path: Path) -> None:
    broken = tmp_path / "broken.json"
    broken.write_text("{}")
    code, words = refusal("import_assessment", ERITREA, broken)
    assert (code, words.splitlines()[:2]) == (
        1,
        ["Nothing was imported.", f"{broken}: country: this is needed and was not given"],
    )
    assert Assessment.objects.count() == 0
    analyst = make.user(Role.ANALYST)
    assert refusal("import_assessment", ERITREA, "--as", analyst.email)[0] == 1
    assert refusal("import_assessment", ERITREA, "--as", "nobody@example.org") == (
        1,
        "There is no person with the address nobody@example.org.",
    )
    assert refusal("import_assessment", tmp_path / "none.json")[0] == 2


def test_what_is_not_there_cannot_be_exported(loaded: None) -> None:
    assert refusal("export_assessment", "ERI", 2022) == (1, "There is no assessment of ERI for 2022.")
    assert refusal("export_assessment", "ERI", 2022, "--revision", 3) == (
        1,
        "There is no assessment of ERI for 2022, revision 3.",
    )
