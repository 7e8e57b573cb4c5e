"""The machine's clock is set back, forward, or jumps an hour: the log keeps the order, and nothing is lost."""

import datetime as dt

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from assessments import events
from assessments.enums import Subject
from assessments.models import Event
from benchmarks.pages import Fields
from tests.assessments.office import Office, make_office, take_case

NOON = dt.datetime(2026, 3, 8, 12, tzinfo=dt.UTC)
SPRING = dt.datetime(2026, 3, 8, 6, 59, 59, tzinfo=dt.UTC)  # one second before New York skips an hour
AUTUMN = dt.datetime(2026, 11, 1, 5, 30, tzinfo=dt.UTC)  # 1:30 in New York, for the first time that night


@pytest.fixture
def office(db: None) -> Office:
    return take_case(make_office(), "2017-moldova")


def save(client: Client, address: str, reason: str) -> int:
    fields = Fields()
    fields.feed(client.get(address).content.decode())
    values = fields.values | {"rationale": [reason], "confidence": ["moderate"]}
    return int(client.post(address, values, headers={"HX-Request": "true"}).status_code)


@pytest.mark.parametrize(
    "moments",
    [
        [NOON, NOON - dt.timedelta(days=2), NOON + dt.timedelta(seconds=1)],
        [NOON, NOON + dt.timedelta(hours=11), NOON],
        [SPRING, SPRING + dt.timedelta(seconds=2)],
        [AUTUMN, AUTUMN + dt.timedelta(hours=1), AUTUMN + dt.timedelta(minutes=30)],
        [NOON, NOON, NOON],
    ],
    ids=["set back", "set forward and back", "an hour skipped", "an hour twice", "standing still"],
)
def test_saves_keep_their_order_whatever_the_clock_says(
    office: Office, client: Client, moments: list[dt.datetime]
) -> None:
    address = f"/assessments/{office.assessment.public_id}/questions/I02/"
    reasons = [f"Reason {number}." for number in range(len(moments))]
    for moment, reason in zip(moments, reasons, strict=True):
        with time_machine.travel(moment, tick=False):
            client.force_login(office.analyst)
            assert save(client, address, reason) == 200
            assert client.get(reverse("assessments:home")).status_code == 200
    stored = office.revision.ratings.effective().get(indicator__code="I02")
    assert stored.rationale == reasons[-1]
    saves = Event.objects.about(Subject.ASSESSMENT, office.assessment.public_id).filter(action="save_rating")
    assert [event.at for event in saves.filter(by=office.analyst).order_by("sequence")] == moments
    assert events.verify(Subject.ASSESSMENT, office.assessment.public_id) is None
