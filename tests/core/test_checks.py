"""Checks: each finds its matter, stays silent otherwise, and names the matter the same way every time."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from assessments.core import engine, interchange
from assessments.core.checks import CHECKS, run
from assessments.core.checks.outside_period import overlaps
from assessments.core.checks.text import numbers_in
from assessments.core.findings import derive
from assessments.core.merge import Cause, CurrentSentence, State, handwritten
from assessments.core.sheets import (
    Allegation,
    DataRequest,
    Evidence,
    OfficialCase,
    OfficialGroup,
    Proceeding,
    Share,
    Source,
    Statement,
    Statistic,
)
from assessments.core.types import Basis, Case, Check, Decision, PastPeriod, SentenceKey, Severity
from assessments.core.values import (
    ConcernGrade,
    Confidence,
    Count,
    CountKind,
    PeriodRelation,
    Protection,
    RatingState,
    Section,
    SourceClass,
    Stage,
    StatementKind,
    StreakKind,
    Tier,
)
from tests.core.factories import (
    COUNTRY,
    EVIDENCE,
    SOURCES,
    core_at,
    determined,
    framework,
    make_case,
    make_rating,
    wording,
)

DEMO = Path(__file__).parents[2] / "fixtures" / "demo"

WAY_OUT = "rate each, or say why it has no level."


def sentence(
    text: str, *facts: str, family: str = "case", state: State = State.EDITED, **changes: Any
) -> CurrentSentence:
    """Return a sentence of a person, or of the rules with State.GENERATED."""
    key = SentenceKey(section=Section.PROSECUTION, family=family, subjects=facts)
    words = {"generated_text": text} if state is State.GENERATED else {"text": text}
    fields = {"public_id": "x", "key": key, "state": state, "basis": Basis(facts=facts), **words}
    return CurrentSentence(**(fields | changes))


def found(case: Case, slug: str, *sentences: CurrentSentence) -> list[Check]:
    return [item for item in run(case, derive(case), sentences) if item.check == slug]


def texts(case: Case, slug: str, *sentences: CurrentSentence) -> list[str]:
    return [item.text for item in found(case, slug, *sentences)]


OFFICER = (OfficialGroup(role="police officer", agency="National Police"),)
ALLEGATION = Allegation(id="a1", officials=OFFICER, evidence=("e-ngo",))
SEEN: dict[str, Any] = {"sources": SOURCES, "evidence": EVIDENCE}


def official_case(*stages: Stage, **fields: Any) -> OfficialCase:
    steps = tuple(Proceeding(stage=stage) for stage in stages)
    return OfficialCase(**({"id": "c1", "officials": OFFICER, "proceedings": steps, "evidence": ("e-ngo",)} | fields))


def statistic(kind: CountKind, value: int | None = None, **fields: Any) -> Statistic:
    count = Count(kind=kind, value=value)
    return Statistic(**({"id": "f1", "stage": Stage.CONVICTION, "count": count, "evidence": ("e-gov",)} | fields))


# Answers


def test_an_incomplete_answer_blocks() -> None:
    case = make_case((make_rating("tip-offs-to-traffickers", 2, evidence=()),))
    assert found(case, "incomplete-answer") == [
        Check(
            check="incomplete-answer",
            severity=Severity.BLOCK,
            text=(
                "Tip-offs to traffickers (I24) does not count yet: it needs two independent sources, or one official "
                "or judicial record; has no evidence."
            ),
            subjects=("tip-offs-to-traffickers",),
        )
    ]


def test_core_indicators_without_an_answer_block() -> None:
    answers = core_at(0)
    del answers["tip-offs-to-traffickers"]
    del answers["pof-forced-labor/mining"]
    items = found(make_case(answers), "core-unanswered")
    assert [(item.severity, item.subjects, item.text) for item in items] == [
        (
            Severity.BLOCK,
            ("pof-forced-labor",),
            "Policy or pattern of forced labor by sector (I12) is open for one sector: " + WAY_OUT,
        ),
        (
            Severity.BLOCK,
            ("tip-offs-to-traffickers",),
            "Tip-offs to traffickers (I24) has no answer yet: rate it, or say why it has no level.",
        ),
    ]
    assert len(found(make_case(), "core-unanswered")) == 25
    states = core_at(0, i24=RatingState.NOT_ASSESSED)
    assert found(make_case(states), "core-unanswered") == []


# Determinations and policy wording


def test_a_waiting_determination_blocks_where_a_level_leans_on_it() -> None:
    fields = determined("pof-trafficking", approved=False)
    (item,) = found(make_case(**fields), "determination-not-approved")
    assert (item.severity, item.subjects) == (Severity.WARNING, ("d1",))
    (item,) = found(make_case({"pof-trafficking": 4}, **fields), "determination-not-approved")
    assert item.severity is Severity.BLOCK
    assert item.text == (
        "The determination on a policy or pattern of trafficking needs the approval of two people other than the "
        "proposer. Until then the level proposed with it counts as 3."
    )
    (item,) = found(make_case({"pof-trafficking": 4}), "determination-not-approved")
    assert (item.severity, item.subjects) == (Severity.BLOCK, ("pof-trafficking",))
    assert found(make_case({"pof-trafficking": 4}, **determined("pof-trafficking")), "determination-not-approved") == []


@pytest.mark.parametrize(
    ("text", "caught"),
    [
        ("There was a government policy or pattern of trafficking.", True),
        ("A pattern of forced labor was seen.", True),
        ("This was government policy to send workers abroad.", True),
        ("The government adopted a policy on victim care.", False),
        ("Officials followed an anti-trafficking policy.", False),
    ],
)
def test_policy_wording_needs_an_approved_determination(text: str, caught: bool) -> None:
    spoken = sentence(text, state=State.HANDWRITTEN, judgement=True)
    assert [item.severity for item in found(make_case(), "policy-wording", spoken)] == [Severity.BLOCK] * caught
    approved = determined("pof-trafficking")
    items = found(make_case(**approved), "policy-wording", spoken)
    assert [item.severity for item in items] == [Severity.WARNING] * caught
    written = replace(spoken, state=State.GENERATED, generated_text=text, text=None)
    assert [item.severity for item in found(make_case(**approved), "policy-wording", written)] == [
        Severity.NOTE
    ] * caught
    decided = make_case(**approved, decision=Decision(secretary_decided_on="2024-06"))
    assert found(decided, "policy-wording", spoken) == []


@pytest.mark.parametrize(
    ("tier", "fields", "count"),
    [
        (Tier.TWO, determined(), 1),
        (Tier.THREE, determined(), 0),
        (Tier.SPECIAL, determined(), 0),
        (None, determined(), 0),
        (Tier.ONE, {"levels": core_at(0, 1, i20=3)}, 1),
        (Tier.ONE, {"levels": core_at(0, 2, i20=3)}, 0),
        (Tier.TWO, {"levels": core_at(0, 1, i20=3)}, 0),
    ],
)
def test_a_tier_that_contradicts_the_finding_is_pointed_out(tier: Tier | None, fields: Any, count: int) -> None:
    items = found(make_case(**fields, decision=Decision(tier=tier)), "tier-contradiction")
    assert [item.severity for item in items] == [Severity.WARNING] * count


# Sentences


def test_a_sentence_without_basis_blocks() -> None:
    bare = sentence("Officials took bribes.", state=State.GENERATED, basis=Basis())
    assert [item.severity for item in found(make_case(), "sentence-without-basis", bare)] == [Severity.BLOCK]
    assert found(make_case(), "sentence-without-basis", sentence("So.", "a1", state=State.GENERATED)) == []
    assert found(make_case(), "sentence-without-basis", replace(bare, state=State.REMOVED)) == []


def test_a_sentence_by_hand_needs_evidence_or_the_mark_of_a_judgement() -> None:
    slug, spoken = "handwritten-without-evidence", sentence("Courts are slow.", state=State.HANDWRITTEN)
    assert [item.severity for item in found(make_case(), slug, spoken)] == [Severity.BLOCK]
    assert found(make_case(), slug, replace(spoken, judgement=True)) == []
    assert found(make_case(), slug, replace(spoken, basis=Basis(evidence=("e-ngo",)))) == []


def test_a_concern_needs_a_word_on_accountability() -> None:
    slug, concern = "concern-without-accountability", sentence("It was a concern.", "s1", family="concern")
    assert [item.sentence for item in found(make_case(), slug, concern)] == [concern.key]
    assert found(make_case(), slug, concern, sentence("No data.", "f1", family="accountability")) == []


@pytest.mark.parametrize(
    ("text", "stages", "caught"),
    [
        ("Police officers took bribes.", (), True),
        ("NGOs reported that police officers took bribes.", (), False),
        ("Police officers allegedly took bribes.", (), False),
        ("A police officer took bribes.", (Stage.INVESTIGATION,), True),
        ("Authorities investigated a police officer for taking bribes.", (Stage.INVESTIGATION,), False),
        ("A police officer was found guilty of bribery after he was charged.", (Stage.CHARGE,), True),
        ("A court convicted a police officer of bribery.", (Stage.CHARGE, Stage.CONVICTION), False),
        ("A police officer took bribes.", (Stage.CONVICTION, Stage.REVERSAL), True),
    ],
)
def test_the_stage_on_record_decides_the_hedge(text: str, stages: tuple[Stage, ...], caught: bool) -> None:
    cases = (official_case(*stages),) if stages else ()
    case = make_case(cases=cases, allegations=(ALLEGATION,), **SEEN)
    subject = "c1" if stages else "a1"
    assert bool(found(case, "allegation-as-fact", sentence(text, subject))) is caught
    assert found(case, "allegation-as-fact", sentence(text, subject, state=State.GENERATED)) == []


def test_a_hand_written_sentence_is_read_by_the_facts_its_evidence_carries() -> None:
    case = make_case(allegations=(ALLEGATION,), **SEEN)
    spoken = handwritten("h1", Section.PROSECUTION, "Police took bribes.", evidence=("e-ngo",))
    assert [item.subjects for item in found(case, "allegation-as-fact", spoken)] == [("a1",)]


@pytest.mark.parametrize(
    ("stage", "text", "caught"),
    [
        (Stage.ACQUITTAL, "A court tried the officer.", True),
        (Stage.ACQUITTAL, "A court acquitted the officer.", False),
        (Stage.SHELVING, "Prosecutors closed the case.", False),
        (Stage.COURT_DISMISSAL, "A judge tried the officer.", True),
        (Stage.APPEAL, "A court convicted the officer.", True),
        (Stage.APPEAL, "A court convicted the officer, who appealed.", False),
    ],
)
def test_a_known_outcome_is_not_left_out(stage: Stage, text: str, caught: bool) -> None:
    case = make_case(cases=(official_case(Stage.TRIAL, stage),), **SEEN)
    assert bool(found(case, "outcome-left-out", sentence(text, "c1"))) is caught
    told = sentence(
        "The officer was acquitted, and the case closed, dismissed, or appealed.", "c1", state=State.GENERATED
    )
    assert found(case, "outcome-left-out", sentence(text, "c1"), told) == []


@pytest.mark.parametrize(
    ("kind", "value", "text", "caught"),
    [
        (CountKind.REPORTED_ZERO, None, "The government did not report convicting officials.", True),
        (CountKind.REPORTED_ZERO, None, "The government reported no convictions.", False),
        (CountKind.NOT_REPORTED, None, "The government reported no convictions.", True),
        (CountKind.NOT_REPORTED, None, "There were no convictions.", True),
        (CountKind.NOT_REPORTED, None, "No officials were convicted.", True),
        (CountKind.NOT_REPORTED, None, "The government did not report convicting officials.", False),
        (CountKind.UNKNOWN, None, "The government did not report convictions.", True),
        (CountKind.UNKNOWN, None, "Information on convictions was not available.", False),
        (CountKind.TOOK_PLACE, None, "The government obtained no convictions.", True),
        (CountKind.EXACT, 2, "The government convicted two officials.", False),
        (CountKind.EXACT, 3, "The government did not convict any officials.", True),
        (CountKind.AT_LEAST, 3, "The government did not report convicting officials.", True),
    ],
)
def test_silence_is_not_zero(kind: CountKind, value: int | None, text: str, caught: bool) -> None:
    case = make_case(statistics=(statistic(kind, value),), **SEEN)
    assert bool(found(case, "silence-and-zero", sentence(text, "f1"))) is caught


@pytest.mark.parametrize(
    ("text", "strange"),
    [
        ("The government convicted three officials in 2023, compared with one.", None),
        ("The government convicted 3 officials.", None),
        ("The government convicted four officials.", "4"),
        ("For the third year, it convicted 1,200 officials and twenty-five others.", "1,200, 25"),
    ],
)
def test_a_figure_of_a_person_is_compared_with_the_record(text: str, strange: str | None) -> None:
    case = make_case(statistics=(statistic(CountKind.EXACT, 3, period="2023"),), **SEEN)
    items = texts(case, "figure-differs", sentence(text, "f1"))
    assert [item.rpartition("says ")[2] for item in items] == (
        [f"{strange}, which its record does not hold."] if strange else []
    )


def test_numbers_are_read_in_words_and_figures() -> None:
    text = "Twenty-five of 1,200 people, two years, sixty, 3.5 percent, one and the first."
    assert list(numbers_in(text)) == [25, 1200, 2, 60, 3.5]


# Facts


def past(year: int, kind: CountKind, value: int | None = None) -> PastPeriod:
    return PastPeriod(
        report_year=year, statistics=(Share(stage=Stage.CONVICTION, count=Count(kind=kind, value=value)),)
    )


@pytest.mark.parametrize(
    ("streak", "history", "text"),
    [
        (
            {"streak": StreakKind.CONSECUTIVE, "streak_years": 3},
            (past(2023, CountKind.NOT_REPORTED), past(2022, CountKind.EXACT, 1)),
            "The record states three years in a row for conviction, the history shows two years.",
        ),
        (
            {"streak": StreakKind.CONSECUTIVE, "streak_years": 2},
            (past(2023, CountKind.NOT_REPORTED), past(2022, CountKind.NOT_REPORTED)),
            "The record states two years in a row for conviction, the history shows three years.",
        ),
        (
            {"streak": StreakKind.CONSECUTIVE, "streak_years": 2},
            (past(2023, CountKind.NOT_REPORTED), past(2022, CountKind.EXACT, 1)),
            None,
        ),
        ({"streak": StreakKind.CONSECUTIVE, "streak_years": 9}, (past(2023, CountKind.NOT_REPORTED),), None),
        ({"streak": StreakKind.CONSECUTIVE, "streak_years": 9}, (), None),
        (
            {"streak": StreakKind.NEVER},
            (past(2021, CountKind.EXACT, 1),),
            "The record says “never” for conviction, but the history has one in the period of 2021.",
        ),
        ({"streak": StreakKind.FIRST_SINCE, "streak_since": "2019"}, (past(2019, CountKind.TOOK_PLACE),), None),
        (
            {"streak": StreakKind.FIRST_SINCE, "streak_since": "2019"},
            (past(2021, CountKind.TOOK_PLACE),),
            "The record says “first since a year” for conviction, but the history has one in the period of 2021.",
        ),
    ],
)
def test_a_stated_streak_is_compared_with_history(streak: Any, history: Any, text: str | None) -> None:
    case = make_case(statistics=(statistic(CountKind.NOT_REPORTED, **streak),), history=history, **SEEN)
    assert texts(case, "streak-differs") == ([text] if text else [])


@pytest.mark.parametrize(
    ("date", "inside"),
    [
        ("2023-04-01", True),
        ("2023-03-31", False),
        ("2024-03", True),
        ("2024-04", False),
        ("2023", True),
        ("2022", False),
    ],
)
def test_dates_are_compared_with_the_reporting_period(date: str, inside: bool) -> None:
    assert overlaps(date, 2024) is inside
    case = make_case(
        allegations=(replace(ALLEGATION, date=date),),
        cases=(official_case(opened=date),),
        **SEEN,
    )
    assert len(found(case, "outside-period")) == (0 if inside else 2)
    marked = make_case(
        allegations=(replace(ALLEGATION, date=date, in_period=False),),
        cases=(official_case(opened=date, relation=PeriodRelation.CONTINUED),),
        **SEEN,
    )
    assert found(marked, "outside-period") == []


def test_facts_without_evidence_are_noted() -> None:
    case = make_case(
        statistics=(statistic(CountKind.EXACT, 2, evidence=()), statistic(CountKind.UNKNOWN, id="f2", evidence=())),
        cases=(official_case(evidence=("no-such",)),),
        allegations=(ALLEGATION,),
        **SEEN,
    )
    items = found(case, "figure-without-evidence")
    assert [(item.severity, item.subjects) for item in items] == [(Severity.NOTE, ("f1",)), (Severity.NOTE, ("c1",))]


@pytest.mark.parametrize(
    ("requests", "fields", "subjects"),
    [
        ((), {}, [("f1",)]),
        ((DataRequest(id="r1", asked_on="2024-01"),), {}, []),
        ((DataRequest(id="r1", asked_on="2024-01", stages=(Stage.CONVICTION,)),), {}, []),
        ((DataRequest(id="r1", asked_on="2024-01", stages=(Stage.TRIAL,)),), {}, [("f1",)]),
        ((DataRequest(id="r1", stages=(Stage.CONVICTION,)),), {}, [("f1",)]),  # not sent on any day
        ((), {"stated_by_government": False}, []),
    ],
)
def test_silence_nobody_asked_for_is_pointed_out(
    requests: tuple[DataRequest, ...], fields: dict[str, Any], subjects: list[tuple[str, ...]]
) -> None:
    given = {"statistics": (statistic(CountKind.NOT_REPORTED, **fields),), "requests": requests, **SEEN}
    items = found(make_case(**given), "silence-not-asked")
    assert [item.subjects for item in items] == subjects
    assert all(item.severity is Severity.WARNING for item in items)
    shown = found(make_case(demonstration=True, **given), "silence-not-asked")
    assert [(item.subjects, item.severity) for item in shown] == [(one, Severity.NOTE) for one in subjects]


@pytest.mark.parametrize(
    ("fields", "caught"),
    [
        ({"original_language": "Spanish", "excerpt": "Dos policías."}, True),
        ({"original_language": "Spanish", "excerpt": "Dos policías.", "set_aside": "Hearsay."}, False),
        ({"original_language": "Spanish", "excerpt": "Dos.", "translation": "Two.", "translator": "embassy"}, False),
        ({"original_language": "Spanish", "excerpt": "Dos.", "translation": "Two."}, True),
        ({"excerpt": "Two."}, False),
    ],
)
def test_an_excerpt_nobody_translated_is_noted(fields: dict[str, Any], caught: bool) -> None:
    case = make_case(sources=SOURCES, evidence=(Evidence(id="e1", source="src-ngo", **fields),))
    items = found(case, "translation-missing")
    assert [item.subjects for item in items] == ([("e1",)] if caught else [])
    assert not any("Dos" in item.text or "Two" in item.text for item in items)


def test_a_severe_finding_on_thin_evidence_is_pointed_out() -> None:
    slug, low = "severe-on-thin-evidence", Confidence.LOW
    case = make_case((make_rating("tip-offs-to-traffickers", 3, confidence=low),))
    assert [item.subjects for item in found(case, slug)] == [("tip-offs-to-traffickers",)]
    assert found(make_case((make_rating("tip-offs-to-traffickers", 2, confidence=low),)), slug) == []
    assert [item.subjects for item in found(make_case(**determined()), slug)] == [("d1",)]


def test_a_graver_word_of_a_source_is_pointed_out() -> None:
    statement = Statement(id="s1", kind=StatementKind.CONCERN, grade=ConcernGrade.ENDEMIC)
    assert len(found(make_case(core_at(0, i20=2), statements=(statement,)), "concern-grade-differs")) == 1
    assert found(make_case(core_at(0, i20=4), statements=(statement,)), "concern-grade-differs") == []
    assert found(make_case(statements=(statement,)), "concern-grade-differs") == []


# People


@pytest.mark.parametrize(
    ("text", "severity"),
    [
        ("A court convicted Aram Veluri of bribery.", Severity.WARNING),
        ("A court convicted Veluri of bribery.", Severity.NOTE),
        ("Aram Veluri was convicted.", Severity.WARNING),
        ("A court convicted a National Police officer in Examplia.", None),
        ("Examplian officers were convicted in March.", None),
        ("A court in Newtown convicted an officer.", None),  # not in the excerpt
    ],
)
def test_a_word_that_may_be_a_name_is_asked_about(text: str, severity: Severity | None) -> None:
    excerpt = "The Examplia court convicted Aram Veluri of the National Police in March."
    evidence = (Evidence(id="e1", source="src-gov", excerpt=excerpt),)
    case = make_case(sources=SOURCES, evidence=evidence, cases=(official_case(evidence=("e1",)),))
    items = found(case, "possible-name", sentence(text, "c1", state=State.GENERATED))
    assert [item.severity for item in items] == ([severity] if severity else [])


def test_what_is_protected_never_stands_in_a_text() -> None:
    secret = Source(
        id="s9",
        title="Harbor Diary",
        publisher="Shelter Nine",
        source_class=SourceClass.E,
        protection=Protection.RESTRICTED,
    )
    case = make_case(sources=(secret,), cases=(official_case(recruiter="Blue Sky Jobs", docket="K-77/23"),))
    for words in ("harbor diary", "Shelter Nine", "Blue Sky Jobs", "K-77/23"):
        (item,) = found(case, "protected-words", sentence(f"The {words} said so.", "c1", state=State.GENERATED))
        assert item.severity is (Severity.WARNING if words == "Shelter Nine" else Severity.BLOCK)
        assert words.casefold() not in item.text.casefold()
    short = make_case(sources=(replace(secret, title="Note", publisher=""),))
    assert found(short, "protected-words", sentence("Observers noted it.", state=State.GENERATED)) == []
    (item,) = found(short, "protected-words", sentence("They made a note.", state=State.GENERATED))
    assert item.severity is Severity.WARNING
    opened = make_case(sources=(replace(secret, protection=Protection.OPEN),))
    assert found(opened, "protected-words", sentence("The Harbor Diary said so.", state=State.GENERATED)) == []


def test_a_shortfall_of_the_tier_paragraph_comes_back_in_the_body() -> None:
    top = Statement(
        id="s1", kind=StatementKind.SHORTFALL, section=Section.TIER, text="showed no effort", evidence=("e-ngo",)
    )
    told = replace(
        sentence("The government showed no effort.", "s1"),
        key=SentenceKey(section=Section.TIER, family="tier-shortfalls", subjects=("s1",)),
    )
    case = make_case(statements=(top,), **SEEN)
    (check,) = found(case, "shortfall-only-at-top", told)
    assert (check.severity, check.subjects) == (Severity.NOTE, ("s1",))
    body = replace(sentence("No judge was trained.", "s2"), basis=Basis(facts=("s2",), evidence=("e-ngo",)))
    assert found(case, "shortfall-only-at-top", told, body) == []


def test_a_changed_record_is_pointed_out() -> None:
    edited = sentence("Police took bribes.", "a1", generated_text="Police took a bribe.")
    assert found(make_case(), "record-changed", edited) == []
    changed = replace(edited, suggestion="Police reportedly took bribes.")
    assert texts(make_case(), "record-changed", changed) == [
        "The record behind “Police took bribes.” has changed: compare it with the new suggestion."
    ]
    (check,) = found(make_case(), "record-changed", replace(changed, cause=Cause.WORDING))
    assert check.severity is Severity.NOTE
    assert check.text == (
        "The house style now words “Police took bribes.” in another way; the record is as it was. Compare the two."
    )
    assert texts(make_case(), "record-changed", replace(edited, is_orphan=True)) == [
        "Nothing on record supports “Police took bribes.” any more: settle it by hand."
    ]


# All together


def test_what_blocks_comes_first_and_keys_stay() -> None:
    case = make_case({"tip-offs-to-traffickers": 2}, statistics=(statistic(CountKind.EXACT, 2, evidence=()),))
    spoken = (sentence("Police took bribes.", "a-carry-1"), sentence("Courts are slow.", state=State.HANDWRITTEN))
    first, second = run(case, derive(case), spoken), run(case, derive(case), spoken)
    assert first == second
    severities = [item.severity for item in first]
    assert severities == sorted(severities, key=list(Severity).index)
    keys = [(item.check, item.subjects, item.sentence) for item in first]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize("path", sorted(DEMO.glob("*.json")), ids=lambda path: path.stem)
def test_nothing_blocks_in_the_demo_files(path: Path) -> None:
    record = interchange.read(path.read_bytes())
    result = engine.run(Case(record=record, country=COUNTRY, framework=framework(), wording=wording()))
    assert [item for item in result.checks if item.severity is Severity.BLOCK] == []


def test_each_check_says_its_matter_in_a_sentence() -> None:
    assert len(CHECKS) == 25
    case = make_case(core_at(0, i24=RatingState.NOT_ASSESSED))
    for item in run(make_case(), derive(make_case()), ()):
        assert item.text.endswith(".")
    assert run(case, derive(case), ()) == ()
