"""Versions as rows: whole, again and again without harm, never altered in use."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from assessments.models import Assessment, ReportingPeriod, Revision
from frameworks import loader, wording_loader
from frameworks.models import (
    Country,
    FrameworkVersion,
    Indicator,
    Level,
    Provision,
    Recommendation,
    SeedRow,
    Term,
    WordingVersion,
)
from frameworks.spec.compiled import CompiledFramework
from frameworks.spec.measurement import FrameworkSpec
from tests.frameworks.conftest import WORDING, replace

pytestmark = pytest.mark.django_db
AT = datetime(2026, 5, 4, 14, 2, tzinfo=UTC)


@pytest.fixture
def version(spec: FrameworkSpec) -> FrameworkVersion:
    """The framework as stored."""
    return loader.store(spec, by=None, at=AT)


def use(version: FrameworkVersion, wording: WordingVersion | None = None) -> None:
    """Pin an assessment to a version."""
    country = Country.objects.create(
        iso3="XAA",
        iso2="XA",
        name="Examplia",
        name_in_text="Examplia",
        government_phrase="the Government of Examplia",
        adjective="Examplian",
        sort_name="Examplia",
        un_member=True,
        in_report=True,
    )
    period = ReportingPeriod.objects.create(report_year=2026, opened_on=date(2026, 1, 1), due_on=date(2026, 6, 1))
    wording = wording or WordingVersion.objects.create(
        code="w", version="1", digest="0" * 64, valid_from_year=2020, loaded_at=AT
    )
    assessment = Assessment.objects.create(country=country, period=period, opened_at=AT)
    Revision.objects.create(assessment=assessment, framework=version, wording=wording, number=1, opened_at=AT)


def counts() -> dict[str, int]:
    """Count the rows of a framework's parts."""
    models = (FrameworkVersion, Indicator, Level, Provision, Recommendation, SeedRow, Term)
    return {model.__name__: model._base_manager.count() for model in models}


def test_everything_is_a_row(version: FrameworkVersion, spec: FrameworkSpec) -> None:
    assert counts() == {
        "FrameworkVersion": 1,
        "Indicator": 44,
        "Level": 248,
        "Provision": len(spec.provisions),
        "Recommendation": 16,
        "SeedRow": 221,
        "Term": len(spec.terms),
    }
    assert Indicator.objects.core().count() == 25
    assert (version.loaded_at, version.loaded_by, version.superseded) == (AT, None, False)


def test_the_stored_document_is_the_framework(version: FrameworkVersion, spec: FrameworkSpec) -> None:
    stored = loader.compiled(FrameworkVersion.objects.get())
    assert stored.spec == spec
    assert stored.digest == version.digest == CompiledFramework(spec).digest
    assert loader.compiled(FrameworkVersion.objects.get()) is stored


def test_storing_the_same_again_changes_nothing(version: FrameworkVersion, spec: FrameworkSpec) -> None:
    before = list(Indicator.objects.values_list("pk", flat=True))
    again = loader.store(spec, by=None, at=datetime(2027, 1, 1, tzinfo=UTC))
    assert (again.pk, again.loaded_at) == (version.pk, AT)
    assert list(Indicator.objects.values_list("pk", flat=True)) == before


def test_a_version_nobody_uses_may_be_replaced(version: FrameworkVersion, folder: Path) -> None:
    replace(folder / "states.yaml", "meaning: nobody looked", "meaning: nobody has looked")
    changed = loader.store(loader.read(folder), by=None, at=AT)
    assert (changed.pk, changed.public_id) == (version.pk, version.public_id)
    assert loader.compiled(changed).state("not-assessed").meaning == "nobody has looked"
    assert counts()["Level"] == 248


def test_a_version_in_use_is_never_altered(version: FrameworkVersion, folder: Path, spec: FrameworkSpec) -> None:
    use(version)
    assert version.is_in_use()
    replace(folder / "states.yaml", "meaning: nobody looked", "meaning: nobody has looked")
    message = "official-complicity 2026.1 is in use and cannot be altered.*Load the change under a new version"
    with pytest.raises(loader.VersionInUse, match=message):
        loader.store(loader.read(folder), by=None, at=AT)
    with pytest.raises(CommandError, match=message + ". Nothing was loaded"):
        call_command("load_framework", folder)
    assert loader.compiled(FrameworkVersion.objects.get()).spec == spec
    assert loader.store(spec, by=None, at=AT) == version


def test_the_change_goes_under_a_new_version(version: FrameworkVersion, folder: Path) -> None:
    use(version)
    replace(folder / "framework.yaml", 'version: "2026.1"', 'version: "2026.2"')
    replace(folder / "framework.yaml", "in_force_from: 2026-01-01", "in_force_from: 2026-04-01")
    replace(folder / "states.yaml", "meaning: nobody looked", "meaning: nobody has looked")
    call_command("load_framework", folder, verbosity=0)
    assert [str(row) for row in FrameworkVersion.objects.in_force_on(date(2026, 5, 1))] == [
        "official-complicity 2026.2",
        "official-complicity 2026.1",
    ]
    assert [str(row) for row in FrameworkVersion.objects.in_force_on(date(2026, 3, 1))] == [
        "official-complicity 2026.1"
    ]


def test_the_command_loads_all_that_comes_with_the_program() -> None:
    call_command("load_framework", verbosity=0)
    assert (FrameworkVersion.objects.count(), WordingVersion.objects.count()) == (1, 1)


def test_a_wording_is_stored_whole_and_never_altered_in_use(version: FrameworkVersion) -> None:
    spec = wording_loader.read(WORDING)
    stored = wording_loader.store(spec, by=None, at=AT)
    assert wording_loader.compiled(WordingVersion.objects.get()).spec == spec
    assert wording_loader.store(spec, by=None, at=AT) == stored
    changed = spec.model_copy(update={"title": "Another title"})
    assert wording_loader.store(changed, by=None, at=AT).pk == stored.pk
    use(version, wording=WordingVersion.objects.get())
    with pytest.raises(loader.VersionInUse, match=r"us-narrative-wording 2026.1 is in use and cannot be altered"):
        wording_loader.store(spec, by=None, at=AT)
    assert WordingVersion.objects.get().title == "Another title"
