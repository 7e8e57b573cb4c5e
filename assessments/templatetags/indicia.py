"""How pages show moments, dates, choices and levels. None of these runs a query."""

import calendar
from collections.abc import Hashable, Iterable
from copy import copy
from datetime import date, datetime
from functools import cache, lru_cache
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from django import forms, template
from django.conf import settings
from django.forms import BoundField
from django.template import Context
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from accounts.models import User
from assessments import policies
from assessments.core.document import demonstration_notice
from assessments.core.values import RatingState
from assessments.core.words import counted as _counted
from assessments.forms.base import PageForm
from assessments.views.places import Place
from assessments.views.places import column as _column
from frameworks.spec.base import Direction

register = template.Library()

_MONTHS = tuple(calendar.month_name)[1:]


@register.filter
def moment(value: datetime | None) -> str:
    """Show a moment in the office's zone, with the zone named: "November 23, 2026, 14:02 EST"; None gives ""."""
    if value is None:
        return ""
    local = value.astimezone(ZoneInfo(settings.OFFICE_ZONE))
    return f"{day(local.date())}, {local:%H:%M %Z}"


@register.filter
def clock(value: datetime | None) -> str:
    """Show the time of a moment in the office's zone: "14:02 EST"; None gives ""."""
    return "" if value is None else f"{value.astimezone(ZoneInfo(settings.OFFICE_ZONE)):%H:%M %Z}"


@register.filter
def day(value: date | str | None) -> str:
    """Show a date as precisely as it is known: "May 14, 2022", "May 2022" or "2022"; None gives ""."""
    if not value:
        return ""
    year, month, number = [*str(value)[:10].split("-"), "", ""][:3]
    if not month:
        return year
    name = _MONTHS[int(month) - 1]
    return f"{name} {int(number)}, {year}" if number else f"{name} {year}"


@register.filter
def sees_pictures(user: User) -> bool:
    """Say whether a person may see pictures of released values, for a page that leads to them."""
    return policies.can_see_pictures(user)


@register.filter
def kind(field: BoundField) -> str:
    """Say how a field of a form is marked up: as "hidden", "checkbox", "choices", "file", "select" or "words"."""
    if field.is_hidden:
        return "hidden"
    widget = field.field.widget
    return next((name for name, types in _KINDS.items() if isinstance(widget, types)), "words")


_KINDS: dict[str, tuple[type[forms.Widget], ...]] = {
    "choices": (forms.RadioSelect, forms.CheckboxSelectMultiple),
    "checkbox": (forms.CheckboxInput,),
    "file": (forms.FileInput,),
    "select": (forms.Select,),
}


@register.filter
def label(value: Any) -> str:
    """Show a choice by its words."""
    return str(getattr(value, "label", value) or "")


@register.filter
def counted(value: int, noun: str) -> str:
    """Show a number with its noun: "3 checks", "1 check"; "check,checks" gives both forms."""
    one, _, many = noun.partition(",")
    return _counted(int(value or 0), one, many)


@register.filter
def get(values: Any, key: Any) -> Any:
    """Return a member of a mapping; None where there is none."""
    return values.get(key)


@register.simple_tag
@lru_cache(maxsize=256)
def level(
    value: int | None, direction: str = "concern", state: str | None = None, presumed: bool = False
) -> SafeString:
    """Show a level as a numeral on its colour, or a state by the look that stands for it; always with words.

    A few dozen looks exist, and a list shows hundreds: each is rendered once in a process.
    """
    return render_to_string("assessments/level.html", _look(value, direction, state, presumed=presumed))


def _look(value: int | None, direction: str, state: str | None, *, presumed: bool) -> dict[str, str]:
    if value is not None:
        look = f"{Direction(direction).value}-{value}" + (" level-presumed" if presumed else "")
        return {"text": str(value), "look": look, "words": f"level {value}" + (", presumed" if presumed else "")}
    if state is None:
        return {"text": "", "look": "level-none", "words": "no level"}
    text = {"insufficient-information": "?", "not-assessed": ""}.get(state, "–")
    return {"text": text, "look": f"level-{state}", "words": RatingState(state).label}


@register.simple_tag
@lru_cache(maxsize=64)
def scale(value: int | None, direction: str) -> SafeString:
    """Show a whole scale from 0 to 5 with the place of a level on it; each is rendered once in a process."""
    return render_to_string("assessments/scale.html", {"direction": direction, "value": value, "rungs": range(6)})


@register.simple_tag
@cache
def once(template: str) -> SafeString:
    """Show what is the same for everybody on every page: rendered once in a process, without a context."""
    return render_to_string(template)


@register.simple_tag
def navigation(ways: Iterable[Hashable]) -> SafeString:
    """Show where a person can go; there are few sets of roles, and each has its markup rendered once in a process."""
    return _navigation(tuple(ways))


@lru_cache(maxsize=512)
def _navigation(ways: tuple[Hashable, ...]) -> SafeString:
    return render_to_string("navigation.html", {"ways": ways})


@register.simple_tag(takes_context=True)
def laid_out(context: Context, form: PageForm) -> SafeString:
    """Show a form's fields as its layout says, after what is wrong with the whole of it; `crispy` without its detours.

    The template writes the form tag, the token and the buttons.
    """
    wrong = render_to_string("bootstrap5/errors.html", {"form": form}) if form.is_bound else SafeString("")
    return wrong + form.laid_out(copy(context))


class Printed(Protocol):
    """What prints itself by a stencil."""

    def printed(self, token: str, here: str) -> SafeString:
        """Return the markup; `token` is that of the page's forms, `here` the name of the page."""


@register.simple_tag(takes_context=True)
def printed(context: Context, item: Printed) -> SafeString:
    """Show what prints itself by a stencil, on this page."""
    return item.printed(str(context["csrf_token"]), str(context.get("here", "")))


@register.simple_tag
def column(places: Iterable[Place], here: str) -> SafeString:
    """Show the entries of the column on the left; `here` is the name of the place that is shown."""
    return _column(places, here)


@register.simple_tag
def demonstration(report_year: int) -> str:
    """Return the line that stands on every page of a demonstration assessment, in the words of drafts and exports."""
    return demonstration_notice(report_year)
