"""Form fields for the kinds of value a record is made of; each cleans to what the record itself takes."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from assessments.core.values import NUMBERED, Count, CountKind

Choices = Sequence[tuple[str, str]]


class CountWidget(forms.MultiWidget):
    """The kind of a count beside its number."""

    def __init__(self, kinds: Choices) -> None:
        """Offer these kinds."""
        number = forms.NumberInput(
            attrs={"aria-label": "Number", "min": 1, "inputmode": "numeric", "placeholder": "number"}
        )
        super().__init__(
            {
                "kind": forms.Select(
                    choices=kinds, attrs={"aria-label": "Kind of number", "data-numbered": " ".join(NUMBERED)}
                ),
                "value": number,
            }
        )

    def decompress(self, value: object) -> list[Any]:
        """Split a count into its kind and its number."""
        return [value.kind.value, value.value] if isinstance(value, Count) else [None, None]


class CountField(forms.MultiValueField):
    """A number and its kind; a number without its kind, and the reverse, is refused beside the field."""

    def __init__(self, *, kinds: Iterable[CountKind], optional: bool, **kwargs: Any) -> None:
        """Offer these kinds, and where the count is optional, none."""
        offered = [(kind.value, kind.label) for kind in kinds]
        if optional:
            offered = [("", "not given"), *offered]
        parts = (
            forms.ChoiceField(choices=offered, required=False),
            forms.IntegerField(min_value=0, max_value=2_000_000_000, required=False),
        )
        super().__init__(fields=parts, widget=CountWidget(offered), required=False, require_all_fields=False, **kwargs)

    def compress(self, data_list: Sequence[Any]) -> Count | None:
        """Join kind and number. A number alone is taken as exact: that is what a bare number says."""
        kind, number = [*data_list, None, None][:2]
        if not kind and number is None:
            return None
        try:
            chosen = CountKind(kind) if kind else CountKind.EXACT
            return Count(kind=chosen, value=number if number is not None or chosen in NUMBERED else None)
        except ValueError as exc:
            raise ValidationError(str(exc)) from exc

    def clean(self, value: Any) -> Count | None:
        """Clean kind and number; both empty means that no count is given."""
        cleaned: Count | None = super().clean(value)
        return cleaned


class LinesField(forms.CharField):
    """Several phrases, one a line; cleans to a tuple without empty lines."""

    def __init__(self, *, rows: int = 3, longest: int = 200, **kwargs: Any) -> None:
        """Allow lines of at most this many characters."""
        self.longest = longest
        super().__init__(required=False, widget=forms.Textarea(attrs={"rows": rows}), **kwargs)

    def prepare_value(self, value: Any) -> Any:
        """Show a tuple as lines."""
        return "\n".join(value) if isinstance(value, (tuple, list)) else value

    def to_python(self, value: Any) -> Any:
        """Split into lines."""
        lines = tuple(line.strip() for line in (super().to_python(value) or "").splitlines() if line.strip())
        long = next((line for line in lines if len(line) > self.longest), None)
        if long:
            raise ValidationError(f"A line has at most {self.longest} characters; one has {len(long)}.")
        return lines

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare by line."""
        return tuple(initial or ()) != tuple(line.strip() for line in (data or "").splitlines() if line.strip())


class CountriesField(LinesField):
    """Countries by name or three-letter code, one a line; cleans to codes."""

    def __init__(self, *, names: Mapping[str, str], **kwargs: Any) -> None:
        """Know these names by code."""
        self.names = names
        self.codes = {name.casefold(): code for code, name in names.items()}
        super().__init__(**kwargs)

    def prepare_value(self, value: Any) -> Any:
        """Show codes by their names."""
        return super().prepare_value(
            [self.names.get(code, code) for code in value] if isinstance(value, (tuple, list)) else value
        )

    def to_python(self, value: Any) -> Any:
        """Read every line as a code or a name."""
        found = []
        for line in super().to_python(value):
            code = line.upper() if line.upper() in self.names else self.codes.get(line.casefold())
            if code is None:
                raise ValidationError(f"There is no country “{line}” on the list.")
            found.append(code)
        return tuple(found)

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare what was read."""
        try:
            return bool(tuple(initial or ()) != self.to_python(data))
        except ValidationError:
            return True


class ManyField(forms.MultipleChoiceField):
    """Several of a list, in the order of the list; cleans to a tuple. Checkboxes: no modifier key is needed."""

    widget = forms.CheckboxSelectMultiple

    def clean(self, value: Any) -> Any:
        """Return the chosen in order."""
        chosen = set(super().clean(value))
        return tuple(key for key, _ in flat(self.choices) if key in chosen)


def flat(choices: Any) -> list[tuple[str, str]]:
    """Return the choices of a list without its groups."""
    found: list[tuple[str, str]] = []
    for key, label in choices:
        found.extend(label if isinstance(label, (list, tuple)) else [(key, label)])
    return found


class YesNoField(forms.TypedChoiceField):
    """Yes, no, or neither was said; cleans to True, False or None."""

    def __init__(self, *, answers: tuple[str, str, str], **kwargs: Any) -> None:
        """Use these words for yes, no and not known."""
        yes, no, neither = answers
        super().__init__(
            choices=[("", neither), ("yes", yes), ("no", no)],
            coerce=lambda value: {"yes": True, "no": False}.get(value),
            empty_value=None,
            required=False,
            widget=forms.RadioSelect,
            **kwargs,
        )

    def prepare_value(self, value: Any) -> Any:
        """Show True and False by their words."""
        return {True: "yes", False: "no", None: ""}.get(value, value)

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare what is meant."""
        return bool(self.prepare_value(initial) != (data or ""))
