"""The statements of the seed document that are behavior, one test each; the others are named in seed_rules.yaml."""

import dataclasses
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from assessments.core import sheets
from assessments.models import Assessment, ReportingPeriod
from frameworks import loader, reference_data, wording_loader
from frameworks.models import TreatyStatus
from frameworks.spec.base import Origin
from frameworks.spec.compiled import CompiledFramework
from frameworks.spec.law import Obligation
from frameworks.spec.measurement import FrameworkSpec, RecommendationKind
from tests.frameworks.conftest import REFERENCE, WORDING

INCIDENTS = (sheets.OfficialCase, sheets.Allegation)


def fields(record: type) -> set[str]:
    """Return the names of a fact sheet's fields."""
    return {field.name for field in dataclasses.fields(record)}


def test_seed_provenance(framework: CompiledFramework) -> None:
    assert framework.term("source", "seed-2022-tip-topic").meaning.endswith(framework.spec.seed.file)
    pointed = {record for row in framework.seed_rows for record in row.records}
    for term in framework.spec.terms:
        assert (term.origin is Origin.SEED) <= (term.record in pointed), term.record


def test_annual_cycle() -> None:
    assert ReportingPeriod(report_year=2024).span == (date(2023, 4, 1), date(2024, 3, 31))
    names = {constraint.name: constraint for constraint in Assessment._meta.constraints}
    assert names["one_assessment_per_country_and_period"].fields == ("country", "period")
    period = ReportingPeriod._meta.get_field("report_year")
    assert period.unique


def test_minimum_not_ceiling(framework: CompiledFramework) -> None:
    benchmark = framework.indicator("officials-convicted-and-sentenced")
    assert "benchmark" in benchmark.descriptor(4)
    assert benchmark.scale_top == 5
    assert {framework.indicator(slug).scale_top for slug in framework.set("accountability-level")} == {5}


def test_forms_not_definition(framework: CompiledFramework) -> None:
    assert len(framework.terms("form")) == 7
    assert not any(term.slug == "corruption" for term in framework.spec.terms)
    bribery = {"accept-bribe", "give-bribe", "offer-bribe", "promise-bribe", "trade-in-influence", "abuse-functions"}
    assert all(framework.term("act", act).forms for act in bribery)
    assert {"form", "acts"} <= fields(sheets.Allegation)


@pytest.mark.django_db
def test_dated_status_counts(spec: FrameworkSpec) -> None:
    reference_data.store(reference_data.read(REFERENCE))
    mid_2022 = date(2022, 6, 30)
    union = 1  # the European Union is a party and has no row
    counts = {
        instrument: TreatyStatus.objects.parties_on(instrument, mid_2022).count() + union
        for instrument in ("uncac", "untoc", "tip-protocol")
    }
    assert counts == {"uncac": 189, "untoc": 190, "tip-protocol": 178}
    assert TreatyStatus.objects.parties_on("uncac", date(2024, 12, 31)).count() + union == 190
    assert not any(parameter.value in counts.values() for parameter in spec.parameters)


def test_obligation_qualifier(framework: CompiledFramework) -> None:
    for provision in framework.provisions:
        assert provision.obligations
        if provision.obligations == (Obligation.QUALIFIED,):
            assert provision.qualifier, provision.cite
    assert (
        framework.provision("uncac-31").qualifier == "to the greatest extent possible within the domestic legal system"
    )
    assert {obligation.label for obligation in Obligation} == {
        "mandatory",
        "mandatory with a qualifier",
        "to be considered or optional",
        "definition",
        "U.S. law",
    }


def test_cross_instrument_links(framework: CompiledFramework) -> None:
    law = {provision.slug: provision.instrument for provision in framework.provisions}
    spanning = {
        indicator.code
        for indicator in framework.indicators
        if len({law[slug] for slug in indicator.provisions if slug in law}) > 1
    }
    assert {"I17", "I20", "I23", "I25", "I31", "I32", "I33", "I34", "I36", "I40", "I43", "I44"} <= spanning


def test_extensible_taxonomies(folder: Path) -> None:
    additions = {
        "sector": "phrase: in brick kilns",
        "act": "gerund: renting out raid rosters\n    past: rented out raid rosters\n"
        "    noun: renting out of raid rosters\n    gravity: 41\n    indicators: [tip-offs-to-traffickers]",
        "official": "singular: tax inspector\n    plural: tax inspectors",
    }
    for vocabulary, forms in additions.items():
        file = folder / "registry" / f"{vocabulary}.yaml"
        new = f"\n  - slug: brand-new\n    label: New\n    meaning: new\n    origin: practice\n    {forms}\n"
        file.write_text(file.read_text(encoding="utf-8") + new, encoding="utf-8")
    framework = CompiledFramework(loader.read(folder))
    assert framework.term("sector", "brand-new").phrase == "in brick kilns"
    assert framework.term("official", "brand-new").plural == "tax inspectors"
    assert framework.names["act.brand-new"].kind == "number"


def test_sector_tagging(framework: CompiledFramework) -> None:
    assert all("sectors" in fields(record) for record in INCIDENTS)
    assert "Free text required" in framework.term("sector", "other-sector").note


def test_rank_tagging(framework: CompiledFramework) -> None:
    assert "rank" in fields(sheets.OfficialGroup)
    assert all("officials" in fields(record) for record in INCIDENTS)
    assert [term.slug for term in framework.terms("rank")] == ["junior", "mid", "senior", "highest", "unknown"]


def test_attribution_level(framework: CompiledFramework) -> None:
    levels = {term.slug for term in framework.terms("attribution-level")}
    assert levels == {"individual", "unit", "agency", "government"}
    assert all("attribution_level" in fields(record) for record in INCIDENTS)
    assert not any("gravity" in fields(record) or "severity" in fields(record) for record in INCIDENTS)


def test_transnational_flag(framework: CompiledFramework) -> None:
    assert all("countries" in fields(record) for record in INCIDENTS)
    assert framework.recommendation("R6").any_transnational_act
    assert "transnational_incident_at_2" in framework.names


def test_bribery_two_sides(framework: CompiledFramework) -> None:
    supply = {"offer-bribe", "promise-bribe", "give-bribe"}
    demand = {"accept-bribe"}
    assert {act.slug for act in framework.terms("act") if "bribe" in act.slug} == supply | demand
    assert all(framework.term("act", act).indicators == ("supply-side-bribery",) for act in supply)
    assert not any(framework.term("act", act).by_official for act in supply)
    indicator = framework.indicator("supply-side-bribery")
    assert "natural or legal person" in indicator.capture
    assert "intermediar" in indicator.question


def test_obstruction_aggravates(framework: CompiledFramework) -> None:
    obstruction = set(framework.set("obstruction"))
    assert [framework.indicator(slug).code for slug in framework.set("obstruction")] == [
        "I23",
        "I24",
        "I25",
        "I26",
        "I27",
    ]
    for act in framework.terms("act"):
        assert act.against_justice == bool(obstruction.intersection(act.indicators)), act.slug


def test_allegation_hedging() -> None:
    wording = wording_loader.read(WORDING)
    hedges = {hedge.stage: hedge for hedge in wording.hedges}
    for stage in ("allegation", "arrest", "investigation", "charge", "trial"):
        said = " ".join((hedges[stage].act, hedges[stage].link, hedges[stage].officials))
        assert re.search("alleged|reportedly|suspected", said), stage
    final = " ".join((hedges["conviction"].act, hedges["conviction"].link, hedges["conviction"].officials))
    assert "alleged" not in final


def _types(record: type) -> Iterator[str]:
    return (field.name for field in dataclasses.fields(record))


def test_victim_safety() -> None:
    people = re.compile(r"(^|_)(victim|accused|suspect|defendant|witness|official)s?_?(full_)?name")
    for record in vars(sheets).values():
        if isinstance(record, type) and dataclasses.is_dataclass(record):
            assert not any(people.search(name) for name in _types(record)), record.__name__
    assert {"role", "category", "rank"} <= fields(sheets.OfficialGroup)
    assert "name" not in fields(sheets.OfficialGroup)


def test_recommendation_provenance(framework: CompiledFramework) -> None:
    for recommendation in framework.recommendations:
        assert recommendation.sources, recommendation.code
        assert (recommendation.kind is RecommendationKind.PRACTICE) != bool(recommendation.seed_rows)


def test_multi_sector_addressees(framework: CompiledFramework) -> None:
    assert all(recommendation.addressees for recommendation in framework.recommendations)
    named = {addressee for part in framework.recommendations for addressee in part.addressees}
    wanted = {"government", "multilateral-institutions", "private-sector", "civil-society", "survivors"}
    assert wanted <= named


def test_transparency_is_scored(framework: CompiledFramework) -> None:
    assert framework.by_code("I09").slug == "accountability-transparency"
    assert "accountability-transparency" not in framework.set("accountability-level")
    assert "R1" in framework.by_code("I09").feeds


def test_appropriate_use(framework: CompiledFramework) -> None:
    assert "as appropriate" in framework.recommendation("R4").text
    assert "proper use" in framework.recommendation("R7").text
    assert "safeguards and oversight" in framework.indicator("digital-evidence-capacity").descriptor(4)


def test_seed_defect_log(framework: CompiledFramework) -> None:
    assert [defect.number for defect in framework.spec.seed_defects] == [1, 2, 3, 4, 5, 6]


def test_not_represented(framework: CompiledFramework) -> None:
    rows = [row.code for row in framework.seed_rows if "rule:not-represented" in row.records]
    assert rows == ["S221"]
