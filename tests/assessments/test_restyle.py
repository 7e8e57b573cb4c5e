"""Another wording for what is not released: previewed without a trace, applied to words only, and only by an editor."""

import datetime as dt
import re
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core import serializers
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assessments import actions, events, policies
from assessments.core.restyle import Effect
from assessments.core.values import Section
from assessments.enums import Part, RevisionState, Subject
from assessments.models import (
    Approval,
    CheckAcceptance,
    DecisionRecord,
    DraftSentence,
    Event,
    RatingRecord,
    Result,
    Revision,
    StatisticRecord,
)
from frameworks import wording_loader
from frameworks.models import Country, WordingVersion
from tests.assessments.factories import CountryFactory
from tests.assessments.office import Office
from tests.assessments.wordings import ORIGINAL, altered, second
from tests.image import remembered_step

OLD = "The government reported convicting three officials for complicity in trafficking."
NEW = "The government stated convicting three officials for complicity in trafficking."
S = RevisionState


@pytest.fixture
@remembered_step
def told(office: Office) -> Office:
    """An office whose draft has one sentence."""
    office.statistic(3, evidence=(office.evidence(),))
    return office


def words(office: Office) -> list[str]:
    return [row.shown for row in DraftSentence.objects.filter(revision=office.revision).in_order()]


def apply(office: Office, wording: WordingVersion, **changes: Any) -> actions.Applied:
    given = {"wording_version_id": wording.public_id, "by": office.editor, "at": office.clock()}
    return actions.apply_wording(**(given | changes))


def everything() -> str:
    """Return every row of the assessments, so that a preview can be shown to leave none changed."""
    models = apps.get_app_config("assessments").get_models()
    return serializers.serialize("json", [row for model in models for row in model._base_manager.order_by("pk")])


def measured() -> str:
    """Return every row of what is recorded and rated."""
    rows = [*RatingRecord.objects.order_by("pk"), *StatisticRecord.objects.order_by("pk")]
    return serializers.serialize("json", [*rows, *DecisionRecord.objects.order_by("pk")])


def finding(office: Office) -> tuple[Any, ...]:
    row = Result.objects.get(revision=office.revision)
    return row.concern_level, row.accountability_level, row.category, row.coverage, row.finding


def state(office: Office, wanted: RevisionState) -> None:
    """Bring the office's assessment to a state."""
    office.answer_all()
    office.submit()
    if wanted is S.SUBMITTED:
        return
    if wanted is S.CHANGES_REQUESTED:
        actions.request_changes(
            revision_id=office.revision_id, reason="Once more.", by=office.reviewer, at=office.clock()
        )
        return
    office.approve()
    if wanted is S.RELEASED:
        office.release()


# --- The preview -------------------------------------------------------------------------------------------------


def test_a_preview_names_each_sentence_and_stores_nothing(told: Office) -> None:
    wording = wording_loader.compiled(second())
    before = everything()
    restyled = actions.preview_wording(told.revision, wording)
    (item,) = [item for item in restyled.rewordings if item.section is Section.PROSECUTION]
    assert (item.effect, item.old, item.new) == (Effect.REWORDED, OLD, NEW)
    assert [(piece.kind.value, piece.text) for piece in item.pieces] == [
        ("same", "The government "),
        ("deleted", "reported"),
        ("inserted", "stated"),
        ("same", " convicting three officials for complicity in trafficking."),
    ]
    assert everything() == before


def test_a_preview_of_the_same_words_changes_nothing(told: Office) -> None:
    wording = wording_loader.compiled(second("no such words", "x"))
    restyled = actions.preview_wording(told.revision, wording)
    assert (restyled.rewordings, restyled.problem) == ((), "")
    assert restyled.unchanged == len(words(told)) + told.revision.recommendations.count()


def test_a_preview_and_what_is_applied_agree(told: Office) -> None:
    wording = second()
    restyled = actions.preview_wording(told.revision, wording_loader.compiled(wording))
    apply(told, wording)
    expected = {item.new for item in restyled.rewordings if item.section is not None}
    assert expected <= set(words(told))


def test_a_preview_asks_as_much_for_many_facts_as_for_one(told: Office) -> None:
    wording = wording_loader.compiled(second())

    def asked() -> int:
        revision = told.revision
        with CaptureQueriesContext(connection) as queries:
            actions.preview_wording(revision, wording)
        return len(queries)

    asked()  # the compiled framework is kept from now on
    one = asked()
    for value in range(4, 9):
        told.statistic(value, agency=f"Agency {value}")
    assert asked() == one


def test_a_wording_that_lacks_a_pattern_is_said_and_never_applied(told: Office) -> None:
    spec = altered()
    used = DraftSentence.objects.filter(revision=told.revision)[0].pattern
    poor = wording_loader.store(
        spec.model_copy(update={"patterns": tuple(item for item in spec.patterns if item.id != used)}),
        by=None,
        at=told.clock(),
    )
    restyled = actions.preview_wording(told.revision, wording_loader.compiled(poor))
    assert restyled.problem.startswith(f'The wording has no pattern "{used}"')
    before = everything()
    with pytest.raises(actions.Invalid, match=r"Examplia: us-narrative-wording 2026\.2 cannot word its draft"):
        apply(told, poor)
    assert everything() == before


# --- Applying ----------------------------------------------------------------------------------------------------


def test_words_change_and_nothing_that_is_measured(told: Office) -> None:
    told.rate("officials-prosecuted", 3)
    before = measured(), finding(told)
    wording = second()
    applied = apply(told, wording)
    assert applied == actions.Applied(assessments=1, changed=1, back_to_review=0)
    assert NEW in words(told)
    assert OLD not in words(told)
    assert (measured(), finding(told)) == before
    assert (told.revision.wording, told.revision.state) == (wording, S.IN_PROGRESS)
    call_command("rederive", "--check")


def test_each_assessment_has_one_event_and_the_version_has_one(told: Office) -> None:
    wording = second()
    count = Event.objects.count()
    apply(told, wording)
    event = Event.objects.get(subject_kind=Subject.ASSESSMENT.value, action="apply_wording")
    assert (event.by, event.target, event.fields) == (told.editor, str(wording), ["revision.wording"])
    assert Event.objects.filter(subject_kind=Subject.FRAMEWORK.value, subject_id=wording.public_id).count() == 1
    assert Event.objects.count() == count + 2
    assert list(events.verify_all()) == []


def test_every_human_word_stays_with_the_new_suggestion_beside_it(told: Office) -> None:
    told.statistic(5, agency="Coast Guard")
    generated, edited = DraftSentence.objects.filter(revision=told.revision).in_order()[:2]
    actions.edit_sentence(
        sentence_id=edited.public_id, text="Mine.", version=edited.version, by=told.analyst, at=told.clock()
    )
    actions.add_sentence(
        revision_id=told.revision_id,
        section=Section.PROSECUTION,
        text="The courts reported nothing.",
        judgement=True,
        by=told.analyst,
        at=told.clock(),
    )
    wording = second()
    (item,) = [
        item
        for item in actions.preview_wording(told.revision, wording_loader.compiled(wording)).rewordings
        if item.effect is Effect.SUGGESTED
    ]
    assert (item.kept, item.old) == ("Mine.", edited.generated_text)
    apply(told, wording)
    edited.refresh_from_db()
    generated.refresh_from_db()
    assert (edited.text, edited.state) == ("Mine.", "edited")
    assert edited.suggestion == edited.generated_text.replace(" reported ", " stated ")
    assert edited.cause == "wording"
    checks = Result.objects.get(revision=edited.revision).checks
    (noted,) = [item for item in checks if item["check"] == "record-changed"]
    assert noted["severity"] == "note"
    assert noted["text"].startswith("The house style now words")
    assert " stated " in generated.shown
    assert "The courts reported nothing." in words(told)


def test_a_removed_sentence_stays_removed(told: Office) -> None:
    row = DraftSentence.objects.filter(revision=told.revision).in_order()[0]
    actions.remove_sentence(sentence_id=row.public_id, version=row.version, by=told.analyst, at=told.clock())
    wording = second()
    restyled = actions.preview_wording(told.revision, wording_loader.compiled(wording))
    assert row.generated_text not in {item.old for item in restyled.rewordings}
    apply(told, wording)
    row.refresh_from_db()
    assert row.state == "removed"


def test_it_is_applied_once(told: Office) -> None:
    wording = second()
    apply(told, wording)
    count = Event.objects.count()
    assert apply(told, wording) == actions.Applied(0, 0, 0)
    assert Event.objects.count() == count


def test_an_approved_text_that_reads_differently_goes_back_to_review(told: Office) -> None:
    state(told, S.APPROVED)
    wording = second()
    snapshot = told.revision.snapshots.get()
    applied = apply(told, wording)
    revision = told.revision
    assert (applied, revision.state) == (actions.Applied(1, 1, 1), S.SUBMITTED)
    assert Approval.objects.get().content_hash != revision.content_hash
    moved = revision.transitions.order_by("-pk")[0]
    assert (moved.from_state, moved.to_state, moved.by) == (S.APPROVED, S.SUBMITTED, told.editor)
    with pytest.raises(policies.NotAllowed, match="only what is approved can be released"):
        actions.release(snapshot_id=snapshot.public_id, by=told.coordinator, at=told.clock())
    snapshot.refresh_from_db()
    assert OLD in snapshot.open_part
    told.approve()
    assert NEW in told.revision.snapshots.order_by("-pk")[0].open_part


def test_an_approval_of_equal_content_stands(told: Office) -> None:
    state(told, S.APPROVED)
    wording = second("no such words", "x")
    assert apply(told, wording) == actions.Applied(1, 0, 0)
    assert (told.revision.state, told.revision.wording) == (S.APPROVED, wording)
    assert Approval.objects.get().content_hash == told.revision.content_hash
    told.release()


@pytest.mark.parametrize("wanted", [S.SUBMITTED, S.CHANGES_REQUESTED])
def test_other_states_stay(told: Office, wanted: RevisionState) -> None:
    state(told, wanted)
    assert apply(told, second()).changed == 1
    assert told.revision.state == wanted


def test_what_is_released_or_superseded_keeps_its_words(told: Office) -> None:
    state(told, S.RELEASED)
    released, wording = told.revision, second()
    with pytest.raises(policies.NotAllowed) as refusal:
        apply(told, wording, revision_ids=[released.public_id])
    assert str(refusal.value) == "Examplia 2024 is released; its words stay as they were approved."
    assert apply(told, wording) == actions.Applied(0, 0, 0)
    actions.correct(revision_id=released.public_id, reason="A slip.", by=told.analyst, at=told.clock())
    with pytest.raises(policies.NotAllowed, match="is released; its words stay"):
        apply(told, wording, revision_ids=[released.public_id])
    assert apply(told, wording) == actions.Applied(1, 1, 0)
    released.refresh_from_db()
    assert str(released.wording) == "us-narrative-wording 2026.1"
    assert [row.shown for row in released.sentences.in_order()].count(OLD) == 1
    told.submit()
    told.approve()
    told.release()
    with pytest.raises(policies.NotAllowed, match="is superseded; its words stay"):
        apply(told, second(" stated ", " said ", version="2026.3"), revision_ids=[released.public_id])


def test_one_refusal_leaves_all_as_they_were(told: Office) -> None:
    first = told.revision_id
    other = CountryFactory(name="Otherland")
    made = actions.open_assessment(iso3=other.iso3, report_year=2024, by=told.coordinator, at=told.clock())
    closed = Revision.objects.get(assessment=made)
    Revision.objects.filter(pk=closed.pk).update(is_open=False)
    before = everything()
    with pytest.raises(policies.NotAllowed, match="Revision 1 of Otherland 2024 is closed"):
        apply(told, second(), revision_ids=[first, closed.public_id])
    assert everything() == before


def test_a_version_words_its_own_years_only(told: Office) -> None:
    later = second(valid_from=2025)
    with pytest.raises(policies.NotAllowed) as refusal:
        apply(told, later, revision_ids=[told.revision_id])
    assert str(refusal.value) == (
        "us-narrative-wording 2026.2 words report years from 2025, and Examplia 2024 is of an earlier one."
    )
    actions.open_period(
        report_year=2025,
        opened_on=dt.date(2024, 10, 1),
        due_on=dt.date(2025, 6, 1),
        by=told.coordinator,
        at=told.clock(),
    )
    actions.open_assessment(iso3=Country.objects.get().iso3, report_year=2025, by=told.coordinator, at=told.clock())
    # The new assessment took the newest valid version by itself; the old one keeps its own.
    assert apply(told, later) == actions.Applied(0, 0, 0)
    assert str(Revision.objects.get(assessment=told.assessment).wording) == "us-narrative-wording 2026.1"


@pytest.mark.parametrize(
    "who", ["analyst", "reviewer", "coordinator", "exporter", "reader", "account_admin", "other_analyst"]
)
def test_only_an_editor_applies_it(told: Office, who: str) -> None:
    wording, before = second(), everything()
    with pytest.raises(policies.NotAllowed) as refusal:
        apply(told, wording, by=getattr(told, who))
    assert str(refusal.value) == "Only a framework editor previews and applies wording versions."
    assert everything() == before


def test_an_editor_who_left_may_not(told: Office) -> None:
    told.editor.is_active = False
    with pytest.raises(policies.NotAllowed):
        apply(told, second())


def test_an_editor_who_styles_is_no_author(told: Office) -> None:
    told.answer_all()
    told.submit()
    told.editor.grant(["reviewer"], at=told.clock(), by=None)
    told.assign(told.editor, Part.REVIEWER)
    apply(told, second())
    assert told.editor.pk not in policies.authors(told.revision)


def test_an_accepted_check_lapses_where_a_new_suggestion_stands_beside_its_sentence(told: Office) -> None:
    row = DraftSentence.objects.get(revision=told.revision)
    actions.edit_sentence(
        sentence_id=row.public_id, text="Nine were.", version=row.version, by=told.analyst, at=told.clock()
    )

    def answered() -> dict[str, bool]:
        checks = Result.objects.get(revision=told.revision).checks
        return {item["check"]: bool(item["accepted"]) for item in checks if item["sentence"]}

    (check,) = [item for item in Result.objects.get(revision=told.revision).checks if item["check"] == "figure-differs"]
    actions.accept_check(
        revision_id=told.revision_id, check_key=check["key"], reason="Seen.", by=told.analyst, at=told.clock()
    )
    assert answered()["figure-differs"]
    apply(told, second())
    assert not answered()["figure-differs"]
    assert CheckAcceptance.objects.standing().count() == 1


# --- Loading and the command line --------------------------------------------------------------------------------


def folder(tmp_path: Path, old: str, new: str) -> Path:
    """Return a copy of the wording's folder under another version, with words replaced in its patterns."""
    made = tmp_path / "2026.2"
    for file in sorted(ORIGINAL.rglob("*.yaml")):
        target = made / file.relative_to(ORIGINAL)
        target.parent.mkdir(parents=True, exist_ok=True)
        text = file.read_text(encoding="utf-8")
        if file.name == "wording.yaml":
            text = text.replace('version: "2026.1"', 'version: "2026.2"')
        elif "patterns" in file.parts:
            text = text.replace(old, new) if old else text
        target.write_text(text, encoding="utf-8")
    return made


@pytest.mark.parametrize(
    ("file", "name", "old", "new"),
    [
        ("patterns/prosecution.yaml", "NP-13: ", "{{ stages }}", "{{ stagez }}"),
        ("words.yaml", "", "{{ count }}", "{{ coumt }}"),
    ],
)
def test_an_unknown_slot_is_refused_at_load_with_file_and_line(
    told: Office, tmp_path: Path, file: str, name: str, old: str, new: str
) -> None:
    made = folder(tmp_path, "", "")
    rows = (made / file).read_text(encoding="utf-8").splitlines()
    number = next(number for number, row in enumerate(rows) if old in row)
    rows[number] = rows[number].replace(old, new)
    (made / file).write_text("\n".join(rows), encoding="utf-8")
    with pytest.raises(CommandError) as refusal:
        call_command("load_framework", made)
    said = str(refusal.value)
    place, message = re.findall(rf"^{re.escape(file)}:(\d+):\d+: (.*)$", said, re.MULTILINE)[0]
    assert int(place) == number + 1
    assert message.startswith(f'{name}unknown slot "{new.strip("{} ")}"; did you mean "{old.strip("{} ")}"?')
    assert said.endswith("Nothing was loaded.")
    assert WordingVersion.objects.count() == 1


def test_the_command_previews_a_folder_that_is_not_loaded(
    told: Office, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made, before = folder(tmp_path, " reported ", " stated "), everything()
    call_command("preview_wording", made)
    said = capsys.readouterr().out
    assert "Examplia 2024: " in said
    assert "The government [-reported-]{+stated+} convicting three officials for complicity in trafficking." in said
    assert said.endswith("One unreleased assessment; 1 would change. Nothing was written.\n")
    assert (everything(), WordingVersion.objects.count()) == (before, 1)


def test_the_command_refuses_what_is_no_wording(told: Office, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"wording.yaml: the file is missing"):
        call_command("preview_wording", tmp_path)
