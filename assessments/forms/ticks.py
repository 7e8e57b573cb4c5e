"""Many questions to tick, by group: which of them an excerpt, a search or a gap is about."""

from collections.abc import Sequence
from typing import Any

from crispy_forms.layout import LayoutObject
from crispy_forms.utils import TEMPLATE_PACK
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from assessments.forms.base import PageForm
from assessments.forms.fields import Choices
from frameworks.spec.compiled import CompiledFramework
from frameworks.spec.measurement import IndicatorSpec


def questions_by_group(framework: CompiledFramework, *, with_parts: bool = False) -> Sequence[tuple[str, Choices]]:
    """Return the questions of a framework under the titles of their groups, as choices; by part where one asks so."""
    return [
        (
            f"{group.code} {group.title}",
            [
                choice
                for item in framework.indicators_of(group.slug)
                for choice in _choices(framework, item, with_parts=with_parts)
            ],
        )
        for group in framework.groups
    ]


def _choices(framework: CompiledFramework, item: IndicatorSpec, *, with_parts: bool) -> Choices:
    if not (with_parts and item.parts):
        return [(item.slug, f"{item.code} {item.title}")]
    return [
        (f"{item.slug}/{part}", f"{item.code} {item.title}: {framework.term('sector', part).label}")
        for part in item.parts
    ]


class QuestionTicks(LayoutObject):
    """A field of several questions, folded by group; a group with a tick in it is open."""

    def __init__(self, name: str, *, is_open: bool = False) -> None:
        """Stand for the field of this name; `is_open` unfolds every group."""
        self.name = name
        self.is_open = is_open

    def render(self, form: PageForm, context: Any, template_pack: str = TEMPLATE_PACK, **_: Any) -> SafeString:  # noqa: ARG002
        """Render the groups with their boxes."""
        field: Any = form.fields[self.name]
        bound = form[self.name]
        chosen = {str(value) for value in (bound.value() or ())}
        groups = []
        for title, choices in field.choices:
            boxes = [(value, label, value in chosen, f"{bound.auto_id}_{value}") for value, label in choices]
            ticked = sum(box[2] for box in boxes)
            groups.append({"title": title, "boxes": boxes, "ticked": ticked, "open": self.is_open or bool(ticked)})
        given = {"field": bound, "name": form.add_prefix(self.name), "groups": groups, "chosen": len(chosen)}
        return render_to_string("assessments/forms/question_ticks.html", given)
