"""Columns that mirror the fields of the records, so that one kind of value is kept in one way everywhere."""

from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from assessments.core.values import NUMBERED, Choice, CountKind

WHOLE_MAX = 2_000_000_000
"""The largest whole number a record may hold; both databases can."""


def words(length: int = 200) -> "models.CharField[str, str]":
    """Hold a text of at most this many characters; empty means nothing was said."""
    return models.CharField(max_length=length, blank=True, default="")


def made() -> "models.TextField[str, str]":
    """Hold a text that the rules made: as long as the facts make it."""
    return models.TextField(blank=True, default="")


def note() -> "models.CharField[str, str]":
    """Hold words for colleagues, at most 4,000 characters."""
    return words(4000)


def slug() -> "models.CharField[str | None, str | None]":
    """Hold a name from the framework's registry; None where none was chosen."""
    return models.CharField(max_length=80, null=True, blank=True, default=None)


def day() -> "models.CharField[str | None, str | None]":
    """Hold a day, a month or a year as it was given; None where it is not known."""
    return models.CharField(max_length=10, null=True, blank=True, default=None)


def choice(kinds: type[Choice], default: Choice | None = None) -> "models.CharField[str, str]":
    """Hold one of a closed list; without a default it must be given."""
    if default is None:
        return models.CharField(max_length=40, choices=kinds.choices())
    return models.CharField(max_length=40, choices=kinds.choices(), default=default.value)


def maybe(kinds: type[Choice]) -> "models.CharField[str | None, str | None]":
    """Hold one of a closed list, or None where none was chosen."""
    return models.CharField(max_length=40, choices=kinds.choices(), null=True, blank=True, default=None)


def count_kind(default: CountKind | None = None) -> "models.CharField[str | None, str | None]":
    """Hold the kind of a count; None where the record has no count there."""
    return models.CharField(
        max_length=40,
        choices=CountKind.choices(),
        null=default is None,
        blank=default is None,
        default=None if default is None else default.value,
    )


def whole(maximum: int = WHOLE_MAX, minimum: int = 0) -> "models.PositiveIntegerField[int | None, int | None]":
    """Hold a whole number within bounds, or None."""
    bounds = [MinValueValidator(minimum), MaxValueValidator(maximum)]
    return models.PositiveIntegerField(null=True, blank=True, default=None, validators=bounds)


def amount() -> "models.FloatField[float | None, float | None]":
    """Hold an amount of money in the currency named beside it, or None."""
    bounds = [MinValueValidator(0), MaxValueValidator(10**15)]
    return models.FloatField(null=True, blank=True, default=None, validators=bounds)


def yes(default: bool = False) -> "models.BooleanField[bool, bool]":
    """Hold yes or no."""
    return models.BooleanField(default=default)


def tristate() -> "models.BooleanField[bool | None, bool | None]":
    """Hold yes, no, or None where it is not known or neutral."""
    return models.BooleanField(null=True, blank=True, default=None)


def members() -> "models.JSONField[Any, Any]":
    """Hold a tuple of a record (slugs, phrases, nested records) as JSON."""
    return models.JSONField(default=list, blank=True)


def number_goes_with_kind(sheet: str, name: str) -> models.CheckConstraint:
    """Let a count have a number from 1 up exactly where its kind needs one (core.values.Count)."""
    # Without the first half a missing kind would make the whole condition unknown, which a database lets pass.
    kinds = sorted(kind.value for kind in NUMBERED)
    numbered = Q(**{f"{name}_kind__isnull": False, f"{name}_kind__in": kinds})
    given = Q(**{f"{name}_value__isnull": False, f"{name}_value__gte": 1, f"{name}_value__lte": WHOLE_MAX})
    without = Q(**{f"{name}_value__isnull": True})
    unnumbered = ~Q(**{f"{name}_kind__in": kinds}) | Q(**{f"{name}_kind__isnull": True})
    return models.CheckConstraint(
        condition=(numbered & given) | (unnumbered & without),
        name=f"{sheet}_{name}_number_goes_with_its_kind",
    )


def known(name: str, kinds: type[Choice], *, optional: bool = False) -> Q:
    """Say that a column holds a member of a closed list, or, where optional, nothing."""
    listed = Q(**{f"{name}__in": [member.value for member in kinds]})
    return listed | Q(**{f"{name}__isnull": True}) if optional else listed


def within(name: str, low: int, high: int) -> Q:
    """Say that a number, where there is one, lies within bounds."""
    return Q(**{f"{name}__isnull": True}) | Q(**{f"{name}__gte": low, f"{name}__lte": high})
