"""The page that sets two texts side by side: which texts, what it says of each sentence, and to whom."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from assessments import actions
from assessments.core.sheets import Statistic
from assessments.core.values import Count, CountKind, Protection, Stage
from assessments.enums import Part
from assessments.models import Snapshot
from tests.assessments.office import Office

SLUG = "officials-prosecuted"


def client_of(person: object) -> Client:
    client = Client()
    client.force_login(person)
    return client


def address(office: Office, **query: str) -> str:
    return reverse("assessments:compare", args=[office.assessment.public_id]) + (
        "?" + "&".join(f"{name}={value}" for name, value in query.items()) if query else ""
    )


def text_of(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def working_copy(office: Office) -> Snapshot:
    return actions.make_working_snapshot(revision_id=office.revision_id, by=office.analyst, at=office.clock())


def changes(answer: Any) -> list[tuple[str, str | None]]:
    return [
        (item.row.change.value, item.row.mismatch.value if item.row.mismatch else None)
        for item in answer.context["rows"]
        if item.row.section != "recommendations"
    ]


def change_count(office: Office, ref: str, version: int, value: int, **fields: Any) -> None:
    count = Count(kind=CountKind.EXACT, value=value)
    record = Statistic(**({"id": ref, "stage": Stage.CONVICTION, "count": count} | fields))
    office.fact("statistics", record, ref=ref, version=version)


def test_a_changed_figure_is_marked_word_by_word(office: Office) -> None:
    saved = office.statistic(3, evidence=(office.evidence(),))
    frozen = working_copy(office)
    change_count(office, saved.ref, 1, 5, evidence=("e1",))
    answer = client_of(office.analyst).get(address(office))
    assert changes(answer) == [("figures-updated", None)]
    html = answer.content.decode()
    assert re.search(r"<del>.*?three.*?</del><ins>.*?five.*?</ins>", html)
    assert "taken out: three" in text_of(html)
    assert (answer.context["left"].name, answer.context["right"].name) == (
        answer.context["form"].fields["old"].choices[1][1],
        "Working text now",
    )
    back = client_of(office.analyst).get(address(office, old="working", new=str(frozen.public_id)))
    assert re.search(r"<del>.*?five.*?</del><ins>.*?three.*?</ins>", back.content.decode())


def test_what_moved_without_the_other_is_said(office: Office) -> None:
    saved = office.statistic(3, evidence=(office.evidence(),))
    office.rate(SLUG, 1, evidence=("e1",))
    working_copy(office)
    office.rate(SLUG, 3, evidence=("e1",), version=1)
    sentence = office.revision.sentences.get(family__isnull=False, subjects=[saved.ref])
    actions.edit_sentence(
        sentence_id=sentence.public_id,
        text="Courts convicted three officials.",
        version=sentence.version,
        by=office.analyst,
        at=office.clock(),
    )
    answer = client_of(office.analyst).get(address(office))
    assert ("reworded", "text-moved") in changes(answer)
    words = text_of(answer.content.decode())
    assert "Text moved, answer did not." in words
    (moved,) = answer.context["answers"]
    assert (moved.old, moved.new) == ("level 1", "level 3")
    only = client_of(office.analyst).get(address(office, show="text-moved"))
    assert {change for change, _ in changes(only)} == {"reworded"}
    assert [kind.count for kind in only.context["kinds"]] == [kind.count for kind in answer.context["kinds"]]
    unchanged = client_of(office.analyst).get(address(office, show="unchanged"))
    assert {change for change, _ in changes(unchanged)} <= {"unchanged"}


def released(office: Office) -> Snapshot:
    office.answer_all()
    office.submit()
    office.approve()
    return office.release()


def test_last_year_s_release_stands_to_the_left(office: Office) -> None:
    office.statistic(3, evidence=(office.evidence(),))
    last = released(office)
    this_year(office)
    office.statistic(5, evidence=(office.evidence(),))
    answer = client_of(office.analyst).get(address(office))
    assert answer.context["left"].name.startswith("Released text of 2024")
    assert changes(answer) == [("reworded", None)]  # it now says "compared with three"
    assert str(last.public_id) in dict(answer.context["form"].fields["old"].choices)


def this_year(office: Office) -> None:
    import datetime as dt

    actions.open_period(
        report_year=2025,
        opened_on=dt.date(2024, 10, 1),
        due_on=dt.date(2025, 6, 1),
        by=office.coordinator,
        at=office.clock(),
    )
    office.assessment = actions.open_assessment(
        iso3=office.country.iso3, report_year=2025, by=office.coordinator, at=office.clock()
    )
    office.assign(office.analyst, Part.ANALYST)
    office.assign(office.reviewer, Part.REVIEWER)


def test_a_correction_finds_its_sentences_again(office: Office) -> None:
    saved = office.statistic(3, evidence=(office.evidence(),))
    actions.add_sentence(
        revision_id=office.revision_id,
        section="prosecution",
        text="A sentence by hand.",
        evidence=(),
        judgement=True,
        by=office.analyst,
        at=office.clock(),
    )
    released(office)
    actions.correct(revision_id=office.revision_id, reason="A figure.", by=office.analyst, at=office.clock())
    change_count(office, saved.ref, 1, 4, evidence=("e1",))
    answer = client_of(office.analyst).get(address(office))
    assert sorted(changes(answer)) == [("figures-updated", None), ("unchanged", None)]
    assert {item.row.found.value for item in answer.context["rows"]} <= {"lineage", "key", "id"}


def test_everybody_sees_only_the_texts_open_to_them(office: Office) -> None:
    office.statistic(3, evidence=(office.evidence(),))
    draft = working_copy(office)
    snapshot = released(office)
    actions.correct(revision_id=office.revision_id, reason="A figure.", by=office.analyst, at=office.clock())
    for name in ("analyst", "reviewer", "coordinator"):
        offered = client_of(getattr(office, name)).get(address(office)).context["form"].fields["old"].choices
        assert [value for value, _ in offered] == ["working", str(snapshot.public_id), str(draft.public_id)]
    for name in ("exporter", "reader", "other_analyst"):
        answer = client_of(getattr(office, name)).get(address(office, old="working", new=str(draft.public_id)))
        assert [value for value, _ in answer.context["form"].fields["old"].choices] == [str(snapshot.public_id)]
        assert answer.context["is_alone"]
        assert "convict" not in answer.content.decode()
    for name in ("editor", "account_admin"):
        assert client_of(getattr(office, name)).get(address(office)).status_code == 404


def test_before_anything_is_frozen_strangers_learn_nothing_and_its_people_that_there_is_one(office: Office) -> None:
    for name in ("exporter", "reader", "other_analyst", "other_reviewer", "editor", "account_admin"):
        assert client_of(getattr(office, name)).get(address(office)).status_code == 404
    assert "There is only one text so far" in client_of(office.analyst).get(address(office)).content.decode()
    assert Client().get(address(office)).status_code == 302


def test_nothing_protected_and_no_unreleased_tier_enters_a_comparison(office: Office) -> None:
    ref = office.source(title="Testimony of a clerk", protection=Protection.CONFIDENTIAL)
    item = office.evidence(ref, excerpt="Named persons did this.")
    saved = office.statistic(3, evidence=(item,))
    working_copy(office)
    change_count(office, saved.ref, 1, 4, evidence=(item,))
    for name in ("analyst", "reviewer", "coordinator"):
        html = client_of(getattr(office, name)).get(address(office)).content.decode()
        assert "Testimony" not in html
        assert "Named persons" not in html


@pytest.mark.parametrize("who", ["analyst", "coordinator"])
def test_it_takes_as_many_queries_for_many_sentences_and_texts_as_for_few(
    office: Office, who: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    source = office.source()
    office.statistic(3, evidence=(office.evidence(source),))
    working_copy(office)
    client = client_of(getattr(office, who))
    with django_assert_max_num_queries(60) as few:
        client.get(address(office))
    for number in range(5):
        office.statistic(4, evidence=(office.evidence(source),), scope=f"over case {number}")
        working_copy(office)
    with django_assert_max_num_queries(60) as many:
        client.get(address(office))
    assert len(many) == len(few)
