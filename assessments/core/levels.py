"""The two derived scales: concern level (CL) and accountability level (AL), with every step in words.

No mean and no weight anywhere: CL is a maximum, AL a lower median with caps (framework.md E; decisions.md 8, 9).
Every threshold is a parameter of the framework.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median_low

from assessments.core import grammar
from assessments.core.answers import Answers, answers_of, once_per_case
from assessments.core.completeness import in_sentence
from assessments.core.types import Case, Derived, Rating, Step
from assessments.core.values import Confidence
from assessments.core.words import counted
from frameworks.spec.measurement import IndicatorSpec

CONCERN, ACCOUNTABILITY = "concern", "accountability"
CONVICTIONS, SENIOR = "officials-convicted-and-sentenced", "senior-officials-reached"
DETERMINATION_GROUP = "proof-of-failure"
CAPPED_BY = {"accountability-cap-no-conviction": CONVICTIONS, "accountability-cap-senior": SENIOR}
"""Which indicator each cap of the accountability level looks at."""


def effective_level(case: Case, slug: str) -> int | None:
    """Return the level of an indicator as the rules use it; None where no complete rating says one.

    A policy or pattern without determination counts up to its limit, an approved presumption sets its
    indicators to 0, and an indicator with parts is the highest of them. Raises UnknownRecord for an unknown slug.
    """
    return answers_of(case).levels[case.framework.indicator(slug).slug]


@dataclass(frozen=True, slots=True)
class Candidate:
    """One complete rating as it may enter the concern level."""

    rating: Rating
    indicator: IndicatorSpec
    level: int  # after every limit but confidence
    steps: tuple[Step, ...]

    @property
    def is_low(self) -> bool:
        """Say whether only low confidence stands behind it."""
        return self.rating.confidence is Confidence.LOW


@once_per_case
def candidates(case: Case) -> tuple[Candidate, ...]:
    """Return every rated concern answer with its limits applied and named, in framework order."""
    answers = answers_of(case)
    return tuple(
        limited(answers, indicator, rating)
        for indicator in answers.concern_indicators
        for rating in sorted(answers.of(indicator.slug), key=lambda item: item.part)
        if rating.level is not None
    )


def limited(answers: Answers, indicator: IndicatorSpec, rating: Rating) -> Candidate:
    """Return a rated concern answer with the limits that hold for it; the rating need not be one on record."""
    case, level, steps = answers.case, rating.level or 0, []
    limit = case.framework.value("concern-unapproved-determination-limit")
    if indicator.group == DETERMINATION_GROUP and level > limit:
        level = limit
        text = (
            f"{in_sentence(case, rating.key)} is proposed at level {rating.level}; until two people approve it counts"
        )
        steps.append(Step(rule="concern-unapproved-determination-limit", text=f"{text} as {level}."))
    limit = case.framework.value("concern-unattributed-limit")
    if level > limit:
        level = limit
        text = (
            f"{in_sentence(case, rating.key)} is at level {rating.level}; without a determination it counts as {level}."
        )
        steps.append(Step(rule="concern-unattributed-limit", text=text))
    if indicator.slug in answers.needs_official and level > (supported := answers.supported(rating)):
        text = (
            f"{in_sentence(case, rating.key)} is at level {rating.level}; incidents with an official support level "
            f"{supported}, so it counts as {supported} and its own level is shown apart."
        )
        steps.append(Step(rule="official-involvement-needed", text=text))
        level = supported
    return Candidate(rating=rating, indicator=indicator, level=level, steps=tuple(steps))


def concern_level(case: Case) -> Derived:
    """Derive how grave official complicity is, 0 (nothing credible) to 5 (policy or pattern). Source: framework.md E.

    `level` is None where nothing above 0 is rated and some core concern indicator is open (decisions.md 8).
    """
    answers = answers_of(case)
    found = candidates(case)
    limits = tuple(step for candidate in found for step in candidate.steps)
    low, high = _concern_bounds(answers, found)
    if answers.determinations:
        return _gate(answers, limits)
    sure = max((candidate.level for candidate in found if not candidate.is_low), default=0)
    unsure = _discounted(case, max((candidate.level for candidate in found if candidate.is_low), default=0))
    level = max(sure, unsure)
    if level == 0:
        return _no_concern(answers, limits, high)
    top = max(candidate.level for candidate in found)
    setting = tuple(item for item in found if _counts(case, item) == level)
    names = grammar.join([in_sentence(case, item.rating.key) for item in setting])
    chosen = Step(rule="highest-level", text=f"The highest level that counts is {level}: {names}.")
    steps = (*limits, *_confidence_steps(case, found, level, top), chosen, _confidence(setting))
    return Derived(
        scale=CONCERN,
        level=level,
        basis=tuple(item.rating.key for item in setting),
        steps=steps,
        may_be_higher=top > level,
        low=low,
        high=high,
    )


def _gate(answers: Answers, limits: Sequence[Step]) -> Derived:
    level = answers.case.framework.value("concern-gate-level")
    factors = answers.case.framework.proof_of_failure
    nouns = dict.fromkeys(factors[item.factor].noun for item in answers.determinations if item.factor in factors)
    text = f"An approved determination of policy or pattern ({grammar.join(nouns)}) sets the level to {level}."
    return Derived(
        scale=CONCERN,
        level=level,
        basis=tuple(item.id for item in answers.determinations),
        steps=(Step(rule="concern-gate-level", text=text), *limits),
        low=level,
        high=level,
    )


def _no_concern(answers: Answers, limits: Sequence[Step], high: int) -> Derived:
    missing = [item for item in answers.concern_indicators if item.core and not answers.is_covered(item)]
    rated = tuple(rating.key for item in answers.concern_indicators for rating in answers.of(item.slug))
    if missing or not rated:
        text = (
            f"Nothing above level 0 is rated, and {counted(len(missing), 'core concern indicator')} "
            f"{'is' if len(missing) == 1 else 'are'} open: the level cannot be said."
        )
        steps = (*limits, Step(rule="concern-not-known", text=text))
        return Derived(scale=CONCERN, level=None, basis=rated, steps=steps, low=0, high=high)
    text = "Every core concern indicator is at level 0 or not applicable."
    steps = (*limits, Step(rule="highest-level", text=text))
    return Derived(scale=CONCERN, level=0, basis=rated, steps=steps, low=0, high=0)


def _discounted(case: Case, level: int) -> int:
    """Return what a level counts as where only low confidence stands behind it."""
    if level == 0:
        return 0
    value = case.framework.value
    return max(level - value("concern-low-confidence-discount"), value("concern-low-confidence-floor"))


def _counts(case: Case, candidate: Candidate) -> int:
    return _discounted(case, candidate.level) if candidate.is_low else candidate.level


def _confidence_steps(case: Case, found: Sequence[Candidate], level: int, top: int) -> Iterator[Step]:
    if top > level:
        tops = [in_sentence(case, item.rating.key) for item in found if item.level == top]
        rests, counts = ("rests", "counts") if len(tops) == 1 else ("rest", "count")
        text = f"{grammar.join(tops)} at level {top} {rests} on low confidence alone and {counts} as "
        text += f"{_discounted(case, top)}."
        yield Step(rule="concern-low-confidence-discount", text=f"{text} The level may be higher.")


def _confidence(setting: Sequence[Candidate]) -> Step:
    order = list(Confidence)
    lowest = max((item.rating.confidence for item in setting if item.rating.confidence), key=order.index)
    return Step(rule="confidence", text=f"Confidence in what set the level: {lowest.value}, the lowest among it.")


def _concern_bounds(answers: Answers, found: Sequence[Candidate]) -> tuple[int, int]:
    """Return CL with every open core concern indicator set to its best, then to its worst level."""
    case = answers.case
    known = max((_counts(case, candidate) for candidate in found), default=0)
    worst = known
    for indicator in answers.concern_indicators:
        if indicator.core and not answers.is_covered(indicator):
            limited = "concern-unapproved-determination-limit"
            name = limited if indicator.group == DETERMINATION_GROUP else "concern-unattributed-limit"
            worst = max(worst, min(indicator.scale_top, case.framework.value(name)))
    return known, worst


def accountability_level(case: Case, concern: Derived) -> Derived:
    """Derive how far complicit officials are held to account, 0 (not at all) to 5 (systematically).

    The lower median of I01-I07, then the caps that apply, each named in `caps`. Source: framework.md E.
    `level` is None where nothing is rated or no complicity is known (CL 0).
    """
    answers = answers_of(case)
    slugs = case.framework.set("accountability-level")
    rated = {slug: level for slug in slugs if (level := answers.levels[slug]) is not None}
    if concern.level == 0:
        text = "Concern is at level 0: there are no known cases to respond to."
        return Derived(scale=ACCOUNTABILITY, level=None, steps=(Step(rule="no-known-cases", text=text),))
    low, high = _accountability_bounds(answers, slugs, rated, concern)
    if not rated:
        text = "None of the accountability indicators has a level."
        step = Step(rule="not-rated", text=text)
        return Derived(scale=ACCOUNTABILITY, level=None, steps=(step,), low=low, high=high)
    level = median_low(rated.values())
    caps = tuple(_caps(case, rated, concern.level))
    steps = [*_presumption_steps(answers), _median_step(case, rated, level)]
    for cap in caps:
        applies = cap.limit < level
        steps.append(Step(rule=cap.slug, text=cap.text, applied=applies))
    return Derived(
        scale=ACCOUNTABILITY,
        level=min((level, *(cap.limit for cap in caps))),
        basis=tuple(rated),
        caps=tuple(cap.slug for cap in caps if cap.limit < level),
        steps=tuple(steps),
        low=low,
        high=high,
    )


@dataclass(frozen=True, slots=True)
class Cap:
    """A limit on the accountability level whose condition holds."""

    slug: str
    limit: int
    text: str


def _caps(case: Case, rated: dict[str, int], concern: int | None) -> Iterator[Cap]:
    """Yield the caps whose conditions hold."""
    value = case.framework.value
    convictions, senior = rated.get(CONVICTIONS), rated.get(SENIOR)
    if (
        convictions is not None
        and convictions <= value("accountability-cap-no-conviction-trigger")
        and concern is not None
        and concern >= value("accountability-cap-no-conviction-concern")
    ):
        limit = value("accountability-cap-no-conviction")
        yield Cap(
            slug="accountability-cap-no-conviction",
            limit=limit,
            text=f"{in_sentence(case, CONVICTIONS)} is at level {convictions} while concern is at level {concern}: "
            f"at most {limit}.",
        )
    if senior is not None and senior <= value("accountability-cap-senior-trigger"):
        limit = value("accountability-cap-senior")
        text = f"{in_sentence(case, SENIOR)} is at level {senior}: at most {limit}."
        yield Cap(slug="accountability-cap-senior", limit=limit, text=text)


def _median_step(case: Case, rated: dict[str, int], level: int) -> Step:
    found = grammar.join([f"{case.framework.indicator(slug).code} {value}" for slug, value in rated.items()])
    return Step(rule="lower-median", text=f"The lower median of {found} is {level}.")


def _presumption_steps(answers: Answers) -> Iterator[Step]:
    if answers.presumption:
        codes = grammar.join([answers.case.framework.indicator(slug).code for slug in answers.presumed])
        level = answers.case.framework.value("presumption-level")
        text = f"Presumed: no data came after a reasonable request, so {codes} are set to {level} (108(b)(7))."
        yield Step(rule="presumption-level", text=text)


def _accountability_bounds(
    answers: Answers, slugs: Sequence[str], rated: dict[str, int], concern: Derived
) -> tuple[int | None, int | None]:
    """Return AL with the open accountability indicators set to 0, then to their top; None where none can be open."""
    indicators = {slug: answers.case.framework.indicator(slug) for slug in slugs}
    open_ = [slug for slug in slugs if slug not in rated and not answers.is_covered(indicators[slug])]
    if not rated and not open_:
        return None, None

    def bound(filled: dict[str, int]) -> int:
        level = median_low(filled.values())
        return min((level, *(cap.limit for cap in _caps(answers.case, filled, concern.level))))

    worst = bound(rated | dict.fromkeys(open_, 0))
    best = bound(rated | {slug: indicators[slug].scale_top for slug in open_})
    return worst, best
