"""The one log: who did what, when, from what to what; appended, chained, and verified (decisions.md 16).

Every event carries the hash of the one before of the same subject, so that saves to different countries never wait for
each other. It names values by digest; the values stand in the value store under the policy of their field. Digests of
protected values are salted, so that nobody can guess the value from the digest.
"""

import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import QuerySet, Subquery

from accounts.models import User
from assessments.core.values import Protection
from assessments.enums import Subject
from assessments.models import Event, Snapshot, StoredValue
from frameworks.spec.canonical import canonical_json, digest, parse_canonical

SALT_BYTES = 16


@dataclass(frozen=True)
class Change:
    """The old and new value of one field. `protection` above open salts its digests and guards its values."""

    old: Any
    new: Any
    protection: Protection = Protection.OPEN


@dataclass(frozen=True)
class Broken:
    """The first event of a subject that does not verify, and why."""

    subject_kind: Subject
    subject_id: UUID
    sequence: int
    why: str

    def __str__(self) -> str:
        """Name subject and event, and say what is wrong."""
        return f"{self.subject_kind.label} {self.subject_id}, event {self.sequence}: {self.why}"


def changes_between(
    old: Mapping[str, Any], new: Mapping[str, Any], protected: Mapping[str, Protection] | None = None
) -> dict[str, Change]:
    """Return what differs between two sets of fields; a field that only one side has counts as None on the other."""
    guards = protected or {}
    return {
        name: Change(old.get(name), new.get(name), guards.get(name, Protection.OPEN))
        for name in sorted({*old, *new})
        if old.get(name) != new.get(name)
    }


End = tuple[int, str]
"""Sequence and hash of the last event of a chain."""

Rows = TypeVar("Rows", bound=QuerySet[Any])


def with_end(rows: Rows, subject_id: UUID) -> Rows:
    """Read the end of an assessment's chain along with other rows, for `end_of`; the caller holds its lock."""
    newest = _newest(Subject.ASSESSMENT, subject_id)
    return rows.annotate(**{f"log_{name}": Subquery(newest.values(name)[:1]) for name in ("sequence", "hash")})


def end_of(row: Any) -> End | None:
    """Return the end of the chain that was read along with a row; None where nothing was logged yet."""
    return None if row.log_sequence is None else (row.log_sequence, row.log_hash)


def _newest(kind: Subject, subject_id: UUID) -> QuerySet[Event]:
    return Event.objects.filter(subject_kind=kind.value, subject_id=subject_id).order_by("-sequence")


def append(
    *,
    kind: Subject,
    subject_id: UUID,
    action: str,
    by: User | None,
    at: datetime,
    target: str = "",
    reason: str = "",
    changes: Mapping[str, Change] | None = None,
    end: End | None = None,
) -> Event:
    """Add an event to its subject's chain, and its values to the store; three queries, two with the chain's `end`.

    The caller holds the subject's lock, so that two events never claim one place. `target` says what within the
    subject was acted on: "statistics/s1", a sentence's public id. `by` is None where a command acted, not a person.
    """
    last = end or _newest(kind, subject_id).values_list("sequence", "hash").first()
    number, previous = last or (0, "")
    stored = [
        (name, side, _stored(kind, subject_id, name, value, change.protection))
        for name, change in (changes or {}).items()
        for side, value in (("old", change.old), ("new", change.new))
        if value is not None
    ]
    if stored:
        StoredValue.objects.bulk_create([value for _, _, value in stored], ignore_conflicts=True)
    event = Event(
        subject_kind=kind.value,
        subject_id=subject_id,
        sequence=number + 1,
        by=by,
        at=at,
        action=action,
        target=target,
        reason=reason,
        fields=sorted(changes or {}),
        old={name: value.digest for name, side, value in stored if side == "old"},
        new={name: value.digest for name, side, value in stored if side == "new"},
        previous_hash=previous,
    )
    event.hash = expected_hash(event)
    event.save(force_insert=True)
    return event


def _stored(kind: Subject, subject_id: UUID, name: str, value: Any, protection: Protection) -> StoredValue:
    text = canonical_json(value).decode()
    salt = "" if protection is Protection.OPEN else secrets.token_hex(SALT_BYTES)
    return StoredValue(
        digest=value_digest(salt, text),
        subject_kind=kind.value,
        subject_id=subject_id,
        field=name,
        value=text,
        salt=salt,
        protection=protection.value,
    )


def value_digest(salt: str, text: str) -> str:
    """Return the digest under which a value is stored: of its canonical JSON, with the salt before it."""
    return digest((salt + text).encode())


def expected_hash(event: Event) -> str:
    """Return the hash an event must carry: of all it says and the hash of the one before."""
    content = {
        "subject_kind": event.subject_kind,
        "subject_id": event.subject_id,
        "sequence": event.sequence,
        "by": None if event.by is None else event.by.public_id,
        "at": event.at.astimezone(UTC),
        "action": event.action,
        "target": event.target,
        "reason": event.reason,
        "fields": event.fields,
        "old": event.old,
        "new": event.new,
        "previous_hash": event.previous_hash,
    }
    return digest(canonical_json(content))


# --- Verifying ---------------------------------------------------------------------------------------------------


def verify(kind: Subject, subject_id: UUID) -> Broken | None:
    """Return the first broken link of a subject's chain; None where all holds."""
    values = {
        (row.field, row.digest): row
        for row in StoredValue.objects.filter(subject_kind=kind.value, subject_id=subject_id).iterator()
    }
    previous = ""
    for number, event in enumerate(Event.objects.about(kind, subject_id).select_related("by"), start=1):
        why = _fault(event, number, previous) or _value_fault(event, values)
        if why:
            return Broken(kind, subject_id, min(number, event.sequence), why)
        previous = event.hash
    return None


def verify_all() -> Iterator[Broken]:
    """Yield the first broken link of every subject that has one, and ends of chains that snapshots saw and are gone."""
    subjects = Event.objects.order_by("subject_kind", "subject_id").values_list("subject_kind", "subject_id").distinct()
    for kind, subject_id in subjects:
        broken = verify(Subject(kind), subject_id)
        if broken:
            yield broken
    yield from _lost_ends()


def _lost_ends() -> Iterator[Broken]:
    """A chain cut at its end verifies by itself; the snapshots made from it say how far it went."""
    for subject_id, open_part in Snapshot.objects.order_by("pk").values_list(
        "revision__assessment__public_id", "open_part"
    ):
        seen = parse_canonical(open_part.encode()).get("log", {})
        if not seen.get("hash"):
            continue
        events = Event.objects.about(Subject.ASSESSMENT, subject_id)
        if not events.filter(sequence=int(seen["sequence"]), hash=seen["hash"]).exists():
            why = "a snapshot was made when it was there, and it is gone or another."
            yield Broken(Subject.ASSESSMENT, subject_id, int(seen["sequence"]), why)


def _fault(event: Event, number: int, previous: str) -> str | None:
    if event.sequence != number:
        return f"it is missing; the next one is event {event.sequence}."
    if event.previous_hash != previous:
        return "it does not continue the event before it."
    if event.hash != expected_hash(event):
        return "its content does not match its hash."
    return None


def _value_fault(event: Event, values: Mapping[tuple[str, str], StoredValue]) -> str | None:
    for side in (event.old, event.new):
        for name, expected in side.items():
            row = values.get((name, expected))
            if row is None:
                return f"the value of {name} is missing from the store."
            if row.redacted_at is None and value_digest(row.salt, row.value) != expected:
                return f"the stored value of {name} does not match its digest."
    return None


# --- Reading -----------------------------------------------------------------------------------------------------

VERBS: Mapping[str, str] = {
    "invite": "made an account for",
    "change_roles": "changed the roles of",
    "change_address": "changed the address of",
    "close_account": "closed the account of",
    "open_account": "opened again the account of",
    "make_link": "made a link to set the password of",
    "end_sessions": "signed out everywhere",
    "remove_second_factor": "took away the second factor of",
    "open_period": "opened the reporting period",
    "change_period": "changed the reporting period",
    "open_assessment": "opened the assessment",
    "import_assessment": "imported a file",
    "assign": "assigned",
    "end_assignment": "ended the assignment of",
    "save_source": "saved the source",
    "use_source": "took in the source",
    "name_reader": "named on the source",
    "add_document": "added to the text of the source",
    "mark_excerpt": "marked",
    "unmark_excerpt": "took away the mark of",
    "translate_excerpt": "saved the language and place of",
    "set_aside_excerpt": "set aside",
    "take_up_excerpt": "took up again",
    "place_excerpt": "made evidence of",
    "view_document": "took a copy of the file,",
    "save_letter": "wrote",
    "send_letter": "recorded as sent",
    "remind_letter": "recorded a reminder of",
    "answer_letter": "recorded the answer to",
    "close_letter": "closed",
    "fill_letter": "put on sheet F6 the answer to",
    "save_second_rating": "rated as second coder",
    "save_reconciled_rating": "reconciled the ratings of",
    "save_evidence": "saved",
    "withdraw_evidence": "withdrew",
    "save_fact": "saved",
    "withdraw_fact": "withdrew",
    "take_workbook": "took the record away as a workbook:",
    "let_in": "let into the text, after the cut-off,",
    "move_fact": "moved on its sheet",
    "save_rating": "rated",
    "confirm_unchanged": "confirmed as unchanged since last year the",
    "save_decision": "saved the decision",
    "propose_determination": "proposed the determination",
    "withdraw_determination": "withdrew the determination",
    "approve_determination": "approved the determination",
    "approve_presumption": "approved the presumption of",
    "endorse": "endorsed",
    "edit_sentence": "edited a sentence",
    "revert_sentence": "went back to the generated words of a sentence",
    "remove_sentence": "removed a sentence",
    "restore_sentence": "restored a sentence",
    "add_sentence": "wrote a sentence",
    "accept_suggestion": "accepted the suggestion for a sentence",
    "edit_recommendation": "edited the recommendation",
    "reorder_recommendation": "moved the recommendation",
    "comment": "commented",
    "resolve_comment": "resolved a comment",
    "reopen_comment": "opened a comment again",
    "propose_wording": "proposed other words",
    "accept_wording": "took the proposed words",
    "decline_wording": "declined the proposed words",
    "withdraw_wording": "took back the proposed words",
    "approve_items": "approved sentences at",
    "reconfirm": "reconfirmed mechanical changes at",
    "override_approval": "approved by override",
    "take_back_approval": "took back the approval of",
    "keep_approval": "kept the approval of",
    "order_steps": "ordered the steps of review",
    "view_source": "looked at the source",
    "submit": "submitted",
    "request_changes": "requested changes to",
    "approve": "approved",
    "release": "released",
    "reopen": "took back the last step of",
    "correct": "opened the correction,",
    "withdraw_correction": "took back the correction,",
    "supersede": "superseded the earlier release,",
    "keep_refused": "tried to save what somebody else had changed meanwhile:",
    "make_working_snapshot": "made a working copy, marked as a draft",
    "accept_check": "accepted the check",
    "reopen_check": "opened again the check",
    "apply_wording": "applied",
    "load_version": "loaded",
    "set_options": "changed what is turned on for the period",
    "draw_sample": "drew a sample for a second coding",
    "reconcile": "decided between two answers:",
    "propose_redaction": "proposed to take words out",
    "redact": "took words out of all that is kept",
    "decline_redaction": "declined to take words out",
    "withdraw_redaction": "took back the proposal to take words out",
    "receive_returned": "uploaded a file that came back",
    "take_returned": "took over what a returned file says",
    "settle_returned": "dealt with a change in a returned file",
    "save_template": "uploaded the house template",
    "withdraw_template": "withdrew the house template",
    "set_budgets": "set the word budgets of the period",
    "record_reply": "entered the government's reply",
    "make_token": "made the token",
    "revoke_token": "took back the token",
    "ask_for_report": "asked for the report as",
    "withdraw_reply": "withdrew the government's reply",
}


MANY_FIELDS = 8
"""More fields than this are counted instead of named."""


def sentence(event: Event) -> str:
    """Say in a sentence who did what and when; it names fields and never their values, so nothing protected shows."""
    moment = event.at.astimezone(UTC)
    return f"{moment:%B} {moment.day}, {moment:%Y at %H:%M} UTC: {deed(event)}"


def deed(event: Event) -> str:
    """Say in a sentence who did what, for a page that shows the moment in the office's own zone beside it."""
    who = event.by.name if event.by else "A command"
    verb = VERBS.get(event.action, event.action.replace("_", " "))
    named_target = event.target.removeprefix("ratings/").replace("/", " ")
    target = "" if _is_id(event.target) or not event.target else f" {named_target}"
    is_move = event.target.startswith("revision/")  # the verb says what became of its state
    named = [name.rpartition(".")[2].replace("_", " ") for name in event.fields if not (is_move and name == "state")]
    if len(named) > MANY_FIELDS:
        named = [f"{len(named)} entries"]
    fields = f" ({', '.join(named)})" if named else ""
    reason = f", because: {event.reason.rstrip('.')}" if event.reason else ""
    return f"{who} {verb}{target}{fields}{reason}."


def _is_id(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True
