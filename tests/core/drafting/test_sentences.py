"""The sentences of single facts: states said right, hedges by stage, attribution by class of source."""

from dataclasses import replace
from typing import Any

import pytest

from assessments.core.drafting import draft
from assessments.core.findings import derive
from assessments.core.sheets import (
    Allegation,
    Evidence,
    Measure,
    OfficialCase,
    OfficialGroup,
    PolicyElement,
    Proceeding,
    Sanction,
    Share,
    Source,
    Statement,
    Statistic,
)
from assessments.core.types import Decision, Determination, Draft, PastPeriod
from assessments.core.values import (
    CaseStatus,
    ConcernGrade,
    Count,
    CountKind,
    Credibility,
    Deployment,
    EffectStrength,
    MeasureKind,
    MeasureStage,
    Modality,
    PeriodBasis,
    PeriodRelation,
    PolicyKind,
    Protection,
    Response,
    SanctionKind,
    Section,
    SourceClass,
    Stage,
    StatementKind,
    StreakKind,
    Tier,
    TraffickingLink,
)
from tests.core.factories import core_at, make_case

SOURCES = (
    Source(id="gov", title="Register", source_class=SourceClass.C),
    Source(id="ngo", title="Field report", publisher="Some House", source_class=SourceClass.D),
    Source(id="ngo2", title="Other report", source_class=SourceClass.D),
    Source(id="media", title="Daily", source_class=SourceClass.F),
    Source(id="secret", title="Letter", source_class=SourceClass.E, protection=Protection.CONFIDENTIAL),
    Source(id="union", title="Notes", source_class=SourceClass.D, attributions=("a labor union",)),
)
EVIDENCE = tuple(Evidence(id=source.id, source=source.id, credibility=Credibility.PROBABLE) for source in SOURCES)
LINK = "for complicity in trafficking"
POLICE = OfficialGroup(role="police officer", count=Count(kind=CountKind.SOME))


def exact(value: int) -> Count:
    return Count(kind=CountKind.EXACT, value=value)


def of(kind: CountKind) -> Count:
    return Count(kind=kind)


def drafted(levels: Any = (), **facts: Any) -> Draft:
    case = make_case(levels, **({"sources": SOURCES, "evidence": EVIDENCE} | facts))
    return draft(case, derive(case))


def texts(**facts: Any) -> list[str]:
    return [sentence.text for sentence in drafted(**facts).sentences]


@pytest.mark.parametrize(
    ("count", "expected"),
    [
        (exact(1), "The government reported convicting one official for complicity in trafficking."),
        (
            Count(kind=CountKind.AT_LEAST, value=12),
            "The government reported convicting at least 12 officials for complicity in trafficking.",
        ),
        (
            Count(kind=CountKind.ABOUT, value=12),
            "The government reported convicting approximately 12 officials for complicity in trafficking.",
        ),
        (
            of(CountKind.REPORTED_ZERO),
            "The government reported that it did not convict any officials for complicity in trafficking.",
        ),
        (
            of(CountKind.TOOK_PLACE),
            "The government reported convicting officials for complicity in trafficking but did not provide figures.",
        ),
        (
            of(CountKind.NOT_REPORTED),
            "The government did not report convicting officials for complicity in trafficking.",
        ),
        (of(CountKind.UNKNOWN), None),
        (of(CountKind.NOT_APPLICABLE), None),
    ],
)
def test_each_state_has_its_own_sentence(count: Count, expected: str | None) -> None:
    assert texts(statistics=(Statistic(id="f", stage=Stage.CONVICTION, count=count),)) == (
        [expected] if expected else []
    )


def test_stages_not_reported_stand_in_one_sentence_and_narrow_ones_apart() -> None:
    rows = [
        Statistic(id=stage.value, stage=stage, count=of(CountKind.NOT_REPORTED))
        for stage in (Stage.CONVICTION, Stage.INVESTIGATION, Stage.TRIAL)
    ]
    narrow = Statistic(id="n", stage=Stage.TRIAL, count=of(CountKind.NOT_REPORTED), scope="over the border case")
    assert texts(statistics=(*rows, narrow)) == [
        f"The government did not report investigating, prosecuting, or convicting officials {LINK}.",
        "The government did not report prosecuting officials for complicity in trafficking over the border case.",
    ]


def test_a_comparison_stands_beside_the_figure_it_compares() -> None:
    rows = (
        Statistic(id="a", stage=Stage.INVESTIGATION, count=exact(12), previous=exact(8)),
        Statistic(id="b", stage=Stage.TRIAL, count=exact(1), previous=of(CountKind.REPORTED_ZERO)),
    )
    assert texts(statistics=rows) == [
        (
            "The government reported investigating 12 officials for alleged complicity in trafficking and "
            "prosecuting one, compared with eight and none, respectively, in the previous reporting period."
        )
    ]


@pytest.mark.parametrize(
    "changes",
    [
        {"previous": of(CountKind.NOT_REPORTED)},
        {"previous": Count(kind=CountKind.AT_LEAST, value=2)},
        {"previous": exact(2), "previous_basis": PeriodBasis.CALENDAR},
        {"previous": exact(2), "count": Count(kind=CountKind.AT_LEAST, value=3)},
    ],
)
def test_unlike_figures_are_never_compared(changes: dict[str, Any]) -> None:
    row = Statistic(**({"id": "f", "stage": Stage.TRIAL, "count": exact(3)} | changes))
    (text,) = texts(statistics=(row,))
    assert text.endswith("; comparable figures for the previous reporting period were not available.")
    assert "compared" not in text


def test_without_a_figure_before_nothing_is_said_of_it() -> None:
    assert texts(statistics=(Statistic(id="f", stage=Stage.TRIAL, count=exact(3)),)) == [
        "The government reported prosecuting three officials for alleged complicity in trafficking."
    ]


def test_streaks_are_stated_or_counted_over_recorded_periods() -> None:
    silent = Statistic(id="f", stage=Stage.CONVICTION, count=of(CountKind.NOT_REPORTED))
    share = (Share(stage=Stage.CONVICTION, count=of(CountKind.NOT_REPORTED)),)
    history = tuple(PastPeriod(report_year=year, statistics=share) for year in (2023, 2022, 2020))
    result = drafted(statistics=(silent,), history=history)
    assert [item.text for item in result.sentences] == [
        f"For the third consecutive year, the government did not report convicting officials {LINK}."
    ]
    assert result.sentences[0].basis.decisions == ("history.2022", "history.2023")
    stated = Statistic(id="f", stage=Stage.CONVICTION, count=exact(1), streak=StreakKind.FIRST_SINCE, streak_years=10)
    assert texts(statistics=(stated,)) == [
        f"For the first time in 10 years, the government reported convicting one official {LINK}."
    ]


STAGES = [
    (Stage.ARREST, "Authorities arrested two police officers for allegedly accepting bribes."),
    (Stage.CHARGE, "Prosecutors charged two police officers for allegedly accepting bribes."),
    (Stage.TRIAL, "Authorities prosecuted two police officers for allegedly accepting bribes."),
    (Stage.CONVICTION, "A court convicted two police officers for accepting bribes."),
    (Stage.ACQUITTAL, "A court acquitted two police officers accused of accepting bribes."),
    (Stage.SHELVING, "Authorities closed the case against two police officers accused of accepting bribes."),
]


@pytest.mark.parametrize(("stage", "expected"), STAGES)
def test_the_stage_decides_the_hedge(stage: Stage, expected: str) -> None:
    group = OfficialGroup(role="police officer", count=exact(2))
    case = OfficialCase(id="c", officials=(group,), acts=("accept-bribe",), proceedings=(Proceeding(stage=stage),))
    assert texts(cases=(case,)) == [expected]


def test_a_case_is_told_to_its_end() -> None:
    case = OfficialCase(
        id="c",
        officials=(OfficialGroup(role="officer", count=exact(2), agency="Bureau of Immigration", abbreviation="BI"),),
        acts=("accept-bribe",),
        proceedings=(
            Proceeding(stage=Stage.ARREST, date="2023-05"),
            Proceeding(stage=Stage.CONVICTION, date="2023-11", charge="fraud", body="a regional court"),
            Proceeding(
                stage=Stage.SENTENCE,
                sanctions=(
                    Sanction(kind=SanctionKind.PRISON, minimum=30, unit="months"),
                    Sanction(kind=SanctionKind.FINE, amount=100000, currency="pesos", usd=1800),
                ),
            ),
            Proceeding(stage=Stage.APPEAL, status=CaseStatus.PENDING),
        ),
    )
    assert texts(cases=(case,)) == [
        (
            "In May 2023, authorities arrested two officers from the Bureau of Immigration (BI) for allegedly "
            "accepting bribes."
        ),
        (
            "In November 2023, a regional court convicted the officers of fraud, sentenced them to 30 months’ "
            "imprisonment, and fined them 100,000 pesos ($1,800); an appeal was pending at the end of the "
            "reporting period."
        ),
    ]


def test_an_older_case_without_progress() -> None:
    case = OfficialCase(
        id="c",
        officials=(OfficialGroup(role="mayor"),),
        acts=("accept-bribe",),
        relation=PeriodRelation.CONTINUED,
        opened="2019",
        proceedings=(Proceeding(stage=Stage.TRIAL, status=CaseStatus.NO_PROGRESS),),
    )
    assert texts(cases=(case,)) == [
        "The government reported no progress in a case opened in 2019 against a mayor for allegedly accepting bribes."
    ]


@pytest.mark.parametrize(
    ("evidence", "who"),
    [
        (("ngo",), "An NGO reported that"),
        (("ngo", "ngo2"), "NGOs reported that"),
        (("ngo", "ngo2", "media"), "NGOs and media reported that"),
        (("secret",), "Observers reported that"),
        (("secret", "ngo"), "Observers reported that"),
        (("union",), "A labor union reported that"),
    ],
)
def test_the_source_decides_the_attribution(evidence: tuple[str, ...], who: str) -> None:
    item = Allegation(id="a", acts=("accept-bribe",), officials=(POLICE,), evidence=evidence)
    assert texts(allegations=(item,)) == [f"{who} some police officers accepted bribes."]


def test_an_allegation_without_evidence_is_hedged_and_asked_for() -> None:
    result = drafted(allegations=(Allegation(id="a", acts=("accept-bribe",), officials=(POLICE,)),))
    assert [item.text for item in result.sentences] == ["Some police officers allegedly accepted bribes."]
    assert [gap.text for gap in result.gaps] == ["name the evidence of a, so that the text can say who reports it"]


@pytest.mark.parametrize(
    ("response", "expected"),
    [
        (Response.NOT_RECORDED, "An NGO reported that some police officers accepted bribes."),
        (
            Response.NOT_INVESTIGATED,
            (
                "Although an NGO credibly reported that some police officers accepted bribes, authorities did not "
                "investigate the allegations."
            ),
        ),
        (
            Response.DENIED,
            (
                "An NGO reported that some police officers accepted bribes; authorities denied the allegations "
                "without an inquiry."
            ),
        ),
    ],
)
def test_a_response_is_told_only_where_it_is_on_record(response: Response, expected: str) -> None:
    item = Allegation(id="a", acts=("accept-bribe",), officials=(POLICE,), evidence=("ngo",), response=response)
    assert texts(allegations=(item,)) == [expected]


def test_like_allegations_are_told_together_and_smuggling_is_left_out() -> None:
    others = OfficialGroup(role="prosecutor", count=Count(kind=CountKind.SOME))
    rows = (
        Allegation(id="a", acts=("accept-bribe",), officials=(POLICE,), evidence=("ngo",)),
        Allegation(id="b", acts=("accept-bribe",), officials=(others,), evidence=("ngo",)),
        Allegation(id="c", acts=("accept-bribe",), officials=(POLICE,), link=TraffickingLink.SMUGGLING),
    )
    result = drafted(allegations=rows)
    assert [item.text for item in result.sentences] == [
        "An NGO reported that some police officers and prosecutors accepted bribes."
    ]
    assert [gap.facts for gap in result.gaps] == [("c",)]


def test_officials_abroad_stand_in_prevention_and_people_in_care_in_protection() -> None:
    rows = (
        Allegation(
            id="a", text="buying sex", officials=(POLICE,), deployment=Deployment.PEACEKEEPING, evidence=("ngo",)
        ),
        Allegation(id="b", acts=("extort-sex-from-persons-in-care",), officials=(POLICE,), evidence=("ngo",)),
    )
    assert [(item.key.section, item.pattern) for item in drafted(allegations=rows).sentences] == [
        (Section.PROTECTION, "NP-43"),
        (Section.PREVENTION, "NP-46"),
    ]


CONCERN = Statement(
    id="q", kind=StatementKind.CONCERN, grade=ConcernGrade.SIGNIFICANT, persists=True, evidence=("ngo",)
)
EFFECT = Statement(
    id="r", kind=StatementKind.EFFECT, objects=("inspections",), strength=EffectStrength.IMPEDED, evidence=("ngo",)
)


def test_a_source_may_use_its_own_strength_words() -> None:
    assert texts(statements=(CONCERN, EFFECT)) == [
        "An NGO reported that official complicity remained a significant concern and impeded inspections."
    ]


def test_the_office_uses_strength_words_only_with_the_level() -> None:
    own = Statement(
        id="q", kind=StatementKind.CONCERN, grade=ConcernGrade.SIGNIFICANT, persists=True, unattributed=True
    )
    result = drafted(statements=(own,))
    assert [item.text for item in result.sentences] == ["Official complicity remained a concern."]
    assert [(gap.text, gap.indicator) for gap in result.gaps] == [
        ("rate I20 to state the strength of concern", "bribery-influence-and-abuse-of-functions")
    ]
    case = make_case(core_at(3), statements=(own,))
    told = [item.text for item in draft(case, derive(case)).sentences]
    assert "Official complicity remained a significant concern." in told


def test_a_level_never_supplies_a_fact() -> None:
    assert drafted(core_at(3), allegations=(), measures=()).sentences == ()


def test_tier_sentences_need_the_decision() -> None:
    assert texts() == []
    assert texts(decision=Decision(tier=Tier.WATCH_LIST)) == [
        (
            "The Government of Examplia falls short of full compliance with the statutory standards, but its efforts "
            "are significant, and Examplia was placed on the Tier 2 Watch List."
        )
    ]
    (text,) = texts(decision=Decision(tier=Tier.THREE, previous_tier=Tier.THREE))
    assert text.endswith("; Examplia stayed on Tier 3.")


ELEMENT = PolicyElement(
    id="p", factor="pof-forced-labor", sector="agriculture", conduct="mobilized public workers", evidence=("gov",)
)


def test_policy_words_need_an_approved_determination() -> None:
    proposed = Determination(
        id="d",
        factor="pof-forced-labor",
        sector="agriculture",
        kind=PolicyKind.PATTERN,
        elements=("p",),
        proposed_by="one",
        approved_by=("two",),
    )
    approved = Determination(
        id="d",
        factor="pof-forced-labor",
        sector="agriculture",
        kind=PolicyKind.PATTERN,
        elements=("p",),
        proposed_by="one",
        approved_by=("two", "three"),
    )
    assert texts(elements=(ELEMENT,), determinations=(proposed,)) == ["The government mobilized public workers."]
    office = drafted(elements=(ELEMENT,), determinations=(approved,)).sentences
    assert [item.text for item in office] == [
        (
            "The office finds a government pattern of forced labor in the agricultural sector in the reporting period, "
            "subject to the Secretary’s decision."
        ),
        "The government mobilized public workers.",
    ]
    assert office[0].basis.decisions == ("d", "secretary-pending")
    decided = drafted(
        elements=(ELEMENT,), determinations=(approved,), decision=Decision(secretary_decided_on="2024-06-01")
    ).sentences
    assert decided[0].text == (
        "In the reporting period, there was a government pattern of forced labor in the agricultural sector."
    )
    assert decided[0].basis.decisions == ("d", "secretary")


def test_an_unrecognized_authority_stands_under_its_own_name() -> None:
    rows = (Statistic(id="f", stage=Stage.TRIAL, count=of(CountKind.NOT_REPORTED)),)
    assert texts(statistics=rows, decision=Decision(recognized=False, authority="Interim Council")) == [
        "The Interim Council did not report prosecuting officials for complicity in trafficking."
    ]


def test_measures_not_done_and_not_finished() -> None:
    rows = (
        Measure(id="a", kind=MeasureKind.LAW, text="adopted a law", stage=MeasureStage.NOT_DONE),
        Measure(id="b", kind=MeasureKind.PROCEDURE, text="wrote guidance", stage=MeasureStage.DRAFT),
        Measure(id="c", kind=MeasureKind.SEIZURE, amount=4e6, currency="pesos", usd=71000, cases=exact(2)),
    )
    assert texts(measures=rows) == [
        "The government seized assets worth 4 million pesos ($71,000) in two cases.",
        "As of the end of the reporting period, the government had not adopted a law.",
        "The government wrote guidance; this remained a draft.",
    ]


def test_a_presumed_claim_is_said_as_one() -> None:
    item = Allegation(
        id="a", acts=("accept-bribe",), officials=(POLICE,), evidence=("ngo",), modality=Modality.PRESUMED
    )
    assert texts(allegations=(item,)) == ["An NGO suggested that some police officers accepted bribes."]


def test_ids_that_two_sheets_share_do_not_stop_the_draft() -> None:
    allegation = Allegation(id="x", acts=("accept-bribe",), officials=(POLICE,), evidence=("ngo",))
    case = OfficialCase(id="x", acts=("tip-off-raid",), officials=(POLICE,), evidence=("ngo",))
    keys = [item.key for item in drafted(allegations=(allegation,), cases=(case,)).sentences]
    assert len(set(keys)) == 2


def test_plain_claims_of_one_source_share_a_sentence() -> None:
    bribes = Allegation(id="a", acts=("accept-bribe",), officials=(POLICE,), evidence=("ngo",), place="in one province")
    warnings = Allegation(id="b", acts=("tip-off-raid",), officials=(POLICE,), evidence=("ngo",))
    (sentence,) = drafted(allegations=(bribes, warnings)).sentences
    assert sentence.text == (
        "An NGO reported that some police officers accepted bribes in one province and that some police officers "
        "warned traffickers of raids."
    )
    assert (sentence.key.subjects, sentence.basis.facts) == (("a", "b"), ("a", "b"))
    listed = replace(bribes, text="taking money, cars, or land")
    assert texts(allegations=(listed, warnings)) == [
        (
            "An NGO reported that some police officers took money, cars, or land, in one province, and that some "
            "police officers warned traffickers of raids."
        )
    ]


def test_the_same_source_is_not_introduced_twice_in_a_row() -> None:
    rows = (
        Allegation(id="a", acts=("accept-bribe",), officials=(POLICE,), evidence=("ngo",), date="2023-05"),
        Allegation(id="b", acts=("tip-off-raid",), officials=(POLICE,), evidence=("ngo",)),
    )
    assert texts(allegations=rows) == [
        "An NGO reported that, in May 2023, some police officers accepted bribes.",
        "An NGO also reported that some police officers warned traffickers of raids.",
    ]


def test_two_concessions_do_not_follow_each_other() -> None:
    rows = tuple(
        Allegation(
            id=act, acts=(act,), officials=(POLICE,), evidence=("ngo",), response=Response.NONE_REPORTED, place=place
        )
        for act, place in (("accept-bribe", "in one province"), ("extort-protection", "at the border"))
    )
    told = texts(allegations=rows)
    assert [text.split(" ")[0] for text in told] == ["Although", "An"]
    assert told[1].startswith("An NGO also credibly reported that some police officers ")
    assert told[1].endswith("; the government did not report any action in response.")


def test_what_is_held_against_officials_is_not_put_in_their_governments_mouth() -> None:
    embassy = Source(id="post", title="Cable", source_class=SourceClass.A)
    sources = (*SOURCES, embassy)
    evidence = (*EVIDENCE, Evidence(id="post", source="post"))
    item = Allegation(id="a", acts=("accept-bribe",), officials=(POLICE,), evidence=("post", "gov"))
    claim = "some police officers accepted bribes."
    assert texts(allegations=(item,), sources=sources, evidence=evidence) == [f"Observers reported that {claim}"]
    alone = replace(item, evidence=("gov",))
    assert texts(allegations=(alone,)) == [f"The government reported that {claim}"]


def test_cases_stand_by_how_far_they_went() -> None:
    steps = (Stage.ADMINISTRATIVE, Stage.ARREST, Stage.CHARGE, Stage.CONVICTION)
    rows = tuple(
        OfficialCase(
            id=f"c{number}",
            officials=(OfficialGroup(role="mayor"),),
            acts=("accept-bribe",),
            proceedings=(Proceeding(stage=stage),),
        )
        for number, stage in enumerate(steps)
    )
    older = replace(rows[3], id="c9", relation=PeriodRelation.CONTINUED, opened="2019")
    closed = replace(
        rows[3],
        id="c0",
        relation=PeriodRelation.CONTINUED,
        proceedings=(Proceeding(stage=Stage.CONVICTION, date="2019"),),
    )
    told = [item.key.subjects[0] for item in drafted(cases=(closed, *rows[1:], older)).sentences]
    assert told == ["c3", "c9", "c2", "c1", "c0"]


def test_people_judged_alike_share_a_sentence_and_each_has_their_own_sentence() -> None:
    conviction, life = Proceeding(stage=Stage.CONVICTION), Sanction(kind=SanctionKind.LIFE)
    common = {"acts": ("accept-bribe",), "place": "in one province"}
    officers = OfficialCase(
        id="a", officials=(OfficialGroup(role="police officer", count=exact(3)),), proceedings=(conviction,), **common
    )
    mayor = OfficialCase(
        id="b",
        officials=(OfficialGroup(role="mayor"),),
        proceedings=(conviction, Proceeding(stage=Stage.SENTENCE, sanctions=(life,))),
        **common,
    )
    assert texts(cases=(officers, mayor)) == [
        (
            "A court convicted a mayor and three police officers for accepting bribes in one province and sentenced "
            "the mayor to life imprisonment."
        )
    ]
    other_officer = replace(mayor, officials=(OfficialGroup(role="customs officer", count=exact(3)),))
    assert len(texts(cases=(officers, other_officer))) == 2


def test_a_figure_that_tells_a_case_is_followed_by_what_was_imposed() -> None:
    figure = Statistic(id="f", stage=Stage.CONVICTION, count=exact(2))
    case = OfficialCase(
        id="c",
        counted_in="f",
        officials=(OfficialGroup(role="official", count=exact(2)),),
        proceedings=(
            Proceeding(stage=Stage.CONVICTION),
            Proceeding(
                stage=Stage.SENTENCE, sanctions=(Sanction(kind=SanctionKind.PRISON),), status=CaseStatus.ON_APPEAL
            ),
        ),
    )
    assert texts(statistics=(figure,), cases=(case,)) == [
        f"The government reported convicting two officials {LINK}.",
        "A court sentenced both officials to imprisonment.",
        "Appeals were pending in the cases at the end of the reporting period.",
    ]


def test_the_same_words_are_said_once_with_everything_behind_them() -> None:
    rows = tuple(Measure(id=ref, kind=MeasureKind.LAW, evidence=("gov", ref)) for ref in ("m1", "m2"))
    (sentence,) = drafted(measures=rows).sentences
    assert sentence.text == "The government adopted a law."
    assert (sentence.key.subjects, sentence.basis.facts) == (("m1", "m2"), ("m1", "m2"))
    assert sentence.basis.evidence == ("gov", "m1", "m2")
