"""The finding: its category and sentence, what it rests on, its tags and its coverage."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessments.core.findings import derive, resting_on
from assessments.core.names import names
from assessments.core.sheets import Allegation, OfficialCase, OfficialGroup, Proceeding, Statistic
from assessments.core.types import Case
from assessments.core.values import CaseStatus, Count, CountKind, RatingState, Stage, TraffickingLink
from tests.core.factories import CARRYING, by_code, core_at, determined, framework, make_case

OFFICER = (OfficialGroup(role="police officer"),)


def official_case(*stages: Stage, status: CaseStatus = CaseStatus.ENDED, **fields: Any) -> OfficialCase:
    steps = tuple(Proceeding(stage=stage, status=status) for stage in stages)
    return OfficialCase(id="c1", officials=OFFICER, proceedings=steps, **fields)


@pytest.mark.parametrize(
    ("concern", "response", "category"),
    [
        (3, 0, "serious-concerns-low-accountability"),
        (3, 1, "serious-concerns-low-accountability"),
        (4, 2, "serious-concerns-some-accountability"),
        (3, 3, "serious-concerns-some-accountability"),
        (3, 4, "serious-concerns-high-accountability"),
        (2, 2, "some-concerns-low-accountability"),
        (1, 0, "some-concerns-low-accountability"),
        (2, 3, "some-concerns-high-accountability"),
        (0, 3, "no-credible-information"),
    ],
)
def test_category_follows_the_two_levels(concern: int, response: int, category: str) -> None:
    assert derive(make_case(core_at(0, response, i20=concern))).category == category


def test_serious_concerns_stay_serious_where_accountability_is_not_rated() -> None:
    unrated = dict.fromkeys(("i01", "i02", "i03", "i04", "i05", "i06", "i07"), RatingState.NO_KNOWN_CASES)
    found = derive(make_case(core_at(0, i20=3, **unrated)))
    assert (found.category, found.accountability.level) == ("serious-concerns-accountability-not-rated", None)


def test_the_sentence_names_both_levels_and_what_set_them() -> None:
    found = derive(make_case(core_at(0, 4, i20=3, i03=0, i01=2)))
    assert found.explanation == (
        "Concern is at level 3, set by Bribery, influence and abuse of functions (I20); accountability is at level 2, "
        "set by Officials convicted and sentenced (I03)."
    )


def test_low_coverage_is_insufficient_information_unless_the_gate_applies() -> None:
    found = derive(make_case(by_code({"I20": 4})))
    assert (found.category, found.concern.level, found.coverage) == ("insufficient-information", 4, 4)
    found = derive(make_case(**determined()))
    assert (found.category, found.concern.level) == ("policy-or-pattern", 5)


@pytest.mark.parametrize(("open_", "category"), [(5, "no-credible"), (6, "insufficient")])
def test_coverage_of_80_percent_is_enough(open_: int, category: str) -> None:
    codes = ["i01", "i02", "i03", "i04", "i05", "i06"][:open_]
    found = derive(make_case(core_at(0, 3, **dict.fromkeys(codes, RatingState.NOT_ASSESSED))))
    assert (found.coverage, found.core_answered) == ((25 - open_) * 4, 25)
    assert found.category.startswith(category)


@pytest.mark.parametrize(
    ("state", "code", "covered"),
    [
        (RatingState.NOT_APPLICABLE, "i28", 100),
        (RatingState.NO_KNOWN_CASES, "i01", 100),
        (RatingState.NOT_ASSESSED, "i28", 96),
        (RatingState.INSUFFICIENT, "i28", 96),
        (RatingState.NO_REQUEST_MADE, "i08", 96),
    ],
)
def test_states_cover_or_do_not(state: RatingState, code: str, covered: int) -> None:
    assert derive(make_case(core_at(1, **{code: state}))).coverage == covered


@pytest.mark.parametrize(
    ("levels", "tags"),
    [
        ({"I20": 3}, ()),
        ({"I24": 1}, ()),
        ({"I24": 2}, ("obstruction",)),
        ({"I27": 2}, ("obstruction",)),
        ({"I20": 3, "I24": 3, "I28": 3}, ("obstruction", "broad")),
        ({"I15": 3, "I16": 3, "I20": 3}, ()),  # one group only
        ({"I15": 1, "I24": 1, "I28": 1}, ()),  # below the level of the tag
        ({"I20": 5}, ("attributable",)),
        ({"I10": 4}, ("determination-pending",)),
    ],
)
def test_tags(levels: dict[str, int], tags: tuple[str, ...]) -> None:
    assert derive(make_case(by_code(levels))).tags == tags


ALLEGED = Allegation(id="a1", officials=OFFICER)


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, ""),
        ({"allegations": (ALLEGED,)}, "allegations"),
        ({"allegations": (replace(ALLEGED, link=TraffickingLink.SMUGGLING),)}, ""),
        ({"cases": (official_case(Stage.INVESTIGATION),)}, "proceedings"),
        ({"cases": (official_case(Stage.TRIAL, Stage.CONVICTION),)}, "final judgments"),
        ({"cases": (official_case(Stage.CONVICTION, Stage.APPEAL),)}, "proceedings"),
        ({"cases": (official_case(Stage.CONVICTION, status=CaseStatus.ON_APPEAL),)}, "proceedings"),
        ({"cases": (official_case(Stage.CONVICTION, Stage.REVERSAL),)}, "proceedings"),
        ({"cases": (official_case(Stage.CONVICTION, acts=("target-political-opponents",)),)}, ""),
        (
            {"statistics": (Statistic(id="f", stage=Stage.CONVICTION, count=Count(kind=CountKind.EXACT, value=2)),)},
            "final judgments",
        ),
        ({"statistics": (Statistic(id="f", stage=Stage.CONVICTION, count=Count(kind=CountKind.REPORTED_ZERO)),)}, ""),
    ],
)
def test_resting_on_is_the_gravest_stage_on_record(fields: dict[str, Any], expected: str) -> None:
    assert resting_on(make_case(**fields)) == expected


def test_groups_have_lines_of_their_own() -> None:
    levels = derive(make_case(core_at(0, 3, i20=2, i24=1))).group_levels
    assert (levels["corruption-forms"], levels["obstruction-selective"], levels["accountability"]) == (2, 1, 3)
    assert levels["commitments"] is None


@pytest.mark.parametrize(
    "case", [make_case(), make_case(core_at(0, 3, i20=2)), make_case(**determined())], ids=["empty", "rated", "gate"]
)
def test_every_name_of_the_vocabulary_is_supplied(case: Case) -> None:
    supplied = names(case, derive(case))
    assert supplied.keys() == framework().names.keys()
    for name, derived in framework().names.items():
        if derived.choices and supplied[name] is not None:
            assert supplied[name] in derived.choices


def test_names_carry_what_is_recorded() -> None:
    statistics = (Statistic(id="f1", stage=Stage.CONVICTION, count=Count(kind=CountKind.NOT_REPORTED)),)
    cross_border = (replace(CARRYING[0], countries=("XBB",)), CARRYING[1])
    case = make_case(by_code({"I24": 2, "I01": 1}), statistics=statistics, allegations=cross_border)
    found = names(case, derive(case))
    expected = {
        "level.tip-offs-to-traffickers": 2,
        "state.tip-offs-to-traffickers": "rated",
        "level.officials-prosecuted": None,
        "state.officials-prosecuted": None,
        "group_max.obstruction-selective": 2,
        "statistic.conviction.kind": "not-reported",
        "statistic.trial.kind": None,
        "credible_allegations": 2,
        "transnational_incident_at_2": True,
        "financial_investigation_recorded": False,
        "act.tip-off-raid": 1,
        "act.give-bribe": 0,
        "tag.obstruction": True,
    }
    assert {name: found[name] for name in expected} == expected


@settings(max_examples=40, deadline=None)
@given(st.dictionaries(st.sampled_from([item.slug for item in framework().indicators]), st.integers(0, 4), max_size=12))
def test_derive_is_deterministic(levels: dict[str, int]) -> None:
    assert derive(make_case(levels)) == derive(make_case(levels))
