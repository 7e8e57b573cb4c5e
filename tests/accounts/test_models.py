"""People and their roles."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from pytest_django import DjangoAssertNumQueries

from accounts.models import Role, RoleGrant, User

AT = dt.datetime(2024, 5, 1, 12, tzinfo=dt.UTC)
PASSWORD = "four plain words here"


@pytest.fixture
def user(db: None) -> User:
    return User.objects.create_user("Ana.Analyst@Example.org", name="Ana Analyst", password=PASSWORD)


def test_an_address_differing_in_case_only_is_the_same_account(user: User) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.create_user("ANA.ANALYST@example.org", name="Another")
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.create(email="New@example.org", name="Not in lower case")


def test_a_person_without_a_name_is_refused(db: None) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.create_user("nobody@example.org", name="")


def test_roles_cost_one_query_for_each_instance(user: User, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    user.grant([Role.ANALYST, Role.READER], at=AT, by=None)
    user.grant([Role.ANALYST], at=AT, by=user)  # held already, so nothing changes
    with django_assert_num_queries(1):
        assert user.roles == {"analyst", "reader"}
        assert user.has_role(Role.REVIEWER, Role.READER)
        assert not user.has_role(Role.REVIEWER)
    assert list(RoleGrant.objects.values_list("role", "granted_by")) == [("analyst", None), ("reader", None)]


def test_prefetched_roles_cost_no_query(user: User, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    user.grant([Role.EXPORTER], at=AT, by=None)
    (found,) = User.objects.prefetch_related("role_grants")
    with django_assert_num_queries(0):
        assert found.roles == {"exporter"}


def test_an_unknown_role_is_refused_by_the_database(user: User) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        RoleGrant.objects.create(user=user, role="minister", granted_at=AT)


def test_public_ids_are_random(db: None) -> None:
    people = [User.objects.create_user(f"p{n}@example.org", name=f"Person {n}") for n in range(3)]
    assert len({person.public_id for person in people}) == 3
