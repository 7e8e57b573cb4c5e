"""Two people at once: every acknowledged save is on record, and the log is one chain."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection

from assessments import actions, events
from assessments.core.sheets import Statistic
from assessments.core.values import Stage
from assessments.enums import Part, Subject
from assessments.models import Event, StatisticRecord
from tests.assessments.office import make_office


@pytest.mark.django_db(transaction=True)
def test_two_people_in_one_entry_lose_nothing() -> None:
    office = make_office()
    office.assign(office.other_analyst, Part.ANALYST)
    office.statistic(3)
    revision_id, at = office.revision_id, office.clock()

    def save(person: Any) -> list[str]:
        kept: list[str] = []
        try:
            for number in range(6):
                while True:
                    version = StatisticRecord.objects.get().version
                    agency = f"{person.name} {number}"
                    try:
                        actions.save_fact(
                            revision_id=revision_id,
                            sheet="statistics",
                            ref="s1",
                            record=Statistic(id="s1", stage=Stage.CONVICTION, agency=agency),
                            version=version,
                            by=person,
                            at=at,
                        )
                    except actions.Conflict:
                        continue
                    kept.append(agency)
                    break
                if number % 3 == 0:
                    actions.comment(revision_id=revision_id, text="?", by=person, at=at)
        finally:
            connection.close()
        return kept

    with ThreadPoolExecutor(2) as pool:
        saved = [agency for kept in pool.map(save, [office.analyst, office.other_analyst]) for agency in kept]
    assert len(saved) == 12
    assert StatisticRecord.objects.get().version == 13
    assert Event.objects.filter(action="save_fact").count() == 13
    assert events.verify(Subject.ASSESSMENT, office.assessment.public_id) is None
