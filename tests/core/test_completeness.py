"""Which answers do not count yet, and the words that say what they need."""

from dataclasses import replace
from typing import Any

import pytest

from assessments.core.completeness import incomplete
from assessments.core.levels import effective_level
from assessments.core.sheets import Allegation, DataRequest, Evidence, OfficialGroup, SearchNote, Source
from assessments.core.types import Endorsement, PastPeriod, PastRating, Rating
from assessments.core.values import Confidence, Credibility, RatingState, SourceClass, TraffickingLink
from tests.core.factories import (
    ALL_EVIDENCE,
    CARRYING,
    EVIDENCE,
    RATER,
    SECOND,
    SOURCES,
    determined,
    make_case,
    make_rating,
)

TIPS, BRIBES, INVESTIGATED = (
    "tip-offs-to-traffickers",
    "bribery-influence-and-abuse-of-functions",
    "officials-investigated",
)
SPREAD = "needs three items from two source classes, covering two agencies, regions or periods; "
NGO = Source(id="s1", title="A report", source_class=SourceClass.D)
GOVERNMENT = Source(id="s2", title="A reply", source_class=SourceClass.C)


def needs(*ratings: Rating, **fields: Any) -> dict[str, tuple[str, ...]]:
    return {item.key: item.needs for item in incomplete(make_case(ratings, **fields))}


def item(ref: str, source: str = "s1", **changes: Any) -> Evidence:
    return Evidence(id=ref, source=source, credibility=Credibility.PROBABLE, **changes)


@pytest.mark.parametrize("level", range(6))
def test_a_full_answer_needs_nothing(level: int) -> None:
    assert needs(make_rating(TIPS, level), make_rating(INVESTIGATED, level)) == {}


def test_level_two_says_what_it_needs_and_what_it_has() -> None:
    rating = make_rating(TIPS, 2, evidence=("e1",))
    assert needs(rating, sources=(NGO,), evidence=(item("e1"),), incidents=False) == {
        TIPS: (
            "needs two independent sources, or one official or judicial record; has one source of class civil society",
        )
    }


@pytest.mark.parametrize(
    ("evidence", "enough"),
    [
        ((item("e1"), item("e2", "s2")), True),  # two sources
        ((item("e1"), item("e2")), False),  # one source counts once
        ((item("e1", origin="wire"), item("e2", "s2", origin="wire")), False),  # one origin counts once
        ((item("e1", "s2", official_record=True),), True),  # one official record
        ((item("e1"), replace(item("e2", "s2"), credibility=Credibility.DOUBTFUL)), False),  # not credible
        ((item("e1"), replace(item("e2", "s2"), set_aside="superseded")), False),  # set aside
    ],
)
def test_independence_and_records(evidence: tuple[Evidence, ...], enough: bool) -> None:
    rating = make_rating(TIPS, 2, evidence=tuple(one.id for one in evidence))
    found = needs(rating, sources=(NGO, GOVERNMENT), evidence=evidence, incidents=False)
    assert (found == {}) is enough


def test_who_speaks_overrides_the_class_of_the_source() -> None:
    evidence = (item("e1"), item("e2", source_class=SourceClass.G, origin="as cited in"), item("e3", origin="press"))
    allegations = tuple(replace(one, evidence=("e1", "e2", "e3")) for one in CARRYING)
    rating = make_rating(TIPS, 3, evidence=("e1", "e2", "e3"))
    fields = {"sources": (NGO,), "allegations": allegations}
    assert needs(rating, evidence=evidence, **fields) == {}
    same_class = tuple(replace(one, source_class=None) for one in evidence)
    assert needs(rating, evidence=same_class, **fields) == {
        TIPS: (SPREAD + "has three sources of class civil society",)
    }


def test_level_three_needs_a_spread() -> None:
    assert needs(make_rating(TIPS, 3), allegations=CARRYING[:1]) == {
        TIPS: (
            SPREAD + "has three sources of classes assessed government, civil society, and international organization",
        )
    }


def test_level_zero_needs_a_search_note_that_serves_the_indicator() -> None:
    rating = make_rating(TIPS, 0, evidence=())
    wanting = {TIPS: ("needs a search note with the sources searched; has no evidence",)}
    assert needs(rating, search_notes=()) == wanting
    assert needs(rating, search_notes=(SearchNote(id="n", searched="Press", indicators=(BRIBES,)),)) == wanting
    assert needs(rating, search_notes=(SearchNote(id="n", searched="Press", indicators=(TIPS,)),)) == {}
    assert needs(rating, search_notes=(SearchNote(id="n", searched="Press"),)) == {}


@pytest.mark.parametrize("state", [RatingState.NOT_APPLICABLE, RatingState.NOT_ASSESSED, RatingState.INSUFFICIENT])
def test_a_state_needs_a_reason(state: RatingState) -> None:
    assert needs(make_rating(TIPS, state)) == {}
    assert needs(make_rating(TIPS, state, reason=" ")) == {TIPS: (f"needs a reason for “{state.label}”",)}


def test_a_state_is_refused_where_it_means_nothing() -> None:
    assert needs(make_rating(TIPS, RatingState.NO_REQUEST_MADE)) == {
        TIPS: ("needs another answer: “no request made” cannot be said here",)
    }


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"rationale": ""}, "needs a rationale, as every concern level of 3 does"),
        ({"confidence": None}, "needs a confidence: high, moderate or low"),
    ],
)
def test_level_three_needs_a_rationale_and_a_confidence(changes: dict[str, Any], expected: str) -> None:
    assert needs(make_rating(TIPS, 3, **changes)) == {TIPS: (expected,)}


def test_low_confidence_needs_a_rationale() -> None:
    rating = make_rating(TIPS, 1, confidence=Confidence.LOW, rationale="")
    assert needs(rating) == {TIPS: ("needs a rationale, since confidence is low",)}
    assert needs(replace(rating, confidence=Confidence.HIGH)) == {}


def test_a_changed_level_needs_a_reason() -> None:
    past = PastPeriod(report_year=2023, ratings=(PastRating(indicator=TIPS, state=RatingState.RATED, level=1),))
    older = PastPeriod(report_year=2022, ratings=(PastRating(indicator=TIPS, state=RatingState.RATED, level=4),))
    rating = make_rating(TIPS, 2, reason="")
    assert needs(rating, history=(older, past)) == {
        TIPS: ("needs a reason for the change: the level was 1 in the period before",)
    }
    assert needs(rating, history=(older,)) == {}


@pytest.mark.parametrize(
    ("level", "people", "expected"),
    [
        (4, (), "needs the endorsement of one other person"),
        (4, (RATER,), "needs the endorsement of one other person"),
        (5, (SECOND,), "needs the endorsement of one other person"),
        (5, (), "needs the endorsement of two other people"),
        (4, (SECOND,), None),
    ],
)
def test_levels_four_and_five_are_endorsed(level: int, people: tuple[str, ...], expected: str | None) -> None:
    given = tuple(Endorsement(indicator=BRIBES, level=level, endorsed_by=person) for person in people)
    found = needs(make_rating(BRIBES, level), endorsements=given)
    assert found == ({BRIBES: (expected,)} if expected else {})


def test_an_endorsement_of_another_level_does_not_count() -> None:
    given = (Endorsement(indicator=BRIBES, level=5, endorsed_by=SECOND),)
    assert needs(make_rating(BRIBES, 4), endorsements=given) == {BRIBES: ("needs the endorsement of one other person",)}


def test_response_levels_need_no_endorsement() -> None:
    assert needs(make_rating(INVESTIGATED, 5), endorsements=()) == {}


@pytest.mark.parametrize(("level", "counts_as"), [(3, 3), (4, 3), (5, 3)])
def test_policy_or_pattern_counts_as_three_until_determined(level: int, counts_as: int) -> None:
    case = make_case({"pof-trafficking": level})
    assert (incomplete(case), effective_level(case, "pof-trafficking")) == ((), counts_as)


@pytest.mark.parametrize(
    ("sector", "level"), [(None, 5), ("agriculture", 5), ("mining", 4)]
)  # one for the whole factor, one for this sector, one for another sector
def test_a_determination_lifts_the_limit_of_its_sector(sector: str | None, level: int) -> None:
    fields = determined("pof-forced-labor", sector=sector)
    case = make_case({"pof-forced-labor/agriculture": 5}, **fields)
    assert effective_level(case, "pof-forced-labor") == level


def test_a_determination_says_what_it_needs() -> None:
    fields = determined(approved=False)
    lacking = "needs the approval of two people other than the proposer"
    assert needs(**fields) == {"d1": (lacking,)}
    fields["determinations"] = (replace(fields["determinations"][0], approved_by=(SECOND, RATER)),)
    assert needs(**fields) == {"d1": ("needs the approval of one more person other than the proposer",)}
    fields = determined() | {"elements": ()}
    assert needs(**fields) == {"d1": ("needs at least one recorded element of the policy or pattern",)}


def test_smuggling_alone_carries_nothing_and_unclear_links_carry_one() -> None:
    officials = (OfficialGroup(role="border guard"),)
    smuggling = Allegation(id="a", officials=officials, link=TraffickingLink.SMUGGLING, evidence=ALL_EVIDENCE)
    unclear = replace(smuggling, link=TraffickingLink.UNCLEAR)
    assert needs(make_rating(TIPS, 1), allegations=(smuggling,)) == {
        TIPS: ("needs one credible source; has no evidence",)
    }
    assert needs(make_rating(TIPS, 1), allegations=(unclear,)) == {}
    assert needs(make_rating(TIPS, 2), allegations=(unclear,)) == {
        TIPS: ("needs evidence tied to trafficking: incidents whose link is unclear support level 1 at most",)
    }
    assert (
        needs(make_rating(TIPS, 2), allegations=(unclear, replace(unclear, id="b", link=TraffickingLink.TRAFFICKING)))
        == {}
    )


def test_parts_are_rated_one_by_one() -> None:
    assert needs(make_rating("pof-forced-labor", 1)) == {
        "pof-forced-labor": ("needs a sector: this indicator is rated sector by sector",)
    }
    assert needs(make_rating("pof-forced-labor/fishing", 1)) == {
        "pof-forced-labor/fishing": ("needs a sector: this indicator is rated sector by sector",)
    }
    assert needs(make_rating(f"{TIPS}/mining", 1)) == {
        f"{TIPS}/mining": ("needs to be given for the whole indicator: it has no parts",)
    }


def test_a_level_beyond_the_scale_and_an_unknown_indicator() -> None:
    assert needs(make_rating("accountability-data-provided", 5), make_rating("no-such-thing", 1)) == {
        "accountability-data-provided": ("needs a level from 0 to 4",),
        "no-such-thing": ("needs to be moved: this framework version has no such indicator",),
    }


REQUEST = DataRequest(
    id="q1",
    asked_on="2023-05",
    addressee="Ministry of Justice",
    items="Investigations, prosecutions, convictions and sentences of officials",
    capacity="Keeps a case register since 2021",
    presumption_proposed=True,
    presumption_approved_by=(SECOND,),
)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, None),
        ({"asked_on": None}, "needs the day of the request"),
        ({"addressee": ""}, "needs the addressee of the request"),
        ({"items": ""}, "needs what was asked for"),
        ({"capacity": ""}, "needs a note on the government's capacity to obtain the data"),
        ({"supplied": "Totals"}, "needs to be withdrawn: data were supplied, and the presumption rests on silence"),
        ({"presumption_approved_by": ()}, "needs a reviewer's approval"),
    ],
)
def test_the_presumption_needs_a_complete_request(changes: dict[str, Any], expected: str | None) -> None:
    case = make_case({INVESTIGATED: 3}, requests=(replace(REQUEST, **changes),))
    assert {one.key: one.needs for one in incomplete(case)} == ({"q1": (expected,)} if expected else {})
    assert effective_level(case, INVESTIGATED) == (3 if expected else 0)


def test_an_incomplete_answer_is_not_rated() -> None:
    case = make_case((make_rating(TIPS, 2, evidence=()),), evidence=EVIDENCE, sources=SOURCES)
    assert effective_level(case, TIPS) is None
