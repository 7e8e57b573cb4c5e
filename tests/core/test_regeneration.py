"""Random edits against random changes of real records: every human word is kept, and what moved is followed."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from itertools import count
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assessments.core import engine
from assessments.core.merge import CurrentSentence, State, edit
from assessments.core.sheets import Allegation, OfficialGroup, PolicyElement, Statement
from assessments.core.types import AssessmentRecord, Determination, SentenceKey
from assessments.core.values import Count, CountKind, Deployment, PolicyKind, Section, StatementKind
from tests.core.claims import NAMES, case_of, record_of
from tests.core.factories import make_case
from tests.core.merging import acted

SHEETS = ("statistics", "cases", "allegations", "elements", "statements", "measures")
Change = Callable[[AssessmentRecord, int], AssessmentRecord]


def _with(record: AssessmentRecord, sheet: str, place: int, change: Callable[[Any], Any]) -> AssessmentRecord:
    """Return a record with one fact of a sheet changed, or taken out where the change gives None."""
    facts = list(getattr(record, sheet))
    if not facts:
        return record
    changed = change(facts[place % len(facts)])
    facts[place % len(facts)] = changed
    return replace(record, **{sheet: tuple(fact for fact in facts if fact is not None)})


def _sheet(place: int) -> str:
    return SHEETS[place % len(SHEETS)]


def drop(record: AssessmentRecord, place: int) -> AssessmentRecord:
    return _with(record, _sheet(place), place // len(SHEETS), lambda fact: None)


def bare(record: AssessmentRecord, place: int) -> AssessmentRecord:
    return _with(record, _sheet(place), place // len(SHEETS), lambda fact: replace(fact, evidence=()))


def recount(record: AssessmentRecord, place: int) -> AssessmentRecord:
    kinds = (Count(kind=CountKind.EXACT, value=place + 1), Count(kind=CountKind.NOT_REPORTED))
    return _with(record, "statistics", place, lambda fact: replace(fact, count=kinds[place % 2]))


def send_abroad(record: AssessmentRecord, place: int) -> AssessmentRecord:
    sheet = ("cases", "allegations")[place % 2]
    return _with(record, sheet, place // 2, lambda fact: replace(fact, deployment=Deployment.DIPLOMATIC))


def move(record: AssessmentRecord, place: int) -> AssessmentRecord:
    section = list(Section)[place % len(Section)]
    return _with(record, "statements", place, lambda fact: replace(fact, section=section))


def regroup(record: AssessmentRecord, place: int) -> AssessmentRecord:
    return _with(record, "allegations", place, lambda fact: replace(fact, officials=(OfficialGroup(role="guard"),)))


def put_back(record: AssessmentRecord, place: int) -> AssessmentRecord:
    sheet = _sheet(place)
    return replace(record, **{sheet: getattr(record_of(NAMES[place % len(NAMES)]), sheet)})


CHANGES = st.tuples(st.sampled_from([drop, bare, recount, send_abroad, move, regroup, put_back]), st.integers(0, 40))
ACTS = st.tuples(st.sampled_from(["edit", "remove", "restore", "revert", "write"]), st.integers(0, 30))
ROUNDS = st.lists(st.tuples(st.lists(CHANGES, max_size=3), st.lists(ACTS, max_size=4)), min_size=2, max_size=4)


def ids() -> Callable[[SentenceKey], str]:
    numbers = count(1)
    return lambda key: f"id-{next(numbers)}"


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.sampled_from(NAMES), ROUNDS)
def test_no_human_word_is_lost_whatever_changes(
    name: str, rounds: list[tuple[list[tuple[Change, int]], list[tuple[str, int]]]]
) -> None:
    record, new_id, numbers = record_of(name), ids(), count(1)
    current: tuple[CurrentSentence, ...] = ()
    known: set[str] = set()
    for changes, acts in rounds:
        for change, place in changes:
            record = change(record, place)
        human = Counter(item.text for item in current if item.text is not None)
        own = [(item.public_id, item.text, item.key.section) for item in current if item.state is State.HANDWRITTEN]
        removed = {item.public_id for item in current if item.state is State.REMOVED}
        result = engine.run(case_of(name, record), current, new_id=new_id)
        known |= {item.public_id for item in current}
        current = result.sentences
        assert Counter(item.text for item in current if item.text is not None) == human
        assert [
            (item.public_id, item.text, item.key.section) for item in current if item.state is State.HANDWRITTEN
        ] == own
        still = {item.public_id for item in current if item.state is State.REMOVED}
        followed = {ref for item in current for ref in item.predecessors}
        assert removed <= still | followed
        assert {ref for item in current for ref in item.predecessors} <= known
        assert len({item.public_id for item in current}) == len(current)
        assert {item.key for item in result.draft.sentences} <= {item.key for item in current}
        assert engine.run(case_of(name, record), current, new_id=new_id).sentences == current
        current = acted(current, acts, numbers, Section.PROTECTION)


def test_an_edit_follows_its_fact_into_another_section() -> None:
    allegation = Allegation(id="a", acts=("accept-bribe",), officials=(OfficialGroup(role="attaché"),))
    new_id = ids()
    (before,) = engine.run(make_case(allegations=(allegation,)), new_id=new_id).sentences
    mine = edit(before, "My words.", author="me")
    abroad = replace(allegation, deployment=Deployment.DIPLOMATIC)
    (after,) = engine.run(make_case(allegations=(abroad,)), (mine,), new_id=new_id).sentences
    assert (before.key.section, after.key.section) == (Section.PROSECUTION, Section.PREVENTION)
    assert (after.text, after.author, after.predecessors) == ("My words.", "me", (before.public_id,))
    assert after.suggestion
    assert not after.is_orphan


def test_an_edit_of_state_conduct_follows_it_to_the_determination() -> None:
    element = PolicyElement(id="p", factor="pof-forced-labor", sector="agriculture", conduct="mobilized teachers")
    decided = Determination(
        id="d", factor="pof-forced-labor", sector="agriculture", kind=PolicyKind.POLICY, elements=("p",),
        proposed_by="one", approved_by=("two", "three"),
    )  # fmt: skip
    new_id = ids()
    (before,) = engine.run(make_case(elements=(element,)), new_id=new_id).sentences
    after = engine.run(
        make_case(elements=(element,), determinations=(decided,)), (edit(before, "My words."),), new_id=new_id
    ).sentences
    assert [(item.key.section, item.shown) for item in after if item.text] == [(Section.TIER, "My words.")]
    assert not any(item.is_orphan for item in after)


def test_an_edit_of_two_shortfalls_stays_when_they_part() -> None:
    one, two = (
        Statement(id=ref, kind=StatementKind.SHORTFALL, text=text, unattributed=True)
        for ref, text in (("s1", "did not train judges"), ("s2", "refused monitors"))
    )
    new_id = ids()
    (both,) = engine.run(make_case(statements=(one, two)), new_id=new_id).sentences
    assert both.generated_text == "The government did not train judges and refused monitors."
    moved = replace(two, section=Section.PREVENTION)
    after = engine.run(make_case(statements=(one, moved)), (edit(both, "My words."),), new_id=new_id).sentences
    assert [(item.key.section, item.shown, item.predecessors) for item in after] == [
        (Section.PROSECUTION, "My words.", (both.public_id,)),
        (Section.PREVENTION, "The government refused monitors.", (both.public_id,)),
    ]
