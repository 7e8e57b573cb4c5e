"""Checks: what a reviewer would ask, each in a file of its own with a slug that stays.

A check looks and never changes anything. The key of what it finds (slug, subjects, sentence) stays the same while
the matter does, so that a person's answer to it stays too.
"""

from collections.abc import Callable, Iterator, Sequence

from assessments.core.checks import (
    allegation_as_fact,
    asks_for_what_is_done,
    concern_grade_differs,
    concern_without_accountability,
    core_unanswered,
    determination_not_approved,
    figure_differs,
    figure_without_evidence,
    handwritten_without_evidence,
    incomplete_answer,
    outcome_left_out,
    outside_period,
    policy_wording,
    possible_name,
    protected_words,
    record_changed,
    sentence_without_basis,
    severe_on_thin_evidence,
    shortfall_only_at_top,
    shortfall_unanswered,
    silence_and_zero,
    silence_not_asked,
    streak_differs,
    tier_contradiction,
    translation_missing,
)
from assessments.core.checks.reading import Reading
from assessments.core.merge import CurrentSentence
from assessments.core.types import Case, Check, Finding, RankedRecommendation, Severity

__all__ = ["CHECKS", "Reading", "run"]

CHECKS: tuple[Callable[[Reading], Iterator[Check]], ...] = (
    incomplete_answer.check,
    core_unanswered.check,
    determination_not_approved.check,
    sentence_without_basis.check,
    handwritten_without_evidence.check,
    policy_wording.check,
    protected_words.check,
    tier_contradiction.check,
    severe_on_thin_evidence.check,
    concern_grade_differs.check,
    concern_without_accountability.check,
    allegation_as_fact.check,
    outcome_left_out.check,
    record_changed.check,
    silence_and_zero.check,
    silence_not_asked.check,
    figure_differs.check,
    streak_differs.check,
    asks_for_what_is_done.check,
    shortfall_unanswered.check,
    shortfall_only_at_top.check,
    outside_period.check,
    possible_name.check,
    figure_without_evidence.check,
    translation_missing.check,
)
"""Every check, in the order its findings are shown within one severity."""

_ORDER = tuple(Severity)


def run(
    case: Case,
    finding: Finding,
    sentences: Sequence[CurrentSentence],
    recommendations: Sequence[RankedRecommendation] | None = None,
) -> tuple[Check, ...]:
    """Return everything the checks find, what blocks first; the same matter is named once.

    `recommendations` None: the list was not ranked, and the checks that read it are silent.
    """
    reading = Reading(case, finding, sentences, recommendations)
    found = dict.fromkeys(item for check in CHECKS for item in check(reading))
    return tuple(sorted(found, key=lambda item: _ORDER.index(item.severity)))
