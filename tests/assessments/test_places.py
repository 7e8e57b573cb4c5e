"""The sections on the left count what the line of progress below them counts."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from tests.assessments.office import Office, take_case


def counted(office: Office) -> tuple[list[tuple[int, int]], tuple[int, int]]:
    """Return what the page says of each section with core questions, and of all core questions."""
    client = Client()
    client.force_login(office.analyst)
    html = client.get(reverse("assessments:facts", args=[office.assessment.public_id])).content.decode()
    sections = re.findall(r'>(\d+) of (\d+) <span class="visually-hidden">core questions answered in full</span>', html)
    (whole,) = re.findall(r"<p>(\d+) of (\d+) core questions answered in full, as the sections count them</p>", html)
    return [(int(done), int(all_)) for done, all_ in sections], (int(whole[0]), int(whole[1]))


@pytest.mark.parametrize("case", ["2017-moldova", "2022-eritrea", "2022-turkmenistan"])
def test_the_sections_add_up_to_the_progress(office: Office, case: str) -> None:
    sections, whole = counted(take_case(office, case))
    assert (sum(done for done, _ in sections), sum(all_ for _, all_ in sections)) == whole
    assert 0 < whole[0] <= whole[1] == 25


def test_an_answer_of_which_more_is_asked_counts_in_neither(office: Office) -> None:
    office.rate("officials-prosecuted", 1)  # no evidence
    sections, whole = counted(office)
    assert whole == (0, 25)
    assert {done for done, _ in sections} == {0}
    office.rate("officials-prosecuted", 1, evidence=(office.evidence(),), version=1)
    sections, whole = counted(office)
    assert whole == (1, 25)
    assert sorted(done for done, _ in sections)[-1] == 1
