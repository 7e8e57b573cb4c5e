"""Planning before wording: what is told together, what is told once, and where (narrative-style.md 1)."""

import re
from dataclasses import replace
from typing import Any

import pytest

from assessments.core import engine
from assessments.core.drafting import draft
from assessments.core.findings import derive
from assessments.core.sheets import Allegation, OfficialCase, OfficialGroup, Proceeding, Sanction, Statement, Statistic
from assessments.core.types import Decision
from assessments.core.values import (
    CaseStatus,
    ConcernGrade,
    Count,
    CountKind,
    Modality,
    SanctionKind,
    Section,
    Stage,
    StatementKind,
    Tier,
)
from tests.core.claims import NAMES, case_of
from tests.core.claims import drafted as drafted_case
from tests.core.drafting.test_sentences import drafted, exact, of, texts

LINK = "complicity in trafficking"
SOME = Count(kind=CountKind.SOME)


def case(*officials: OfficialGroup, **fields: Any) -> OfficialCase:
    return OfficialCase(
        **{
            "id": "c",
            "counted_in": "f",
            "officials": officials,
            "proceedings": (Proceeding(stage=Stage.CHARGE, charge="fraud", status=CaseStatus.PENDING),),
        }
        | fields
    )


def figure(value: int, stage: Stage = Stage.CHARGE) -> Statistic:
    return Statistic(id="f", stage=stage, count=exact(value))


def behind(value: int, *officials: OfficialGroup) -> str:
    first, second = texts(statistics=(figure(value),), cases=(case(*officials),))
    assert first.startswith("The government reported charging")
    return second.partition(";")[0]


def test_a_case_that_is_the_whole_figure_follows_it_and_names_what_is_new() -> None:
    mayor = OfficialGroup(role="mayor")
    officers = OfficialGroup(role="customs officer", agency="Port Authority", count=exact(2))
    assert behind(1, OfficialGroup(role="official")) == "Prosecutors charged the official with fraud"
    assert behind(1, mayor) == "Prosecutors charged the official, a mayor, with fraud"
    assert behind(2, officers) == (
        "Prosecutors charged the officials, customs officers from the Port Authority, with fraud"
    )
    assert behind(3, mayor, officers) == (
        "Prosecutors charged the officials, a mayor and two customs officers from the Port Authority, with fraud"
    )
    former = OfficialGroup(role="official", former=True, count=exact(2))
    assert behind(2, former) == "Prosecutors charged the two former officials with fraud"


def test_a_case_that_is_a_part_of_a_figure_says_so_where_it_stands() -> None:
    _, second = texts(statistics=(figure(4),), cases=(case(OfficialGroup(role="mayor")),))
    assert second.startswith("In one of the reported cases, prosecutors charged a mayor with fraud")


def test_what_is_new_and_still_pending_is_one_sentence() -> None:
    new = Statistic(id="f", stage=Stage.TRIAL, count=exact(7), new=exact(7))
    pending = case(
        OfficialGroup(role="official", count=exact(7)),
        proceedings=(Proceeding(stage=Stage.TRIAL, status=CaseStatus.PENDING),),
    )
    told = drafted(statistics=(new,), cases=(pending,)).sentences
    assert [item.text for item in told] == [
        f"The government reported prosecuting seven officials for alleged {LINK}.",
        "All of these prosecutions were new and remained pending at the end of the reporting period.",
    ]
    assert told[1].basis.facts == ("f", "c")


def test_two_people_sentenced_alike_are_both() -> None:
    sentenced = case(
        OfficialGroup(role="official", count=exact(2)),
        proceedings=(
            Proceeding(stage=Stage.CONVICTION),
            Proceeding(stage=Stage.SENTENCE, sanctions=(Sanction(kind=SanctionKind.LIFE),)),
        ),
    )
    assert texts(statistics=(figure(2, Stage.CONVICTION),), cases=(sentenced,))[1] == (
        "A court sentenced both officials to life imprisonment."
    )


def test_an_office_is_of_its_body_and_officers_are_from_theirs() -> None:
    people = (
        OfficialGroup(role="diplomat", count=SOME, agency="foreign ministry"),
        OfficialGroup(role="head of the consular department", agency="foreign ministry"),
    )
    (text,) = texts(cases=(case(*people, counted_in=None),))
    assert text.startswith(
        "Prosecutors charged diplomats and the head of the consular department of the foreign ministry with fraud"
    )


def test_like_people_share_their_noun() -> None:
    local, provincial = (OfficialGroup(role=f"{kind} official", count=SOME) for kind in ("local", "provincial"))
    (text,) = texts(allegations=(Allegation(id="a", acts=("accept-bribe",), officials=(local, provincial)),))
    assert text.startswith("Some local and provincial officials allegedly accepted bribes")


CONCERN = Statement(
    id="q",
    kind=StatementKind.CONCERN,
    topic="official complicity in recruitment",
    grade=ConcernGrade.SERIOUS,
    persists=True,
    scope="including at the border",
    evidence=("ngo",),
)


def tier_and_body(statement: Statement) -> tuple[str, str]:
    told = drafted(statements=(statement,), decision=Decision(tier=Tier.TWO, previous_tier=Tier.TWO)).sentences
    sections = {item.key.section: item.text for item in told if "q" in item.key.subjects}
    return sections[Section.TIER], sections[Section.PROSECUTION]


def test_the_tier_paragraph_sums_up_what_the_body_tells_in_full() -> None:
    assert tier_and_body(CONCERN) == (
        "Serious concerns about official complicity in recruitment persisted.",
        "An NGO reported that official complicity in recruitment remained a serious concern, including at the border.",
    )


def test_a_limiting_scope_stays_in_the_tier_paragraph() -> None:
    limited = replace(CONCERN, scope="at the northern border", persists=False, grade=ConcernGrade.WIDESPREAD)
    assert tier_and_body(limited)[0] == (
        "Official complicity in recruitment at the northern border was reportedly widespread."
    )


def test_no_sentence_stands_twice_in_a_narrative() -> None:
    efforts = Statistic(id="f", stage=Stage.CONVICTION, count=exact(1))
    decision = Decision(tier=Tier.TWO, previous_tier=Tier.TWO)
    told = drafted(statistics=(efforts,), statements=(CONCERN,), decision=decision).sentences
    assert len({item.text for item in told}) == len(told)
    assert any(item.text.startswith("However, serious concerns") for item in told)


def test_concerns_of_one_speaker_go_on_in_one_sentence() -> None:
    one, two = (
        Statement(id=ref, kind=StatementKind.EFFECT, topic=topic, objects=(held,), evidence=("ngo",))
        for ref, topic, held in (("q1", "corruption", "inspections"), ("q2", "fear of reprisals", "complaints"))
    )
    (sentence,) = drafted(statements=(one, two)).sentences
    assert sentence.text == (
        "An NGO reported that corruption affected inspections and that fear of reprisals affected complaints."
    )
    assert sentence.key.subjects == ("q1", "q2")


def test_concerns_of_the_office_graded_alike_share_their_verb() -> None:
    topics = ("corruption and official complicity", "the lack of political will")
    own = tuple(
        Statement(id=f"q{number}", kind=StatementKind.CONCERN, topic=topic, unattributed=True, evidence=("ngo",))
        for number, topic in enumerate(topics)
    )
    assert texts(statements=own) == [
        "Corruption and official complicity were a concern, as was the lack of political will."
    ]


def test_what_the_government_did_and_did_not_do_is_one_sentence() -> None:
    def said(ref: str, kind: StatementKind, text: str, **fields: Any) -> Statement:
        return Statement(id=ref, kind=kind, text=text, unattributed=True, modality=Modality.STATED, **fields)

    took = said("q1", StatementKind.EFFORT, "took some steps")
    missed = said("q2", StatementKind.SHORTFALL, "did not investigate the reports")
    refused = said("q3", StatementKind.SHORTFALL, "refused monitors")
    courts = said("q4", StatementKind.SHORTFALL, "acquitted most suspects", subject="courts")
    assert texts(statements=(took, missed, refused, courts)) == [
        "The government took some steps but did not investigate the reports and refused monitors.",
        "Courts acquitted most suspects.",
    ]


def test_a_speaker_goes_on_in_different_words() -> None:
    claims = tuple(
        Allegation(
            id=f"a{number}",
            text=f"{gerund} at the border and in every other office of that kind for many years and without end",
            officials=(OfficialGroup(role=f"officer of branch {number}", count=SOME),),
            setting="at a large station with many rooms and a yard behind it that nobody could see from the road",
            evidence=("ngo",),
        )
        for number, gerund in enumerate(("taking bribes", "selling passes", "hiding papers"))
    )
    starts = [text.split(" that ")[0] for text in texts(allegations=claims)]
    assert starts == ["An NGO reported", "An NGO also reported", "In addition, an NGO reported"]


def test_silence_in_the_period_before_is_never_compared() -> None:
    before = Statistic(
        id="f",
        stage=Stage.INVESTIGATION,
        count=of(CountKind.TOOK_PLACE),
        previous=of(CountKind.NOT_REPORTED),
        previous_note="no reported inquiry",
    )
    (text,) = texts(statistics=(before,))
    assert text.endswith("but did not provide figures, after no reported inquiry in the previous reporting period.")


@pytest.mark.parametrize("name", NAMES)
def test_each_section_can_be_drafted_alone(name: str) -> None:
    case = case_of(name)
    finding = derive(case)
    whole = draft(case, finding)
    for section in Section:
        alone = draft(case, finding, [section])
        assert [item.key for item in alone.sentences] == [
            item.key for item in whole.sentences if item.key.section is section
        ]
        assert {gap.section for gap in alone.gaps} <= {section}


@pytest.mark.parametrize("name", NAMES)
def test_no_sentence_of_a_trial_draft_stands_twice(name: str) -> None:
    told = [item.text for item in drafted_case(name)]
    assert len(set(told)) == len(told)


@pytest.mark.parametrize("name", NAMES)
def test_a_gap_is_for_the_working_view_and_in_no_sentence_or_item(name: str) -> None:
    result = engine.run(case_of(name))
    text = " ".join(item.text for item in (*result.draft.sentences, *result.draft.recommendations))
    assert not any(gap.text in text for gap in result.draft.gaps)
    assert not re.search(r"\b(?:rate [A-Z]\d\d|settle the link|say in words|Working note)\b", text)
