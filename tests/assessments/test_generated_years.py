"""Generated years are records like others: what was derived from them is what their rows give, the hinge card too."""

import pytest
from django.conf import LazySettings
from django.core.management import call_command

from assessments import content, events, facts
from assessments.core import engine
from assessments.core.interchange import canonical
from assessments.models import Assessment, Revision, Source
from tests.assessments.picturing import make_years, stored


@pytest.fixture
def years(db: None, settings: LazySettings) -> None:
    settings.DEMO = True
    stored()
    make_years(8, 3)


def test_their_rows_give_what_was_derived_from_them(years: None) -> None:
    call_command("rederive", check=True, verbosity=0)
    determined = 0
    for row in Revision.objects.select_related("assessment__country", "assessment__period", "framework", "wording"):
        case = facts.collect(row, framework=content.framework_of(row), wording=content.wording_of(row))
        assert case.record == canonical(case.record)
        assert content.plain(engine.run(case).finding) == row.result.finding
        assert len(case.record.evidence) == 3
        determined += len(case.record.determinations)
    assert determined
    assert list(events.verify_all()) == []


def test_they_share_their_sources_and_a_second_run_adds_none(years: None) -> None:
    assert Source.objects.count() == 3
    make_years(9, 3)
    assert Source.objects.count() == 3
    assert Assessment.objects.count() == 27
