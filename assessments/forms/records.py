"""One mechanism that makes a form of any record: fields from its types, words from labels.py, places from grouping.py.

A form cleans to the record itself, so that what a page saves and what a file imports is the same value, checked by the
same rules. Malformed values are refused beside their field; what is merely missing is stored, and the rules say so.
"""

import dataclasses
import types as python_types
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

from annotated_types import Ge, Le, MaxLen
from crispy_forms.layout import LayoutObject
from django import forms
from django.utils.safestring import mark_safe
from pydantic import TypeAdapter, ValidationError
from pydantic.fields import FieldInfo

from assessments.core.sheets import TimeUnit
from assessments.core.values import (
    GROUP_KINDS,
    STATISTIC_KINDS,
    Choice,
    Count,
    CountKind,
    GroupCount,
    PartialDate,
    StatisticCount,
)
from assessments.forms.asked import Words
from assessments.forms.base import PageForm
from assessments.forms.fields import Choices, CountField, CountriesField, LinesField, ManyField, YesNoField
from assessments.forms.grouping import GROUPS, ONE
from assessments.forms.labels import WORDS
from assessments.forms.layout import FieldGroup, RecordField
from frameworks.spec.compiled import CompiledFramework

RADIOS_UP_TO = 4
"""A choice among more than this is a list to pick from."""
NEW = "new"
"""The id of a record that has none yet; the action gives it one."""
EMPTY: tuple[str, str] = ("", "not given")


@dataclasses.dataclass(frozen=True)
class Offer:
    """What a form may offer, loaded by the view before: a form runs no query."""

    framework: CompiledFramework
    refs: Mapping[str, Choices] = dataclasses.field(default_factory=dict)  # by list: "evidence", "cases", "sources"
    countries: Mapping[str, str] = dataclasses.field(default_factory=dict)  # name by ISO code


@dataclasses.dataclass(frozen=True)
class Kind:
    """The type of one field of a record, taken apart."""

    name: str
    bare: Any  # without Annotated and None
    optional: bool
    many: bool
    limits: Mapping[str, float]
    default: Any  # dataclasses.MISSING where it must be given
    declared: Any


@cache
def kinds(record: type) -> tuple[Kind, ...]:
    """Take the fields of a record apart, in the order declared."""
    hints = get_type_hints(record, include_extras=True)
    return tuple(_kind(field, hints[field.name]) for field in dataclasses.fields(record))


def _kind(field: "dataclasses.Field[Any]", declared: Any) -> Kind:
    bare, optional = _without_none(declared)
    bare, limits = _without_limits(bare)
    many = get_origin(bare) is tuple
    if many:
        bare, limits = _without_limits(get_args(bare)[0])
    default = field.default if field.default_factory is dataclasses.MISSING else field.default_factory()
    return Kind(field.name, bare, optional, many, limits, default, declared)


def _without_none(hint: Any) -> tuple[Any, bool]:
    if get_origin(hint) in (Union, python_types.UnionType):
        rest = [part for part in get_args(hint) if part is not type(None)]
        return rest[0], True
    return hint, False


def _without_limits(hint: Any) -> tuple[Any, dict[str, float]]:
    limits: dict[str, float] = {}
    while get_origin(hint) is Annotated:
        for part in hint.__metadata__:
            for limit in part.metadata if isinstance(part, FieldInfo) else (part,):
                limits.update(_limit(limit))
        hint = hint.__origin__
    return hint, limits


def _limit(part: Any) -> dict[str, float]:
    if isinstance(part, MaxLen):
        return {"longest": part.max_length}
    if isinstance(part, Ge):
        return {"least": float(part.ge)}  # type: ignore[arg-type]
    if isinstance(part, Le):
        return {"most": float(part.le)}  # type: ignore[arg-type]
    return {}


def terms(framework: CompiledFramework, source: str, chosen: object = ()) -> list[tuple[str, str]]:
    """Return the choices of a vocabulary; a retired term only where it is what was chosen."""
    kept = set(chosen) if isinstance(chosen, (tuple, list)) else {chosen}
    if source == "indicator":
        return [(item.slug, f"{item.code} {item.title}") for item in framework.indicators]
    if source == "factor":
        return [(slug, f"{spec.cite} {spec.noun}") for slug, spec in framework.proof_of_failure.items()]
    if source == "part":
        parts = [part for item in framework.indicators for part in item.parts]
        return [(part, framework.term("sector", part).label) for part in parts]
    if source == "provision":
        return [(item.slug, f"{item.cite} {item.label}") for item in framework.provisions]
    return [(term.slug, term.label) for term in framework.terms(source) if not term.retired or term.slug in kept]


def _build(kind: Kind, words: Words, offer: Offer, value: Any) -> forms.Field:
    """Make the form field for one field of a record."""
    # The help is a literal of labels.py; its italics are markup.
    named: dict[str, Any] = {"label": words.label, "help_text": mark_safe(words.help)}  # noqa: S308
    required = kind.default is dataclasses.MISSING and not kind.optional
    if kind.bare is Count:
        members = {StatisticCount: STATISTIC_KINDS, GroupCount: GROUP_KINDS}.get(kind.declared, tuple(CountKind))
        return CountField(kinds=members, optional=kind.optional, **named)
    if words.terms or words.refs or words.only or kind.name == "evidence":
        return _listed(kind, words, offer, value, required=required, named=named)
    if kind.name == "countries":
        return CountriesField(names=offer.countries, rows=words.rows or 2, **named)
    if kind.many:
        return LinesField(rows=words.rows or 3, longest=int(kind.limits.get("longest", 200)), **named)
    if isinstance(kind.bare, type) and issubclass(kind.bare, Choice):
        return _choice(kind.bare.choices(), optional=kind.optional, required=required, named=named)
    if kind.bare is bool:
        if kind.optional:
            return YesNoField(answers=words.answers, **named)
        return forms.BooleanField(required=False, **named)
    if kind.bare in (int, float):
        return _number(kind, named)
    if kind.declared == TimeUnit:
        return _choice(
            [("years", "years"), ("months", "months"), ("days", "days")], optional=False, required=required, named=named
        )
    return _text(kind, words, required=required, named=named)


def _listed(
    kind: Kind, words: Words, offer: Offer, value: Any, *, required: bool, named: dict[str, Any]
) -> forms.Field:
    if kind.name == "evidence":
        listed: Choices = offer.refs.get("evidence", ())
    elif words.refs:
        listed = offer.refs.get(words.refs, ())
    elif words.terms:
        listed = terms(offer.framework, words.terms, value)
    else:
        listed = [(member.value, member.label) for member in words.only]
        if not kind.many and value and value not in words.only:
            listed = [*listed, (value, kind.bare(value).label)]
    if kind.many:
        return ManyField(choices=listed, required=False, **named)
    return forms.TypedChoiceField(
        choices=listed if not kind.optional and value else [EMPTY, *listed],
        empty_value=None,
        required=required,
        **named,
    )


def _choice(listed: Sequence[tuple[str, str]], *, optional: bool, required: bool, named: dict[str, Any]) -> forms.Field:
    offered = [EMPTY, *listed] if optional else list(listed)
    radios = len(offered) <= RADIOS_UP_TO
    if required and not radios:
        offered = [("", "choose"), *offered]
    widget = forms.RadioSelect() if radios else forms.Select()
    return forms.TypedChoiceField(choices=offered, empty_value=None, required=required, widget=widget, **named)


def _number(kind: Kind, named: dict[str, Any]) -> forms.Field:
    make: Callable[..., forms.Field] = forms.IntegerField if kind.bare is int else forms.FloatField
    bounds = {"min_value": kind.limits.get("least"), "max_value": kind.limits.get("most")}
    if kind.bare is int:
        bounds = {name: None if limit is None else int(limit) for name, limit in bounds.items()}
    return make(required=kind.default is dataclasses.MISSING and not kind.optional, **bounds, **named)


_DATES: TypeAdapter[Any] = TypeAdapter(PartialDate)


@cache
def _adapter(record: type) -> TypeAdapter[Any]:
    """Return what checks a record of this type; making it takes longer than the rest of reading a form."""
    return TypeAdapter(record)


def _date(text: str) -> None:
    try:
        _DATES.validate_python(text)
    except ValidationError as exc:
        raise forms.ValidationError(in_words(exc.errors()[0])) from exc


def day_field(label: str) -> forms.CharField:
    """Return a field for a day, a month or a year, as records keep it; it may stay empty."""
    widget = forms.TextInput(attrs={"autocomplete": "off"})
    help_text = "2022-05-14, 2022-05 or 2022."
    return forms.CharField(
        label=label, max_length=10, required=False, widget=widget, validators=[_date], help_text=help_text
    )


def _text(kind: Kind, words: Words, *, required: bool, named: dict[str, Any]) -> forms.Field:
    longest = int(kind.limits.get("longest", 200))
    if kind.declared in (PartialDate, PartialDate | None):
        attrs = {"autocomplete": "off"}
        return forms.CharField(
            max_length=10, required=required, widget=forms.TextInput(attrs=attrs), validators=[_date], **named
        )
    rows = words.rows or (3 if longest > 500 else 0)
    widget = forms.Textarea(attrs={"rows": rows}) if rows else forms.TextInput(attrs={"autocomplete": "off"})
    return forms.CharField(max_length=longest, required=required, widget=widget, **named)


def _shown(value: Any) -> Any:
    """Return a value of a record as a form shows it first."""
    if isinstance(value, Choice):
        return value.value
    if isinstance(value, tuple):
        return tuple(_shown(item) for item in value)
    return value


def in_words(error: Mapping[str, Any]) -> str:
    """Say what a check of the record found wrong, without the checker's own terms."""
    message = str(error["msg"]).removeprefix("Value error, ").removeprefix("Assertion failed, ")
    return {
        "missing": "This is needed.",
        "string_pattern_mismatch": "This is not a name that can be used here.",
        "string_too_long": f"At most {error.get('ctx', {}).get('max_length', '')} characters.",
    }.get(str(error["type"]), message[:1].upper() + message[1:] + ("" if message.endswith(".") else "."))


class RecordForm(PageForm):
    """A form for one record; `repeats` holds the forms of records inside it, with one empty one at the end."""

    def __init__(
        self,
        record: type,
        *,
        offer: Offer,
        data: Mapping[str, Any] | None = None,
        value: Any = None,
        prefix: str | None = None,
        leave_out: Sequence[str] = (),
        files: Any = None,
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        """Show `value`, a record or None for a new one, or read what was typed; `initial` fills a new one in."""
        self.record = record
        self.value = value
        self.offer = offer
        self.repeats: dict[str, list[RecordForm]] = {}
        self.cleaned_record: Any = None  # once valid
        self._left_out = ("id", "demonstration", "presumption_approved_by", "proposed_by", "approved_by", *leave_out)
        start = {kind.name: _shown(self._start(kind)) for kind in kinds(record)}
        super().__init__(data=data, files=files, prefix=prefix, initial={**start, **(initial or {})})
        self._add_fields()

    def _start(self, kind: Kind) -> Any:
        if self.value is not None:
            return getattr(self.value, kind.name)
        return None if kind.default is dataclasses.MISSING else kind.default

    def _add_fields(self) -> None:
        for kind in kinds(self.record):
            words = WORDS[self.record].get(kind.name)
            if kind.name in self._left_out:
                continue
            if dataclasses.is_dataclass(kind.bare) and kind.bare is not Count and kind.many:
                self.repeats[kind.name] = list(self._repeats(kind))
            elif words is not None:
                self.fields[kind.name] = _build(kind, words, self.offer, self.initial.get(kind.name))
        if self.prefix and self.record in ONE and (self.is_bound or self.value is not None):
            self.fields["remove"] = forms.BooleanField(required=False, label="Leave this one out")

    def _repeats(self, kind: Kind) -> "Iterator[RecordForm]":
        """Make one form for each record that is there or was typed, and one empty one."""
        given: Sequence[Any] = self._start(kind) or ()
        count = len(given)
        if self.data:
            stem = self.add_prefix(kind.name) + "-"
            typed = {key[len(stem) :].split("-")[0] for key in self.data if key.startswith(stem)}
            count = max([count, *(int(number) + 1 for number in typed if number.isdigit() and int(number) < 200)])
        else:
            count += 1
        for number in range(count):
            yield RecordForm(
                kind.bare,
                offer=self.offer,
                data=self.data if self.is_bound else None,
                value=given[number] if number < len(given) else None,
                prefix=f"{self.add_prefix(kind.name)}-{number}",
            )

    @property
    def one(self) -> str:
        """What one record of this kind is called inside another."""
        return ONE.get(self.record, "Entry")

    @property
    def is_empty(self) -> bool:
        """Say whether this is an empty form nobody has written into."""
        return self.value is None and not (self.is_bound and self.has_changed())

    def has_changed(self) -> bool:
        """Say whether anything was typed, here or in a record inside."""
        return super().has_changed() or any(form.has_changed() for forms_ in self.repeats.values() for form in forms_)

    def is_filled(self, name: str) -> bool:
        """Say whether a field holds something beyond its first value, or an error: then its group stays open."""
        if name in self.repeats:
            return any(not form.is_empty for form in self.repeats[name])
        if self.is_bound and name in self.errors:
            return True
        default = next((_shown(kind.default) for kind in kinds(self.record) if kind.name == name), None)
        value = self[name].value()
        if isinstance(value, list) and isinstance(default, (Count, type(None))):
            return any(value)
        return value not in (default, None, "", (), [], dataclasses.MISSING)

    @property
    def _kept(self) -> "dict[str, list[RecordForm]]":
        return {
            name: [form for form in forms_ if not form.is_empty and not form.is_removed]
            for name, forms_ in self.repeats.items()
        }

    @property
    def is_removed(self) -> bool:
        """Say whether the person asked to leave this one out."""
        return bool(self.is_bound and "remove" in self.fields and self["remove"].data)

    def clean(self) -> dict[str, Any]:
        """Build the record; what its own checks refuse is said beside the field it is about."""
        cleaned: dict[str, Any] = super().clean() or {}
        cleaned.pop("remove", None)
        nested_ok = True
        for forms_ in self._kept.values():
            for form in forms_:
                nested_ok = form.is_valid() and nested_ok
        if self.errors or not nested_ok:
            if not nested_ok and not self.errors:
                self.add_error(None, "Something in one of the entries below cannot be read.")
            return cleaned
        values = {**self._untouched(), **{name: self._plain(name, value) for name, value in cleaned.items()}}
        for name, forms_ in self._kept.items():
            values[name] = tuple(form.cleaned_record for form in forms_)
        try:
            self.cleaned_record = _adapter(self.record).validate_python(values)
        except ValidationError as exc:
            for error in exc.errors():
                place = next((str(part) for part in error["loc"] if part in self.fields), None)
                self.add_error(place, in_words(error))
        return cleaned

    def _plain(self, name: str, value: Any) -> Any:
        kind = next(kind for kind in kinds(self.record) if kind.name == name)
        if value is None and not kind.optional:
            if self.value is not None and self.add_prefix(name) not in self.data:
                return getattr(self.value, name)  # a page of before that does not have the field yet
            return kind.default if kind.default is not dataclasses.MISSING else value
        if value == "" and kind.optional:
            return None
        return value

    def _untouched(self) -> dict[str, Any]:
        """Return the values of fields that are not on the form, so that saving keeps them."""
        values = {
            kind.name: self._start(kind)
            for kind in kinds(self.record)
            if kind.name not in self.fields and kind.name not in self.repeats
        }
        if "id" in values and values["id"] is None:
            values["id"] = NEW
        return values

    def layout_fields(self) -> Sequence[str | LayoutObject]:
        """Lay the groups out in the order of grouping.py, and the box that leaves an entry out at the end."""
        groups = [FieldGroup(group, first=number == 0) for number, group in enumerate(GROUPS[self.record])]
        return (*groups, RecordField("remove")) if "remove" in self.fields else tuple(groups)

    def all_errors(self) -> list[str]:
        """Return every error of this form and of the records inside it, in words."""
        found = self.errors_in_words()
        for forms_ in self._kept.values():
            for number, form in enumerate(forms_, start=1):
                found.extend(f"{form.one} {number}, {error}" for error in form.all_errors())
        return found
