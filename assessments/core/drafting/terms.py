"""Terms of the framework at the desk of a draft: phrases, adverbs, numbers nobody counted, chains of causes."""

from assessments.core import terms
from assessments.core.drafting.desk import Desk
from assessments.core.sheets import Refs
from assessments.core.terms import ANY_CRIME, form
from assessments.core.values import Count, Frequency, Magnitude


def phrases(desk: Desk, vocabulary: str, slugs: Refs) -> list[str]:
    """Return the phrases of some terms."""
    if not slugs:
        return []
    filled = {"crime": ANY_CRIME}
    return [form(term.phrase).write(filled) for term in desk.terms(vocabulary, slugs) if term.phrase]


def crime(desk: Desk, slug: str | None) -> str:
    """Return a kind of trafficking as a noun; without one on record "trafficking"."""
    return terms.crime(desk.framework, slug)


def frequency(desk: Desk, how_often: Frequency | None) -> str:
    """Return how often as an adverb; empty where it is not on record."""
    return desk.wording.word("frequency", how_often) if how_often else ""


def adverbs(desk: Desk, how_often: Frequency | None, manners: Refs) -> str:
    """Return what stands before the verb: how often, and manners that have an adverb of their own."""
    own = [term.base for term in desk.terms("manner", manners) if term.base]
    return " ".join(part for part in (frequency(desk, how_often), *own) if part)


def manner_phrases(desk: Desk, manners: Refs) -> list[str]:
    """Return the manners that stand behind the verb."""
    return [term.phrase for term in desk.terms("manner", manners) if not term.base]


def amount(desk: Desk, scale: Count | None, magnitude: Magnitude | None, *, is_share: bool = False) -> str:
    """Return a number of people as words before their noun: "about 4 percent of", "tens of thousands of"."""
    words = terms.amount(scale)
    if not words:
        return desk.wording.word("magnitude", magnitude) if magnitude else ""
    if is_share and scale is not None and scale.value is not None:
        return desk.wording.phrase("share-of", count=terms.percent(scale))
    return desk.wording.phrase("one-of-the", count=words) if scale is not None and scale.value == 1 else words


def scoped(text: str, scope: str) -> str:
    """Add what a statement is limited to; behind a comma where it only names a part of it."""
    mark = "," if text and scope.startswith("including ") else ""
    return f"{text}{mark} {scope}".strip() if scope else text


def so_that(desk: Desk, results: Refs, *, before: str = "") -> str:
    """Return a chain of causes behind a clause: ", so that cases were not investigated and victims not found"."""
    clauses = [term.clause for term in desk.terms("effect", results) if term.clause]
    if not clauses:
        return before
    chain = desk.wording.phrase("so-that", list=desk.join(clauses))
    return f"{before}, {chain}" if before else chain
