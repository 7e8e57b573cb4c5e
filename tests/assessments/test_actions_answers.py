"""Several answers at once, and what a process knows after them: the same as the rows say, read anew."""

import random

import pytest

from assessments import actions, content, facts, policies, records
from assessments.core.types import Rating
from assessments.core.values import Confidence, RatingState
from assessments.enums import Subject
from assessments.events import verify
from assessments.models import Event, RatingRecord, Result
from tests.assessments.office import Office

SLUGS = ("officials-prosecuted", "officials-investigated", "tip-offs-to-traffickers", "recruitment-collusion")


def answer(indicator: str, level: int | None = 1, *evidence: str, **changes: object) -> Rating:
    fields = {"state": RatingState.RATED, "confidence": Confidence.MODERATE, "rationale": "The descriptor is met."}
    if level is None:
        fields = {"state": RatingState.NOT_ASSESSED, "reason": "Nobody could look."}
    return Rating(**{"indicator": indicator, "level": level, "evidence": evidence} | fields | changes)


def save(office: Office, *ratings: tuple[Rating, int | None]) -> tuple[actions.Saved, ...]:
    return actions.save_ratings(revision_id=office.revision_id, ratings=ratings, by=office.analyst, at=office.clock())


def stored(office: Office) -> dict[str, tuple[int | None, int]]:
    rows = RatingRecord.objects.filter(revision=office.revision).select_related("indicator")
    return {row.key: (row.level, row.version) for row in rows}


def test_several_answers_are_kept_with_an_event_each_and_derived_once(office: Office) -> None:
    first = save(office, (answer(SLUGS[0], 2), None), (answer(SLUGS[1], 3), None), (answer(SLUGS[2], None), None))
    assert [item.ref for item in first] == [*SLUGS[:3]]
    assert stored(office) == {SLUGS[0]: (2, 1), SLUGS[1]: (3, 1), SLUGS[2]: (None, 1)}
    events = Event.objects.filter(action="save_rating").order_by("sequence")
    assert list(events.values_list("target", flat=True)) == [f"ratings/{slug}" for slug in SLUGS[:3]]
    assert verify(Subject.ASSESSMENT, office.assessment.public_id) is None
    derived = Result.objects.get(revision=office.revision)
    again = save(office, (answer(SLUGS[0], 2), 1), (answer(SLUGS[1], 3), 1))
    assert [(item.version, item.changed) for item in again] == [(1, ()), (1, ())]
    assert events.count() == 3
    assert Result.objects.get(revision=office.revision).derived_at == derived.derived_at


def test_several_answers_are_kept_all_or_none(office: Office) -> None:
    office.rate(SLUGS[1], 3)
    before = stored(office), Event.objects.count(), office.revision.input_digest
    with pytest.raises(actions.Invalid, match="Each question can be answered once"):
        save(office, (answer(SLUGS[0]), None), (answer(SLUGS[0], 2), None))
    with pytest.raises(actions.Invalid, match="no evidence"):
        save(office, (answer(SLUGS[0]), None), (answer(SLUGS[2], 1, "e9"), None))
    with pytest.raises(policies.NotAllowed, match="analyst assigned"):
        actions.save_ratings(
            revision_id=office.revision_id, ratings=[(answer(SLUGS[0]), None)], by=office.reviewer, at=office.clock()
        )
    assert (stored(office), Event.objects.count(), office.revision.input_digest) == before
    with pytest.raises(actions.Conflict) as refused:
        save(office, (answer(SLUGS[0]), None), (answer(SLUGS[1], 4), None))
    assert (refused.value.version, refused.value.theirs.level, refused.value.mine.level) == (1, 3, 4)
    assert (stored(office), office.revision.input_digest) == (before[0], before[2])
    assert Event.objects.latest("pk").action == "keep_refused"


@pytest.mark.parametrize("seed", range(3))
def test_what_is_known_after_any_answers_is_what_the_rows_say(office: Office, seed: int) -> None:
    chance = random.Random(seed)
    evidence = [office.evidence() for _ in range(3)]
    for _ in range(12):
        slug = chance.choice(SLUGS)
        level = chance.choice([None, 0, 1, 4])
        chosen = chance.sample(evidence, chance.randint(0, len(evidence))) if level is not None else []
        rating = answer(slug, level, *chosen, rationale=chance.choice(["Seen.", "Heard."]) if level is not None else "")
        if chance.random() < 0.2:
            records.forget()  # as another process would
        _, version = stored(office).get(slug, (None, None))
        actions.save_rating(
            revision_id=office.revision_id, rating=rating, version=version, by=office.analyst, at=office.clock()
        )
        if level == 4 and chance.random() < 0.7 and slug == "tip-offs-to-traffickers":
            actions.endorse(revision_id=office.revision_id, indicator=slug, by=office.reviewer, at=office.clock())
        if chance.random() < 0.1 and len(evidence) > 1:
            actions.withdraw_evidence(
                revision_id=office.revision_id,
                ref=evidence.pop(),
                reason="Wrong.",
                by=office.analyst,
                at=office.clock(),
            )
        revision = office.revision
        case = facts.collect(revision, framework=content.framework_of(revision), wording=content.wording_of(revision))
        assert content.input_digest(case) == revision.input_digest
        assert records.case_of(revision).record == case.record
        shown = list(revision.sentences.in_order().values_list("public_id", flat=True))
    assert len(shown) == len(set(shown))
