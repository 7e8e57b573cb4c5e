"""Interchange files come in whole, go out again byte for byte, and claim nothing that nobody here did."""

from dataclasses import replace
from pathlib import Path

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from accounts.models import Role
from assessments import events, facts, policies
from assessments.content import framework_of, wording_of
from assessments.core import engine, interchange
from assessments.core.interchange import InvalidFile
from assessments.core.sheets import Evidence, Source, Statistic
from assessments.core.types import AssessmentRecord, Case, HumanSentence, Rating, VersionRef
from assessments.core.values import Protection, RatingState, Section, SourceClass, Stage
from assessments.enums import Subject
from assessments.importers.interchange import File, import_files
from assessments.importers.rows import RowWriter
from assessments.models import Assessment, Event, ReportingPeriod, Revision, StoredValue
from assessments.models import Source as SourceRow
from tests.assessments.factories import AT, CountryFactory, RevisionFactory, framework, user, wording
from tests.assessments.strategies import whole_records
from tests.image import remembered

DEMO = Path(__file__).parents[2] / "fixtures" / "demo"
FILES = sorted(DEMO.glob("*.json"))

pytestmark = pytest.mark.django_db


@pytest.fixture
def loaded(db: None) -> None:
    """The framework, the wording and the countries that the demo files name."""
    load_all()


@remembered(CountryFactory)
def load_all() -> None:
    framework()
    wording()
    for path in FILES:
        CountryFactory(iso3=interchange.read(path.read_bytes()).country)


def file(path: Path) -> File:
    return File(path.name, path.read_bytes())


def exported(revision: Revision) -> bytes:
    return interchange.write(facts.file_record(revision), with_protected=True)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
@pytest.mark.parametrize("trusted", [True, False], ids=["trusted", "claims"])
def test_a_demo_file_comes_back_byte_for_byte(loaded: None, path: Path, trusted: bool) -> None:
    (revision,) = import_files(files=[file(path)], by=None, at=AT, trusted=trusted)
    assert exported(revision) == interchange.write(interchange.read(path.read_bytes()), with_protected=True)


INDICATORS = ("officials-prosecuted", "officials-investigated", "pof-forced-labor", "tip-offs-to-traffickers")


@pytest.fixture
def empty(db: None) -> Revision:
    """A revision with nothing on it, under the framework of fixtures/."""
    return RevisionFactory()


@settings(
    max_examples=9,
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),  # shrinking a whole record takes minutes and helps little
    suppress_health_check=list(HealthCheck),
)
@given(record=whole_records(INDICATORS, ("", "agriculture", "mining")), trusted=st.booleans())
def test_any_record_comes_back_byte_for_byte(empty: Revision, record: AssessmentRecord, trusted: bool) -> None:
    row = empty
    record = replace(
        record,
        country=row.assessment.country.iso3,
        report_year=row.assessment.period.report_year,
        framework=VersionRef(code=row.framework.code, version=row.framework.version),
        wording=VersionRef(code=row.wording.code, version=row.wording.version),
        demonstration=False,
        note="",
    )
    data = interchange.write(record, with_protected=True)
    assert interchange.read(data) == interchange.canonical(record)
    with transaction.atomic():
        RowWriter(record=record, revision=row, by=None, at=AT, trusted=trusted).write()
        again = exported(row)
        transaction.set_rollback(True)
    assert again == data


def test_protected_fields_stay_behind(loaded: None) -> None:
    record = interchange.read(FILES[0].read_bytes())
    secret = Source(id="secret", title="Jane Roe", source_class=SourceClass.E, protection=Protection.CONFIDENTIAL)
    quote = Evidence(id="quote", source="secret", excerpt="He took the money", translator="John Doe")
    record = replace(record, sources=(*record.sources, secret), evidence=(*record.evidence, quote))
    (revision,) = import_files(files=[as_file(record)], by=None, at=AT)
    told = interchange.write(facts.file_record(revision)).decode()
    assert [word for word in ("Jane Roe", "He took the money", "John Doe") if word in told] == []
    assert interchange.read(told.encode()).sources[-1].title == "Withheld"


def test_protected_fields_are_guarded_in_the_log(loaded: None) -> None:
    record = interchange.read(FILES[0].read_bytes())
    secret = Source(id="secret", title="Jane Roe", source_class=SourceClass.E, protection=Protection.CONFIDENTIAL)
    quote = Evidence(id="quote", source="secret", excerpt="He took the money")
    record = replace(record, sources=(*record.sources, secret), evidence=(*record.evidence, quote))
    import_files(files=[as_file(record)], by=None, at=AT)
    guarded = StoredValue.objects.filter(value__contains="Jane Roe") | StoredValue.objects.filter(
        value__contains="took the"
    )
    assert set(guarded.values_list("field", "protection")) == {
        ("source.title", "confidential"),
        ("evidence/quote", "confidential"),
    }
    assert not StoredValue.objects.filter(field__startswith="evidence/", protection="open").exists()


def as_file(record: AssessmentRecord, name: str = "record.json") -> File:
    return File(name, interchange.write(record, with_protected=True))


def test_an_import_is_one_event_and_the_log_verifies(loaded: None) -> None:
    by = user(Role.COORDINATOR)
    (revision,) = import_files(files=[file(FILES[0])], by=by, at=AT)
    found = Event.objects.about(Subject.ASSESSMENT, revision.assessment.public_id)
    assert list(found.values_list("action", "by", "at")) == [("import_assessment", by.pk, AT)]
    assert list(events.verify_all()) == []


def test_everything_is_derived_from_what_came_in(loaded: None) -> None:
    (revision,) = import_files(files=[file(FILES[0])], by=None, at=AT)
    revision.refresh_from_db()
    assert revision.result.input_digest == revision.input_digest != ""
    assert revision.sentences.exists()
    assert revision.recommendations.exists()


def test_a_claim_counts_for_nothing_but_is_kept(loaded: None) -> None:
    path = DEMO / "2022-eritrea.json"
    (stated,) = interchange.read(path.read_bytes()).determinations
    assert stated.is_approved
    by = user(Role.COORDINATOR, name="Importer")
    (revision,) = import_files(files=[file(path)], by=by, at=AT)
    (found,) = _case(revision).record.determinations
    assert (found.approved_by, found.is_approved) == ((), False)
    assert facts.file_record(revision).determinations == (stated,)
    assert revision.determinations.get().proposed_by == by


def test_a_trusted_file_speaks_for_the_people_it_names(loaded: None) -> None:
    path = DEMO / "2022-eritrea.json"
    (stated,) = interchange.read(path.read_bytes()).determinations
    people = {name: user(name=f"{name} of the office", email=f"{name}@example.org") for name in stated.approved_by}
    (revision,) = import_files(files=[file(path)], by=None, at=AT, trusted=True)
    assert _case(revision).record.determinations == (stated,)
    approvals = revision.determinations.get().approvals.order_by("pk")
    assert [approval.approver for approval in approvals] == list(people.values())


def _case(revision: Revision) -> Case:
    return facts.collect(revision, framework=framework_of(revision), wording=wording_of(revision))


def test_all_files_come_in_or_none(loaded: None) -> None:
    broken = File("broken.json", b'{"format": "indicia-assessment", "country": "XAA"}')
    unknown = as_file(replace(interchange.read(FILES[1].read_bytes()), country="XZZ"), "unknown.json")
    with pytest.raises(InvalidFile) as told:
        import_files(files=[file(FILES[0]), broken, unknown], by=None, at=AT)
    assert str(told.value).splitlines() == [
        "broken.json: report_year: this is needed and was not given",
        "broken.json: framework: this is needed and was not given",
        "unknown.json: country: there is no country XZZ in the reference data; load it first",
    ]
    left = (
        Assessment.objects.count(),
        SourceRow.objects.count(),
        Event.objects.count(),
        ReportingPeriod.objects.count(),
    )
    assert left == (0, 0, 0, 0)


def test_an_assessment_that_is_there_is_not_imported_again(loaded: None) -> None:
    import_files(files=[file(FILES[0])], by=None, at=AT)
    with pytest.raises(InvalidFile, match="already"):
        import_files(files=[file(FILES[0])], by=None, at=AT)


def test_one_open_document_is_one_source_whoever_reads_it(loaded: None) -> None:
    record = interchange.read(FILES[0].read_bytes())
    import_files(files=[as_file(record)], by=None, at=AT)
    before = SourceRow.objects.count()
    import_files(files=[as_file(replace(record, report_year=record.report_year + 1))], by=None, at=AT)
    assert SourceRow.objects.count() == before
    closed = tuple(replace(source, protection=Protection.RESTRICTED) for source in record.sources)
    for year in (2, 3):
        import_files(
            files=[as_file(replace(record, sources=closed, report_year=record.report_year + year))], by=None, at=AT
        )
    assert SourceRow.objects.count() == before + 2 * len(closed)


def test_a_strict_import_wants_the_canonical_form(loaded: None) -> None:
    loose = File("loose.json", b"\n" + interchange.write(interchange.read(FILES[0].read_bytes()), with_protected=True))
    with pytest.raises(InvalidFile, match=r"loose\.json: the file is not in canonical form"):
        import_files(files=[loose], by=None, at=AT, strict=True)
    assert len(import_files(files=[loose], by=None, at=AT)) == 1


def test_only_a_coordinator_imports(loaded: None) -> None:
    with pytest.raises(policies.NotAllowed):
        import_files(files=[file(FILES[0])], by=user(Role.ANALYST), at=AT)


def record_with(entries: int) -> AssessmentRecord:
    """A record with so many entries on each of several lists."""
    numbers = range(entries)
    return AssessmentRecord(
        country="XAA",
        report_year=2024,
        framework=VersionRef(code="official-complicity", version="2026.1"),
        sources=(Source(id="S1", title="Register", source_class=SourceClass.C),),
        evidence=tuple(Evidence(id=f"E{n}", source="S1") for n in numbers),
        statistics=tuple(Statistic(id=f"F{n}", stage=Stage.ARREST, evidence=(f"E{n}",)) for n in numbers),
        ratings=tuple(
            Rating(indicator="pof-forced-labor", part=part, state=RatingState.NOT_ASSESSED, reason="Not read.")
            for part in ("agriculture", "mining", "forestry")[:entries]
        ),
        sentences=tuple(
            HumanSentence(section=Section.PROSECUTION, text=f"Sentence {n}.", judgement=True) for n in numbers
        ),
    )


@pytest.mark.parametrize("entries", [1, 12])
def test_an_import_takes_a_fixed_number_of_queries(
    empty: Revision, entries: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    record = record_with(entries)
    with transaction.atomic(), django_assert_num_queries(16):
        RowWriter(record=record, revision=empty, by=None, at=AT, trusted=False).write()


def test_what_people_wrote_comes_back_although_the_draft_is_made_anew(loaded: None) -> None:
    record = interchange.read((DEMO / "2021-philippines.json").read_bytes())
    (plain,) = import_files(files=[as_file(record)], by=None, at=AT)
    first, second, *_ = [item for item in engine.run(_case(plain)).draft.sentences if item.key.subjects]
    own = tuple(
        HumanSentence(section=Section.PROSECUTION, text=text, judgement=True, author="analyst1")
        for text in ("Zeal was uneven.", "A second thought.")
    )
    edits = tuple(
        HumanSentence(
            section=item.key.section,
            family=item.key.family,
            subjects=item.key.subjects,
            text=text,
            evidence=("V1",),
            author="b",
        )
        for item, text in ((first, "In other words."), (second, None))
    )
    edited = replace(record, report_year=record.report_year + 1, sentences=(*own, *edits))
    (revision,) = import_files(files=[as_file(edited)], by=None, at=AT)
    assert facts.file_record(revision).sentences != ()
    assert exported(revision) == interchange.write(edited, with_protected=True)
    assert set(revision.sentences.values_list("state", flat=True)) == {"generated", "edited", "removed", "handwritten"}
