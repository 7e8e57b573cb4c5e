"""The column on the left: the sections of an assessment with their progress, and the questions that wait."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING

from django.utils.safestring import SafeString, mark_safe

from assessments.forms.fact_sheets import SHEETS as FORM_SHEETS
from assessments.stencil import Stencil
from assessments.views.addresses import address
from assessments.views.answers import Answer
from frameworks.spec.measurement import GroupSpec

if TYPE_CHECKING:
    from assessments.views.bench import Bench

SHOWN = 8
"""Most waiting questions that are named under a section."""


@dataclass(frozen=True)
class Place:
    """One entry of the column."""

    name: str
    title: str
    url: str
    count: str = ""  # progress in words or numbers
    mark: str = ""
    words: str = ""  # the count, said in full
    open: tuple[Answer, ...] = ()  # questions that wait for an answer, or whose answer does not count yet

    @property
    def waiting(self) -> SafeString:
        """The first of them as links, each with what it needs."""
        links = (
            _link().fill({"url": item.url, "code": item.indicator.code, "title": f"{item.title}: {_lack(item)}"})
            for item in islice(self.open, SHOWN)
        )
        return mark_safe(" ".join(links))  # noqa: S308  each link was escaped by its stencil

    @property
    def has_more(self) -> bool:
        """Say whether more questions wait than are named."""
        return len(self.open) > SHOWN

    def printed(self, here: str) -> SafeString:
        """The entry as markup; `here` is the name of the place that is shown."""
        kind = _entry(self.name == here, bool(self.mark), bool(self.words), bool(self.open), self.has_more)
        waiting = self.waiting if self.open else ""
        held = {"url": self.url, "title": self.title, "mark": self.mark, "count": self.count, "words": self.words}
        return kind.fill({**held, "waiting": waiting})


def column(places: Iterable[Place], here: str) -> SafeString:
    """Return the entries of the column as markup; `here` is the name of the place that is shown."""
    return mark_safe("\n".join(place.printed(here) for place in places))  # noqa: S308  by stencils


@cache
def _entry(is_here: bool, has_mark: bool, has_words: bool, is_open: bool, has_more: bool) -> Stencil:
    same = {
        "is_here": is_here,
        "has_mark": has_mark,
        "has_words": has_words,
        "is_open": is_open,
        "has_more": has_more,
    }
    return Stencil("assessments/nav_place.html", ("url", "title", "mark", "count", "words", "waiting"), same)


def _lack(answer: Answer) -> str:
    return f"needs {'; '.join(answer.needs)}" if answer.needs else "no answer yet"


@cache
def _link() -> Stencil:
    return Stencil("assessments/waiting.html", ("url", "code", "title"))


def places(bench: "Bench") -> tuple[Place, ...]:
    """Return the sections of an assessment in order: the record, the groups of questions, what follows from them."""
    return (*_record(bench), *_groups(bench), *_rest(bench))


def _record(bench: "Bench") -> Iterator[Place]:
    counts = bench.counts
    facts = sum(counts[name] for name in FORM_SHEETS)
    yield Place("decision", "Decision and trend", bench.url("decision"))
    items, notes = counts["evidence"], counts["search_notes"]
    yield Place("evidence", "Sources and evidence", bench.url("evidence"), str(items), words=_noun(items, "item"))
    yield Place("facts", "Facts", bench.url("facts"), str(facts), words=_noun(facts, "fact"))
    said = _noun(notes, "search", "searches") if notes else ""
    yield Place("searches", "Search log", bench.url("searches"), str(notes or ""), words=said)
    yield Place("requests", "Request desk", bench.url("request-desk"))


def _noun(count: int, one: str, many: str = "") -> str:
    return one if count == 1 else many or f"{one}s"


def _groups(bench: "Bench") -> Iterator[Place]:
    given = frozenset(answer.indicator.slug for answer in bench.answers if answer.is_answered)
    done = in_full(bench)
    for group in bench.framework.groups:
        yield _group(bench, group, given, done)


def in_full(bench: "Bench") -> frozenset[str]:
    """Return the questions about which nothing more is asked, by the rule that counts a finding's core questions.

    One with parts needs all of them, or an answer as a whole; a presumption or a determination stands for one.
    """
    counted = bench.ratings.keys() - bench.needs.keys()
    settled = {item.factor for item in bench.case.record.determinations if item.id not in bench.needs}
    settled.update(bench.finding.get("presumed", ()))
    return frozenset(
        item.slug
        for item in bench.framework.indicators
        if item.slug in settled
        or item.slug in counted
        or (item.parts and all(f"{item.slug}/{part}" in counted for part in item.parts))
    )


def _group(bench: "Bench", group: GroupSpec, given: frozenset[str], done: frozenset[str]) -> Place:
    every = bench.framework.indicators_of(group.slug)
    core = tuple(item for item in every if item.core)
    mine = core or every
    answered = sum(item.slug in done for item in mine)
    url = address("assessments:group", bench.assessment.public_id, group.code.lower())
    wanted = {item.slug for item in mine if item.core}
    waiting = tuple(a for a in bench.answers if a.indicator.slug in wanted and (not a.is_answered or a.needs))
    words = "core questions answered in full" if core else "questions answered in full, none of them core"
    if any(item.parts for item in mine):  # a question with parts is answered by any of them
        waiting = tuple(a for a in waiting if a.needs or a.indicator.slug not in given)
    title = group.title.split(" (")[0]
    return Place(group.slug, title, url, f"{answered} of {len(mine)}", group.code, words, waiting)


def _rest(bench: "Bench") -> Iterator[Place]:
    blocking = bench.result.checks_blocking if bench.result else 0
    checks = str(bench.result.checks_open or "") if bench.result else ""
    said = f"open, {blocking} to settle" if checks else ""
    determinations = str(bench.counts["determinations"] or "")
    yield Place("determinations", "Determinations", bench.url("determinations"), determinations)
    yield Place("checks", "Checks", bench.url("checks"), checks, words=said)
    yield Place("returned-files", "Returned files", bench.url("returned-files"))
    yield Place("log", "Log", bench.url("log"))
