"""The files that come with the program, damaged by a disk, a hand or a stranger: every reader refuses them in words."""

import shutil
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from django.conf import settings as django_settings
from django.core.management import CommandError, call_command
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from assessments.core import engine
from assessments.core.interchange import InvalidFile
from assessments.importers.interchange import File, import_files
from assessments.importers.unstored import case_of
from assessments.models import Assessment, Event
from frameworks import loader, wording_loader
from frameworks.models import Country, FrameworkVersion, WordingVersion
from frameworks.yaml_source import InvalidFiles
from tests.assessments.factories import AT
from tests.fuzz.damage import damaged_bytes, damaged_json

FIXTURES = Path(django_settings.BASE_DIR) / "fixtures"
FRAMEWORK = next((FIXTURES / "frameworks" / "official-complicity").glob("*/framework.yaml")).parent
WORDING = next((FIXTURES / "frameworks" / "us-narrative-wording").glob("*/wording.yaml")).parent
DEMO = sorted((FIXTURES / "demo").glob("*.json"))
# Small ones are found by looking at the failure; shrinking a whole framework takes minutes.
PLAIN = {"suppress_health_check": list(HealthCheck), "phases": [Phase.explicit, Phase.generate]}


def files(folder: Path, pattern: str = "*.yaml") -> list[Path]:
    return sorted(path.relative_to(folder) for path in folder.rglob(pattern))


def readable(read: Callable[[Path], object], folder: Path, name: Path, data: bytes) -> bool:
    """Say whether a version reads with one of its files damaged; a refusal names a file and what is wrong."""
    with TemporaryDirectory() as made:
        copy = Path(made) / "copy"
        shutil.copytree(folder, copy)
        (copy / name).write_bytes(data)
        try:
            read(copy)
        except InvalidFiles as exc:
            assert exc.problems
            assert all(problem.file and problem.message for problem in exc.problems)
            return False
    return True


@settings(max_examples=4, **PLAIN)
@given(st.data())
def test_a_damaged_framework_is_refused_in_words_or_read(data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(files(FRAMEWORK)))
    readable(loader.read, FRAMEWORK, name, data.draw(damaged_bytes((FRAMEWORK / name).read_bytes())))


@settings(max_examples=10, **PLAIN)
@given(st.data())
def test_a_damaged_wording_is_refused_in_words_or_read(data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(files(WORDING)))
    readable(wording_loader.read, WORDING, name, data.draw(damaged_bytes((WORDING / name).read_bytes())))


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["countries.csv", "tiers.csv", "treaty_status.csv"])
@settings(max_examples=5, **PLAIN)
@given(st.data())
def test_damaged_reference_data_is_refused_whole(name: str, data: st.DataObject) -> None:
    before = list(Country.objects.order_by("pk").values())
    with TemporaryDirectory() as made:
        copy = Path(made) / "reference"
        shutil.copytree(FIXTURES / "reference", copy)
        (copy / name).write_bytes(data.draw(damaged_bytes((copy / name).read_bytes())))
        try:
            call_command("load_reference", copy, verbosity=0)
        except CommandError as exc:
            assert ".csv" in str(exc)
            assert list(Country.objects.order_by("pk").values()) == before


@pytest.mark.django_db
@pytest.mark.parametrize(
    "data",
    [b"", b"\x00" * 40, b"kind: [", b"\xff\xfe\x00", b"a: 1\n"],
    ids=["empty", "nulls", "open", "utf-16", "other"],
)
def test_the_command_says_which_file_and_loads_nothing(tmp_path: Path, data: bytes) -> None:
    copy = tmp_path / "frameworks"
    shutil.copytree(FIXTURES / "frameworks", copy)
    broken = copy / WORDING.relative_to(FIXTURES / "frameworks") / "wording.yaml"
    broken.write_bytes(data)
    with pytest.raises(CommandError, match=r"wording\.yaml(.|\n)*Nothing was loaded"):
        call_command("load_framework", copy, verbosity=0)
    assert not FrameworkVersion.objects.exists()
    assert not WordingVersion.objects.exists()


@settings(max_examples=120, **PLAIN)
@given(st.data())
def test_a_damaged_assessment_is_refused_in_words_or_derived(data: st.DataObject) -> None:
    whole = data.draw(st.sampled_from(DEMO)).read_bytes()
    damaged = data.draw(damaged_json(whole) | damaged_bytes(whole))
    try:
        read = case_of(damaged)
    except InvalidFile as exc:
        assert exc.problems
        assert all(str(problem) for problem in exc.problems)
        return
    engine.run(read.case)


@pytest.mark.django_db
@settings(max_examples=15, **PLAIN)
@given(st.data())
def test_a_damaged_assessment_leaves_no_row(data: st.DataObject) -> None:
    path = data.draw(st.sampled_from(DEMO))
    damaged = data.draw(damaged_json(path.read_bytes()))
    before = Assessment.objects.count(), Event.objects.count()
    try:
        import_files(files=[File(path.name, damaged)], by=None, at=AT, trusted=True)
    except InvalidFile as exc:
        assert all(path.name in str(problem) for problem in exc.problems)
        assert (Assessment.objects.count(), Event.objects.count()) == before
