"""What a government or a post is asked: from gaps, open core questions and missing figures to a list of questions.

The words are a first version that a person edits. A figure is asked for so that none, not known and no answer stay
apart: only then is "not reported" more than "nobody asked".
"""

from collections.abc import Iterable, Sequence
from typing import Annotated

from pydantic import Field

from assessments.core.sheets import DataRequest, Statistic
from assessments.core.types import Case
from assessments.core.values import STATISTIC_STAGES, CountKind, RatingState, Stage, record
from frameworks.spec.measurement import IndicatorSpec

GAP, INDICATOR, STATISTIC, STAGE = "information_gaps", "questions", "statistics", "stages"
"""What a question may be about; the id of the record, the question or the stage follows after a slash."""
OPEN_STATES = frozenset({RatingState.NOT_ASSESSED, RatingState.INSUFFICIENT, RatingState.NO_REQUEST_MADE})
SILENT = frozenset({CountKind.NOT_REPORTED, CountKind.UNKNOWN})


@record
class Question:
    """One question of a list: its words, what it is about, and the stages it asks figures for."""

    text: Annotated[str, Field(max_length=2000)]
    about: Annotated[str, Field(max_length=120)] = ""
    stages: tuple[Stage, ...] = ()


def period_words(report_year: int) -> str:
    """Return the reporting period as a letter names it."""
    return f"April 1, {report_year - 1} to March 31, {report_year}"


def opening_words(report_year: int) -> str:
    """Return the first version of what stands above the questions."""
    return (
        f"For the reporting period {period_words(report_year)} we ask for the following on officials and trafficking "
        "in persons. Where the answer is none, please say so; where it is not known or can't be given, please say "
        "that and why."
    )


def offered(case: Case) -> tuple[Question, ...]:
    """Return what could be asked, in order: open gaps, figures that are missing, core questions without an answer."""
    year = case.record.report_year
    gaps = (
        Question(text=_question(gap.text), about=f"{GAP}/{gap.id}", stages=gap.stages)
        for gap in case.record.information_gaps
        if not gap.closed_on and not gap.outcome
    )
    figures = (
        Question(
            text=on_stage(item.stage, case.record.report_year), about=f"{STATISTIC}/{item.id}", stages=(item.stage,)
        )
        for item in case.record.statistics
        if item.count.kind in SILENT
    )
    recorded = {item.stage for item in case.record.statistics}
    others = (
        Question(text=on_stage(stage, year), about=f"{STAGE}/{stage.value}", stages=(stage,))
        for stage in STATISTIC_STAGES
        if stage not in recorded
    )
    return (*gaps, *figures, *_on_core(case), *others)


def _on_core(case: Case) -> Iterable[Question]:
    answered = {rating.indicator: rating for rating in case.record.ratings if rating.state not in OPEN_STATES}
    for item in case.framework.core:
        if item.slug not in answered:
            yield Question(text=on_indicator(item), about=f"{INDICATOR}/{item.slug}")


def on_stage(stage: Stage, report_year: int) -> str:
    """Return the question for a figure of one stage."""
    return (
        f"From {period_words(report_year)}, how many officials were the subject of: {stage.label} for complicity in "
        "trafficking in persons or related corruption? Please give persons and cases, new and continued, by agency, "
        "act and statute; if there were none, please say none."
    )


def on_indicator(indicator: IndicatorSpec) -> str:
    """Return the question for one question of the framework: its own words and what is to be recorded of it."""
    return f"{indicator.title}: {_question(' '.join(indicator.question.split()))}"


def _question(text: str) -> str:
    text = text.strip()
    return text if text.endswith(("?", ".")) else f"{text}?"


def covering(requests: Iterable[DataRequest], stage: Stage) -> tuple[DataRequest, ...]:
    """Return the dated requests that asked for a stage's figure; one that names no stage asked for all of them."""
    return tuple(item for item in requests if item.asked_on and (not item.stages or stage in item.stages))


def unasked(case: Case) -> tuple[Statistic, ...]:
    """Return the figures that are on record as not reported though no dated request asked for them."""
    return tuple(
        item
        for item in case.record.statistics
        if item.count.kind is CountKind.NOT_REPORTED
        and item.stated_by_government
        and not covering(case.record.requests, item.stage)
    )


def stages_of(questions: Iterable[Question]) -> tuple[Stage, ...]:
    """Return the stages that questions ask figures for, in the order of proceedings."""
    asked = {stage for question in questions for stage in question.stages}
    return tuple(stage for stage in STATISTIC_STAGES if stage in asked)


def items_of(questions: Sequence[Question], longest: int = 4000) -> str:
    """Return questions as sheet F6 keeps them, numbered; what is too long is cut and says so."""
    text = "\n".join(f"{number}. {question.text}" for number, question in enumerate(questions, start=1))
    cut = " … (the whole list is kept on the request desk)"
    return text if len(text) <= longest else text[: longest - len(cut)] + cut
