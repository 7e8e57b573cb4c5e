"""A list of questions to a government or a post, and what became of it."""

from collections.abc import Mapping, Sequence
from typing import Any

from crispy_forms.layout import Div, LayoutObject
from django import forms
from django.utils.safestring import mark_safe

from assessments.actions import LetterText
from assessments.core.asking import Question
from assessments.core.values import Stage
from assessments.forms.base import PageForm, VersionField
from assessments.forms.fields import Choices, ManyField
from assessments.forms.ticks import QuestionTicks

MOST = 70
"""Questions a form may hold while it is written."""
DAY = forms.DateInput(attrs={"placeholder": "2024-05-14", "autocomplete": "off"})


class BeginForm(PageForm):
    """What to ask: gaps, figures that are missing and core questions without an answer, ticked from one list."""

    add = ManyField(label="Ask for", required=False)

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        offers: Sequence[tuple[str, Choices]],
        ticked: Sequence[str] = (),
    ) -> None:
        """Offer questions under the titles of their kinds; `ticked` are chosen at first."""
        super().__init__(data=data, initial={"add": list(ticked)}, prefix="begin")
        field = self.fields["add"]
        assert isinstance(field, ManyField)  # noqa: S101  tells the type checker what was declared above
        field.choices = offers

    def layout_fields(self) -> Sequence[str | LayoutObject]:
        """Fold the kinds."""
        return (QuestionTicks("add"),)


class LetterForm(PageForm):
    """The list of questions as it goes out: every word can be changed, moved and left out. Cleans to `letter`."""

    addressee = forms.CharField(
        label="To",
        required=False,
        max_length=200,
        help_text=mark_safe("An office, not a person: <i>the Ministry of Justice</i>."),
    )
    channel = forms.CharField(
        label="Through", required=False, max_length=200, help_text=mark_safe("<i>the embassy</i>")
    )
    due_on = forms.DateField(label="Answer asked for by", required=False, widget=DAY)
    opening = forms.CharField(
        label="Above the questions", required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 3})
    )
    closing = forms.CharField(
        label="Below the questions", required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 2})
    )
    version = VersionField()

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        text: LetterText,
        version: int | None,
        offers: Sequence[tuple[str, Choices]] = (),
        words: Mapping[str, Question] | None = None,
    ) -> None:
        """Show a list as it is kept; `offers` can be added, their words found in `words` by what they are about."""
        names = ("addressee", "channel", "due_on", "opening", "closing")
        super().__init__(data=data, initial={"version": version, **{name: getattr(text, name) for name in names}})
        self.letter: LetterText | None = None
        self.words = words or {}
        self.count = self._counted(data, len(text.questions))
        for number in range(self.count + 1):
            given = text.questions[number] if number < len(text.questions) else None
            self._add_question(number, given)
        if offers:
            self.fields["add"] = ManyField(label="Add questions on", required=False, choices=offers)

    @staticmethod
    def _counted(data: Mapping[str, Any] | None, kept: int) -> int:
        if data is None:
            return kept
        names = (key for key in data if key.startswith("q") and key.endswith("-text"))
        typed = [key.removeprefix("q").partition("-")[0] for key in names]
        return max([kept - 1, *(int(item) for item in typed if item.isdigit() and int(item) < MOST)]) + 1

    def _add_question(self, number: int, given: Question | None) -> None:
        label = f"Question {number + 1}" if number < self.count else "One more question of your own"
        self.fields[f"q{number}-text"] = forms.CharField(
            label=label,
            required=False,
            max_length=2000,
            initial=given.text if given else "",
            widget=forms.Textarea(attrs={"rows": 3 if given else 2}),
        )
        hidden = {
            "about": given.about if given else "",
            "stages": " ".join(stage.value for stage in given.stages) if given else "",
        }
        for name, value in hidden.items():
            self.fields[f"q{number}-{name}"] = forms.CharField(
                required=False, initial=value, max_length=400, widget=forms.HiddenInput
            )
        if number < self.count:
            self.fields[f"q{number}-place"] = forms.IntegerField(
                label=f"Place of question {number + 1}", required=False, min_value=1, max_value=999, initial=number + 1
            )
            self.fields[f"q{number}-drop"] = forms.BooleanField(
                label=f"Leave question {number + 1} out", required=False
            )

    def layout_fields(self) -> Sequence[str | LayoutObject]:
        """Set each question with its place, and the list of what can be added behind them."""
        questions = []
        for number in range(self.count + 1):
            stem = f"q{number}-"
            own = [name for name in (f"{stem}place", f"{stem}drop") if name in self.fields]
            row = [Div(*own, css_class="field-row")] if own else []
            questions.append(Div(f"{stem}text", *row, f"{stem}about", f"{stem}stages", css_class="letter-question"))
        added = [QuestionTicks("add")] if "add" in self.fields else []
        head = Div("addressee", "channel", "due_on", css_class="field-row")
        return (head, "opening", *questions, *added, "closing", "version")

    def clean(self) -> dict[str, Any]:
        """Build the list: in the order of the places given, without what was left out, with what was ticked behind."""
        cleaned: dict[str, Any] = super().clean() or {}
        if self.errors:
            return cleaned
        placed: list[tuple[int, int, Question]] = []
        for number in range(self.count + 1):
            stem = f"q{number}-"
            text = cleaned.get(f"{stem}text", "").strip()
            if not text or cleaned.get(f"{stem}drop"):
                continue
            stages = tuple(Stage(item) for item in cleaned[f"{stem}stages"].split() if item in list(Stage))
            question = Question(text=text, about=cleaned[f"{stem}about"][:120], stages=stages)
            placed.append((cleaned.get(f"{stem}place") or 1000 + number, number, question))
        kept = [question for _, _, question in sorted(placed, key=lambda item: item[:2])]
        there = {question.about for question in kept if question.about}
        kept += [self.words[about] for about in cleaned.get("add", ()) if about in self.words and about not in there]
        self.letter = LetterText(
            questions=tuple(kept),
            **{name: cleaned[name] for name in ("addressee", "channel", "due_on", "opening", "closing")},
        )
        return cleaned


class MoveForm(PageForm):
    """The day of a step, and for an answer what came back and which gaps it closes."""

    on = forms.DateField(label="On", widget=DAY, error_messages={"required": "Give the day."})
    answer = forms.CharField(
        label="What came back",
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="In short; the document itself is entered as a source.",
    )
    closes = ManyField(label="It closes these gaps", required=False)
    version = VersionField()

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        step: str,
        today: Any,
        version: int,
        gaps: Choices = (),
    ) -> None:
        """Ask what the step needs, and nothing else."""
        super().__init__(data=data, initial={"on": today, "version": version}, prefix=step)
        if step == "fill":
            del self.fields["on"]  # the day is that on which it came
        if step != "answer":
            del self.fields["answer"]
        if step not in ("answer", "fill") or not gaps:
            del self.fields["closes"]
        else:
            field = self.fields["closes"]
            assert isinstance(field, ManyField)  # noqa: S101  tells the type checker what was declared above
            field.choices = gaps
