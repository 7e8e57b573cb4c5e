"""Records quite unlike the trial cases, and what their drafts say: no more than is on record, and no less readable."""

from typing import Any

import pytest

from assessments.core import drafting, findings, recommendations
from assessments.core.sheets import (
    Allegation,
    Evidence,
    Measure,
    OfficialCase,
    OfficialGroup,
    PolicyElement,
    Proceeding,
    Sanction,
    Source,
    Statement,
    Statistic,
)
from assessments.core.values import (
    ONE,
    CaseStatus,
    Count,
    CountKind,
    Credibility,
    Deployment,
    MeasureKind,
    MeasureStage,
    Response,
    SanctionKind,
    Section,
    SourceClass,
    Stage,
    StatementKind,
)
from tests.core.factories import EVIDENCE, SOURCES, make_case


def said(**fields: Any) -> list[str]:
    """Return the sentences of a record with the usual three sources."""
    case = make_case(**({"sources": SOURCES, "evidence": EVIDENCE} | fields))
    return [sentence.text for sentence in drafting.draft(case, findings.derive(case)).sentences]


def counted(value: int) -> Count:
    return Count(kind=CountKind.EXACT, value=value)


def group(role: str, count: Count = ONE, **fields: Any) -> OfficialGroup:
    return OfficialGroup(role=role, count=count, **fields)


def silent(stage: Stage) -> Statistic:
    return Statistic(id=f"f-{stage.value}", stage=stage, count=Count(kind=CountKind.NOT_REPORTED), evidence=("e-gov",))


def test_a_country_with_nothing_but_a_zero_says_that_and_nothing_else() -> None:
    zero = Statistic(id="f", stage=Stage.CONVICTION, count=Count(kind=CountKind.REPORTED_ZERO), evidence=("e-gov",))
    told = "The government reported that it did not convict any officials for complicity in trafficking."
    assert said(statistics=(zero,)) == [told]


def test_not_reported_everywhere_is_one_sentence_on_the_steps_that_come_first() -> None:
    case = make_case(statistics=tuple(silent(stage) for stage in Stage), sources=SOURCES, evidence=EVIDENCE)
    (sentence,) = drafting.draft(case, findings.derive(case)).sentences
    assert sentence.text == (
        "The government did not report arresting, investigating, prosecuting, convicting, or taking administrative "
        "action against officials for complicity in trafficking."
    )
    assert set(sentence.basis.facts) == {f"f-{stage.value}" for stage in Stage}


def test_a_later_step_is_named_where_an_earlier_one_is_not_on_record() -> None:
    (told,) = said(statistics=(silent(Stage.ACQUITTAL), silent(Stage.TRIAL)))
    assert "prosecuting or acquitting" in told


def test_one_doubtful_source_is_heard_once_for_each_act_and_never_credibly() -> None:
    source = Source(id="s", title="Blog", source_class=SourceClass.F)
    evidence = Evidence(id="e", source="s", credibility=Credibility.DOUBTFUL)
    some, several = Count(kind=CountKind.SOME), Count(kind=CountKind.SEVERAL)
    told = said(
        sources=(source,),
        evidence=(evidence,),
        allegations=(
            Allegation(
                id="a", acts=("accept-bribe",), officials=(group("mayor"),), response=Response.DENIED, evidence=("e",)
            ),
            Allegation(
                id="b",
                acts=("accept-bribe",),
                officials=(group("police officer", some, agency="National Police"),),
                evidence=("e",),
            ),
            Allegation(id="c", officials=(group("soldier", several, agency="the army"),), evidence=("e",)),
        ),
    )
    assert told == [
        "Media reported that a mayor accepted bribes; authorities denied the allegations without an inquiry.",
        (
            "Media also reported that some police officers accepted bribes and that several soldiers were complicit in "
            "trafficking."
        ),
    ]


def test_measures_against_a_part_of_the_officials_say_against_how_many() -> None:
    measures = (
        Sanction(kind=SanctionKind.DEMOTION, persons=counted(2)),
        Sanction(kind=SanctionKind.RECALL, persons=counted(1)),
    )
    case = OfficialCase(
        id="c",
        officials=(group("soldier", counted(4), agency="army"),),
        acts=("accept-bribe",),
        proceedings=(Proceeding(stage=Stage.ADMINISTRATIVE, sanctions=measures),),
        evidence=("e-gov",),
    )
    assert said(cases=(case,)) == [
        (
            "Authorities took administrative action against four soldiers for allegedly accepting bribes, demoted two "
            "of them, and recalled one of them."
        )
    ]


def test_a_contingent_of_peacekeepers_is_told_in_prevention() -> None:
    case = OfficialCase(
        id="c",
        officials=(group("peacekeeper", counted(3)),),
        deployment=Deployment.PEACEKEEPING,
        victim_group="women",
        victims=counted(2),
        proceedings=(Proceeding(stage=Stage.INVESTIGATION, status=CaseStatus.PENDING, evidence=("e-un",)),),
        evidence=("e-un",),
    )
    made = make_case(cases=(case,), sources=SOURCES, evidence=EVIDENCE)
    (sentence,) = drafting.draft(made, findings.derive(made)).sentences
    assert sentence.key.section is Section.PREVENTION
    assert sentence.text == (
        "An international organization reported that authorities investigated three peacekeepers for alleged "
        "complicity in trafficking involving two women while deployed on a peacekeeping mission; the "
        "investigation was ongoing at the end of the reporting period."
    )


def test_own_and_allied_forces_share_a_sentence_and_only_the_allied_one_is_supported() -> None:
    def element(ref: str, **fields: Any) -> PolicyElement:
        return PolicyElement(id=ref, factor="pof-child-soldiers", evidence=("e-un",), **fields)

    assert said(
        elements=(
            element("a", force="the army", scale=counted(12)),
            element("b", force="a militia", force_allied=True, scale=Count(kind=CountKind.AT_LEAST, value=30)),
        )
    ) == [
        (
            "An international organization reported that the army recruited or used 12 children, and a militia "
            "supported by the government, at least 30."
        )
    ]


@pytest.mark.parametrize("places", [("on farms", "in mines"), ("on farms", "in mines", "on roads", "in forests")])
def test_labor_compelled_in_several_places_under_one_law_is_one_sentence_while_it_can_be_read(
    places: tuple[str, ...],
) -> None:
    elements = tuple(
        PolicyElement(
            id=f"p{number}",
            factor="pof-forced-labor",
            groups="clerks",
            legal_basis="a decree",
            places=place,
            evidence=("e-un",),
        )
        for number, place in enumerate(places)
    )
    told = said(elements=elements)
    assert len(told) == (1 if len(places) == 2 else len(places))
    assert all(any(place in text for text in told) for place in places)


def test_another_law_is_another_sentence() -> None:
    laws = ("a decree", "an order")
    elements = tuple(
        PolicyElement(
            id=law, factor="pof-forced-labor", groups="clerks", legal_basis=law, places="on farms", evidence=("e-un",)
        )
        for law in laws
    )
    assert len(said(elements=elements)) == 2


def test_the_one_place_a_statement_is_about_goes_first() -> None:
    statement = Statement(
        id="s",
        kind=StatementKind.SHORTFALL,
        section=Section.PREVENTION,
        observations=("agreed-to-worker-paid-costs",),
        extents=("in-one-agreement",),
        groups="migrant workers",
        unattributed=True,
        evidence=("e-gov",),
    )
    assert said(statements=(statement,)) == [
        "In one bilateral agreement, the government agreed that migrant workers pay recruitment costs."
    ]


@pytest.mark.parametrize(
    ("stage", "told"),
    [
        (MeasureStage.IN_FORCE, "The government trained 200 coast guard officers."),
        (
            MeasureStage.NOT_DONE,
            "As of the end of the reporting period, the government had not trained 200 coast guard officers.",
        ),
    ],
)
def test_a_training_names_who_took_part(stage: MeasureStage, told: str) -> None:
    training = Measure(
        id="m", kind=MeasureKind.TRAINING, stage=stage, coverage="200 coast guard officers", evidence=("e-gov",)
    )
    assert said(measures=(training,)) == [told]


def test_a_recommendation_names_one_kind_of_officials_once() -> None:
    cases = tuple(
        OfficialCase(
            id=ref,
            officials=(group("peacekeeper", counted(2), agency=agency),),
            acts=("accept-bribe",),
            proceedings=(Proceeding(stage=Stage.INVESTIGATION),),
            evidence=("e-gov",),
        )
        for ref, agency in (("a", ""), ("b", "a contingent"))
    )
    case = make_case(cases=cases, sources=SOURCES, evidence=EVIDENCE)
    first = recommendations.rank(case, findings.derive(case))[0].text
    assert first.count("peacekeepers") == 1
