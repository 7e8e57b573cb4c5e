"""The reference pages through a client: what they say, whom they let in, what they ask of the database."""

import re
import uuid
from datetime import date
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts.models import Role, User
from frameworks import loader, source_notes
from frameworks.models import Country, FrameworkVersion, TierRecord, TreatyStatus
from frameworks.spec.compiled import CompiledFramework
from frameworks.views import method
from frameworks.views.strip import strip
from tests.frameworks.conftest import store_framework, store_reference

PARTS = ("version", "law", "provisions", "registry", "recommendations", "seed", "version-method")


@pytest.fixture
def version(db: None) -> FrameworkVersion:
    stored = store_framework()
    loader.compiled(stored)  # read once in a process, so that no test counts it
    return stored


@pytest.fixture
def countries(db: None) -> None:
    store_reference()


@pytest.fixture
def someone(db: None) -> User:
    return User.objects.create_user("reader@example.org", name="Rita Reader")


@pytest.fixture
def client(client: Client, someone: User) -> Client:
    client.force_login(someone)
    return client


def read(client: Client, url: str) -> str:
    """Return what a page says, without its markup and with single spaces."""
    return said(client.get(url).content.decode())


def said(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def row(html: str, anchor: str) -> str:
    """Return what the table row with this id says."""
    found = re.search(rf'<tr id="{anchor}">(.*?)</tr>', html, re.DOTALL)
    assert found, f"no row {anchor}"
    return said(found[1])


def address(version: FrameworkVersion, part: str, *more: str) -> str:
    return reverse(f"frameworks:{part}", args=[version.public_id, *more])


# Who comes in


@pytest.mark.parametrize("name", ["current", "method", "countries"])
def test_nobody_comes_in_without_signing_in(db: None, name: str) -> None:
    url = reverse(f"frameworks:{name}")
    response = Client().get(url)
    assert (response.status_code, response["Location"]) == (302, f"/sign-in/?next={url}")


@pytest.mark.parametrize("role", [None, *Role])
def test_every_role_reads_every_page(
    client: Client, someone: User, version: FrameworkVersion, countries: None, role: Role | None
) -> None:
    someone.grant([role] if role else [], at=timezone.now(), by=None)
    urls = [address(version, part) for part in PARTS]
    urls += [reverse("frameworks:current"), reverse("frameworks:method"), reverse("frameworks:country", args=["NGA"])]
    assert {url: client.get(url).status_code for url in urls} == dict.fromkeys(urls, 200)


def test_pages_are_read_only(client: Client, version: FrameworkVersion) -> None:
    assert client.post(reverse("frameworks:current")).status_code == 405


# What is missing is said in words


def test_a_missing_indicator_is_named_with_the_nearest(client: Client, version: FrameworkVersion) -> None:
    response = client.get(address(version, "indicator", "officials-prosecute"))
    assert response.status_code == 404
    text = said(response.content.decode())
    assert 'There is no indicator "officials-prosecute"; did you mean "officials-prosecuted"?' in text


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("/countries/zzz/", 'There is no country with the code "ZZZ" in the reference data.'),
        ("/framework/", "No framework is loaded yet."),
        (f"/framework/{uuid.UUID(int=0)}/seed/", "No such version of the framework is loaded."),
    ],
)
def test_what_is_missing_is_said(client: Client, url: str, reason: str) -> None:
    response = client.get(url)
    assert (response.status_code, reason in said(response.content.decode())) == (404, True)


def test_no_country_is_said(client: Client) -> None:
    assert "No reference data is loaded yet." in read(client, "/countries/")


# The framework


def test_the_front_states_version_law_and_all_indicators(
    client: Client, version: FrameworkVersion, framework: CompiledFramework
) -> None:
    text = read(client, reverse("frameworks:current"))
    assert (
        "official-complicity 2026.1, in force from January 1, 2026. 44 indicators in 7 groups, 25 of them core." in text
    )
    assert framework.spec.legal_basis in text
    assert framework.spec.as_of in text
    assert "It never states whether a government meets the minimum standards, and it never computes a tier." in text
    for group in framework.groups:
        assert f"{group.code} {group.title} {group.direction.in_words}" in text
    for item in framework.indicators:
        core = "Core" if item.core else "Not core"
        line = f"{item.code} {item.title} {item.question} {core} · levels 0 to {item.scale_top}"
        assert line in text


def test_the_version_in_force_is_shown_unless_another_is_asked_for(
    client: Client, version: FrameworkVersion, framework: CompiledFramework
) -> None:
    later = framework.spec.model_copy(update={"version": "2099.1", "in_force_from": date(2099, 1, 1)})
    future = loader.store(later, by=None, at=timezone.now())
    assert client.get(reverse("frameworks:current")).context["version"] == version
    assert client.get(address(future, "version")).context["version"] == future
    assert "Framework 2099.1, in force from January 1, 2099" in read(client, address(future, "law"))


def test_an_indicator_shows_every_descriptor_with_its_evidence(
    client: Client, version: FrameworkVersion, framework: CompiledFramework
) -> None:
    for item in (framework.by_code("I02"), framework.by_code("I12"), framework.by_code("I43")):
        html = client.get(address(version, "indicator", item.slug)).content.decode()
        text = said(html)
        for level in item.levels:
            rule = framework.evidence_rule(item.direction, level.value)
            assert f"level {level.value} {level.descriptor} {rule.text}" in text
            assert f"{item.direction.value}-{level.value}" in html
        assert item.question in text
        assert item.direction.in_words in text
        assert item.evidence in text
        assert item.capture in text
        assert all(framework.state(state).label in text for state in item.states)
        assert all(f'{address(version, "recommendations")}#{code.lower()}"' in html for code in item.feeds)
        assert all(f"#{provision}" in html for provision in item.provisions)


def test_only_a_determination_lifts_a_proof_of_failure_level(client: Client, version: FrameworkVersion) -> None:
    words = "In this group: an approved determination, no endorsement; until then it counts as 3."
    assert read(client, address(version, "indicator", "pof-trafficking")).count(words) == 2
    assert words not in read(client, address(version, "indicator", "recruitment-collusion"))


def test_the_law_page_takes_108b7_apart(
    client: Client, version: FrameworkVersion, framework: CompiledFramework
) -> None:
    html = client.get(address(version, "law")).content.decode()
    text = said(html)
    for standard in framework.spec.standards:
        assert f"{standard.cite} {standard.summary} [v] (checked)" in text
    for indicium in framework.spec.indicia:
        assert f"{indicium.cite} {indicium.summary}" in text
    for element in framework.spec.elements:
        assert f"{element.code} {element.text} [v] (checked) {element.added_by}" in row(html, element.code.lower())
    assert "E5" in row(html, "e5")
    assert row(html, "e5").endswith("official category of the case (F1)")


def test_provisions_say_in_words_how_they_bind(
    client: Client, version: FrameworkVersion, framework: CompiledFramework
) -> None:
    html = client.get(address(version, "provisions")).content.decode()
    assert "A missing provision of level C is a gap, never a breach." in said(html)
    for provision in framework.provisions:
        text = row(html, provision.slug)
        assert text.startswith(provision.cite)
        assert all(obligation.label in text for obligation in provision.obligations)
        assert {"verified": "(checked)", "unverified": "(from memory)"}[provision.mark.value] in text


def test_the_registry_has_every_term_with_its_origin(
    client: Client, version: FrameworkVersion, framework: CompiledFramework
) -> None:
    html = client.get(address(version, "registry")).content.decode()
    words = {"seed": "seed document", "statute": "statute", "practice": "reporting practice", "method": "method"}
    for term in framework.spec.terms:
        text = row(html, f"{term.vocabulary}-{term.slug}")
        assert text.startswith(term.label)
        assert text.endswith(words[term.origin.value])


def test_recommendations_show_wording_trigger_addressees_and_seed(
    client: Client, version: FrameworkVersion, framework: CompiledFramework
) -> None:
    text = read(client, address(version, "recommendations"))
    for item in framework.recommendations:
        assert f"Relevant when {item.trigger_text}" in text
        assert ", ".join(framework.term("addressee", slug).label for slug in item.addressees) in text
        assert " , ".join(item.seed_rows) in text
    assert "End quotas, orders and penalties that compel labor in [sector]" in text
    assert "The first 8 are the top recommendations" in text


def test_every_record_of_the_seed_map_is_a_link_that_leads_somewhere(
    client: Client, version: FrameworkVersion, framework: CompiledFramework
) -> None:
    html = client.get(address(version, "seed")).content.decode()
    pages: dict[str, str] = {}
    for statement in framework.seed_rows:
        found = re.search(rf'<tr id="{statement.code.lower()}">(.*?)</tr>', html, re.DOTALL)
        assert found
        assert statement.statement in said(found[1])
        links = re.findall(r'href="([^"]+)"[^>]*>([^<]+)</a>', found[1])
        assert [name for _, name in links] == list(statement.records)
        for href, _ in links:
            url, _, anchor = href.partition("#")
            if url not in pages:
                response = client.get(url)
                assert response.status_code == 200, href
                pages[url] = response.content.decode()
            assert not anchor or f'id="{anchor}"' in pages[url], href


@pytest.mark.parametrize("part", ["front", *PARTS[1:]])
def test_marks_stand_beside_an_explanation(client: Client, version: FrameworkVersion, part: str) -> None:
    if part == "recommendations":
        return  # states no fact that carries a mark; each names its sources instead
    text = read(client, address(version, "version" if part == "front" else part))
    assert "[v] checked: read in a text of the source" in text
    assert "[p] (our proposal)" in text or "[v] (checked)" in text


# The method


def test_the_method_states_every_parameter_descriptor_and_rule(
    client: Client, version: FrameworkVersion, framework: CompiledFramework
) -> None:
    html = client.get(reverse("frameworks:method")).content.decode()
    text = said(html)
    assert (
        "Indicia never states whether a government meets the minimum standards, and it never computes a tier." in text
    )
    for parameter in framework.spec.parameters:
        assert f"{parameter.value} {parameter.unit} {parameter.meaning}" in row(html, f"parameter-{parameter.slug}")
    for item in framework.indicators:
        assert all(f"level {level.value} {level.descriptor}" in text for level in item.levels)
    assert all(rule.text in text for rule in framework.spec.evidence_rules)
    assert all(state.label in text for state in framework.states)
    assert all(category.label in text for category in framework.finding_categories)
    assert "No conviction: at most 2 if convictions and sentences are at 0 while concern is 3 or higher" in text


def test_the_method_follows_its_parameters(
    client: Client, version: FrameworkVersion, framework: CompiledFramework
) -> None:
    parameters = tuple(
        parameter.model_copy(update={"value": 61}) if parameter.slug == "coverage-minimum" else parameter
        for parameter in framework.spec.parameters
    )
    changed = framework.spec.model_copy(update={"version": "2026.2", "parameters": parameters})
    stored = loader.store(changed, by=None, at=timezone.now())
    assert "Below 61 percent of core indicators covered" in read(client, address(stored, "version-method"))


def test_no_value_of_the_method_is_left_blank(client: Client, version: FrameworkVersion) -> None:
    text = read(client, reverse("frameworks:method"))
    assert not re.findall(r"\b(?:at most|below level|needs|set to|level|less) (?:[,;)]|\.(?!\.))", text)


# Countries


def test_the_list_has_every_country_with_tier_bureau_and_treaties(client: Client, countries: None) -> None:
    html = client.get("/countries/").content.decode()
    assert len(re.findall(r'<tr id="[A-Z]{3}">', html)) == Country.objects.count() == 189
    assert row(html, "NGA") == "Nigeria AF unverified Tier 2 (2025) party party party neither"
    assert row(html, "KIR").startswith("Kiribati not in the report of 2025")
    assert row(html, "BRB").endswith("signatory party derived party neither")


def test_a_country_shows_its_tiers_with_how_each_is_known(client: Client, countries: None) -> None:
    response = client.get("/countries/nga/")
    html, text = response.content.decode(), said(response.content.decode())
    assert "2025 Tier 2 Printed in the source hawkeye-2025" in text
    assert "2022 Tier 2 Derived : follows from listed rows, totals or a report's sentence elimination" in text
    assert "No row on file for 2019." in text
    assert len(re.findall(r'class="strip-cell', html)) == TierRecord.objects.filter(country="NGA").count()
    assert "UNCAC United Nations Convention against Corruption Party December 14, 2004 Verified" in text
    assert "the Government of Nigeria verified" in text


def test_disagreement_and_doubt_are_said_in_words(client: Client, countries: None) -> None:
    disputed = TierRecord.objects.filter(basis="conflict").first()
    assert disputed
    text = read(client, f"/countries/{disputed.country_id}/")
    assert f"{disputed.report_year} {disputed.get_tier_display()} Sources disagree {disputed.source}" in text
    undated = TreatyStatus.objects.filter(status_verified="totals", country__isnull=False).exclude(date="").first()
    derived = undated or TreatyStatus.objects.filter(status_verified="totals", country__isnull=False).first()
    assert derived
    assert "Derived from dated official totals" in read(client, f"/countries/{derived.country_id}/")
    assert re.search(r"Afghanistan.*2022 unverified", read(client, "/countries/AFG/"))


def test_every_source_is_explained(client: Client, countries: None) -> None:
    rows = [
        *TierRecord.objects.values_list("source", flat=True),
        *TreatyStatus.objects.values_list("source", flat=True),
    ]
    for found in Country.objects.prefetch_related("child_soldier_listings", "policy_or_pattern_years"):
        rows += [found.adjective_source, found.government_phrase_source]
        rows += [listing.source for listing in found.child_soldier_listings.all()]
        rows += [listing.source for listing in found.policy_or_pattern_years.all()]
    named = {name for source in rows for name in source_notes.names(source)}
    assert named - source_notes.NOTES.keys() == set()
    assert "A transcription of the list of September 29, 2025" in read(client, "/countries/NGA/")


def test_the_strip_has_a_place_for_each_year_and_tier() -> None:
    rows = [
        TierRecord(report_year=2001, tier="3", basis="listed"),
        TierRecord(report_year=2003, tier="2WL", basis="derived"),
        TierRecord(report_year=2004, tier="SC", basis="conflict"),
    ]
    made = strip(rows, 2001, 2004)
    assert [(cell.year, cell.numeral, cell.sign, cell.look) for cell in made.cells] == [
        (2001, "3", "", "listed"),
        (2003, "2W", "d", "derived"),
        (2004, "SC", "c", "conflict"),
    ]
    assert made.missing == (2002,)
    assert [cell.y for cell in made.cells] == [made.lanes[lane].y + 2 for lane in (3, 2, 4)]
    assert len({cell.x for cell in made.cells}) == 3


# What the pages ask of the database: session, person, roles, and no more for more rows


@pytest.mark.parametrize("rows", [2, 189])
def test_the_list_asks_the_same_for_any_number_of_countries(
    client: Client, countries: None, rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for model in (TierRecord, TreatyStatus):
        model._base_manager.exclude(country__in=["NGA", "ALB"]).delete() if rows == 2 else None
    if rows == 2:
        for related in ("child_soldier_listings", "policy_or_pattern_years"):
            field = Country._meta.get_field(related)
            field.related_model._base_manager.exclude(country__in=["NGA", "ALB"]).delete()
        Country.objects.exclude(iso3__in=["NGA", "ALB"]).delete()
    with django_assert_num_queries(7):
        response = client.get("/countries/")
    assert len(response.context["rows"]) == rows


@pytest.mark.parametrize("years", [1, 24])
def test_a_country_asks_the_same_for_any_number_of_years(
    client: Client, countries: None, years: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    if years == 1:
        TierRecord.objects.filter(country="NGA").exclude(report_year=2025).delete()
    with django_assert_num_queries(10):
        response = client.get("/countries/NGA/")
    assert len(response.context["tiers"]) == years


@pytest.mark.parametrize("versions", [1, 3])
def test_the_front_asks_the_same_for_any_number_of_versions(
    client: Client,
    version: FrameworkVersion,
    framework: CompiledFramework,
    versions: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for number in range(2, versions + 1):
        loader.store(framework.spec.model_copy(update={"version": f"2026.{number}"}), by=None, at=timezone.now())
    with django_assert_num_queries(4):
        response = client.get(address(version, "version"))
    assert len(response.context["versions"]) == versions


@pytest.mark.parametrize("part", PARTS[1:])
def test_a_part_asks_for_its_version_only(
    client: Client,
    version: FrameworkVersion,
    part: str,
    django_assert_num_queries: DjangoAssertNumQueries,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(method, "ADDED", [])  # what other apps add asks for itself
    more = part == "version-method"  # the version before it
    with django_assert_num_queries(4 if more else 3):
        client.get(address(version, part))
