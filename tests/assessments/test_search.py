"""Search: everything that is open to a person, and no trace of what is not."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from assessments import actions
from assessments.core.sheets import OfficialCase, OfficialGroup
from assessments.core.values import Protection, Section
from assessments.enums import Part
from tests.assessments.office import Office

WORD = "Zebrafish"


def found(person: object, sought: str = WORD) -> str:
    client = Client()
    client.force_login(person)
    return " ".join(
        re.sub(r"<[^>]+>", " ", client.get(reverse("assessments:search"), {"q": sought}).content.decode()).split()
    )


def filled(office: Office) -> Office:
    """The word stands in a sentence, a reason, a fact, an excerpt, a title, and in protected fields."""
    item = office.evidence(office.source(title=f"{WORD} open title"), excerpt=f"An excerpt on {WORD} here.")
    hidden = office.source(title=f"{WORD} hidden title", protection=Protection.CONFIDENTIAL, attributions=("an NGO",))
    office.evidence(hidden, excerpt=f"Hidden excerpt on {WORD}.")
    office.statistic(3, note=f"A note on {WORD}.", evidence=(item,))
    office.rate("officials-prosecuted", 1, evidence=(item,), rationale=f"The reason is {WORD}.")
    office.fact(
        "cases",
        OfficialCase(id="x", officials=(OfficialGroup(role="police officer"),), docket=f"{WORD}/7", evidence=(item,)),
    )
    actions.add_sentence(
        revision_id=office.revision_id,
        section=Section.PROSECUTION,
        text=f"Observers saw a {WORD}.",
        judgement=True,
        by=office.analyst,
        at=office.clock(),
    )
    return office


def test_every_kind_is_found_with_its_words_around(office: Office) -> None:
    told = found(filled(office).analyst, WORD.upper())
    for piece in (
        f"Sentences of drafts one place Examplia 2024 Observers saw a {WORD} .",
        f"Reasons of answers one place Examplia 2024, I02 The reason is {WORD} .",
        f"Statistics on officials one place Examplia 2024, s1 A note on {WORD} .",
        "Evidence two places",
        f"An excerpt on {WORD} here.",
        f"{WORD} open title",
        f"{WORD} hidden title",
    ):
        assert piece in told, piece
    assert "Examplia 2024" in found(office.analyst, "exam")


@pytest.mark.parametrize(
    ("who", "sees", "never"),
    [
        ("reviewer", (f"{WORD} open title", f"The reason is {WORD}"), ("hidden title", "Hidden excerpt", f"{WORD} /7")),
        ("coordinator", (f"{WORD} open title",), ("hidden title", "Hidden excerpt", f"{WORD} /7")),
        ("other_analyst", (f"{WORD} open title",), ("Examplia", "hidden title", "The reason is", "excerpt")),
        ("exporter", (), ("Examplia", "title", "excerpt")),
        ("reader", (), ("Examplia", "title", "excerpt")),
        ("account_admin", (), ("Examplia", "title", "excerpt")),
    ],
)
def test_nobody_finds_what_is_not_open_to_them(
    office: Office, who: str, sees: tuple[str, ...], never: tuple[str, ...]
) -> None:
    told = found(getattr(filled(office), who))
    assert all(piece in told for piece in sees)
    assert not any(piece in told for piece in never)


def test_a_second_coder_finds_no_assessment(office: Office) -> None:
    filled(office)
    office.assign(office.other_analyst, Part.SECOND_CODER)
    told = found(office.other_analyst)
    assert "Examplia" not in told
    assert "The reason is" not in told


def test_a_protected_field_of_a_fact_is_never_searched(office: Office) -> None:
    assert "Cases against officials" not in found(filled(office).analyst)


@pytest.mark.parametrize(
    ("sought", "said"),
    [
        ("Z", "Give at least two characters."),
        ("nowhere at all", "Nothing that is open to you has these words."),
        ("%", "Give at least"),
    ],
)
def test_what_finds_nothing_says_so(office: Office, sought: str, said: str) -> None:
    assert said in found(office.analyst, sought)


def test_a_wildcard_is_a_character_like_any_other(office: Office) -> None:
    filled(office)
    assert "Nothing that is open to you" in found(office.analyst, "Z%h")


def test_what_was_typed_is_shown_and_never_run(office: Office) -> None:
    client = Client()
    client.force_login(office.analyst)
    page = client.get(reverse("assessments:search"), {"q": "<script>alert(1)</script>"}).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_many_hits_are_counted_and_take_no_more_queries(
    office: Office, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = Client()
    client.force_login(office.analyst)
    where = reverse("assessments:search")
    office.statistic(1, note=WORD)
    client.get(where, {"q": WORD})
    with django_assert_max_num_queries(30) as few:
        client.get(where, {"q": WORD})
    for n in range(24):
        office.statistic(1, note=f"{WORD} {n}")
    with django_assert_max_num_queries(31) as many:
        page = client.get(where, {"q": WORD}).content.decode()
    assert len(many) == len(few) + 1  # the count of all hits
    assert "25 places, the first 20 shown" in page
