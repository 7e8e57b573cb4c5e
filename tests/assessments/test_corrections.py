"""A correction: its erratum stands on both texts, it can be taken back until it was approved, and nothing is lost."""

import pytest
from django.test import Client
from django.urls import reverse

from assessments import actions, events, policies, snapshots
from assessments.core.document import Audience
from assessments.enums import Part, RevisionState, Round, Subject
from assessments.exporters.registry import FORMATS, Content
from assessments.models import Event, Figures, Revision, Snapshot
from tests.assessments.office import Office

S = RevisionState
ERRATUM = "The court convicted four, not three."


@pytest.fixture
def released(office: Office) -> Office:
    """A released text."""
    office.statistic(3, evidence=(office.evidence(),))
    office.answer_all()
    office.submit()
    office.approve()
    office.release()
    return office


def signed_in(person: object) -> Client:
    client = Client()
    client.force_login(person)
    return client


def open_one(office: Office, reason: str = ERRATUM) -> Revision:
    return actions.correct(revision_id=office.revision_id, reason=reason, by=office.analyst, at=office.clock())


def take_back(office: Office, by: object, reason: str = "Opened by mistake.") -> Revision:
    return actions.withdraw_correction(revision_id=office.revision_id, reason=reason, by=by, at=office.clock())


def publish(office: Office) -> Snapshot:
    office.submit()
    office.approve()
    return office.release()


def page(office: Office, snapshot: Snapshot, person: object) -> str:
    return signed_in(person).get(reverse("assessments:snapshot", args=[snapshot.public_id])).content.decode()


def test_both_texts_tell_their_readers_of_the_correction(released: Office) -> None:
    first = Snapshot.objects.get()
    open_one(released)
    second = publish(released)
    old, new = page(released, first, released.reader), page(released, second, released.reader)
    assert "Superseded." in old
    assert str(second.public_id) in old
    assert "Erratum." in new
    assert ERRATUM in new
    assert str(first.public_id) in new
    framework = released.revision.framework
    from frameworks.loader import compiled

    made = Content(snapshots.opened(second), compiled(framework), Audience.PUBLIC)
    said = f"Corrects revision 1: {ERRATUM}"
    for slug in ("txt", "md", "html"):
        assert said in " ".join(FORMATS[slug].write(made).decode().split())
    assert said in FORMATS["json"].write(made).decode()


def test_a_correction_is_taken_back_and_the_release_is_as_it_was(released: Office) -> None:
    before = (released.revision.public_id, released.revision.content_hash, Snapshot.objects.get().open_digest)
    second = open_one(released)
    assert take_back(released, released.analyst).public_id == before[0]
    revision = released.revision
    assert (revision.public_id, revision.content_hash, Snapshot.objects.get().open_digest) == before
    assert (revision.state, revision.is_open) == (S.RELEASED, True)
    second.refresh_from_db()
    assert (second.is_open, second.state, second.sentences.count()) == (False, S.IN_PROGRESS, 1)
    assert Figures.objects.filter(is_released=True).count() == 1
    last = Event.objects.about(Subject.ASSESSMENT, released.assessment.public_id).last()
    assert "took back the correction, revision 2, because: Opened by mistake." in events.sentence(last)
    assert events.verify(Subject.ASSESSMENT, released.assessment.public_id) is None


def test_after_one_was_taken_back_another_goes_all_the_way(released: Office) -> None:
    first = Snapshot.objects.get()
    open_one(released)
    take_back(released, released.coordinator)
    third = open_one(released)
    assert (third.number, third.came_from.number) == (3, 1)
    second = publish(released)
    first.refresh_from_db()
    assert first.superseded_by == second
    assert [row.state for row in Revision.objects.order_by("number")] == [S.SUPERSEDED, S.IN_PROGRESS, S.RELEASED]


def test_who_takes_a_correction_back_and_until_when(released: Office) -> None:
    with pytest.raises(policies.NotAllowed, match=r"No correction of Examplia 2024 is open\."):
        take_back(released, released.analyst)
    open_one(released)
    for name in ("reviewer", "other_analyst", "other_reviewer", "exporter", "reader", "editor", "account_admin"):
        with pytest.raises(policies.NotAllowed, match="Only an analyst assigned to Examplia 2024 or a coordinator"):
            take_back(released, getattr(released, name))
    with pytest.raises(actions.Invalid, match="Say why the correction is taken back"):
        take_back(released, released.analyst, " ")
    released.submit()
    with pytest.raises(policies.NotAllowed, match="is submitted for review; take that back first"):
        take_back(released, released.analyst)
    released.approve()
    actions.reopen(revision_id=released.revision_id, reason="x", by=released.coordinator, at=released.clock())
    with pytest.raises(policies.NotAllowed, match="was approved once, and its text may be with others"):
        take_back(released, released.analyst)


def test_the_page_offers_it_asks_first_and_says_who_is_told(released: Office) -> None:
    client = signed_in(released.analyst)
    review = reverse("assessments:review", args=[released.assessment.public_id])
    address = reverse("assessments:withdraw-correction", args=[released.assessment.public_id])
    assert address not in client.get(review).content.decode()
    open_one(released)
    assert address in client.get(review).content.decode()
    assert "Rita Reviewer will be told." in client.get(address).content.decode()
    assert client.post(address, {"withdraw-reason": ""}).status_code == 422
    assert client.post(address, {"withdraw-reason": "Opened by mistake."}).status_code == 302
    assert "Correct what was released" in client.get(review).content.decode()


def test_how_far_coders_agree_is_counted_on_the_text_that_stands(released: Office) -> None:
    """Answers of a correction that was taken back are nobody's answers."""
    slug = "officials-prosecuted"
    open_one(released)
    released.assign(released.other_analyst, Part.SECOND_CODER)
    from tests.assessments.factories import RatingFactory

    RatingFactory(
        revision=released.revision, slug="tip-offs-to-traffickers", level=2, rated_by=released.other_analyst,
        round=Round.SECOND.value, coder=released.other_analyst,
    )  # fmt: skip
    address = reverse("assessments:agreement")
    assert len(signed_in(released.coordinator).get(address).context["lines"]) == 1
    take_back(released, released.analyst)
    assert signed_in(released.coordinator).get(address).context["lines"] == []
    assert slug


def test_remarks_on_the_released_text_are_settled_in_its_correction(office: Office) -> None:
    office.statistic(3, evidence=(office.evidence(),))
    office.answer_all()
    remark = actions.comment(revision_id=office.revision_id, text="Which court?", by=office.reviewer, at=office.clock())
    office.submit()
    office.approve()
    office.release()
    client = signed_in(office.reviewer)
    review = reverse("assessments:review", args=[office.assessment.public_id])
    settle = reverse("assessments:resolve-comment", args=[office.assessment.public_id, remark.public_id])
    assert client.post(settle).status_code == 403
    open_one(office)
    html = client.get(review).content.decode()
    assert "on revision 1" in html
    assert settle in html
    assert client.post(settle).status_code == 302
    remark.refresh_from_db()
    assert remark.resolved_by == office.reviewer
    assert "Which court?" not in client.get(review).content.decode()
    assert events.verify(Subject.ASSESSMENT, office.assessment.public_id) is None
