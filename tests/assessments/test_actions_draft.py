"""What people do to the draft: no human word is lost."""

from uuid import UUID

import pytest

from assessments import actions, events, policies
from assessments.core.sheets import Statistic
from assessments.core.values import Count, CountKind, Section, Stage
from assessments.enums import SentenceState, Subject
from assessments.models import DraftSentence, Event, StoredValue
from tests.assessments.office import Office, take_case

GENERATED = "The government reported convicting three officials for complicity in trafficking."
MINE = "Courts convicted three officials."


@pytest.fixture
def drafted(office: Office) -> Office:
    office.statistic(3, evidence=(office.evidence(),))
    return office


def only() -> DraftSentence:
    return DraftSentence.objects.get()


def edit(office: Office, text: str, version: int | None, sentence_id: UUID | None = None) -> actions.Saved:
    return actions.edit_sentence(
        sentence_id=sentence_id or only().public_id, text=text, version=version, by=office.analyst, at=office.clock()
    )


def change_count(office: Office, value: int, version: int) -> actions.Saved:
    count = Count(kind=CountKind.EXACT, value=value)
    record = Statistic(id="s1", stage=Stage.CONVICTION, count=count, evidence=("e1",))
    return office.fact("statistics", record, ref="s1", version=version)


def test_an_edit_stays_and_the_rules_suggest_beside_it(drafted: Office) -> None:
    saved = edit(drafted, f"  {MINE}\n", 1)
    row = only()
    assert (row.shown, row.state, row.generated_text, row.author) == (MINE, "edited", GENERATED, drafted.analyst)
    assert (saved.version, [key.subjects for key in saved.changed]) == (row.version, [])
    change_count(drafted, 4, 1)
    row = only()
    assert row.shown == MINE
    assert row.suggestion == GENERATED.replace("three", "four")
    assert row.version == saved.version + 1
    actions.accept_suggestion(sentence_id=row.public_id, version=row.version, by=drafted.analyst, at=drafted.clock())
    row = only()
    assert (row.shown, row.state, row.suggestion, row.author) == (
        GENERATED.replace("three", "four"),
        "generated",
        None,
        None,
    )
    assert events.verify(Subject.ASSESSMENT, drafted.assessment.public_id) is None


def test_an_edit_on_old_words_is_refused_and_kept(drafted: Office) -> None:
    change_count(drafted, 4, 1)
    with pytest.raises(actions.Conflict) as refusal:
        edit(drafted, MINE, 1)
    assert (refusal.value.theirs, refusal.value.mine) == (GENERATED.replace("three", "four"), MINE)
    kept = Event.objects.get(action="keep_refused")
    assert StoredValue.objects.get(digest=kept.new["sentence.text"]).value == f'"{MINE}"'


def test_the_generated_words_typed_again_are_no_edit(drafted: Office) -> None:
    edit(drafted, MINE, 1)
    edit(drafted, GENERATED, only().version)
    assert (only().state, only().text) == ("generated", None)


def test_reverting_brings_back_the_rules_newest_words(drafted: Office) -> None:
    edit(drafted, MINE, 1)
    change_count(drafted, 4, 1)
    actions.revert_sentence(
        sentence_id=only().public_id, version=only().version, by=drafted.analyst, at=drafted.clock()
    )
    assert only().shown == GENERATED.replace("three", "four")


def test_what_is_removed_stays_removed_and_can_be_restored(drafted: Office) -> None:
    sentence = only().public_id
    actions.remove_sentence(sentence_id=sentence, by=drafted.analyst, at=drafted.clock())
    change_count(drafted, 4, 1)
    assert only().state == SentenceState.REMOVED
    actions.restore_sentence(sentence_id=sentence, by=drafted.analyst, at=drafted.clock())
    assert (only().public_id, only().shown) == (sentence, GENERATED.replace("three", "four"))


def test_a_sentence_by_hand_never_moves(drafted: Office) -> None:
    with pytest.raises(actions.Invalid, match="Name the evidence it rests on"):
        actions.add_sentence(
            revision_id=drafted.revision_id,
            section=Section.PROSECUTION,
            text="Hearings were closed.",
            by=drafted.analyst,
            at=drafted.clock(),
        )
    with pytest.raises(actions.Invalid, match="There is no evidence e9"):
        actions.add_sentence(
            revision_id=drafted.revision_id,
            section=Section.PROSECUTION,
            text="Hearings were closed.",
            evidence=("e9",),
            by=drafted.analyst,
            at=drafted.clock(),
        )
    saved = actions.add_sentence(
        revision_id=drafted.revision_id,
        section=Section.PROSECUTION,
        text="Hearings were closed.",
        evidence=("e1",),
        by=drafted.analyst,
        at=drafted.clock(),
    )
    change_count(drafted, 4, 1)
    texts = [row.shown for row in DraftSentence.objects.in_order()]
    assert texts == [GENERATED.replace("three", "four"), "Hearings were closed."]
    row = DraftSentence.objects.get(public_id=saved.public_id)
    with pytest.raises(actions.Invalid, match="has no generated words"):
        actions.revert_sentence(sentence_id=row.public_id, version=row.version, by=drafted.analyst, at=drafted.clock())
    edit(drafted, "All hearings were closed.", row.version, row.public_id)
    row.refresh_from_db()
    assert (row.state, row.shown) == ("handwritten", "All hearings were closed.")


@pytest.mark.parametrize(("text", "message"), [("  ", "Write something"), ("x" * 4001, "at most 4,000 characters")])
def test_a_text_that_is_none_is_refused(drafted: Office, text: str, message: str) -> None:
    with pytest.raises(actions.Invalid, match=message):
        edit(drafted, text, 1)


def test_only_the_analyst_edits(drafted: Office) -> None:
    for person in (drafted.other_analyst, drafted.reviewer, drafted.coordinator, drafted.exporter, drafted.reader):
        with pytest.raises(policies.NotAllowed):
            actions.edit_sentence(sentence_id=only().public_id, text=MINE, version=1, by=person, at=drafted.clock())
    assert only().shown == GENERATED


def test_a_moved_recommendation_keeps_its_place_and_reason(office: Office) -> None:
    drafted = take_case(office, "2021-philippines")
    rows = list(drafted.revision.recommendations.order_by("rank"))
    assert len(rows) > 1
    first, last = rows[0], rows[-1]

    def move(rank: int, reason: str) -> actions.Saved:
        return actions.reorder_recommendation(
            revision_id=drafted.revision_id,
            recommendation_id=last.public_id,
            rank=rank,
            reason=reason,
            by=drafted.analyst,
            at=drafted.clock(),
        )

    with pytest.raises(actions.Invalid, match="Give a reason for leaving the order of the rules"):
        move(1, "")
    with pytest.raises(actions.Invalid, match=f"There are places 1 to {len(rows)}"):
        move(99, "x")
    move(1, "Asked for last year.")
    drafted.statistic(3, stage=Stage.ACQUITTAL)
    order = list(drafted.revision.recommendations.order_by("rank").values_list("code", flat=True))
    assert order[:2] == [last.code, first.code]
    moved = drafted.revision.recommendations.get(code=last.code)
    assert (moved.reorder_reason, moved.reordered_by) == ("Asked for last year.", drafted.analyst)
    actions.edit_recommendation(
        revision_id=drafted.revision_id,
        recommendation_id=moved.public_id,
        text="Train officials.",
        version=moved.version,
        by=drafted.analyst,
        at=drafted.clock(),
    )
    drafted.statistic(2, stage=Stage.SENTENCE)
    assert drafted.revision.recommendations.get(code=last.code).shown == "Train officials."
