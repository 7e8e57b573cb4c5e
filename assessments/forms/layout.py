"""How records are laid out: groups of fields under a heading, and repeated groups for records inside records."""

from copy import copy
from typing import TYPE_CHECKING, Any, ClassVar

from crispy_forms.layout import LayoutObject
from crispy_forms.utils import TEMPLATE_PACK, render_field
from django.forms import CheckboxSelectMultiple, RadioSelect
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from assessments.forms.asked import Group
from assessments.forms.fields import ManyField, flat
from assessments.stencil import Stencil, hole

if TYPE_CHECKING:
    from assessments.forms.base import PageForm
    from assessments.forms.records import RecordForm

CHECKLIST_FROM = 9
"""A list of this many checkboxes or more, or inside another record, is folded, with what is chosen on its fold."""
SHORT = 26
"""Radios whose labels are at most this long stand in a row."""


class RecordField(LayoutObject):
    """One field of a record, or the repeated group that stands for it."""

    def __init__(self, name: str) -> None:
        """Stand for the field of this name."""
        self.name = name

    def render(self, form: "RecordForm", context: Any, template_pack: str = TEMPLATE_PACK, **_: Any) -> SafeString:
        """Render as crispy does, folding long lists and setting short radios in a row."""
        if self.name in form.repeats:
            return self._repeats(form)
        field = form.fields[self.name]
        if isinstance(field, ManyField) and (form.prefix or len(flat(field.choices)) >= CHECKLIST_FROM):
            return self._checklist(form, field)
        wrapper = ""
        if isinstance(field.widget, RadioSelect) and not isinstance(field.widget, CheckboxSelectMultiple):
            labels = [str(label) for _, label in flat(field.choices)]  # type: ignore[attr-defined]
            wrapper = "radios-row" if max(map(len, labels), default=0) <= SHORT else ""
        rendered: SafeString = render_field(
            self.name,
            form,
            context,
            template_pack=template_pack,
            extra_context={"wrapper_class": wrapper},
        )
        return rendered

    def _checklist(self, form: "RecordForm", field: ManyField) -> SafeString:
        bound = form[self.name]
        chosen = {str(value) for value in (bound.value() or ())}
        labels = [label for value, label in flat(field.choices) if str(value) in chosen]
        return render_to_string(
            "assessments/forms/checklist.html",
            {"field": bound, "chosen": labels, "single": len(flat(field.choices)) < 2},
        )

    def _repeats(self, form: "RecordForm") -> SafeString:
        return render_to_string(
            "assessments/forms/repeats.html", {"name": form.add_prefix(self.name), "repeats": form.repeats[self.name]}
        )


class PlainField(LayoutObject):
    """A field for words: all but the words is the same in every form of its class, so that a stencil prints it.

    Only for fields whose label, help and widget no form changes; one that somebody sent, or has a prefix, is printed
    as any other.
    """

    _stencils: ClassVar[dict[tuple[Any, ...], Stencil]] = {}

    def __init__(self, name: str) -> None:
        """Stand for the field of this name."""
        self.name = name

    def render(self, form: "PageForm", context: Any, template_pack: str = TEMPLATE_PACK, **_: Any) -> SafeString:
        """Render as crispy does, once for a process."""
        value = form[self.name].value()
        if form.is_bound or form.prefix or value is None:
            found: SafeString = render_field(self.name, form, context, template_pack=template_pack)
            return found
        key = (type(form), self.name, form.auto_id)
        if key not in self._stencils:
            twin = copy(form)
            twin.initial = {self.name: hole("words")}
            twin.__dict__["_bound_fields_cache"] = {}  # of the form it was copied from
            self._stencils[key] = Stencil.of(render_field(self.name, twin, context, template_pack=template_pack))
        form.rendered_fields.add(self.name)
        return self._stencils[key].fill({"words": str(value)})


class ChosenField(PlainField):
    """A choice from a list that no form changes: printed once for a process for each thing to choose."""

    _printed: ClassVar[dict[tuple[Any, ...], SafeString]] = {}

    def render(self, form: "PageForm", context: Any, template_pack: str = TEMPLATE_PACK, **_: Any) -> SafeString:
        """Render as crispy does."""
        value = form[self.name].value()
        key = (type(form), self.name, form.auto_id, value)
        is_offered = value in [choice for choice, _ in flat(form.fields[self.name].choices)]  # type: ignore[attr-defined]
        if form.is_bound or form.prefix or not is_offered or key not in self._printed:
            found: SafeString = render_field(self.name, form, context, template_pack=template_pack)
            if not form.is_bound and not form.prefix and is_offered:
                self._printed[key] = found
            return found
        form.rendered_fields.add(self.name)
        return self._printed[key]


class FieldGroup(LayoutObject):
    """Fields that stand together: open, or folded until asked for, filled in or in error."""

    def __init__(self, group: Group, *, first: bool) -> None:
        """Stand for a group; the first of a form is never folded."""
        self.group = group
        self.first = first

    def render(self, form: "RecordForm", context: Any, template_pack: str = TEMPLATE_PACK, **_: Any) -> SafeString:
        """Render heading, note and fields."""
        fields = [RecordField(name) for name in self.group.names if name in form.fields or name in form.repeats]
        body = mark_safe("".join(field.render(form, context, template_pack) for field in fields))  # noqa: S308  each part was escaped by its own template
        fold = self.group.fold and not self.first and not any(form.is_filled(field.name) for field in fields)
        return render_to_string(
            "assessments/forms/group.html",
            {"group": self.group, "body": body, "folds": self.group.fold and not self.first, "open": not fold},
        )
