"""Queries planned once: they find what the query itself finds, for any values, in any thread, on both databases."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection, connections
from django.db.models import Q, QuerySet
from django.db.models.functions import Lower
from django.test.utils import CaptureQueriesContext

from accounts.models import Role, User
from assessments import policies
from assessments.enums import Part
from assessments.models import Assessment, Assignment, DraftSentence, Revision
from assessments.planned import NotPlannable, Planned
from tests.assessments import factories

pytestmark = pytest.mark.django_db


def test_rows_are_those_of_the_query_with_what_was_joined_and_no_query_more() -> None:
    one, other = factories.SentenceFactory(), factories.SentenceFactory()

    @Planned
    def of(*, revision: int) -> "QuerySet[DraftSentence]":
        return DraftSentence.objects.filter(revision=revision).select_related("revision__assessment__country")

    for row in (one, other, one):
        with CaptureQueriesContext(
            connection,
        ) as asked:
            (found,) = of(revision=row.revision_id)
            country = found.revision.assessment.country.name
        assert (found.pk, found.generated_text, country) == (
            row.pk,
            row.generated_text,
            row.revision.assessment.country.name,
        )
        assert len(asked) == 1
    assert of(revision=one.revision_id + other.revision_id) == []


def test_each_value_goes_to_all_its_places_and_to_no_other() -> None:
    revision = factories.RevisionFactory()
    people = [
        factories.AssignmentFactory(assessment=revision.assessment, part=part).user for part in ("analyst", "reviewer")
    ]

    @Planned
    def parts(*, user: int, assessment: UUID) -> "QuerySet[Assignment, tuple[str, int]]":
        mine = Q(user=user, assessment__public_id=assessment) | Q(user=user, pk=-1)
        return Assignment.objects.filter(mine).values_list("part", "user_id")

    given = {"assessment": revision.assessment.public_id}
    assert parts(user=people[0].pk, **given) == [("analyst", people[0].pk)]
    assert parts(user=people[1].pk, **given) == [("reviewer", people[1].pk)]
    assert parts(user=people[1].pk, assessment=uuid4()) == []


def test_words_are_values_too_and_are_compared_as_they_are() -> None:
    person = factories.UserFactory(name="100% O'Neil \ue000{}")

    @Planned
    def named(*, name: str) -> "QuerySet[User]":
        return User.objects.filter(name=name)

    assert named(name="nobody") == []
    assert named(name=person.name) == [person]


def test_shapes_are_planned_apart_and_one_that_finds_nothing_asks_nothing() -> None:
    person = factories.UserFactory()

    @Planned
    def named(some: bool, *, pk: int) -> "QuerySet[User]":
        return User.objects.filter(pk=pk) if some else User.objects.filter(pk=pk, pk__in=[])

    assert named(True, pk=person.pk) == [person]
    with CaptureQueriesContext(connection) as asked:
        assert named(False, pk=person.pk) == []
    assert len(asked) == 0


def test_a_value_that_a_shape_does_not_ask_for_changes_nothing() -> None:
    person = factories.UserFactory()

    @Planned
    def named(by_name: bool, *, pk: int, name: str) -> "QuerySet[User]":
        return User.objects.filter(name=name) if by_name else User.objects.filter(pk=pk)

    assert named(True, pk=0, name=person.name) == [person]
    assert named(False, pk=person.pk, name="") == [person]


def _next(*, pk: int) -> "QuerySet[User]":
    return User.objects.filter(pk=pk + 1)


def _changed(*, name: str) -> "QuerySet[User]":
    return User.objects.annotate(low=Lower("name")).filter(low=name.upper())


def _partly(*, name: str) -> "QuerySet[User]":
    return User.objects.filter(Q(name=name) | Q(email=f"{name}@example.org"))


@pytest.mark.parametrize(("make", "value"), [(_next, {"pk": 1}), (_changed, {"name": "a"}), (_partly, {"name": "a"})])
def test_a_value_used_otherwise_than_compared_is_refused_when_planned(make: Any, value: dict[str, Any]) -> None:
    with pytest.raises(NotPlannable, match=f"{make.__name__} does more with a value than compare it with a column"):
        Planned(make)(**value)


def test_a_query_from_a_row_is_refused_because_it_would_hand_that_row_on() -> None:
    revision = factories.RevisionFactory()
    with pytest.raises(NotPlannable, match="start from the model"):
        Planned(lambda *, pk: revision.sentences.filter(pk=pk))(pk=1)


@pytest.mark.parametrize(
    "roles", [(), (Role.ANALYST,), (Role.REVIEWER,), (Role.ANALYST, Role.REVIEWER), (Role.COORDINATOR,), (Role.READER,)]
)
@pytest.mark.parametrize("part", [None, *Part])
@pytest.mark.parametrize("is_active", [True, False])
def test_the_open_revision_is_the_one_the_policy_lets_see(
    roles: tuple[Role, ...], part: Part | None, is_active: bool
) -> None:
    revision, other = factories.RevisionFactory(), factories.RevisionFactory()
    user = factories.user(*roles, is_active=is_active)
    if part is not None:
        factories.AssignmentFactory(assessment=revision.assessment, user=user, part=part.value)
    user = User.objects.get(pk=user.pk)
    for row in (revision, other):
        allowed = policies.visible_revisions(user).filter(pk=row.pk).first()
        found = policies.open_revision(user, row.assessment.public_id)
        assert found == allowed
        if found is not None:
            told = policies.relation(found.assessment, user)
            assert told == policies.relation(Assessment.objects.get(pk=row.assessment_id), user)


def test_each_column_comes_as_the_query_itself_reads_it() -> None:
    row = factories.SentenceFactory()
    joined = ("revision__assessment__country", "revision__assessment__period", "revision__framework")
    rows = DraftSentence.objects.select_related(*joined)
    planned = Planned(lambda *, pk: DraftSentence.objects.filter(pk=pk).select_related(*joined))

    def read(found: DraftSentence) -> list[Any]:
        revision = found.revision
        every = (found, revision, revision.assessment, revision.assessment.period, revision.framework)
        return [(type(value), value) for one in every for name, value in vars(one).items() if name != "_state"]

    wanted = read(rows.get(pk=row.pk))
    for _ in range(2):
        (found,) = planned(pk=row.pk)
        assert read(found) == wanted


@pytest.mark.django_db(transaction=True)
def test_a_plan_made_in_one_thread_asks_the_connection_of_another() -> None:
    revision = factories.RevisionFactory()

    @Planned
    def of(*, public_id: UUID) -> "QuerySet[Revision]":
        return Revision.objects.filter(public_id=public_id)

    def ask() -> list[Revision]:
        try:
            return of(public_id=revision.public_id)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as threads:
        found = [threads.submit(ask) for _ in range(4)]
        assert [task.result() for task in found] == [[revision]] * 4
    assert of(public_id=revision.public_id) == [revision]
