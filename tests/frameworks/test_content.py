"""What the framework that comes with the program holds: counts and words."""

from collections import Counter

import pytest

from frameworks.spec.base import Direction, Origin
from frameworks.spec.compiled import CompiledFramework, UnknownRecord
from frameworks.spec.law import Obligation
from frameworks.spec.measurement import FrameworkSpec, RecommendationKind

REGISTRY = {  # vocabulary: (terms, terms from the seed)
    "mode": (7, 5),
    "act": (54, 37),
    "form": (7, 7),
    "official": (19, 16),
    "rank": (5, 3),
    "sector": (23, 22),
    "leverage": (4, 4),
    "body": (14, 14),
    "source": (7, 7),
    "instrument": (9, 8),
    "concept": (21, 21),
    "evidence": (3, 3),
    "addressee": (18, 13),
}


def test_indicators_and_descriptors(spec: FrameworkSpec) -> None:
    indicators = spec.indicators
    assert [indicator.code for indicator in indicators] == [f"I{number:02d}" for number in range(1, 45)]
    assert sum(indicator.core for indicator in indicators) == 25
    assert Counter(indicator.scale_top for indicator in indicators) == {5: 28, 4: 16}
    assert sum(len(indicator.levels) for indicator in indicators) == 248
    assert Counter(indicator.group for indicator in indicators) == {
        "accountability": 9,
        "proof-of-failure": 5,
        "corruption-forms": 8,
        "obstruction-selective": 5,
        "abuse-in-care": 3,
        "prevention-institutions": 10,
        "commitments": 4,
    }


def test_directions(framework: CompiledFramework) -> None:
    assert [group.direction for group in framework.groups] == [
        Direction.RESPONSE,
        *[Direction.CONCERN] * 4,
        *[Direction.RESPONSE] * 2,
    ]
    assert {indicator.direction.in_words for indicator in framework.indicators_of("accountability")} == {
        "higher is better"
    }
    short = {indicator.code for indicator in framework.indicators if indicator.scale_top == 4}
    assert short == {"I08", "I09", *(f"I{number}" for number in range(31, 45))}


def test_the_scale_of_forced_labor_is_rated_by_sector(framework: CompiledFramework) -> None:
    parts = framework.by_code("I12").parts
    assert parts == ("medical-services", "agriculture", "forestry", "mining", "construction", "other-sector")
    assert [indicator.code for indicator in framework.indicators if indicator.parts] == ["I12"]


def test_a_descriptor_is_found_by_level(framework: CompiledFramework) -> None:
    indicator = framework.indicator("officials-prosecuted")
    assert indicator.descriptor(0) == "No prosecution reported, or data withheld (presumption approved)."
    with pytest.raises(ValueError, match="Officials prosecuted has levels 0 to 5, not 6"):
        indicator.descriptor(6)


def test_registry_counts(spec: FrameworkSpec) -> None:
    counts = Counter(term.vocabulary for term in spec.terms)
    seed = Counter(term.vocabulary for term in spec.terms if term.origin is Origin.SEED)
    assert {vocabulary: (counts[vocabulary], seed[vocabulary]) for vocabulary in REGISTRY} == REGISTRY
    assert seed["effect"] == 3
    assert counts["effect"] == 22  # with the objects of complicity that published narratives name


def test_provisions_of_the_registry(spec: FrameworkSpec) -> None:
    origins = Counter(provision.origin for provision in spec.provisions)
    assert (origins[Origin.SEED], origins[Origin.STATUTE]) == (35, 3)
    assert {provision.instrument for provision in spec.provisions} == {
        "tvpa",
        "uncac",
        "untoc",
        "tip-protocol",
        "oecd-abc",
        "cspa",
    }


def test_law(spec: FrameworkSpec) -> None:
    assert [standard.cite for standard in spec.standards] == [f"108(a)({n})" for n in range(1, 5)]
    assert [indicium.cite for indicium in spec.indicia] == [f"108(b)({n})" for n in range(1, 13)]
    assert [element.code for element in spec.elements] == [f"E{n}" for n in range(1, 13)]
    assert [factor.cite.removeprefix("110(b)(3)") for factor in spec.significant_efforts] == [
        "(A)(i)",
        "(A)(ii)",
        "(A)(iii)",
        "(D)",
        "(E)",
        "(F)",
    ]
    assert [factor.slug for factor in spec.proof_of_failure] == [
        indicator.slug for indicator in spec.indicators if indicator.group == "proof-of-failure"
    ]
    assert [tier.slug for tier in spec.tiers] == ["1", "2", "2WL", "3", "SC"]


def test_a_missing_optional_provision_is_told_from_a_breach(framework: CompiledFramework) -> None:
    assert framework.provision("uncac-18").obligations == (Obligation.OPTIONAL,)
    assert framework.provision("uncac-15").obligations == (Obligation.MANDATORY,)
    assert [obligation.letter for obligation in framework.provision("uncac-16").obligations] == ["M", "C"]


def test_recommendations(spec: FrameworkSpec) -> None:
    by_kind = {kind: [part.code for part in spec.recommendations if part.kind is kind] for kind in RecommendationKind}
    assert by_kind == {
        RecommendationKind.SEED: [f"R{number}" for number in range(1, 12)],
        RecommendationKind.STANDING: ["T1"],
        RecommendationKind.PRACTICE: ["P1", "P2", "P3", "P4"],
    }
    assert {part.code for part in spec.recommendations if not part.needs_object} == {"R1", "T1", "P1", "P2", "P3", "P4"}


def test_evidence_rules_cover_every_level(framework: CompiledFramework) -> None:
    for indicator in framework.indicators:
        for level in indicator.scale:
            assert framework.evidence_rule(indicator.direction, level).needs
    assert framework.evidence_rule("concern", 4).endorsements == 1
    assert framework.evidence_rule("concern", 5).endorsements == 2
    assert {framework.evidence_rule("response", level).endorsements for level in range(6)} == {0}
    with pytest.raises(UnknownRecord, match="There is no evidence rule for concern level 6"):
        framework.evidence_rule("concern", 6)


@pytest.mark.parametrize(
    ("slug", "value", "unit"),
    [
        ("coverage-minimum", 80, "percent"),
        ("tag-obstruction-threshold", 2, "level"),
        ("tag-broad-indicators", 3, "indicators"),
        ("tag-broad-groups", 2, "groups"),
        ("top-list-length", 8, "recommendations"),
        ("accountability-cap-no-conviction", 2, "level"),
        ("accountability-cap-senior", 3, "level"),
        ("concern-unattributed-limit", 4, "level"),
        ("significant-prison-term", 12, "months"),
    ],
)
def test_parameters(framework: CompiledFramework, slug: str, value: int, unit: str) -> None:
    parameter = framework.parameter(slug)
    assert (framework.value(slug), parameter.unit) == (value, unit)
    assert parameter.source


def test_acts_have_the_words_of_sentences_and_an_order(framework: CompiledFramework) -> None:
    acts = framework.terms("act")
    assert sorted(act.gravity for act in acts) == list(range(1, 55))
    assert all(act.indicators for act in acts)
    bribe = framework.term("act", "accept-bribe")
    assert (bribe.gerund, bribe.past, bribe.noun) == ("accepting bribes", "accepted bribes", "bribe-taking")
    police = framework.term("official", "police")
    assert (police.singular, police.plural) == ("police officer", "police officers")


def test_unknown_names_are_answered_with_the_nearest(framework: CompiledFramework) -> None:
    with pytest.raises(
        UnknownRecord, match='There is no indicator "officials-prosecute"; did you mean "officials-pros'
    ):
        framework.indicator("officials-prosecute")
    with pytest.raises(UnknownRecord, match='There is no act "take-bribe"'):
        framework.term("act", "take-bribe")


def test_triggers_are_ready_to_evaluate(framework: CompiledFramework) -> None:
    from frameworks.spec.conditions import evaluate

    nothing = dict.fromkeys(framework.names)
    for recommendation in framework.recommendations:
        assert not evaluate(recommendation.trigger, nothing).holds
    names = {**nothing, "level.tip-offs-to-traffickers": 2}
    verdict = evaluate(framework.recommendation("R1").trigger, names)
    assert verdict.holds
    assert [reason.name for reason in verdict.reasons] == ["level.tip-offs-to-traffickers"]
    assert evaluate(framework.recommendation("P2").trigger, {"determination.pof-forced-labor": "pattern"}).holds


def test_the_program_never_says_that_standards_are_met(spec: FrameworkSpec) -> None:
    assert "never states whether a government meets the minimum standards" in spec.method_note
    assert not any("minimum standard" in category.sentence for category in spec.finding_categories)
