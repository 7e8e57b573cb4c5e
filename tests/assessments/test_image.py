"""What tests begin with is laid from an image where it would be made the same, and nowhere else."""

import pytest
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.utils import timezone

from assessments.models import Assessment, RatingRecord
from tests.assessments.office import make_office, take_case

CASE = "2017-moldova"


def taken() -> tuple[int, int]:
    """Return how many answers the taken case has, and how many of its assessments there are."""
    office = take_case(make_office(), CASE)
    answers = RatingRecord.objects.filter(revision__assessment=office.assessment).count()
    return answers, Assessment.objects.filter(pk=office.assessment.pk, public_id=office.assessment.public_id).count()


@pytest.mark.django_db(transaction=True)
def test_a_step_is_not_laid_over_an_office_that_was_made_anew() -> None:
    first = taken()
    call_command("flush", interactive=False, reset_sequences=False, verbosity=0)
    other = Session.objects.create(session_key="other", session_data="", expire_date=timezone.now())
    office = make_office()  # by the actions, because a table holds a row already
    other.delete()  # and now as many rows are there as were before the first step
    office = take_case(office, CASE)
    answers = RatingRecord.objects.filter(revision__assessment=office.assessment).count()
    assert (answers, first[1]) == (first[0], 1)
    assert office.assessment.assignments.filter(user__public_id=office.analyst.public_id).exists()
