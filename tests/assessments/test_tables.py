"""The fact sheets as tables: copied, put in order, narrowed, and set beside reported figures."""

import re

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from assessments import actions, records
from assessments.core.sheets import OfficialCase, OfficialGroup, Proceeding, Statistic
from assessments.core.totals import totals
from assessments.core.types import AssessmentRecord, VersionRef
from assessments.core.values import Count, CountKind, PeriodRelation, Stage, Unit
from assessments.models import Event
from tests.assessments.office import Office


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def url(office: Office, name: str, *args: str) -> str:
    return reverse(f"assessments:{name}", args=[office.assessment.public_id, *args])


def text_of(answer: object) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def refs(answer: object) -> list[str]:
    return re.findall(r'id="row-(\w+)"', answer.content.decode())


def group(role: str, count: int, agency: str = "") -> OfficialGroup:
    return OfficialGroup(role=role, count=Count(kind=CountKind.EXACT, value=count), agency=agency)


def case(*groups: OfficialGroup, stage: Stage = Stage.CONVICTION, **changes: object) -> OfficialCase:
    values = {"id": "new", "officials": groups, "proceedings": (Proceeding(stage=stage),)} | changes
    return OfficialCase(**values)


# --- Order -------------------------------------------------------------------------------------------------------


def test_the_order_is_the_analysts_and_no_sentence_follows_it(office: Office) -> None:
    for value in (2, 3, 4):
        office.statistic(value, scope=f"in district {value}")
    client = signed_in(office.analyst)
    before = office.revision
    text = list(before.sentences.in_order().values_list("generated_text", flat=True))
    assert refs(client.get(url(office, "facts"))) == ["s1", "s2", "s3"]
    answer = client.post(url(office, "fact-move", "statistics"), {"move": "s3:up"}, follow=True)
    assert refs(answer) == ["s1", "s3", "s2"]
    client.post(url(office, "fact-move", "statistics"), {"move": "s3:up"})
    client.post(url(office, "fact-move", "statistics"), {"move": "s3:up"})  # at the top already: nothing happens
    assert refs(client.get(url(office, "facts"))) == ["s3", "s1", "s2"]
    moved = Event.objects.filter(action="move_fact")
    assert [event.target for event in moved] == ["statistics/s3", "statistics/s3"]
    after = office.revision
    assert (after.input_digest, after.content_hash) == (before.input_digest, before.content_hash)
    records.forget()
    with transaction.atomic():
        actions.rederive(actions.lock(office.revision_id), at=office.clock())
    assert list(office.revision.sentences.in_order().values_list("generated_text", flat=True)) == text
    assert office.revision.input_digest == before.input_digest


def test_only_an_analyst_of_the_country_puts_facts_in_order(office: Office) -> None:
    office.statistic(2)
    office.statistic(3, scope="in the north")
    move = {"move": "s2:up"}
    assert signed_in(office.reviewer).post(url(office, "fact-move", "statistics"), move).status_code == 403
    assert signed_in(office.other_analyst).post(url(office, "fact-move", "statistics"), move).status_code == 404
    mine = signed_in(office.analyst)
    for wrong in ("s9:up", "s2:sideways", ""):
        assert mine.post(url(office, "fact-move", "statistics"), {"move": wrong}).status_code == 404
    assert refs(mine.get(url(office, "facts"))) == ["s1", "s2"]


def test_a_copy_is_kept_when_somebody_saves_it(office: Office) -> None:
    office.fact("cases", case(group("mayor", 1, "Ministry of the Interior"), docket="12/2024"))
    client = signed_in(office.analyst)
    shown = client.get(url(office, "fact-new", "cases") + "?copy=c1")
    assert "Ministry of the Interior" in shown.content.decode()
    assert office.revision.cases.count() == 1
    assert client.get(url(office, "fact-new", "cases") + "?copy=c9").status_code == 404


# --- Filter ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "left"),
    [
        ({"stage": "conviction"}, ["s1", "c1"]),
        ({"stage": "trial"}, ["c2"]),
        ({"agency": "national police"}, ["c1"]),
        ({"role": "mayor"}, ["c2"]),
        ({"source": "d1"}, ["s1"]),
        ({"bare": "on"}, ["c1", "c2"]),
        ({"role": "mayor", "agency": "national police"}, []),
        ({"stage": "no such stage"}, ["s1", "c1", "c2"]),
    ],
)
def test_a_filter_leaves_what_it_names(office: Office, asked: dict[str, str], left: list[str]) -> None:
    office.statistic(4, evidence=(office.evidence(),))
    office.fact("cases", case(group("police officer", 2, "National Police")))
    office.fact("cases", case(group("mayor", 1), stage=Stage.TRIAL))
    answer = signed_in(office.analyst).get(url(office, "facts"), asked)
    assert refs(answer) == left
    if len(left) < 3:
        assert f"{len(left)} of 3 facts shown" in text_of(answer)


@pytest.mark.parametrize("asked", [{}, {"stage": "conviction"}])
def test_ten_times_the_facts_take_as_many_queries(office: Office, asked: dict[str, str]) -> None:
    client, counts = signed_in(office.analyst), []
    evidence = office.evidence()
    for count in (2, 18):
        for value in range(count):
            office.statistic(value + 2, scope=f"in district {count} {value}", evidence=(evidence,))
        client.get(url(office, "facts"), asked)
        with CaptureQueriesContext(connection) as taken:
            assert client.get(url(office, "facts"), asked).status_code == 200
        counts.append(len(taken))
    assert counts[0] == counts[1]


# --- Totals ------------------------------------------------------------------------------------------------------


def record_of(statistic: Statistic, *cases: OfficialCase) -> AssessmentRecord:
    named = tuple(OfficialCase(**{**_fields(one), "id": f"c{number}"}) for number, one in enumerate(cases, 1))
    version = VersionRef(code="official-complicity", version="2026.1")
    return AssessmentRecord(country="XAA", report_year=2024, framework=version, statistics=(statistic,), cases=named)


def _fields(one: OfficialCase) -> dict[str, object]:
    return {name: getattr(one, name) for name in ("officials", "proceedings", "relation", "counted_in")}


def figure(value: int | None, kind: CountKind = CountKind.EXACT, **changes: object) -> Statistic:
    return Statistic(id="s1", stage=Stage.CONVICTION, count=Count(kind=kind, value=value), **changes)


@pytest.mark.parametrize(
    ("statistic", "cases", "recorded", "warns"),
    [
        (figure(3), [case(group("guard", 2))], 2, False),
        (figure(3), [case(group("guard", 2)), case(group("mayor", 2))], 4, True),
        (figure(3), [case(group("guard", 4), relation=PeriodRelation.EARLIER)], None, False),
        (figure(3), [case(group("guard", 4), stage=Stage.TRIAL)], None, False),
        (figure(1, unit=Unit.CASES), [case(group("guard", 4))], 1, False),
        (figure(1, unit=Unit.CASES), [case(group("guard", 4)), case(group("mayor", 1))], 2, True),
        (figure(3, scope="in the north"), [case(group("guard", 4))], None, False),
        (figure(3, scope="in the north"), [case(group("guard", 4), counted_in="s1")], 4, True),
        (figure(None, CountKind.REPORTED_ZERO), [case(group("guard", 1))], 1, True),
        (figure(3, CountKind.AT_LEAST), [case(group("guard", 4))], 4, False),
        (figure(None, CountKind.NOT_REPORTED), [case(group("guard", 4))], 4, False),
    ],
)
def test_cases_are_added_up_beside_a_figure(
    statistic: Statistic, cases: list[OfficialCase], recorded: int | None, warns: bool
) -> None:
    found = totals(record_of(statistic, *cases))
    assert [one.recorded for one in found] == ([] if recorded is None else [recorded])
    assert [bool(one.warning) for one in found] == ([] if recorded is None else [warns])


def test_the_page_warns_where_cases_and_figure_disagree(office: Office) -> None:
    office.statistic(1)
    office.fact("cases", case(group("police officer", 2, "National Police")))
    shown = text_of(signed_in(office.analyst).get(url(office, "facts")))
    assert "The cases on record come to 2, more than the figure of 1." in shown
