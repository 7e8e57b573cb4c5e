"""The interchange file by itself: what is read, what is refused and in which words, and the canonical form."""

import json
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from django.core.management import call_command
from hypothesis import HealthCheck, Phase, given, settings

from assessments.core import interchange
from assessments.core.interchange import InvalidFile
from assessments.core.sheets import Allegation, Evidence, OfficialCase, Source, Statistic
from assessments.core.types import AssessmentRecord, Endorsement, HumanSentence, PastPeriod, Rating, VersionRef
from assessments.core.values import Protection, RatingState, Section, SourceClass, Stage
from frameworks import loader
from frameworks.spec.compiled import CompiledFramework
from tests.assessments.strategies import whole_records

ROOT = Path(__file__).parents[2]
FILES = sorted((ROOT / "fixtures" / "demo").glob("*.json"))
QUICK = settings(
    max_examples=20,
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    suppress_health_check=list(HealthCheck),
)


@cache
def framework() -> CompiledFramework:
    return CompiledFramework(loader.read(ROOT / "fixtures" / "frameworks" / "official-complicity" / "2026.1"))


def base(**values: Any) -> dict[str, Any]:
    """The least a file must say, and these values."""
    return {
        "format": "indicia-assessment",
        "format_version": 1,
        "country": "XAA",
        "report_year": 2024,
        "framework": {"code": "official-complicity", "version": "2026.1"},
    } | values


def record(**values: Any) -> AssessmentRecord:
    """A record with these lists."""
    return AssessmentRecord(
        country="XAA", report_year=2024, framework=VersionRef(code="official-complicity", version="2026.1"), **values
    )


def refusal(values: dict[str, Any]) -> list[str]:
    """What reading says is wrong."""
    with pytest.raises(InvalidFile) as told:
        interchange.read(json.dumps(values).encode())
    return [str(problem) for problem in told.value.problems]


def found(problems: tuple[interchange.Problem, ...]) -> list[str]:
    """Problems as people read them."""
    return [str(problem) for problem in problems]


# --- Reading and writing -----------------------------------------------------------------------------------------


@QUICK
@given(whole_records())
def test_what_is_written_fits_the_schema_and_is_read_and_written_the_same(whole: AssessmentRecord) -> None:
    data = interchange.write(whole, with_protected=True)
    assert interchange.read(data) == interchange.canonical(whole)
    assert interchange.write(interchange.read(data), with_protected=True) == data
    assert interchange.check_inside(whole) == ()
    schema().validate(json.loads(interchange.write(whole)))


@cache
def schema() -> jsonschema.Draft202012Validator:
    return jsonschema.Draft202012Validator(interchange.schema())


def test_the_published_schema_is_current() -> None:
    call_command("interchange_schema", check=True)


def test_the_canonical_form_is_this() -> None:
    whole = record(
        statistics=(Statistic(id="F1", stage=Stage.ARREST),),
        sentences=(HumanSentence(section=Section.PROSECUTION, text="Café.", judgement=True),),
    )
    text = """\
{
  "country": "XAA",
  "format": "indicia-assessment",
  "format_version": 1,
  "framework": {
    "code": "official-complicity",
    "version": "2026.1"
  },
  "report_year": 2024,
  "sentences": [
    {
      "judgement": true,
      "section": "prosecution",
      "text": "Café."
    }
  ],
  "statistics": [
    {
      "id": "F1",
      "stage": "arrest"
    }
  ]
}
"""
    assert interchange.write(whole) == text.encode()


def test_other_legal_forms_come_back_canonical() -> None:
    loose = base(
        statistics=[{"stage": "arrest", "id": "F1", "unit": "persons", "note": "Cafe\u0301"}],
        measures=[{"id": "M1", "kind": "freeze", "amount": 12.50}, {"id": "M2", "kind": "freeze", "amount": 1e6}],
        history=[{"report_year": 2023}, {"report_year": 2022}],
    )
    written = json.loads(interchange.write(interchange.read(b"\xef\xbb\xbf" + json.dumps(loose).encode())))
    assert written == base(
        statistics=[{"stage": "arrest", "id": "F1", "note": "Café"}],
        measures=[{"id": "M1", "kind": "freeze", "amount": 12.5}, {"id": "M2", "kind": "freeze", "amount": 1000000}],
        history=[{"report_year": 2022}, {"report_year": 2023}],
    )


def test_order_that_means_something_is_kept() -> None:
    whole = record(
        statistics=tuple(Statistic(id=name, stage=Stage.ARREST) for name in ("F9", "F1")),
        sentences=(
            HumanSentence(section=Section.PREVENTION, text="Last.", judgement=True),
            HumanSentence(section=Section.PROSECUTION, text="Written second.", judgement=True),
            HumanSentence(section=Section.PROSECUTION, text="Written before.", judgement=True),
            HumanSentence(section=Section.PROSECUTION, family="convictions", subjects=("F9", "F1"), text="Edited."),
        ),
    )
    read = interchange.read(interchange.write(whole))
    assert [item.id for item in read.statistics] == ["F9", "F1"]
    assert [item.text for item in read.sentences] == ["Edited.", "Written second.", "Written before.", "Last."]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_demo_file_is_right(path: Path) -> None:
    whole = interchange.read(path.read_bytes())
    assert interchange.check_against(whole, framework()) == ()
    assert interchange.write(whole, with_protected=True) == path.read_bytes()


# --- What is refused ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"country": "Usa"}, "country: a country is named by the three capital letters of ISO 3166-1"),
        ({"report_year": "2024"}, "report_year: input should be a valid integer"),
        ({"format_version": 2}, "format_version: “2” is not one of 1"),
        ({"stattistics": []}, 'there is no field “stattistics”; did you mean "statistics"?'),
        ({"sources": {}}, "sources: this must be a list, in brackets"),
        ({"decision": []}, "decision: this must be an object, in braces"),
        (
            {"statistics": [{"id": "F1", "stage": "arrest"}, {"id": "F2", "stage": "arrest", "stge": 1}]},
            'statistics 2 (F2): there is no field “stge”; did you mean "stage"?',
        ),
        ({"statistics": [{"id": "F1"}]}, "statistics 1 (F1), stage: this is needed and was not given"),
        (
            {"decision": {"tier": "2W"}},
            'decision, tier: “2W” is not one of 1, 2, 2WL, 3, SC; did you mean "2WL"?',
        ),
        (
            {"statistics": [{"id": "F1", "stage": "arrest", "count": {"kind": "exact"}}]},
            "statistics 1 (F1), count: “exactly” needs a number",
        ),
        (
            {"statistics": [{"id": "F1", "stage": "arrest", "count": {"kind": "exact", "value": 0}}]},
            "statistics 1 (F1), count: a count of 0 is recorded as “none took place, and that was reported”",
        ),
        (
            {"statistics": [{"id": "F1", "stage": "arrest", "count": {"kind": "some"}}]},
            "statistics 1 (F1), count: “some (two or more, no count)” cannot be used here",
        ),
        (
            {"cases": [{"id": "C1", "proceedings": [{"stage": "trial", "date": "2022-13"}]}]},
            "cases 1 (C1), proceedings 1, date: there is no month 13",
        ),
        (
            {"ratings": [{"indicator": "officials-prosecuted", "state": "rated"}]},
            "ratings 1 (officials-prosecuted): a level belongs to the state “rated”, and that state to a level",
        ),
        (
            {"statistics": [{"id": "F 1", "stage": "arrest"}]},
            "statistics 1 (F 1), id: an id has up to 40 letters, digits, dots, hyphens and underscores",
        ),
        (
            {"statistics": [{"id": "F1", "stage": "arrest", "scope": "two\nlines"}]},
            "statistics 1 (F1), scope: this must be one line",
        ),
        (
            {"statistics": [{"id": "F1", "stage": "arrest", "scope": "x" * 201}]},
            "statistics 1 (F1), scope: at most 200 characters are possible here, not 201",
        ),
        ({"note": "a\u0000b"}, "note: the character U+0000 cannot stand in a text"),
        ({"note": "\ud800"}, "note: the character U+D800 cannot stand in a text"),
        (
            {"measures": [{"id": "M1", "kind": "law", "is_effort": 1}]},
            "measures 1 (M1), is_effort: input should be a valid boolean",
        ),
        (
            {"statistics": [{"id": "F1", "stage": "arrest", "count": {"kind": "exact", "value": 10**30}}]},
            "statistics 1 (F1), count, value: input should be less than or equal to 2000000000",
        ),
    ],
)
def test_an_error_is_named_with_its_place(values: dict[str, Any], words: str) -> None:
    assert refusal(base(**values)) == [words]


def test_all_errors_are_named_at_once() -> None:
    values = base(country="X", statistics=[{"id": "F1", "stage": "convition"}])
    del values["report_year"]
    told = refusal(values)
    assert [line.partition(":")[0] for line in told] == ["country", "report_year", "statistics 1 (F1), stage"]
    assert told[-1].endswith('; did you mean "conviction"?')


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"{", "line 1, column 2: This is not JSON: Expecting property name enclosed in double quotes."),
        (b"\xff\xfe", "The file is not UTF-8 (byte 1)."),
        (b"[]", "The file must hold one object, in braces."),
        (b'{"note": "a", "note": "b"}', "The key “note” occurs twice in one object."),
        (b'{"a": NaN}', "NaN is not a number that can be recorded."),
        (b"[" * 200_000, "The file is nested too deeply."),
        (b" " * 20_000_001, "The file has more than 20,000,000 bytes."),
    ],
)
def test_what_is_no_file_is_refused_in_words(data: bytes, words: str) -> None:
    with pytest.raises(InvalidFile) as told:
        interchange.read(data)
    assert str(told.value) == words


def test_a_number_too_long_for_the_reader_is_refused_in_words() -> None:
    with pytest.raises(InvalidFile):
        interchange.read(b'{"report_year": ' + b"9" * 10_000 + b"}")


# --- What is checked ---------------------------------------------------------------------------------------------


def test_ids_are_single_and_references_lead_somewhere() -> None:
    whole = record(
        evidence=(Evidence(id="E1", source="S1"),),
        statistics=(Statistic(id="F1", stage=Stage.ARREST, evidence=("E2",)),),
        cases=(OfficialCase(id="F1", counted_in="F2"), OfficialCase(id="C1", counted_in="F1")),
        allegations=(Allegation(id="A1", case="C2"),),
        ratings=(Rating(indicator="officials-prosecuted", state=RatingState.NOT_ASSESSED),) * 2,
        history=(PastPeriod(report_year=2023),) * 2,
        sentences=(
            HumanSentence(section=Section.TIER, text=None),
            HumanSentence(section=Section.TIER, family="tier", subjects=("F3",), text="Edited."),
        ),
    )
    assert found(interchange.check_inside(whole)) == [
        "cases 1 (F1): the id “F1” is used already by statistics 1 (F1)",
        "ratings, officials-prosecuted: this indicator is rated twice",
        "history, 2023: this year is given twice",
        "evidence 1 (E1), source: sources has no entry “S1”",
        "statistics 1 (F1), evidence 1: evidence has no entry “E2”",
        "cases 1 (F1), counted_in: statistics has no entry “F2”",
        "allegations 1 (A1), case: cases has no entry “C2”",
        "sentences 1, text: a sentence written by hand needs its words",
        "sentences 2, subjects: no entry has the id “F3”; the sentence will be kept apart for a person to settle",
    ]
    assert [problem.is_warning for problem in interchange.check_inside(whole)] == [False] * 8 + [True]


def test_names_are_those_of_the_framework() -> None:
    whole = record(
        allegations=(Allegation(id="A1", acts=("accept-bribes",), sectors=("minning",)),),
        ratings=(
            Rating(indicator="no-such", state=RatingState.RATED, level=2),
            Rating(indicator="pof-forced-labor", part="minning", state=RatingState.RATED, level=2),
            Rating(indicator="officials-prosecuted", state=RatingState.NO_REQUEST_MADE),
        ),
        endorsements=(Endorsement(indicator="tip-offs", level=4, endorsed_by="Somebody"),),
    )
    assert found(interchange.check_against(whole, framework())) == [
        'allegations 1 (A1), acts 1: there is no act “accept-bribes”; did you mean "accept-bribe"?',
        'allegations 1 (A1), sectors 1: there is no sector “minning”; did you mean "mining"?',
        "ratings 1 (no-such), indicator: there is no indicator “no-such”",
        "endorsements 1 (tip-offs), indicator: there is no indicator “tip-offs”",
        'ratings 2 (pof-forced-labor), part: I12 has no part “minning”; did you mean "mining"?',
        "ratings 3 (officials-prosecuted), state: “no request made” cannot be said of I02",
    ]


def test_a_level_lies_on_the_scale_of_its_indicator() -> None:
    short = next(item for item in framework().indicators if item.scale_top == 4)
    whole = record(ratings=(Rating(indicator=short.slug, state=RatingState.RATED, level=5),))
    assert found(interchange.check_against(whole, framework())) == [
        f"ratings 1 ({short.slug}), level: {short.code} has levels 0 to 4, not 5"
    ]


# --- What is withheld --------------------------------------------------------------------------------------------


def test_protected_fields_are_left_out_unless_asked_for() -> None:
    known = Source(id="S1", title="Public report", source_class=SourceClass.D, url="https://example.org/")
    secret = replace(known, id="S2", protection=Protection.RESTRICTED, publisher="A person", note="Met in June")
    whole = record(
        sources=(known, secret),
        evidence=(
            Evidence(id="E1", source="S1", excerpt="as found", edited="as told", translation="words", translator="X"),
        ),
        cases=(OfficialCase(id="C1", recruiter="Acme", docket="12/3"),),
        allegations=(Allegation(id="A1", recruiter="Acme"),),
    )
    kept = interchange.read(interchange.write(whole))
    assert kept.sources == (
        known,
        Source(id="S2", title="Withheld", source_class=SourceClass.D, protection=Protection.RESTRICTED),
    )
    assert kept.evidence == (Evidence(id="E1", source="S1", edited="as told"),)
    assert kept.cases == (OfficialCase(id="C1"),)
    assert kept.allegations == (Allegation(id="A1"),)
    assert interchange.read(interchange.write(whole, with_protected=True)) == whole
