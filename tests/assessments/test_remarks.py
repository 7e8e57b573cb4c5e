"""Remarks that follow their sentence, words proposed for one, and who is told of what."""

import datetime as dt
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core import mail
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given
from hypothesis import settings as examples
from hypothesis import strategies as st

from accounts.models import Role
from assessments import actions, covering, events, policies, snapshots
from assessments.actions.anchoring import anchored
from assessments.core import anchoring
from assessments.core.sheets import Statistic
from assessments.core.values import Count, CountKind, Protection, Stage
from assessments.enums import MailWay, NoticeKind, Part, ProposalState, SentenceState, SnapshotKind, Subject
from assessments.exporters import json as json_file
from assessments.models import (
    ApprovedItem,
    Comment,
    DraftSentence,
    Event,
    Notice,
    Snapshot,
    StatisticRecord,
    WordingProposal,
)
from tests.assessments.factories import user
from tests.assessments.office import Office, take_case
from tests.image import remembered_step
from tests.taken_back import taken_back

OWN = "Courts convicted three officials."


@pytest.fixture
@remembered_step
def ready(office: Office) -> Office:
    """An assessment that can be submitted."""
    office.statistic(3, evidence=(office.evidence(),))
    office.answer_all()
    return office


def sentence(office: Office) -> DraftSentence:
    return office.revision.sentences.in_order()[0]


def change_count(office: Office, value: int) -> None:
    row = StatisticRecord.objects.get(revision=office.revision, ref="s1")
    record = Statistic(
        id="s1", stage=Stage.CONVICTION, count=Count(kind=CountKind.EXACT, value=value), evidence=("e1",)
    )
    office.fact("statistics", record, ref="s1", version=row.version)


def turn_on(office: Office) -> None:
    period = office.assessment.period
    dates = {"opened_on": period.opened_on, "due_on": period.due_on}
    actions.change_period(report_year=2024, mentions_and_digest=True, **dates, by=office.coordinator, at=office.clock())


def remark(office: Office, text: str = "Who says so?", **given: Any) -> Comment:
    given = {"by": office.reviewer, "sentence_id": sentence(office).public_id} | given
    return actions.comment(revision_id=office.revision_id, text=text, at=office.clock(), **given)


def propose(office: Office, text: str = OWN, **given: Any) -> WordingProposal:
    given = {"by": office.reviewer, "sentence_id": sentence(office).public_id} | given
    return actions.propose_wording(revision_id=office.revision_id, text=text, at=office.clock(), **given)


# --- Remarks -----------------------------------------------------------------------------------------------------


def where(office: Office, row: Comment) -> str | None:
    row.refresh_from_db()
    rows = anchored(list(office.revision.sentences.in_order()))
    return anchoring.anchor(str(row.sentence), row.quote, rows, on_words=row.is_on_words).sentence


def test_a_remark_on_words_stays_while_they_stand_and_is_listed_when_they_are_gone(ready: Office) -> None:
    row = remark(ready, quote="three officials")
    own = str(sentence(ready).public_id)
    assert (row.is_on_words, where(ready, row)) == (True, own)
    change_count(ready, 4)
    assert where(ready, row) is None
    client = Client()
    client.force_login(ready.reviewer)
    page = client.get(reverse("assessments:review", args=[ready.assessment.public_id])).content.decode()
    assert "Remarks whose words are gone" in page
    assert "three officials" in page
    change_count(ready, 3)
    assert where(ready, row) == own


def test_words_that_do_not_stand_there_are_refused(ready: Office) -> None:
    with pytest.raises(actions.Invalid, match="do not stand in the sentence"):
        remark(ready, quote="five officials")


def test_a_remark_moves_to_the_heir_of_its_sentence(ready: Office) -> None:
    on_words, on_all = remark(ready, quote="three officials"), remark(ready)
    old = sentence(ready)
    heir = DraftSentence(
        revision=ready.revision,
        section=old.section,
        family=old.family,
        subjects=["s1", "s9"],
        generated_text="It convicted three officials and a judge.",
        predecessors=[str(old.public_id)],
    )
    from assessments.actions.anchoring import reanchor

    reanchor(ready.revision, {str(old.public_id)}, [heir])
    for row in (on_words, on_all):
        row.refresh_from_db()
        assert row.sentence == heir.public_id


def test_answers_stand_in_one_thread_and_a_settled_one_opens_again(ready: Office) -> None:
    first = remark(ready)
    answer = remark(ready, "The register.", by=ready.analyst, sentence_id=None, parent_id=first.public_id)
    third = remark(ready, "Fine.", parent_id=answer.public_id, sentence_id=None)
    assert (answer.parent, third.parent, answer.sentence) == (first, first, first.sentence)
    actions.resolve_comment(comment_id=first.public_id, by=ready.reviewer, at=ready.clock())
    again = actions.reopen_comment(comment_id=first.public_id, by=ready.analyst, at=ready.clock())
    assert (again.resolved_at, again.resolved_by) == (None, None)


# --- Proposed words ----------------------------------------------------------------------------------------------


def test_taken_words_are_the_analysts_and_leave_the_proposer_free_to_approve(ready: Office) -> None:
    row = propose(ready, note="Shorter")
    with pytest.raises(policies.NotAllowed, match="Only an analyst assigned to"):
        actions.accept_wording(proposal_id=row.public_id, version=1, by=ready.reviewer, at=ready.clock())
    now = sentence(ready)
    actions.accept_wording(proposal_id=row.public_id, version=now.version, by=ready.analyst, at=ready.clock())
    now, row = sentence(ready), WordingProposal.objects.get()
    assert (now.shown, now.state, now.author) == (OWN, SentenceState.EDITED, ready.analyst)
    assert (row.state, row.answered_by, row.by) == (ProposalState.ACCEPTED, ready.analyst, ready.reviewer)
    assert policies.authors(ready.revision) == {ready.analyst.pk}
    ready.submit()
    assert ready.approve(ready.reviewer).by == ready.reviewer


def test_declining_takes_a_reason_and_both_stay_on_record(ready: Office) -> None:
    row = propose(ready)
    with pytest.raises(actions.Invalid, match="Say why"):
        actions.decline_wording(proposal_id=row.public_id, reason=" ", by=ready.analyst, at=ready.clock())
    done = actions.decline_wording(
        proposal_id=row.public_id, reason="The source says police.", by=ready.analyst, at=ready.clock()
    )
    assert (done.state, done.answer) == (ProposalState.DECLINED, "The source says police.")
    with pytest.raises(policies.NotAllowed, match="declined already"):
        actions.accept_wording(proposal_id=row.public_id, version=1, by=ready.analyst, at=ready.clock())
    assert sentence(ready).state == SentenceState.GENERATED


def test_one_does_not_answer_ones_own_and_may_take_it_back(ready: Office) -> None:
    row = propose(ready, by=ready.analyst)
    with pytest.raises(policies.NotAllowed, match="You proposed these words"):
        actions.accept_wording(proposal_id=row.public_id, version=1, by=ready.analyst, at=ready.clock())
    with pytest.raises(policies.NotAllowed, match="Only the person who proposed"):
        actions.withdraw_wording(proposal_id=row.public_id, by=ready.reviewer, at=ready.clock())
    assert (
        actions.withdraw_wording(proposal_id=row.public_id, by=ready.analyst, at=ready.clock()).state
        == ProposalState.WITHDRAWN
    )


def test_words_taken_on_a_sentence_that_changed_since_are_a_conflict(ready: Office) -> None:
    row, old = propose(ready), sentence(ready)
    change_count(ready, 4)
    with pytest.raises(actions.Conflict):
        actions.accept_wording(proposal_id=row.public_id, version=old.version, by=ready.analyst, at=ready.clock())
    assert WordingProposal.objects.get().state == ProposalState.OPEN
    with pytest.raises(policies.NotAllowed):
        propose(ready, by=ready.exporter)
    with pytest.raises(actions.Invalid, match="These are the words it has"):
        propose(ready, text=sentence(ready).shown)


# --- Notices -----------------------------------------------------------------------------------------------------


def told(kind: NoticeKind) -> set[str]:
    return set(Notice.objects.filter(kind=kind.value).values_list("person__name", flat=True))


def test_people_are_told_of_each_step_and_nobody_who_codes_blind(
    ready: Office, django_capture_on_commit_callbacks: Any
) -> None:
    coder = user(Role.ANALYST, Role.EXPORTER, name="Sid Second")
    ready.assign(coder, Part.SECOND_CODER)
    with django_capture_on_commit_callbacks(execute=True):
        ready.submit()
        actions.request_changes(
            revision_id=ready.revision_id, reason="Which court?", by=ready.reviewer, at=ready.clock()
        )
        propose(ready)
        ready.submit()
        ready.approve()
        ready.release()
    assert told(NoticeKind.SUBMITTED) == {"Rita Reviewer"}
    assert told(NoticeKind.CHANGES_REQUESTED) == {"Ann Analyst"}
    assert told(NoticeKind.PROPOSED) == {"Ann Analyst"}
    assert told(NoticeKind.APPROVED) == {"Ann Analyst", "Cora Coordinator"}
    assert told(NoticeKind.RELEASED) == {"Ann Analyst", "Rita Reviewer", "Emil Exporter"}
    assert not Notice.objects.filter(person=coder).exists()
    assert len(mail.outbox) == Notice.objects.count() == Notice.objects.exclude(mailed_at=None).count()
    assert all(coder.email not in message.to for message in mail.outbox)
    everything = " ".join(message.subject + message.body for message in mail.outbox)
    assert "Which court?" not in everything
    assert "convict" not in everything


def test_mentions_and_the_digest_are_off_until_turned_on(ready: Office) -> None:
    remark(ready, "@Ann Analyst, who says so?")
    assert told(NoticeKind.MENTIONED) == set()
    with pytest.raises(actions.Invalid, match="No reporting period has the digest"):
        actions.choose_notices(mail=MailWay.DIGEST, muted=[], by=ready.analyst, at=ready.clock())
    turn_on(ready)
    row = remark(ready, "@ann, @Ruth Reviewer and @Emil Exporter: who says so?")
    assert (told(NoticeKind.MENTIONED), row.mentions) == ({"Ann Analyst"}, [str(ready.analyst.public_id)])


def test_a_digest_is_sent_once_and_what_is_muted_is_not_told(
    ready: Office, django_capture_on_commit_callbacks: Any
) -> None:
    turn_on(ready)
    actions.choose_notices(mail=MailWay.DIGEST, muted=[], by=ready.reviewer, at=ready.clock())
    actions.choose_notices(mail=MailWay.EACH, muted=[NoticeKind.PROPOSED], by=ready.analyst, at=ready.clock())
    with django_capture_on_commit_callbacks(execute=True):
        propose(ready)
        remark(ready, "@Rita see here", by=ready.coordinator)
        ready.submit()
    assert mail.outbox == []
    call_command("send_digest")
    call_command("send_digest")
    (message,) = mail.outbox
    assert message.to == [ready.reviewer.email]
    assert "submitted for review by Ann Analyst" in message.body
    assert "Cora Coordinator named you in a remark" in message.body
    assert told(NoticeKind.PROPOSED) == set()


def test_a_mail_that_cannot_leave_stays_in_the_app(
    ready: Office, settings: Any, django_capture_on_commit_callbacks: Any
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    with django_capture_on_commit_callbacks(execute=True):
        ready.submit()
    assert Notice.objects.get().mailed_at is None


def test_notices_are_ones_own_read_and_unread(ready: Office) -> None:
    ready.submit()
    notice = Notice.objects.get()
    client, other = Client(), Client()
    client.force_login(ready.reviewer)
    other.force_login(ready.other_reviewer)
    assert "submitted for review by Ann Analyst" in client.get(reverse("assessments:notices")).content.decode()
    assert "Examplia" not in other.get(reverse("assessments:notices")).content.decode()
    where_to = reverse("assessments:open-notice", args=[notice.public_id])
    assert other.post(where_to).status_code == 404
    assert client.post(where_to).url == reverse("assessments:review", args=[ready.assessment.public_id])
    notice.refresh_from_db()
    assert notice.read_at is not None
    client.post(reverse("assessments:unread-notice", args=[notice.public_id]))
    notice.refresh_from_db()
    assert notice.read_at is None


# --- The log -----------------------------------------------------------------------------------------------------


def test_the_log_is_narrowed_and_taken_away(ready: Office) -> None:
    remark(ready, "=HYPERLINK(1)")
    client = Client()
    client.force_login(ready.coordinator)
    address = reverse("assessments:log", args=[ready.assessment.public_id])
    asked = {"person": str(ready.reviewer.public_id), "act": "comment", "field": "comment.text"}
    page = client.get(address, asked).content.decode()
    assert "Rita Reviewer commented" in page
    assert "saved statistics s1" not in page
    day = Event.objects.get(action="comment").at.date()
    assert "one entry" in client.get(address, asked | {"since": day, "until": day}).content.decode()
    assert (
        "Rita Reviewer commented" not in client.get(address, {"until": day - dt.timedelta(days=400)}).content.decode()
    )
    file = client.get(reverse("assessments:log-file", args=[ready.assessment.public_id]), asked)
    lines = file.content.decode().splitlines()
    assert (len(lines), file["Content-Type"]) == (2, "text/csv")
    assert "HYPERLINK" not in file.content.decode()


def test_a_look_at_a_protected_source_is_logged_once_an_hour_and_one_at_an_open_source_never(office: Office) -> None:
    open_ref = office.source(title="Gazette")
    ref = office.source(title="Testimony", protection=Protection.RESTRICTED)
    client = Client()
    client.force_login(office.reviewer)
    for name in (open_ref, ref, ref):
        client.get(reverse("assessments:source", args=[office.assessment.public_id, name]))
    seen = Event.objects.filter(action="view_source")
    source = office.revision.sources.get(ref=ref).source
    assert [(event.subject_id, event.by) for event in seen] == [(source.public_id, office.reviewer)]
    assert events.verify(Subject.SOURCE, source.public_id) is None


# --- Anything goes -----------------------------------------------------------------------------------------------


@examples(max_examples=4, deadline=None, suppress_health_check=list(HealthCheck))
@given(rng=st.randoms(use_true_random=False))
def test_after_any_sequence_nothing_is_lost_and_approvals_cover_their_content(
    ready: Office, rng: random.Random
) -> None:
    """Edit, remark, propose, approve and regenerate at random, allowed or not; then hold everything to account."""
    with taken_back():
        _at_random(ready, rng)


def test_a_walk_at_random_gets_somewhere(ready: Office) -> None:
    assert _at_random(ready, random.Random(0)) > 10


def _at_random(ready: Office, rng: random.Random) -> int:
    """Walk, hold everything to account, and return how many of the acts were allowed."""
    ready.assign(ready.other_reviewer, Part.REVIEWER)
    steps = [actions.Step("Peer"), actions.Step("Bureau")]
    actions.order_steps(report_year=2024, steps=steps, by=ready.coordinator, at=ready.clock())
    people = [ready.analyst, ready.reviewer, ready.other_reviewer, ready.coordinator]
    written: list[tuple[Any, str]] = []

    def some(rows: Any) -> Any:
        found = list(rows)
        if not found:
            raise IndexError("there is none")
        return rng.choice(found)

    def say(by: Any) -> None:
        row = some(ready.revision.sentences.all())
        words = row.shown.split()
        made = remark(ready, "?", by=by, sentence_id=row.public_id, quote=" ".join(words[: rng.randint(1, 4)]))
        written.append((made.public_id, made.quote))

    def edit(by: Any) -> None:
        row = some(ready.revision.sentences.all())
        text = rng.choice([row.shown.replace("officials", "officers"), row.shown + " Again.", OWN])
        actions.edit_sentence(sentence_id=row.public_id, text=text, version=row.version, by=by, at=ready.clock())

    def take(by: Any) -> None:
        row = some(ready.revision.proposals.all())
        actions.accept_wording(proposal_id=row.public_id, version=sentence(ready).version, by=by, at=ready.clock())

    def some_items(by: Any) -> None:
        step = some(ready.revision.steps.all())
        step.revision = ready.revision
        waiting = covering.pending(step, actions.items_now(ready.revision), ready.revision.content_hash)
        read = {item.ref: item.digest for item in waiting.to_read[:1]}
        actions.approve_items(step_id=step.public_id, read=read, by=by, at=ready.clock())

    acts: list[Any] = [
        lambda by: change_count(ready, rng.randint(1, 5)),
        edit,
        say,
        say,
        take,
        some_items,
        lambda by: propose(ready, by=by, text=f"Courts convicted {rng.randint(2, 9)} officials."),
        lambda by: actions.submit(revision_id=ready.revision_id, by=by, at=ready.clock()),
        lambda by: actions.submit(revision_id=ready.revision_id, by=ready.analyst, at=ready.clock()),
        lambda by: actions.approve(step_id=some(ready.revision.steps.all()).public_id, by=by, at=ready.clock()),
        lambda by: actions.reopen(revision_id=ready.revision_id, reason="x", by=by, at=ready.clock()),
        lambda by: actions.request_changes(revision_id=ready.revision_id, reason="x", by=by, at=ready.clock()),
    ]
    done = 0
    for _ in range(60):
        before = Event.objects.count()
        try:
            some(acts)(some(people))
            done += 1
        except actions.Conflict:
            pass
        except (policies.NotAllowed, actions.Invalid, actions.NotFound, IndexError):
            assert Event.objects.count() == before
    assert list(events.verify_all()) == []
    rows = anchored(list(ready.revision.sentences.in_order()))
    here = {item.public_id: item.text for item in rows}
    for public_id, quote in written:
        row = Comment.objects.get(public_id=public_id)
        found = anchoring.anchor(str(row.sentence), row.quote, rows, on_words=row.is_on_words).sentence
        assert row.quote == quote
        assert found is None or not row.is_on_words or quote in here[found]
    items = {item.ref: item for item in actions.items_now(ready.revision)}
    for approved in ApprovedItem.objects.filter(withdrawn_at__isnull=True):
        now = items.get(approved.ref)
        if now is not None and now.digest == approved.digest:
            assert (now.text, now.evidence) == (approved.text, approved.evidence)
    for snapshot in Snapshot.objects.filter(kind=SnapshotKind.APPROVED.value):
        frozen = snapshots.opened(snapshot)
        covered = {row["step"] for row in frozen["approvals"] if row["content_hash"] == frozen["content_hash"]}
        assert covered == {"Peer", "Bureau"}
    return done


# --- Another machine ---------------------------------------------------------------------------------------------


def test_a_snapshot_verifies_in_another_process_on_the_other_database(office: Office, tmp_path: Path) -> None:
    """Run on PostgreSQL, this proves its snapshots on SQLite; the other process has no rows at all."""
    import os

    take_case(office, "2017-moldova")
    snapshot = actions.make_working_snapshot(revision_id=office.revision_id, by=office.analyst, at=office.clock())
    good, bad = tmp_path / "good.json", tmp_path / "bad.json"
    data = json_file.export(snapshots.opened(snapshot))
    good.write_bytes(data)
    place = data.index(b"Authorities") if b"Authorities" in data else data.index(b"officials")
    bad.write_bytes(data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :])
    environment = {**os.environ, "DATABASE_URL": f"sqlite:///{tmp_path / 'none.sqlite3'}"}

    def verify(path: Path) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [sys.executable, "manage.py", "verify_snapshot", str(path)],
            cwd=settings.BASE_DIR,
            env=environment,
            capture_output=True,
            text=True,
        )

    proved, found = verify(good), verify(bad)
    assert (proved.returncode, proved.stdout.strip()) == (
        0,
        f"{good}: Identical: hash, levels, findings, sentences and recommendations.",
    ), proved.stderr
    assert found.returncode == 1
    assert "The content does not match its hash: " in found.stdout
    assert found.stdout.strip().endswith("was altered.")
