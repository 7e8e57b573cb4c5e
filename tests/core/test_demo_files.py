"""The demo files hold: each is a valid record of its case, every name in it exists, and it stands in canonical form."""

import unicodedata
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path

import pytest

from assessments.core import interchange
from assessments.core.completeness import incomplete
from assessments.core.sheets import Conduct
from assessments.core.types import AssessmentRecord, Case, CountryForms
from assessments.core.values import CountKind, RatingState, StatementKind
from tests.core.factories import framework, wording

FOLDER = Path(__file__).parents[2] / "fixtures" / "demo"
FILES = sorted(FOLDER.glob("*.json"))
NAMES = [path.stem for path in FILES]

DETERMINED = {"2022-eritrea": ["pof-trafficking"], "2022-turkmenistan": ["pof-forced-labor", "pof-forced-labor"]}


def read(name: str) -> AssessmentRecord:
    return interchange.read((FOLDER / f"{name}.json").read_bytes())


def case_of(record: AssessmentRecord) -> Case:
    country = CountryForms(
        iso3=record.country, name="Country", in_text="Country", government="the Government of Country"
    )
    return Case(record=record, country=country, framework=framework(), wording=wording())


def values(value: object) -> Iterator[object]:
    """Yield a record and every record inside it."""
    if is_dataclass(value):
        yield value
        for field in fields(value):
            yield from values(getattr(value, field.name))
    elif isinstance(value, tuple):
        for item in value:
            yield from values(item)


def test_there_is_one_file_for_each_case_of_the_trial_set() -> None:
    assert len(FILES) == 18
    assert [(name[:4], name[5:]) for name in NAMES] == [
        ("2017", "moldova"),
        ("2017", "mozambique"),
        ("2019", "bahrain"),
        ("2019", "nigeria"),
        ("2019", "pakistan"),
        ("2020", "haiti"),
        ("2020", "india"),
        ("2021", "drc"),
        ("2021", "lesotho"),
        ("2021", "nepal"),
        ("2021", "palau"),
        ("2021", "philippines"),
        ("2022", "albania"),
        ("2022", "eritrea"),
        ("2022", "guatemala"),
        ("2022", "guinea-bissau"),
        ("2022", "turkmenistan"),
        ("2024", "cambodia"),
    ]


@pytest.mark.parametrize("name", NAMES)
def test_a_file_is_a_demonstration_of_its_year_under_the_framework(name: str) -> None:
    record = read(name)
    assert record.demonstration
    assert record.report_year == int(name[:4])
    assert (record.framework.code, record.framework.version) == ("official-complicity", "2026.1")
    assert all(source.demonstration for source in record.sources)
    assert all(item.demonstration for item in record.evidence)
    assert record.decision.tier is not None
    assert record.decision.tier_released
    assert not record.decision.trends


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_quoted(name: str) -> None:
    assert all(not item.excerpt and item.edited for item in read(name).evidence)


@pytest.mark.parametrize("name", NAMES)
def test_a_file_stands_in_canonical_form(name: str) -> None:
    data = (FOLDER / f"{name}.json").read_bytes()
    assert interchange.write(interchange.read(data)) == data
    assert unicodedata.is_normalized("NFC", data.decode("utf-8"))


@pytest.mark.parametrize("name", NAMES)
def test_every_name_exists_in_the_framework_and_every_reference_resolves(name: str) -> None:
    assert interchange.check_against(read(name), framework()) == ()


@pytest.mark.parametrize("name", NAMES)
def test_every_item_of_evidence_is_cited(name: str) -> None:
    record = read(name)
    lists = (getattr(record, field.name) for field in fields(record) if field.name != "evidence")
    cited = {ref for item in values(tuple(lists)) for ref in getattr(item, "evidence", ())}
    assert cited == {item.id for item in record.evidence}
    assert {item.source for item in record.evidence} == {source.id for source in record.sources}


@pytest.mark.parametrize("name", NAMES)
def test_every_fact_names_its_evidence(name: str) -> None:
    record = read(name)
    sheets = (
        record.statistics,
        record.cases,
        record.allegations,
        record.elements,
        record.measures,
        record.statements,
    )
    facts = [item for item in values(sheets) if hasattr(item, "id")]
    assert facts
    assert [item for item in facts if not getattr(item, "evidence", ())] == []


@pytest.mark.parametrize("name", NAMES)
def test_every_core_indicator_has_a_level_or_a_reason_and_counts(name: str) -> None:
    record = read(name)
    answered = {rating.indicator for rating in record.ratings}
    assert [indicator.slug for indicator in framework().core if indicator.slug not in answered] == []
    for rating in record.ratings:
        assert rating.rationale if rating.state is RatingState.RATED else rating.reason
    assert len({rating.key for rating in record.ratings}) == len(record.ratings)
    assert incomplete(case_of(record)) == ()


@pytest.mark.parametrize("name", NAMES)
def test_only_two_cases_carry_a_determination(name: str) -> None:
    record = read(name)
    assert [item.factor for item in record.determinations] == DETERMINED.get(name, [])
    assert all(item.is_approved for item in record.determinations)
    assert record.decision.secretary_decided_on is None


@pytest.mark.parametrize("name", NAMES)
def test_no_concern_indicator_stands_at_zero_for_want_of_a_search(name: str) -> None:
    zeros = [rating.indicator for rating in read(name).ratings if rating.level == 0]
    assert {framework().indicator(slug).direction.value for slug in zeros} <= {"response"}


@pytest.mark.parametrize("name", NAMES)
def test_words_that_enter_a_sentence_have_the_form_of_their_field(name: str) -> None:
    record = read(name)
    for conduct in (item for item in values(record) if isinstance(item, Conduct)):
        words = conduct.text.split()
        assert len(words) <= 20
        assert not words or any(word.rstrip(",").endswith("ing") for word in words[:4]), conduct.text
        assert not conduct.text.endswith(".")
    for statement in record.statements:
        is_graded = statement.kind in {StatementKind.CONCERN, StatementKind.EFFECT}
        assert bool(statement.observations) is not is_graded, statement.id
        assert not statement.text, statement.id


@pytest.mark.parametrize(
    ("name", "stage", "kind"),
    [
        ("2017-mozambique", "conviction", CountKind.NOT_REPORTED),
        ("2019-nigeria", "conviction", CountKind.REPORTED_ZERO),
        ("2021-drc", "trial", CountKind.TOOK_PLACE),
        ("2019-bahrain", "conviction", CountKind.EXACT),
    ],
)
def test_none_not_reported_and_not_counted_stay_apart(name: str, stage: str, kind: CountKind) -> None:
    assert [item.count.kind for item in read(name).statistics if item.stage == stage] == [kind]
