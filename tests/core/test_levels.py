"""The concern and accountability levels: every line of the method's section on scoring, and what must hold always."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessments.core.levels import accountability_level, concern_level, effective_level
from assessments.core.sheets import DataRequest, OfficialCase, OfficialGroup, Statistic
from assessments.core.types import Case, Derived, Rating
from assessments.core.values import (
    STATISTIC_STAGES,
    AttributionLevel,
    Confidence,
    Count,
    CountKind,
    PolicyKind,
    RatingState,
)
from frameworks.spec.base import Direction
from tests.core.factories import (
    ALL_EVIDENCE,
    CARRYING,
    SECOND,
    by_code,
    core_at,
    determined,
    framework,
    make_case,
    make_rating,
)

LOW = Confidence.LOW
REQUEST = DataRequest(
    id="q1",
    asked_on="2023-05",
    addressee="Ministry of Justice",
    items="Cases against officials",
    capacity="Keeps a register",
    presumption_proposed=True,
    presumption_approved_by=(SECOND,),
)


def rated(**levels: Any) -> tuple[Rating, ...]:
    """Return complete ratings by code; a pair is a level and a confidence."""
    answers = by_code({code: level for code, level in levels.items() if not isinstance(level, tuple)})
    found = [make_rating(key, level) for key, level in answers.items()]
    for code, pair in levels.items():
        if isinstance(pair, tuple):
            found.append(make_rating(framework().by_code(code.upper()).slug, pair[0], confidence=pair[1]))
    return tuple(found)


def accountability(case: Case) -> Derived:
    return accountability_level(case, concern_level(case))


def rules(derived: Derived) -> list[str]:
    return [step.rule for step in derived.steps if step.applied]


# Concern level


@pytest.mark.parametrize(
    ("levels", "expected", "higher"),
    [
        ({"i20": 3, "i24": 1}, 3, False),  # a maximum, never a mean
        ({"i20": 1, "i15": 1, "i16": 1, "i24": 4}, 4, False),  # one severe answer among mild ones
        ({"i20": 5}, 4, False),  # level 5 outside G2 counts as 4
        ({"i10": 5}, 3, False),  # policy or pattern without determination counts as 3
        ({"i20": (3, LOW)}, 2, True),  # one less on low confidence alone
        ({"i20": (1, LOW)}, 1, False),  # but at least 1
        ({"i20": (4, LOW), "i24": 2}, 3, True),
        ({"i20": (3, LOW), "i24": 3}, 3, False),
        ({"i20": (0, LOW), "i24": (2, LOW)}, 1, True),
        ({"i31": 0, "i41": 0, "i01": 0}, None, False),  # no response scale enters
        ({"i20": 0}, None, False),  # nothing above 0, and core indicators open
    ],
)
def test_concern_is_the_highest_level_that_counts(levels: dict[str, Any], expected: int | None, higher: bool) -> None:
    derived = concern_level(make_case(rated(**levels)))
    assert (derived.level, derived.may_be_higher) == (expected, higher)


def test_concern_is_zero_only_with_every_core_indicator_answered() -> None:
    assert concern_level(make_case(core_at(0))).level == 0
    assert concern_level(make_case(core_at(0, i28=RatingState.NOT_APPLICABLE))).level == 0
    for state in (RatingState.NOT_ASSESSED, RatingState.INSUFFICIENT):
        derived = concern_level(make_case(core_at(0, i28=state)))
        assert (derived.level, derived.low, derived.high) == (None, 0, 4)


def test_an_open_sector_keeps_concern_unknown() -> None:
    answers = core_at(0)
    del answers["pof-forced-labor/mining"]
    assert concern_level(make_case(answers)).level is None


@pytest.mark.parametrize("kind", list(PolicyKind))
def test_a_determination_sets_five_whatever_else_is_rated(kind: PolicyKind) -> None:
    derived = concern_level(make_case(core_at(0), **determined("pof-trafficking", kind=kind)))
    assert (derived.level, derived.basis, derived.low, derived.high) == (5, ("d1",), 5, 5)
    assert derived.steps[0].text == "An approved determination of policy or pattern (trafficking) sets the level to 5."


def test_a_determination_without_two_approvers_sets_nothing() -> None:
    fields = determined("pof-trafficking", approved=False)
    derived = concern_level(make_case({"pof-trafficking": 5}, **fields))
    assert (derived.level, derived.steps[0].text) == (
        3,
        "Policy or pattern of trafficking (I10) is proposed at level 5; until two people approve it counts as 3.",
    )


@pytest.mark.parametrize(("kind", "level"), [("policy", 5), ("pattern", 4), ("policy-or-pattern", 4)])
def test_the_kind_of_a_determination_decides_its_level(kind: str, level: int) -> None:
    fields = determined("pof-trafficking", kind=PolicyKind(kind))
    assert effective_level(make_case(**fields), "pof-trafficking") == level


def test_the_sectors_of_forced_labor_are_their_maximum() -> None:
    case = make_case({"pof-forced-labor/agriculture": 2, "pof-forced-labor/mining": 1})
    assert effective_level(case, "pof-forced-labor") == 2
    assert concern_level(case).basis == ("pof-forced-labor/agriculture",)


@pytest.mark.parametrize("code", ["i21", "i22", "i26", "i30"])
def test_some_indicators_count_only_as_far_as_officials_took_part(code: str) -> None:
    ratings = rated(**{code: 3})
    assert concern_level(make_case(ratings)).level == 3
    private = tuple(replace(one, officials=(), attribution_level=AttributionLevel.INDIVIDUAL) for one in CARRYING)
    derived = concern_level(make_case(ratings, allegations=private, evidence=make_case(ratings).record.evidence))
    assert (derived.level, rules(derived)[0]) == (None, "official-involvement-needed")
    name = framework().by_code(code.upper()).title
    assert derived.steps[0].text.startswith(f"{name} ({code.upper()}) is at level 3; incidents with an official")
    assert effective_level(make_case(ratings, allegations=private), ratings[0].indicator) == 3  # its own line stays


def test_one_incident_supports_one_level() -> None:
    one = (
        replace(CARRYING[0], officials=(OfficialGroup(role="police officer"),), evidence=("e-ngo",)),
        replace(CARRYING[1], officials=(), evidence=ALL_EVIDENCE),
    )
    derived = concern_level(make_case(rated(i30=3), allegations=one))
    assert derived.level == 1


# Accountability level

SEVEN = ("i01", "i02", "i03", "i04", "i05", "i06", "i07")


@pytest.mark.parametrize(
    ("levels", "expected", "caps"),
    [
        ((2, 2, 3), 2, ()),
        ((1, 4), 1, ()),
        ((5, 5, 5, 5, 5, 5, 2), 5, ()),
        ((3, 4, 5), 4, ()),
        ((5,), 5, ()),
        ((5, 5, 5, 5, 5, 5, 1), 3, ("accountability-cap-senior",)),
        ((1, 1, 1, 1, 1, 1, 0), 1, ()),  # the cap holds but does not lower
    ],
)
def test_accountability_is_the_lower_median_with_caps(
    levels: tuple[int, ...], expected: int, caps: tuple[str, ...]
) -> None:
    answers = dict(zip(SEVEN, levels, strict=False))
    derived = accountability(make_case(rated(i20=2, **answers)))
    assert (derived.level, derived.caps) == (expected, caps)


@pytest.mark.parametrize(("concern", "convictions", "expected"), [(3, 0, 2), (2, 0, 4), (3, 1, 4), (4, 0, 2)])
def test_no_conviction_caps_accountability_where_concern_is_serious(
    concern: int, convictions: int, expected: int
) -> None:
    ratings = rated(i20=concern, i01=4, i02=4, i03=convictions, i04=4, i05=4)
    derived = accountability(make_case(ratings))
    assert derived.level == expected
    assert derived.caps == (("accountability-cap-no-conviction",) if expected == 2 else ())


def test_accountability_is_not_rated_where_there_is_nothing_to_respond_to() -> None:
    derived = accountability(make_case(core_at(0, 3)))
    assert (derived.level, rules(derived)) == (None, ["no-known-cases"])


def test_accountability_is_not_rated_where_no_indicator_is() -> None:
    derived = accountability(make_case(rated(i20=2)))
    assert (derived.level, derived.low, derived.high) == (None, 0, 5)


def test_the_presumption_sets_three_indicators_to_zero_and_says_so() -> None:
    case = make_case(rated(i20=2, i01=4, i04=4), requests=(REQUEST,))
    derived = accountability(case)
    assert (derived.level, derived.basis[:3]) == (
        0,
        ("officials-investigated", "officials-prosecuted", "officials-convicted-and-sentenced"),
    )
    assert derived.steps[0].text == (
        "Presumed: no data came after a reasonable request, so I01, I02, and I03 are set to 0 (108(b)(7))."
    )


def test_laws_and_plans_move_no_level() -> None:
    with_laws = make_case(rated(i20=2, i01=2, **dict.fromkeys(("i31", "i38", "i40", "i41"), 4)))
    without = make_case(rated(i20=2, i01=2))
    for level in (concern_level, accountability):
        assert level(with_laws) == level(without)


@pytest.mark.parametrize("kind", [CountKind.NOT_REPORTED, CountKind.REPORTED_ZERO, CountKind.UNKNOWN])
def test_silence_and_zero_move_no_level(kind: CountKind) -> None:
    """Only the statutory presumption turns silence into a level, and never into concern."""
    ratings = rated(i20=2, i01=3)
    statistics = tuple(
        Statistic(id=f"f{place}", stage=stage, count=Count(kind=kind)) for place, stage in enumerate(STATISTIC_STAGES)
    )
    silent, plain = make_case(ratings, statistics=statistics), make_case(ratings)
    assert concern_level(silent) == concern_level(plain)
    assert accountability(silent) == accountability(plain)


def test_numbers_of_cases_move_no_level() -> None:
    """A rise in cases may mean more enforcement: raw counts are shown, never scored."""
    ratings = rated(i20=2, i01=3)
    many = tuple(
        Statistic(id=f"f{place}", stage=stage, count=Count(kind=CountKind.EXACT, value=500))
        for place, stage in enumerate(STATISTIC_STAGES)
    )
    cases = tuple(OfficialCase(id=f"c{place}", officials=CARRYING[0].officials) for place in range(20))
    with_facts, plain = make_case(ratings, statistics=many, cases=cases), make_case(ratings)
    assert concern_level(with_facts) == concern_level(plain)
    assert accountability(with_facts) == accountability(plain)


def test_bounds_say_what_missing_answers_could_change() -> None:
    derived = accountability(make_case(rated(i20=2, i01=2, i02=2, i03=2)))
    assert (derived.low, derived.level, derived.high) == (0, 2, 5)
    complete = accountability(make_case(core_at(0, 3, i20=2)))
    assert (complete.low, complete.level, complete.high) == (3, 3, 3)


def test_worked_example_of_the_narrative_style() -> None:
    """Tip-offs at 2 and accountability at 3 where nobody senior is involved: CL 2, AL 3."""
    case = make_case(core_at(0, 3, i24=2, i20=1, i07=RatingState.NOT_APPLICABLE))
    assert (concern_level(case).level, accountability(case).level) == (2, 3)


# What holds whatever is recorded

CONCERN_KEYS = tuple(
    f"{item.slug}/{part}" if part else item.slug
    for item in framework().indicators
    if item.direction is Direction.CONCERN
    for part in item.parts or ("",)
)
RESPONSES = framework().set("accountability-level")
concern_answers = st.dictionaries(st.sampled_from(CONCERN_KEYS), st.integers(0, 5), max_size=10)
response_answers = st.dictionaries(st.sampled_from(RESPONSES), st.integers(0, 5), max_size=7)
quick = settings(max_examples=60, deadline=None)


def number(level: int | None) -> int:
    return -1 if level is None else level


@quick
@given(concern_answers, st.sampled_from(CONCERN_KEYS), st.integers(0, 4), st.booleans())
def test_concern_never_falls_when_an_answer_rises(
    answers: dict[str, int], key: str, level: int, with_determination: bool
) -> None:
    fields = determined("pof-trafficking") if with_determination else {}
    before = concern_level(make_case(answers | {key: level}, **fields))
    after = concern_level(make_case(answers | {key: level + 1}, **fields))
    assert number(after.level) >= number(before.level)


@quick
@given(concern_answers)
def test_the_most_severe_answer_is_never_averaged_away(answers: dict[str, int]) -> None:
    highest = max((min(level, 3 if key.startswith("pof-") else 4) for key, level in answers.items()), default=0)
    assert number(concern_level(make_case(answers)).level) == (highest or -1)


@quick
@given(response_answers, st.integers(1, 4))
def test_a_cap_never_raises_accountability(answers: dict[str, int], concern: int) -> None:
    base = {"bribery-influence-and-abuse-of-functions": concern}
    uncapped = {key: level for key, level in answers.items() if key != "senior-officials-reached"}
    free = accountability(make_case(base | uncapped | {"senior-officials-reached": 2}))
    capped = accountability(make_case(base | uncapped | {"senior-officials-reached": 1}))
    assert number(capped.level) <= number(free.level)
    assert number(capped.level) <= 3


@quick
@given(concern_answers | response_answers, st.randoms(use_true_random=False))
def test_the_order_of_records_changes_nothing(answers: dict[str, int], random: Any) -> None:
    ratings = [make_rating(key, level) for key, level in answers.items()]
    case = make_case(ratings)
    random.shuffle(ratings)
    record = replace(
        case.record,
        ratings=tuple(ratings),
        evidence=tuple(reversed(case.record.evidence)),
        allegations=tuple(reversed(case.record.allegations)),
    )
    other = Case(record=record, country=case.country, framework=case.framework, wording=case.wording)
    assert concern_level(other) == concern_level(case)
    assert accountability(other) == accountability(case)


@quick
@given(concern_answers, response_answers, st.sampled_from((*CONCERN_KEYS, *RESPONSES)), st.integers(1, 5))
def test_an_incomplete_answer_changes_no_level(
    concern: dict[str, int], response: dict[str, int], key: str, level: int
) -> None:
    ratings = [make_rating(name, value) for name, value in (concern | response).items() if name != key]
    without, unfinished = make_case(ratings), make_rating(key, level, evidence=())
    with_it = make_case([*ratings, unfinished])
    assert concern_level(with_it).level == concern_level(without).level
    assert accountability(with_it).level == accountability(without).level
