"""The hinge card: which answers, changed one at a time or two together, would change the finding's category.

A change sets one complete effective rating to another level of its scale or to insufficient information, confidence
unchanged, and is taken as complete (decisions.md 9). The answer is exact: it equals `findings.derive` run on every
change and every pair of changes. A determination is no answer and stands on a line of its own.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import combinations
from statistics import median_low

from assessments.core import findings
from assessments.core.answers import Answers, answers_of, once_per_case, suppose
from assessments.core.levels import CONVICTIONS, SENIOR, candidates, limited
from assessments.core.types import Case, Rating
from assessments.core.values import RatingState, record
from frameworks.spec.measurement import IndicatorSpec

Key = str
Option = int | None
"""The level an answer is set to; None is insufficient information."""


@record
class Turn:
    """One change, or two together, and the category they would lead to."""

    changes: tuple[tuple[Key, Option], ...]  # by rating key, in framework order
    category: str


@record
class Extreme:
    """The finding with everything that is missing set one way."""

    concern: int | None
    accountability: int | None
    category: str


@record
class Lapse:
    """What would follow if the standing of one determination changed."""

    determination: str  # its id; empty: all that count, where there are several
    counts: bool  # it counts now; else it waits for what it needs
    category: str


@record
class Hinge:
    """All that would change a finding. `pairs` are those where neither change alone would change the category."""

    category: str
    single: tuple[Turn, ...]
    pairs: tuple[Turn, ...]
    best: Extreme
    worst: Extreme
    missing: tuple[str, ...]  # core indicators that are open
    lapses: tuple[Lapse, ...]


@once_per_case
def hinge_of(case: Case) -> Hinge:
    """Return the hinge card of a case, worked out once."""
    answers = answers_of(case)
    scales = _Scales(answers)
    single, pairs = ((), ()) if answers.determinations else scales.turns()
    best, worst = _extremes(answers, scales)
    return Hinge(
        category=findings.derive(case).category,
        single=tuple(single),
        pairs=tuple(pairs),
        best=best,
        worst=worst,
        missing=tuple(item.slug for item in case.framework.core if not answers.is_covered(item)),
        lapses=tuple(_lapses(case, answers)),
    )


def changed(rating: Rating, option: Option) -> Rating:
    """Return a rating set to another level, or to insufficient information."""
    if option is None:
        return replace(rating, state=RatingState.INSUFFICIENT, level=None)
    return replace(rating, state=RatingState.RATED, level=option)


def options(rating: Rating, indicator: IndicatorSpec) -> list[Option]:
    """Return what a rating could be set to: every other level of its scale, and insufficient information."""
    return [*(level for level in range(indicator.scale_top + 1) if level != rating.level), None]


@record
class _Effect:
    """What one answer does to the two levels and to coverage; two answers with the same effect are the same here."""

    sure: int = 0  # what it lends to the concern level with moderate or high confidence
    low: int = 0  # and with low confidence, before the discount
    accountability: int | None = None  # its level, where its indicator is one of the accountability indicators
    covers: bool = True


Changes = tuple[tuple[Key, _Effect], ...]


class _Scales:
    """The derivation of the category on a handful of numbers, so that thousands of changes can be tried."""

    def __init__(self, answers: Answers) -> None:
        """Take the numbers out of a case once."""
        framework = answers.case.framework
        self.answers, self.framework, self.value = answers, framework, framework.value
        self.candidates = {item.rating.key: item for item in candidates(answers.case)}
        self.concern_slugs = {item.slug for item in answers.concern_indicators}
        self.response = tuple(slug for slug in framework.set("accountability-level"))
        fixed = set(answers.presumed)
        self.order = {item.slug: place for place, item in enumerate(framework.indicators)}
        self.ratings = {
            key: rating
            for key, rating in sorted(
                answers.ratings.items(), key=lambda pair: (self.order[pair[1].indicator], pair[0])
            )
            if rating.level is not None
        }
        self.present = {key: self._effect(rating) for key, rating in self.ratings.items()}
        self.sure = sorted(((effect.sure, key) for key, effect in self.present.items()), reverse=True)
        self.low = sorted(((effect.low, key) for key, effect in self.present.items()), reverse=True)
        self.held = {slug: answers.levels[slug] for slug in self.response}
        self.movable = {slug for slug in self.response if slug not in fixed}
        self.core = {item.slug: item for item in framework.core}
        self.covered = {slug for slug, item in self.core.items() if answers.is_covered(item)}
        self.always = fixed | set(answers.determined)
        self.is_anything_rated = any(answers.of(item.slug) for item in answers.concern_indicators)
        self._categories: dict[tuple[int, int | None, int | None], str] = {}
        self._responses: dict[tuple[int | None, ...], tuple[int | None, int | None, int | None]] = {}

    def _effect(self, rating: Rating) -> _Effect:
        if rating.level is None:
            return _Effect(covers=self.framework.state(rating.state.value).counts_as_covered)
        sure = low = 0
        if rating.indicator in self.concern_slugs:
            known = self.candidates.get(rating.key)
            if known is None or known.rating.level != rating.level:
                known = limited(self.answers, self.framework.indicator(rating.indicator), rating)
            sure, low = (0, known.level) if known.is_low else (known.level, 0)
        return _Effect(sure=sure, low=low, accountability=rating.level if rating.indicator in self.response else None)

    # --- One evaluation ------------------------------------------------------------------------------------------

    def category(self, changes: Changes = ()) -> str:
        """Return the category with some answers changed."""
        uncovered = self._uncovered(changes)
        concern = self._concern(changes, uncovered)
        covered = len(self.covered) - len(uncovered)
        return self.named(covered, concern, self._accountability(self._held(changes), concern))

    def named(self, covered: int, concern: int | None, accountability: int | None) -> str:
        """Return the category of a number of covered core indicators and two levels."""
        at = (covered, concern, accountability)
        if at not in self._categories:
            coverage = covered * 100 // len(self.core) if self.core else 0
            self._categories[at] = findings.category_of(self.framework, coverage, concern, accountability).slug
        return self._categories[at]

    def _uncovered(self, changes: Changes) -> set[str]:
        """Return the core indicators that are covered now and would not be."""
        gone = [key for key, effect in changes if not effect.covers]
        found = set()
        for slug in {self.ratings[key].indicator for key in gone}:
            if slug not in self.covered or slug in self.always:
                continue
            left = {
                rating.part
                for rating in self.answers.of(slug)
                if rating.key not in gone and (rating.level is not None or self._effect(rating).covers)
            }
            parts = self.core[slug].parts
            if not ("" in left or (parts and left >= set(parts))):
                found.add(slug)
        return found

    def _concern(self, changes: Changes, uncovered: set[str]) -> int | None:
        moved = {key for key, _ in changes}
        sure = next((level for level, key in self.sure if key not in moved), 0)
        low = next((level for level, key in self.low if key not in moved), 0)
        for _, effect in changes:
            sure, low = max(sure, effect.sure), max(low, effect.low)
        if low:
            low = max(low - self.value("concern-low-confidence-discount"), self.value("concern-low-confidence-floor"))
        if level := max(sure, low):
            return level
        open_ = (self.core.keys() - self.covered | uncovered) & self.concern_slugs
        return 0 if not open_ and self.is_anything_rated else None

    def _held(self, changes: Changes) -> tuple[int | None, ...]:
        moved = {
            self.ratings[key].indicator: effect.accountability
            for key, effect in changes
            if self.ratings[key].indicator in self.movable
        }
        return tuple(moved.get(slug, self.held[slug]) for slug in self.response)

    def _accountability(self, held: tuple[int | None, ...], concern: int | None) -> int | None:
        if concern == 0:
            return None
        if held not in self._responses:
            levels = [level for level in held if level is not None]
            named = dict(zip(self.response, held, strict=True))
            self._responses[held] = (
                median_low(levels) if levels else None,
                named.get(CONVICTIONS),
                named.get(SENIOR),
            )
        level, convictions, senior = self._responses[held]
        if level is None:
            return None
        value = self.value
        if (
            convictions is not None
            and convictions <= value("accountability-cap-no-conviction-trigger")
            and concern is not None
            and concern >= value("accountability-cap-no-conviction-concern")
        ):
            level = min(level, value("accountability-cap-no-conviction"))
        if senior is not None and senior <= value("accountability-cap-senior-trigger"):
            level = min(level, value("accountability-cap-senior"))
        return level

    # --- All of them ---------------------------------------------------------------------------------------------

    def turns(self) -> tuple[list[Turn], list[Turn]]:
        """Return every single change, and every pair of changes harmless alone, that changes the category."""
        present = self.category()
        single, harmless = [], {}
        for key, rating in self.ratings.items():
            quiet: dict[_Effect, list[Option]] = {}
            for effect, levels in self._grouped(rating).items():
                found = self.category(((key, effect),))
                if found == present:
                    quiet[effect] = levels
                else:
                    single += [Turn(changes=((key, level),), category=found) for level in levels]
            if quiet := {effect: levels for effect, levels in quiet.items() if effect != self._common(key)}:
                harmless[key] = quiet
        pairs = [turn for one, two in combinations(harmless, 2) for turn in self._together(one, two, harmless, present)]
        return single, pairs

    def _grouped(self, rating: Rating) -> Mapping[_Effect, list[Option]]:
        """Return the changes of a rating by what they do, levels that cannot tell apart counted as one.

        What lies below the third highest level of all ratings never sets the maximum while at most two are changed.
        """
        found: dict[_Effect, list[Option]] = {}
        for option in options(rating, self.framework.indicator(rating.indicator)):
            found.setdefault(self._merged(self._effect(changed(rating, option))), []).append(option)
        return found

    def _common(self, key: Key) -> _Effect:
        """Return what a rating does as it stands, for comparison with its changes."""
        return self._merged(self.present[key])

    def _merged(self, effect: _Effect) -> _Effect:
        floor, low_floor = (levels[2][0] if len(levels) > 2 else 0 for levels in (self.sure, self.low))
        return replace(effect, sure=max(effect.sure, floor), low=max(effect.low, low_floor))

    def _together(
        self, one: Key, two: Key, harmless: Mapping[Key, Mapping[_Effect, list[Option]]], present: str
    ) -> Iterator[Turn]:
        for first, levels in harmless[one].items():
            for second, others in harmless[two].items():
                found = self.category(((one, first), (two, second)))
                if found != present:
                    for level in levels:
                        for other in others:
                            yield Turn(changes=((one, level), (two, other)), category=found)

    # --- What is missing -----------------------------------------------------------------------------------------

    def filled(self, concern: int | None, *, best: bool) -> int | None:
        """Return the accountability level with its open indicators at their top, or at 0, beside a concern level."""
        held = []
        for slug in self.response:
            indicator, level = self.framework.indicator(slug), self.held[slug]
            if level is None and not self.answers.is_covered(indicator):
                level = indicator.scale_top if best else 0
            held.append(level)
        return self._accountability(tuple(held), concern)


def _extremes(answers: Answers, scales: _Scales) -> tuple[Extreme, Extreme]:
    """Return the finding with what is missing at its best, then at its worst."""
    framework = answers.case.framework
    concern = findings.derive(answers.case).concern
    found = []
    for best in (True, False):
        level = concern.low if best else concern.high
        if answers.determinations:
            category, accountability = findings.POLICY_OR_PATTERN, scales.filled(level, best=best)
        else:
            accountability = scales.filled(level, best=best)
            category = scales.named(len(framework.core), level, accountability)
        found.append(Extreme(concern=level, accountability=accountability, category=category))
    return found[0], found[1]


def _lapses(case: Case, answers: Answers) -> Iterator[Lapse]:
    """Yield each determination with the category it would lead to if it counted no more, or counted at last."""
    counting = answers.determinations
    for item in counting:
        rest = tuple(other for other in counting if other != item)
        found = findings.derive(suppose(case, {}, determinations=rest))
        yield Lapse(determination=item.id, counts=True, category=found.category)
    if len(counting) > 1:
        yield Lapse(
            determination="", counts=True, category=findings.derive(suppose(case, {}, determinations=())).category
        )
    for item in sorted(case.record.determinations, key=lambda item: item.id):
        if item not in counting and item.factor in case.framework.proof_of_failure:
            yield Lapse(determination=item.id, counts=False, category=findings.POLICY_OR_PATTERN)
