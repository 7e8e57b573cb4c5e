"""Ratings, endorsements, determinations and presumptions through the door."""

from typing import Any

import pytest

from assessments import actions, policies
from assessments.core.sheets import DataRequest, PolicyElement
from assessments.core.types import Determination, Rating
from assessments.core.values import PolicyKind, RatingState
from assessments.enums import Part, Round
from assessments.models import DeterminationRecord, DraftSentence, EndorsementRecord, Event, RatingRecord, Result
from tests.assessments.office import Office

SEVERE = "tip-offs-to-traffickers"


def test_a_rating_is_stored_with_all_that_makes_it(office: Office) -> None:
    evidence = office.evidence()
    saved = office.rate("officials-prosecuted", 2, evidence=(evidence,))
    row = RatingRecord.objects.get()
    assert (saved.ref, saved.version) == ("officials-prosecuted", 1)
    assert (row.level, row.confidence, row.rationale, row.rated_by) == (
        2,
        "moderate",
        "The descriptor is met.",
        office.analyst,
    )
    event = Event.objects.get(action="save_rating")
    assert (event.target, event.fields) == (
        "ratings/officials-prosecuted",
        ["rating.confidence", "rating.evidence", "rating.level", "rating.rationale", "rating.state"],
    )


def test_a_rating_is_compared_with_its_version(office: Office) -> None:
    office.rate("officials-prosecuted", 2)
    office.rate("officials-prosecuted", 3, version=1)
    with pytest.raises(actions.Conflict) as refusal:
        office.rate("officials-prosecuted", 1, version=1)
    assert (refusal.value.theirs.level, refusal.value.mine.level, refusal.value.version) == (3, 1, 2)


@pytest.mark.parametrize(
    ("changes", "field", "message"),
    [
        ({"indicator": "official-prosecuted"}, "indicator", "There is no indicator"),
        ({"indicator": "pof-forced-labor", "part": "moon"}, "part", "I12 has no part “moon”"),
        ({"indicator": "officials-prosecuted", "evidence": ("e9",)}, "evidence", "There is no evidence e9"),
        (
            {"indicator": "officials-prosecuted", "state": RatingState.NO_REQUEST_MADE, "level": None},
            "state",
            "“no request made” cannot be said of",
        ),
    ],
)
def test_a_malformed_rating_is_refused_by_field(
    office: Office, changes: dict[str, Any], field: str, message: str
) -> None:
    with pytest.raises(actions.Invalid) as refusal:
        office.rate(**({"level": 2} | changes))
    assert refusal.value.errors[field][0].startswith(message)
    assert not RatingRecord.objects.exists()


def test_a_level_beyond_the_scale_is_refused(office: Office) -> None:
    from frameworks.loader import compiled

    short = next(item for item in compiled(office.revision.framework).indicators if item.scale_top == 4)
    with pytest.raises(actions.Invalid, match=f"{short.code} has levels 0 to 4, not 5"):
        office.rate(short.slug, 5)


def test_an_endorsement_lapses_when_the_answer_changes(office: Office) -> None:
    evidence = office.evidence()
    office.rate(SEVERE, 4, evidence=(evidence,))
    actions.endorse(revision_id=office.revision_id, indicator=SEVERE, by=office.reviewer, at=office.clock())
    assert EndorsementRecord.objects.standing().count() == 1
    office.rate(SEVERE, 4, evidence=(evidence,), rationale="Two raids failed.", version=1)
    assert EndorsementRecord.objects.standing().count() == 0
    with pytest.raises(policies.NotAllowed, match="second person's word"):
        actions.endorse(revision_id=office.revision_id, indicator=SEVERE, by=office.analyst, at=office.clock())


def test_a_second_coder_changes_nothing_that_is_shown(office: Office) -> None:
    slug = office.draw()[0]
    office.assign(office.other_analyst, Part.SECOND_CODER)
    office.rate(slug, 2)
    before = (Result.objects.get().input_digest, office.revision.content_hash)
    coded = actions.save_rating(
        revision_id=office.revision_id,
        rating=Rating(indicator=slug, state=RatingState.RATED, level=0),
        round=Round.SECOND,
        by=office.other_analyst,
        at=office.clock(),
    )
    assert coded.changed == ()
    assert (Result.objects.get().input_digest, office.revision.content_hash) == before
    assert RatingRecord.objects.effective().get().level == 2
    with pytest.raises(policies.NotAllowed, match="Only a second coder assigned"):
        actions.save_rating(
            revision_id=office.revision_id,
            rating=Rating(indicator=slug, state=RatingState.RATED, level=0),
            round=Round.SECOND,
            by=office.analyst,
            at=office.clock(),
        )


def test_a_determination_counts_with_two_other_approvers(office: Office) -> None:
    evidence = office.evidence()
    element = office.fact(
        "elements",
        PolicyElement(
            id="x", factor="pof-forced-labor", conduct="mobilized workers for the harvest", evidence=(evidence,)
        ),
    )
    determination = Determination(
        id="x", factor="pof-forced-labor", kind=PolicyKind.POLICY_OR_PATTERN, elements=(element.ref,)
    )

    def propose() -> actions.Saved:
        return actions.propose_determination(
            revision_id=office.revision_id, determination=determination, by=office.analyst, at=office.clock()
        )

    proposed = propose()
    assert proposed.ref == "f1"
    with pytest.raises(actions.Invalid, match="proposed already"):
        propose()
    assert Result.objects.get().category != "policy-or-pattern"

    def approve(person: Any) -> None:
        actions.approve_determination(
            revision_id=office.revision_id, determination_id=proposed.public_id, by=person, at=office.clock()
        )

    with pytest.raises(policies.NotAllowed, match="you proposed it"):
        approve(office.analyst)
    approve(office.reviewer)
    assert Result.objects.get().category != "policy-or-pattern"
    with pytest.raises(policies.NotAllowed, match="another person's"):
        approve(office.reviewer)
    approve(office.coordinator)
    assert Result.objects.get().category == "policy-or-pattern"
    assert DraftSentence.objects.exists()
    actions.withdraw_determination(
        revision_id=office.revision_id,
        determination_id=proposed.public_id,
        reason="New evidence",
        by=office.analyst,
        at=office.clock(),
    )
    assert Result.objects.get().category != "policy-or-pattern"
    assert propose().ref == "f2"
    assert DeterminationRecord.objects.count() == 2


def test_a_determination_rests_on_elements_that_exist(office: Office) -> None:
    determination = Determination(id="x", factor="pof-forced-labor", kind=PolicyKind.POLICY, elements=("p9",))
    with pytest.raises(actions.Invalid, match="has no entry “p9”"):
        actions.propose_determination(
            revision_id=office.revision_id, determination=determination, by=office.analyst, at=office.clock()
        )
    assert not DeterminationRecord.objects.exists()


def test_a_presumption_is_approved_by_others(office: Office) -> None:
    record = DataRequest(id="x", presumption_proposed=True, presumption_approved_by=("Somebody",))
    request = office.fact("requests", record)
    with pytest.raises(policies.NotAllowed, match="by others than the person who proposed it"):
        actions.approve_presumption(
            revision_id=office.revision_id, ref=request.ref, by=office.analyst, at=office.clock()
        )
    actions.approve_presumption(revision_id=office.revision_id, ref=request.ref, by=office.reviewer, at=office.clock())
    row = office.revision.requests.get()
    assert [approval.who for approval in row.approvals.all()] == ["Rita Reviewer"]
    assert row.claimed_approvers == []
