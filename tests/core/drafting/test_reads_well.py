"""Sentences side by side: none opens as the one before it does, and nothing is told twice (records unlike the demo)."""

import re
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from assessments.core import drafting, findings
from assessments.core.mechanical import Change, classify
from assessments.core.sheets import (
    Allegation,
    OfficialCase,
    OfficialGroup,
    PolicyElement,
    Proceeding,
    Sanction,
    Statement,
    Statistic,
)
from assessments.core.types import AssessmentRecord, Case, Sentence
from assessments.core.values import (
    ONE,
    CaseStatus,
    Count,
    CountKind,
    Defendants,
    EffectStrength,
    PeriodRelation,
    Response,
    SanctionKind,
    Section,
    Stage,
    StatementKind,
    StatuteType,
)
from frameworks.spec.wording import CompiledWording
from tests.core.drafting.realistic import realistic
from tests.core.drafting.test_any_record import drafted
from tests.core.factories import EVIDENCE, SOURCES, make_case

SLOW = settings(
    max_examples=25, deadline=None, suppress_health_check=list(HealthCheck), phases=[Phase.explicit, Phase.generate]
)
SPEAKING = re.compile(r"(?:noted|reported|alleged|stated|described|suggested)\b")


def sentences(**fields: Any) -> tuple[Sentence, ...]:
    case = make_case(**({"sources": SOURCES, "evidence": EVIDENCE} | fields))
    return drafting.draft(case, findings.derive(case)).sentences


def told(**fields: Any) -> list[str]:
    return [item.text for item in sentences(**fields)]


def counted(value: int) -> Count:
    return Count(kind=CountKind.EXACT, value=value)


SOME = Count(kind=CountKind.SOME)


def group(role: str, count: Count = ONE, **fields: Any) -> OfficialGroup:
    return OfficialGroup(role=role, count=count, **fields)


def figure(ref: str, stage: Stage, count: Count, **fields: Any) -> Statistic:
    return Statistic(id=ref, stage=stage, count=count, evidence=("e-gov",), **fields)


def case_of(ref: str, step: Proceeding, **fields: Any) -> OfficialCase:
    defaults: dict[str, Any] = {"officials": (group("harbor master"),), "evidence": ("e-gov",)}
    return OfficialCase(id=ref, proceedings=(step,), **(defaults | fields))


def test_a_speaker_of_a_concern_goes_on_with_the_allegations() -> None:
    concern = Statement(
        id="s",
        kind=StatementKind.EFFECT,
        effects=("enforcement",),
        strength=EffectStrength.HINDERED,
        evidence=("e-ngo",),
    )
    allegations = tuple(
        Allegation(id=ref, acts=(act,), officials=(group(role, SOME),), date=date, evidence=("e-ngo",))
        for ref, act, role, date in (
            ("a", "accept-bribe", "judge", "2023-05"),
            ("b", "accept-bribe", "warden", "2023-06"),
            ("c", "accept-bribe", "mayor", "2023-07"),
        )
    )
    found = told(statements=(concern,), allegations=allegations)
    assert [text.split(" that")[0] for text in found] == [
        "An NGO reported",
        "An NGO also reported",
        "In addition, an NGO reported",
        "An NGO also reported",
    ]


def test_no_three_sentences_in_a_row_open_with_one_speaker() -> None:
    allegations = tuple(
        Allegation(id=f"a{number}", acts=("accept-bribe",), officials=(group(role, SOME),), date=f"2023-0{number}",
                   evidence=("e-ngo",))
        for number, role in enumerate(("judge", "warden", "mayor", "clerk", "guard", "captain"), start=1)
    )  # fmt: skip
    found = [text.split(" that")[0] for text in told(allegations=allegations)]
    assert found == [
        "An NGO reported",
        "An NGO also reported",
        "In addition, an NGO reported",
        "An NGO also reported",
        "An NGO further reported",
        "In addition, an NGO reported",
    ]


def test_a_wording_stored_before_these_words_still_drafts() -> None:
    """An installation may hold a version that was loaded without them; it says "further", and all in full."""
    allegations = tuple(
        Allegation(id=ref, acts=("accept-bribe",), officials=(group(ref, SOME),), date=date, evidence=("e-ngo",))
        for ref, date in (("judge", "2023-05"), ("warden", "2023-06"), ("mayor", "2023-07"))
    )
    figures = (
        figure("f1", Stage.INVESTIGATION, Count(kind=CountKind.TOOK_PLACE)),
        figure("f2", Stage.CONVICTION, Count(kind=CountKind.REPORTED_ZERO)),
    )
    case = make_case(sources=SOURCES, evidence=EVIDENCE, allegations=allegations, statistics=figures)
    spec = case.wording.spec
    again = {name: word for name, word in spec.words["again"].items() if name in ("second", "third")}
    older = CompiledWording(spec.model_copy(update={"words": {**spec.words, "again": again}}))
    before = Case(record=case.record, country=case.country, framework=case.framework, wording=older)
    found = [item.text for item in drafting.draft(before, findings.derive(before)).sentences]
    assert "The government also reported that it did not convict any officials for complicity in trafficking." in found
    assert any(text.startswith("An NGO further reported") for text in found)


@pytest.mark.parametrize(
    ("scope", "stage", "expected"),
    [
        ("", Stage.CONVICTION, "The government also reported that it did not convict any officials for complicity."),
        (
            "",
            Stage.ARREST,
            "The government also reported investigating officials for alleged complicity but did not provide figures.",
        ),
        (
            "over the border case of 2015",
            Stage.CONVICTION,
            "The government also reported that it did not convict any officials for complicity in trafficking.",
        ),
    ],
)
def test_complicity_is_said_in_full_once_unless_the_first_was_of_one_case(
    scope: str, stage: Stage, expected: str
) -> None:
    found = told(
        statistics=(
            figure("f1", Stage.INVESTIGATION, Count(kind=CountKind.TOOK_PLACE), scope=scope),
            figure("f2", stage, Count(kind=CountKind.REPORTED_ZERO)),
        )
    )
    assert sorted(found, key=lambda text: "also" in text)[-1] == expected


def test_a_speaker_starts_anew_where_another_spoke_or_another_section_begins() -> None:
    allegations = (
        Allegation(id="a", acts=("accept-bribe",), officials=(group("judge", SOME),), evidence=("e-ngo",)),
        Allegation(
            id="b", acts=("extort-sex-from-persons-in-care",), officials=(group("warden", SOME),), evidence=("e-ngo",)
        ),
    )
    found = sentences(allegations=allegations)
    assert [item.key.section for item in found] == [Section.PROSECUTION, Section.PROTECTION]
    assert [item.text.startswith("An NGO reported") for item in found] == [True, True]


def test_the_government_goes_on_reporting() -> None:
    assert told(
        statistics=(
            figure("f1", Stage.INVESTIGATION, Count(kind=CountKind.TOOK_PLACE)),
            figure("f2", Stage.CONVICTION, Count(kind=CountKind.REPORTED_ZERO)),
        )
    ) == [
        (
            "The government reported investigating officials for alleged complicity in trafficking but did not provide "
            "figures."
        ),
        "The government also reported that it did not convict any officials for complicity.",
    ]


def test_authorities_act_where_the_sentence_before_named_the_government() -> None:
    silent = figure("f", Stage.TRIAL, Count(kind=CountKind.NOT_REPORTED))
    limit = Statement(
        id="s",
        kind=StatementKind.LIMIT,
        observations=("general-figures-only",),
        unattributed=True,
        evidence=("e-gov",),
    )
    assert told(statistics=(silent,), statements=(limit,))[-1] == (
        "Authorities provided general figures without details of the cases."
    )
    assert told(statements=(limit,)) == ["The government provided general figures without details of the cases."]


def test_recorded_words_keep_their_subject() -> None:
    silent = figure("f", Stage.TRIAL, Count(kind=CountKind.NOT_REPORTED))
    own = Statement(
        id="s", kind=StatementKind.SHORTFALL, text="was slow to open its files", unattributed=True, evidence=("e-gov",)
    )
    assert told(statistics=(silent,), statements=(own,))[-1] == "The government was slow to open its files."


def test_a_date_that_two_cases_share_is_not_said_twice_alike() -> None:
    cases = tuple(
        case_of(
            ref,
            Proceeding(stage=stage, date="2022", statute=StatuteType.TRAFFICKING),
            relation=PeriodRelation.CONTINUED,
        )
        for ref, stage in (("a", Stage.CONVICTION), ("b", Stage.ACQUITTAL))
    )
    assert [text.split(" a court")[0] for text in told(cases=cases)] == ["In 2022,", "Also in 2022,"]


@pytest.mark.parametrize(
    ("opened", "opening"),
    [
        (None, "In a case carried over from an earlier period and still pending at the end of the reporting period, "),
        ("2019", "In a case opened in 2019 and still pending at the end of the reporting period, "),
    ],
)
def test_a_case_carried_over_is_told_by_where_it_stands(opened: str | None, opening: str) -> None:
    step = Proceeding(stage=Stage.TRIAL, status=CaseStatus.PENDING)
    case = case_of("c", step, relation=PeriodRelation.CONTINUED, opened=opened, acts=("accept-bribe",))
    assert told(cases=(case,)) == [f"{opening}authorities prosecuted a harbor master for allegedly accepting bribes."]


def test_what_a_source_says_of_a_case_stays_its_word() -> None:
    step = Proceeding(stage=Stage.TRIAL, status=CaseStatus.PENDING, evidence=("e-ngo",))
    case = case_of("c", step, relation=PeriodRelation.CONTINUED, opened="2019", evidence=("e-ngo",))
    (text,) = told(cases=(case,))
    assert "still pending" not in text
    assert text.endswith("; the case remained pending at the end of the reporting period.")


def test_figures_on_officials_stand_together_before_the_concerns() -> None:
    unfinished = figure(
        "f2",
        Stage.INVESTIGATION,
        Count(kind=CountKind.REPORTED_ZERO),
        unit="investigations",
        finished=True,
        cohort_from=2020,
        cohort_to=2021,
        stated_by_government=False,
    )
    concern = Statement(id="s", kind=StatementKind.CONCERN, unattributed=True, evidence=("e-gov",))
    figures = (figure("f1", Stage.TRIAL, counted(2)), unfinished)
    assert [text.split()[0] for text in told(statistics=figures, statements=(concern,))] == [
        "The",
        "Authorities",
        "Official",
    ]


def test_the_one_case_of_a_figure_is_told_in_its_sentence() -> None:
    step = Proceeding(
        stage=Stage.CHARGE, charge="visa fraud", statute=StatuteType.IMMIGRATION, status=CaseStatus.PENDING
    )
    case = case_of("c", step, counted_in="f", officials=(group("consul", counted(2), former=True),))
    (sentence,) = sentences(statistics=(figure("f", Stage.CHARGE, counted(2)),), cases=(case,))
    assert sentence.text == (
        "The government reported charging two former consuls with visa fraud under immigration laws; the case remained "
        "pending at the end of the reporting period."
    )
    assert sentence.key.subjects == ("f",)
    assert set(sentence.basis.facts) == {"f", "c"}


@pytest.mark.parametrize(
    ("change", "lead"),
    [
        ({"previous": counted(5)}, "The government reported charging one official over alleged complicity"),
        ({"scope": "in the capital"}, "The government reported charging one official over alleged complicity"),
    ],
)
def test_a_figure_that_is_compared_or_limited_stands_by_itself(change: dict[str, Any], lead: str) -> None:
    case = case_of("c", Proceeding(stage=Stage.CHARGE, charge="fraud"), counted_in="f")
    found = told(statistics=(figure("f", Stage.CHARGE, ONE, **change),), cases=(case,))
    assert found[0].startswith(lead)
    assert found[1] == "Prosecutors charged the official, a harbor master, with fraud."


def test_what_others_say_of_a_case_is_not_put_into_the_mouth_of_the_government() -> None:
    step = Proceeding(stage=Stage.CHARGE, charge="fraud", evidence=("e-ngo",))
    case = case_of("c", step, counted_in="f", evidence=("e-ngo",))
    found = told(statistics=(figure("f", Stage.CHARGE, ONE),), cases=(case,))
    assert found == [
        "The government reported charging one official over alleged complicity in trafficking.",
        "An NGO reported that prosecutors charged the official, a harbor master, with fraud.",
    ]


def test_a_measure_in_office_is_named_instead_of_its_kind() -> None:
    step = Proceeding(stage=Stage.ADMINISTRATIVE, sanctions=(Sanction(kind=SanctionKind.DEMOTION),))
    case = case_of("c", step, counted_in="f", officials=(group("coast guard officer", counted(3)),))
    assert told(statistics=(figure("f", Stage.ADMINISTRATIVE, counted(3)),), cases=(case,)) == [
        "The government reported demoting three coast guard officers over alleged complicity in trafficking."
    ]


def test_a_sentence_that_a_figure_tells_is_not_told_twice() -> None:
    steps = (
        Proceeding(stage=Stage.CONVICTION, statute=StatuteType.TRAFFICKING),
        Proceeding(stage=Stage.SENTENCE, sanctions=(Sanction(kind=SanctionKind.LIFE),)),
    )
    case = OfficialCase(
        id="c", officials=(group("prison governor"),), proceedings=steps, counted_in="f", evidence=("e-gov",)
    )
    total = figure(
        "f",
        Stage.SENTENCE,
        counted(4),
        about=Defendants.EVERYONE,
        of_total=counted(9),
        of_total_noun="people convicted",
        sanction=SanctionKind.LIFE,
        stated_by_government=False,
    )
    assert told(statistics=(total,), cases=(case,)) == [
        "A court convicted a prison governor of trafficking.",
        "A court sentenced four of the nine people convicted to life imprisonment, including the prison governor.",
    ]
    (alone,) = told(cases=(case,))
    assert alone.endswith(" and sentenced the governor to life imprisonment.")


def test_an_agency_named_before_in_the_sentence_is_not_named_again() -> None:
    allegations = tuple(
        Allegation(
            id=ref,
            text=words,
            officials=(group("inspector", counted(number), agency="Port Authority of Lyra"),),
            evidence=("e-ngo",),
        )
        for ref, words, number in (("a", "taking bribes", 2), ("b", "selling passports", 5))
    )
    assert told(allegations=allegations) == [
        (
            "An NGO reported that two inspectors from the Port Authority of Lyra took bribes and that five inspectors "
            "from the same authority sold passports."
        )
    ]


def test_what_a_long_allegation_led_to_is_a_sentence_of_its_own() -> None:
    fields: dict[str, Any] = {
        "id": "a",
        "officials": (group("labor inspector", SOME),),
        "effects": ("enforcement",),
        "results": ("impunity",),
        "response": Response.NONE_REPORTED,
        "evidence": ("e-un",),
    }
    short = told(allegations=(Allegation(acts=("tip-off-raid",), **fields),))
    assert len(short) == 1
    long = told(
        allegations=(
            Allegation(
                acts=("tip-off-raid",),
                place="along the river in the two provinces where most of the brick kilns stand",
                motive="to keep the yearly fees that the owners of the kilns had paid them since the spring",
                **fields,
            ),
        )
    )
    assert [text.split(" some")[0] for text in long] == [
        "An international organization credibly reported that",
        (
            "According to an international organization, this affected law enforcement efforts, so that traffickers "
            "acted with impunity."
        ),
        "The government did not report any action in response.",
    ]


@pytest.mark.parametrize(
    ("scales", "text"),
    [
        (
            (12, 30, 2),
            "the army recruited or used 12 children; a militia supported by the government, 30; and the navy, two.",
        ),
        (
            (12, 30),
            "the army recruited or used 12 children, and a militia supported by the government, 30.",
        ),
        (
            (None, None),
            "the army and a militia supported by the government recruited or used children.",
        ),
        (
            (12, None),
            (
                "the army recruited or used 12 children, and a militia, which the government supported, recruited or "
                "used children."
            ),
        ),
    ],
)
def test_forces_share_the_verb(scales: tuple[int | None, ...], text: str) -> None:
    forces = (("the army", False), ("a militia", True), ("the navy", False))
    elements = tuple(
        PolicyElement(
            id=f"p{place}",
            factor="pof-child-soldiers",
            force=force,
            force_allied=is_allied,
            scale=None if scale is None else counted(scale),
            evidence=("e-un",),
        )
        for place, (scale, (force, is_allied)) in enumerate(zip(scales, forces, strict=False))
    )
    assert told(elements=elements) == [f"An international organization reported that {text}"]


@SLOW
@given(realistic())
def test_no_speaker_opens_two_sentences_alike(record: AssessmentRecord) -> None:
    found = drafted(record).sentences
    for before, after in pairwise(found):
        if before.key.section is not after.key.section:
            continue
        first, second = (SPEAKING.split(item.text, maxsplit=1) for item in (before, after))
        if len(first) > 1 and len(second) > 1 and len(first[0].split()) < 4:
            assert first[0] != second[0] or "repeatedly" in second[0], (before.text, after.text)
    for three in zip(found, found[1:], found[2:], strict=False):
        if len({item.key.section for item in three}) == 1:
            starts = [SPEAKING.split(item.text, maxsplit=1) for item in three]
            openings = [start[0].removesuffix(" also").removesuffix(" further") for start in starts if len(start) > 1]
            assert len(openings) < 3 or len(set(openings)) > 1, [item.text for item in three]


@pytest.mark.parametrize(
    ("alone", "behind"),
    [
        ("Observers reported that judges took bribes.", "Observers also reported that judges took bribes."),
        ("Observers also reported that judges took bribes.", "Observers further reported that judges took bribes."),
        ("Observers reported that judges took bribes.", "In addition, observers reported that judges took bribes."),
        (
            "Observers further reported that judges took bribes.",
            "In addition, observers reported that judges took bribes.",
        ),
        (
            "It did not convict any officials for complicity in trafficking.",
            "It did not convict any officials for complicity.",
        ),
        ("In 2014, a court convicted a mayor.", "Also in 2014, a court convicted a mayor."),
        ("The government refused monitors.", "Authorities refused monitors."),
    ],
)
def test_what_a_neighbor_alone_changes_is_mechanical(alone: str, behind: str) -> None:
    assert classify(alone, behind) is Change.MECHANICAL
