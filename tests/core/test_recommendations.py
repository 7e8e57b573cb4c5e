"""Recommendations: what sets each one off, their order and its reasons, their words and their basis."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessments.core import interchange
from assessments.core.findings import derive
from assessments.core.recommendations import rank
from assessments.core.sheets import (
    Allegation,
    Commitment,
    Measure,
    OfficialCase,
    OfficialGroup,
    Proceeding,
    Statistic,
    Trend,
)
from assessments.core.types import Case, Decision, PastPeriod, RankedRecommendation
from assessments.core.values import (
    CaseStatus,
    CommitmentStatus,
    Count,
    CountKind,
    MeasureKind,
    MeasureStage,
    RatingState,
    Stage,
    TraffickingLink,
    TrendDirection,
)
from tests.core.factories import (
    CARRYING,
    COUNTRY,
    EVIDENCE,
    SOURCES,
    by_code,
    core_at,
    determined,
    framework,
    make_case,
    wording,
)

GUARDS = (OfficialGroup(role="border guard", agency="Border Service", rank="junior"),)
ALLEGATION = Allegation(id="a1", officials=GUARDS, acts=("accept-bribe",), evidence=("e-ngo",))
SEEN: dict[str, Any] = {"sources": SOURCES, "evidence": EVIDENCE}


def ranked(case: Case) -> tuple[RankedRecommendation, ...]:
    return rank(case, derive(case))


def codes(case: Case, *, top: bool | None = None) -> list[str]:
    items = [item for item in ranked(case) if not item.for_others]
    return [item.id for item in items if top is None or item.is_top is top]


def one(case: Case, code: str) -> RankedRecommendation:
    return next(item for item in ranked(case) if item.id == code)


def silent(kind: CountKind) -> tuple[Statistic, ...]:
    return (Statistic(id="f1", stage=Stage.CONVICTION, count=Count(kind=kind)),)


# Facts alone


def test_nothing_recorded_gives_no_recommendation() -> None:
    assert ranked(make_case()) == ()


@pytest.mark.parametrize(
    ("fields", "trigger"),
    [
        ({"allegations": (ALLEGATION,)}, "One allegation against officials is on record."),
        ({"cases": (OfficialCase(id="c1", officials=GUARDS),)}, "One case against officials is on record."),
        ({"statistics": silent(CountKind.NOT_REPORTED)}, "The government did not report convictions of officials."),
        ({"statistics": silent(CountKind.REPORTED_ZERO)}, "The government reported no convictions of officials."),
    ],
)
def test_facts_alone_ask_for_accountability(fields: dict[str, Any], trigger: str) -> None:
    (item,) = ranked(make_case(**fields))
    assert (item.id, item.merged, item.rank, item.is_top) == ("R1", ("T1",), 1, True)
    assert trigger in item.trigger
    assert item.basis.facts


def test_a_figure_that_is_unknown_asks_for_nothing() -> None:
    assert ranked(make_case(statistics=silent(CountKind.UNKNOWN))) == ()


def test_smuggling_and_charges_against_opponents_ask_for_nothing() -> None:
    smuggling = replace(ALLEGATION, link=TraffickingLink.SMUGGLING)
    political = OfficialCase(id="c1", officials=GUARDS, acts=("target-political-opponents",))
    assert ranked(make_case(allegations=(smuggling,), cases=(political,), **SEEN)) == ()


def test_a_state_without_level_never_sets_anything_off() -> None:
    states = dict.fromkeys((item.slug for item in framework().indicators), RatingState.NOT_ASSESSED)
    assert ranked(make_case(states, incidents=False)) == ()


# Order


def test_the_practice_ends_before_anything_else() -> None:
    case = make_case(**determined("pof-forced-labor", sector="agriculture"), allegations=(ALLEGATION,))
    assert codes(case)[:2] == ["P2", "R1"]
    assert one(case, "P2").text == (
        "End quotas, orders and penalties that compel labor in agriculture, and repeal the provisions that allow them; "
        "let independent monitors into every place of such work without restriction."
    )
    assert one(case, "P2").basis.decisions == ("d1",)
    assert one(case, "R1").reason == (
        "Comes right after the end of the practice, since complicity is on record: Policy or pattern of forced labor "
        "by sector (I12) is at level 4 (1 or higher)."
    )


@pytest.mark.parametrize(
    ("factor", "code"),
    [
        ("pof-trafficking", "P1"),
        ("pof-government-funded-programs", "P1"),
        ("pof-forced-labor", "P2"),
        ("pof-child-soldiers", "P3"),
        ("pof-sexual-slavery", "P4"),
    ],
)
def test_each_determination_has_its_stop_item(factor: str, code: str) -> None:
    assert codes(make_case(**determined(factor)))[0] == code
    assert code not in codes(make_case(**determined(factor, approved=False)))


def test_child_soldiers_come_first_without_a_determination() -> None:
    case = make_case(by_code({"I14": 1}))
    assert codes(case)[:2] == ["P3", "R1"]
    assert one(case, "P3").text == (
        "Cease recruitment and use of children by government forces and the groups they support, release those held, "
        "and provide protection and reintegration support."
    )


def test_low_concern_without_a_gap_does_not_put_accountability_first() -> None:
    case = make_case(core_at(0, 5, i20=1, i08=4, i40=1), measures=(LAW,))
    assert codes(case, top=True) == ["R11", "R1"]
    assert one(case, "R1").reason == (
        "Offered by the size of its gap, since concern is low and accountability shows no gap: Two "
        "allegations against officials are on record."
    )


LAW = Measure(
    id="m1",
    kind=MeasureKind.LAW,
    text="drafted a law on the protection of witnesses",
    stage=MeasureStage.DRAFT,
    indicator="safe-reporting-and-whistleblowing",
)


@pytest.mark.parametrize("changes", [{"i20": 2}, {"i20": 1, "i03": 2}])
def test_accountability_goes_first_with_concern_or_a_gap(changes: dict[str, int]) -> None:
    assert codes(make_case(core_at(0, 5, i08=4, i40=0, **changes), measures=(LAW,)))[0] == "R1"


def test_the_others_follow_by_gap_and_ties_in_seed_order() -> None:
    levels = {"I20": 2, "I31": 2, "I35": 0, "I36": 1, "I40": 1, "I34": 1, "I39": 3}
    assert codes(make_case(by_code(levels), incidents=False)) == ["R1", "R6", "R4", "R7", "R11", "R2"]


def test_obstruction_goes_first_among_equals() -> None:
    equal = by_code({"I24": 1, "I31": 2, "I36": 2})
    assert codes(make_case(equal))[-2:] == ["R2", "R7"]
    tied = make_case(by_code({"I23": 2, "I41": 2, "I37": 2}), incidents=False)
    assert codes(tied) == ["R1", "R5", "R8", "R7", "R11"]
    exact = make_case(by_code({"I19": 2, "I23": 2}), incidents=False)
    assert codes(exact) == ["R1", "R7", "R11", "R8", "R10"]


def test_at_most_eight_stand_at_the_top() -> None:
    response = [
        item.slug for item in framework().indicators if item.group in {"prevention-institutions", "commitments"}
    ]
    measures = tuple(replace(LAW, id=f"m{place}", indicator=slug) for place, slug in enumerate(response))
    case = make_case(dict.fromkeys(response, 2) | by_code({"I20": 3}), measures=measures)
    items = [item for item in ranked(case) if not item.for_others]
    assert len(items) == 11
    assert [item.is_top for item in items] == [True] * 8 + [False] * 3
    assert [item.rank for item in ranked(case)] == list(range(1, len(ranked(case)) + 1))


def test_an_institutional_item_needs_a_fact_of_this_country_to_reach_the_top() -> None:
    levels = by_code({"I40": 1})
    bare = one(make_case(levels, incidents=False), "R11")
    assert not bare.is_top
    assert bare.reason == (
        "Placed by its gap of 3.75 on a scale of 5: Safe reporting and whistleblowing (I40) is at level 1 "
        "(2 or lower). Stands under further recommendations, since no recorded fact names a specific law, channel, "
        "case, or partner."
    )
    filled = one(make_case(levels, incidents=False, measures=(LAW,)), "R11")
    assert (filled.is_top, filled.basis.facts, filled.basis.ratings) == (
        True,
        ("m1",),
        ("safe-reporting-and-whistleblowing",),
    )
    assert filled.text == (
        "Increase efforts to support civil society, survivors and media in reporting corrupt practices related to "
        "trafficking, with anonymous channels and whistleblower protection, carrying through what began when the "
        "government drafted a law on the protection of witnesses."
    )


def test_an_instrument_not_joined_fills_the_item_on_conventions() -> None:
    commitment = Commitment(id="k1", instrument="untoc", status=CommitmentStatus.SIGNATORY)
    case = make_case(by_code({"I42": 1}), incidents=False, commitments=(commitment,))
    assert one(case, "R5").text.endswith(
        "and become a party to the UN Convention against Transnational Organized Crime."
    )
    joined = replace(commitment, status=CommitmentStatus.PARTY)
    assert not one(make_case(by_code({"I42": 1}), incidents=False, commitments=(joined,)), "R5").is_top


# Words


@pytest.mark.parametrize(
    ("levels", "trend", "opening"),
    [
        (core_at(0, 3, i24=2), TrendDirection.ROSE, "Continue to increase efforts to investigate"),
        (core_at(0, 3, i24=2), TrendDirection.FELL, "Increase efforts to investigate"),
        (core_at(0, 3, i24=2), None, "Increase efforts to investigate"),
        (core_at(0, 1, i24=2), TrendDirection.ROSE, "Significantly increase efforts to investigate"),
        (core_at(0, 3, i25=2), TrendDirection.ROSE, "Respecting due process, continue to increase efforts to"),
        (core_at(0, 3, i27=2), None, "Respecting due process, increase efforts to investigate"),
    ],
)
def test_gap_and_trend_choose_the_opening(levels: Any, trend: TrendDirection | None, opening: str) -> None:
    decision = Decision(trends=(Trend(direction=trend),) if trend else ())
    assert one(make_case(levels, decision=decision), "R1").text.startswith(opening)


def test_the_accountability_line_names_the_officials_on_record() -> None:
    mayor = OfficialGroup(role="village mayor", rank="mid")
    vague = OfficialGroup(role="official")
    cases = (OfficialCase(id="c1", officials=(mayor, vague)),)
    item = one(make_case(cases=cases, allegations=(ALLEGATION,)), "R1")
    assert item.text == (
        "Increase efforts to investigate and prosecute trafficking crimes, including those of complicit officials such "
        "as village mayors and border guards, and seek adequate penalties, with significant prison terms, for those "
        "convicted."
    )
    assert item.basis.facts == ("c1", "a1")


def test_the_standing_item_stands_alone_where_nothing_else_is_on_record() -> None:
    (item,) = ranked(make_case(by_code({"I24": 1}), incidents=False))
    assert (item.id, item.merged) == ("T1", ())
    assert item.text == (
        "Increase efforts to hold complicit officials accountable and to ensure that officials take no part in "
        "trafficking."
    )


def test_an_open_case_fills_the_financial_item() -> None:
    case = OfficialCase(
        id="c1",
        officials=(OfficialGroup(role="village mayor"),),
        acts=("accept-bribe",),
        proceedings=(Proceeding(stage=Stage.TRIAL, status=CaseStatus.NO_PROGRESS),),
    )
    found = one(make_case(by_code({"I33": 0}), incidents=False, cases=(case,)), "R3")
    assert found.text.startswith("Run financial investigations into")
    assert found.text.endswith(", including in the cases still open against village mayors.")


def test_repetition_is_noted() -> None:
    history = tuple(PastPeriod(report_year=year, recommendations=("R1",)) for year in (2023, 2022, 2020))
    assert one(make_case(allegations=(ALLEGATION,), history=history), "R1").reason.endswith(
        "Recommended for the third year."
    )


def test_items_for_others_stand_apart() -> None:
    case = make_case(by_code({"I40": 1}), incidents=False, measures=(LAW,))
    item = ranked(case)[-1]
    assert (item.id, item.for_others, item.is_top) == ("R11-others", True, False)
    assert item.addressees == ("civil-society", "survivors", "media", "donors")
    assert one(case, "R11").addressees == ("government",)


# Real cases

DEMO = Path(__file__).parents[2] / "fixtures" / "demo"
ENDS_FIRST = {"2022-eritrea": "P1", "2022-turkmenistan": "P2", "2021-drc": "P3"}


@pytest.mark.parametrize("path", sorted(DEMO.glob("*.json")), ids=lambda path: path.stem)
def test_in_every_demo_case_accountability_or_the_end_of_the_practice_leads(path: Path) -> None:
    record = interchange.read(path.read_bytes())
    items = ranked(Case(record=record, country=COUNTRY, framework=framework(), wording=wording()))
    expected = [ENDS_FIRST[path.stem], "R1"] if path.stem in ENDS_FIRST else ["R1"]
    assert [item.id for item in items][: len(expected)] == expected
    assert all(item.is_top for item in items[: len(expected)])


# What holds whatever is recorded

slugs = [item.slug for item in framework().indicators if not item.parts]
answers = st.dictionaries(st.sampled_from(slugs), st.integers(0, 4), max_size=14)


@settings(max_examples=60, deadline=None)
@given(answers, st.booleans(), st.booleans())
def test_every_item_has_a_reason_a_trigger_and_a_basis(levels: dict[str, int], facts: bool, gate: bool) -> None:
    fields: dict[str, Any] = determined() if gate else {}
    fields["allegations"] = (*CARRYING, ALLEGATION) if facts else ()
    found = ranked(make_case(levels, **(SEEN | fields)))
    for item in found:
        assert item.text.endswith(".")
        assert item.reason
        assert item.trigger
        assert not item.basis.is_empty
        assert "{" not in item.text
    ids = [item.id for item in found]
    assert len(ids) == len(set(ids))
    assert [item.rank for item in found] == list(range(1, len(found) + 1))


@settings(max_examples=40, deadline=None)
@given(answers, st.randoms(use_true_random=False))
def test_the_order_of_records_changes_no_rank(levels: dict[str, int], random: Any) -> None:
    case = make_case(levels, allegations=(*CARRYING, ALLEGATION))
    ratings = list(case.record.ratings)
    random.shuffle(ratings)
    record = replace(case.record, ratings=tuple(ratings), allegations=tuple(reversed(case.record.allegations)))
    other = Case(record=record, country=case.country, framework=case.framework, wording=case.wording)
    assert ranked(other) == ranked(case)
