"""What one sentence says the next does not say again: sources, agencies, reasons, turns (records unlike the demo)."""

from typing import Any

import pytest

from assessments.core.drafting import draft
from assessments.core.findings import derive
from assessments.core.sheets import Allegation, OfficialGroup, PolicyElement, Statement, Statistic
from assessments.core.types import Decision
from assessments.core.values import (
    ONE,
    ConcernGrade,
    Count,
    CountKind,
    EffectStrength,
    Response,
    Section,
    Stage,
    StatementKind,
    Tier,
)
from tests.core.drafting.test_reads_well import counted, sentences, told
from tests.core.factories import EVIDENCE, SOURCES, make_case

UNKNOWN = Count(kind=CountKind.UNKNOWN)


def effect(ref: str, topic: str, evidence: str, **fields: Any) -> Statement:
    return Statement(
        id=ref,
        kind=StatementKind.EFFECT,
        topics=(topic,),
        effects=("enforcement",),
        strength=EffectStrength.HINDERED,
        evidence=(evidence,),
        **fields,
    )


def test_what_one_source_fears_stands_side_by_side() -> None:
    found = told(
        statements=(
            effect("s1", "judicial-corruption", "e-ngo"),
            effect("s2", "weak-courts", "e-gov", unattributed=True),
            effect("s3", "general-corruption", "e-ngo"),
        )
    )
    assert found == [
        (
            "An NGO reported that judicial corruption hindered law enforcement efforts and that corruption hindered "
            "law enforcement efforts."
        ),
        "Weak courts affected law enforcement efforts.",
    ]


def test_three_concerns_are_a_list_with_its_commas() -> None:
    topics = ("judicial-corruption", "weak-courts", "general-corruption")
    (text,) = told(statements=tuple(effect(f"s{place}", topic, "e-ngo") for place, topic in enumerate(topics)))
    assert text.count(", that ") == 1
    assert text.count(", and that ") == 1


@pytest.mark.parametrize(("persists", "verb"), [(False, "as were"), (True, "as did")])
def test_two_concerns_of_several_things_take_turns(persists: bool, verb: str) -> None:
    topics = ("graft in ports and airports", "delays and threats")
    own = tuple(
        Statement(
            id=f"s{place}",
            kind=StatementKind.CONCERN,
            topic=topic,
            persists=persists,
            unattributed=True,
            evidence=("e-gov",),
        )
        for place, topic in enumerate(topics)
    )
    (text,) = told(statements=own)
    assert text.endswith(f" a concern, {verb} delays and threats.")


def test_a_paragraph_turns_once() -> None:
    concern = Statement(
        id="s1",
        kind=StatementKind.CONCERN,
        section=Section.TIER,
        grade=ConcernGrade.SERIOUS,
        unattributed=True,
        evidence=("e-gov",),
    )
    shortfall = Statement(
        id="s2",
        kind=StatementKind.SHORTFALL,
        section=Section.TIER,
        observations=("no-effort",),
        unattributed=True,
        evidence=("e-gov",),
    )
    credit = Statistic(id="f", stage=Stage.CONVICTION, count=ONE, evidence=("e-gov",))
    case = make_case(
        statements=(concern, shortfall),
        statistics=(credit,),
        decision=Decision(tier=Tier.TWO),
        sources=SOURCES,
        evidence=EVIDENCE,
    )
    tier = [item.text for item in draft(case, derive(case)).sentences if item.key.section is Section.TIER]
    assert sum("However, " in text for text in tier) == 1
    assert any("However, " in text for text in tier[2:3])


@pytest.mark.parametrize(
    ("fields", "text"),
    [
        (
            {"places": "on tea estates"},
            "Under a levy act, the government compelled settlers to work on tea estates.",
        ),
        ({}, "The government compelled settlers to work under a levy act."),
    ],
)
def test_the_law_goes_first_where_more_follows(fields: dict[str, Any], text: str) -> None:
    element = PolicyElement(
        id="p", factor="pof-forced-labor", groups="settlers", legal_basis="a levy act", evidence=("e-gov",), **fields
    )
    assert told(elements=(element,)) == [text]


def test_the_law_stays_within_what_a_source_says() -> None:
    element = PolicyElement(
        id="p",
        factor="pof-forced-labor",
        groups="settlers",
        legal_basis="a levy act",
        places="on tea estates",
        evidence=("e-un",),
    )
    (text,) = told(elements=(element,))
    assert text.startswith("An international organization reported that the government compelled settlers ")
    assert text.endswith(" under a levy act.")


@pytest.mark.parametrize(
    ("words", "end"),
    [
        (
            "dismissing them as gossip",
            " without an inquiry and dismissed them as gossip.",
        ),
        ("in a public letter", " without an inquiry, in a public letter."),
    ],
)
def test_what_authorities_did_besides_is_effortas_done(words: str, end: str) -> None:
    allegation = Allegation(
        id="a",
        acts=("accept-bribe",),
        officials=(OfficialGroup(role="harbor master"),),
        response=Response.DENIED,
        response_text=words,
        evidence=("e-ngo",),
    )
    (text,) = told(allegations=(allegation,))
    assert text.endswith(end)


@pytest.mark.parametrize(
    ("role", "agency", "said"),
    [
        ("customs officer", "Customs Service of Lyra", "two officers from the Customs Service of Lyra"),
        ("customs officer", "Port Authority", "two customs officers from the Port Authority"),
        ("forest warden", "Forest Service of Lyra", "two forest wardens from the Forest Service of Lyra"),
    ],
)
def test_an_agency_that_names_the_kind_of_officer_names_it_alone(role: str, agency: str, said: str) -> None:
    allegation = Allegation(
        id="a",
        acts=("accept-bribe",),
        officials=(OfficialGroup(role=role, agency=agency, count=counted(2)),),
        evidence=("e-ngo",),
    )
    assert told(allegations=(allegation,)) == [f"An NGO reported that {said} accepted bribes."]


def test_one_reason_for_several_gaps_is_given_once() -> None:
    gaps = tuple(
        Statistic(id=ref, stage=stage, count=UNKNOWN, gap_reason="a flood in the archive", evidence=("e-gov",))
        for ref, stage in (("a", Stage.CONVICTION), ("b", Stage.TRIAL))
    )
    (sentence,) = sentences(statistics=gaps)
    assert sentence.text == (
        "A flood in the archive limited the information available on prosecutions and convictions of officials."
    )
    assert sentence.key.subjects == ("a", "b")


def test_how_many_a_practice_concerned_comes_behind_how_it_was_done() -> None:
    element = PolicyElement(
        id="p",
        factor="pof-trafficking",
        conduct="sent settlers to tea estates",
        means=("kept papers",),
        scale=counted(300),
        scale_noun="families",
        purpose="a harvest festival",
        verified_by="a labor union",
        evidence=("e-gov",),
    )
    assert told(elements=(element,)) == [
        (
            "The government sent settlers to tea estates through kept papers, which the government presented as a "
            "harvest festival, affecting 300 families, as verified by a labor union."
        )
    ]


def test_a_scope_that_names_a_part_is_set_off() -> None:
    figure = Statistic(
        id="f", stage=Stage.TRIAL, count=counted(4), scope="including three at the senior level", evidence=("e-gov",)
    )
    assert told(statistics=(figure,)) == [
        (
            "The government reported prosecuting four officials for alleged complicity in trafficking, including three "
            "at the senior level."
        )
    ]


def test_several_figures_of_one_step_are_one_effort_in_the_tier_paragraph() -> None:
    figures = tuple(
        Statistic(id=ref, stage=stage, count=counted(value), jurisdiction=where, evidence=("e-gov",))
        for ref, stage, value, where in (
            ("a", Stage.CONVICTION, 2, "in the north"),
            ("b", Stage.CONVICTION, 1, "in the south"),
            ("c", Stage.TRIAL, 5, ""),
        )
    )
    case = make_case(statistics=figures, decision=Decision(tier=Tier.TWO), sources=SOURCES, evidence=EVIDENCE)
    effort = next(item for item in draft(case, derive(case)).sentences if item.pattern == "NP-11")
    assert effort.text == (
        "These efforts included convicting complicit officials and prosecuting five allegedly complicit officials."
    )
    assert set(effort.basis.facts) == {"a", "b", "c"}
