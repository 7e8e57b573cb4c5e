"""Telling people: a notice in the app, and by e-mail as each person chose. It says that something is there, never what.

E-mail leaves after the transaction, so that nobody is told of what did not happen; what cannot be sent is logged and
stays in the app.
"""

import logging
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from functools import partial
from smtplib import SMTPException
from uuid import UUID

from django.core.mail import send_mail
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from assessments import policies
from assessments.actions.door import Invalid, action, require_transaction
from assessments.core.grammar.lists import join
from assessments.enums import MailWay, NoticeKind
from assessments.models import Notice, NoticeChoice, ReportingPeriod, Revision

logger = logging.getLogger(__name__)

HINT = "Sign in to Indicia to read it. How you are told is yours to choose there, under Notices."


def name_of(revision: Revision) -> str:
    """Return how notices call an assessment: "Moldova 2017"."""
    return f"{revision.assessment.country} {revision.assessment.period.report_year}"


def tell(
    revision: Revision,
    kind: NoticeKind,
    said: str,
    *,
    by: User,
    at: datetime,
    people: Iterable[User] | None = None,
    place: str = "",
) -> list[Notice]:
    """Tell people what happened; `said` goes on after the assessment's name. Three queries and one for each mail.

    `people` names them where the kind alone does not. Whoever did it, muted the kind or may not hear of it is left out.
    """
    require_transaction()
    found = list(policies.audience(revision, kind, by=by) if people is None else people)
    choices = {row.person_id: row for row in NoticeChoice.objects.filter(person__in=found)}
    wanted = [person for person in found if person.pk != by.pk and not _is_muted(choices.get(person.pk), kind)]
    notices = Notice.objects.bulk_create(
        Notice(
            person=person,
            assessment=revision.assessment,
            kind=kind.value,
            text=f"{name_of(revision)}: {said}",
            place=place,
            by=by,
            at=at,
        )
        for person in wanted
    )
    has_digest = revision.assessment.period.mentions_and_digest
    at_once = [row for row in notices if _way(choices.get(row.person_id), has_digest) is MailWay.EACH]
    if at_once:
        transaction.on_commit(partial(_send_each, at_once))
    return notices


def _is_muted(choice: NoticeChoice | None, kind: NoticeKind) -> bool:
    return choice is not None and kind.value in choice.muted


def _way(choice: NoticeChoice | None, has_digest: bool) -> MailWay:
    way = MailWay.EACH if choice is None else MailWay(choice.mail)
    return MailWay.EACH if way is MailWay.DIGEST and not has_digest else way


def _send_each(notices: Sequence[Notice]) -> None:
    sent = [row.pk for row in notices if send(row.person, row.text, [row.text])]
    Notice.objects.filter(pk__in=sent).update(mailed_at=timezone.now())


def send(person: User, subject: str, lines: Sequence[str]) -> bool:
    """Send one message; False, and a line in the program's log, where it could not leave."""
    try:
        send_mail(" ".join(subject.split())[:150], "\n".join([*lines, "", HINT]), None, [person.email])
    except (SMTPException, OSError):
        logger.exception("A notice could not be sent by e-mail; it stands in the app.")
        return False
    return True


def send_digests(*, at: datetime) -> int:
    """Send each person who asked for it one message with what they have not read yet; return how many were sent.

    Only what belongs to periods with the digest turned on waits for it; everything else was sent at once.
    """
    chosen = NoticeChoice.objects.filter(mail=MailWay.DIGEST.value, person__is_active=True).select_related("person")
    count = 0
    for choice in chosen:
        waiting = list(
            Notice.objects.unread()
            .filter(person=choice.person, mailed_at__isnull=True, assessment__period__mentions_and_digest=True)
            .exclude(kind__in=choice.muted)
            .order_by("at", "pk")
        )
        if waiting and send(choice.person, f"Indicia: {len(waiting)} new", [row.text for row in waiting]):
            Notice.objects.filter(pk__in=[row.pk for row in waiting]).update(mailed_at=at)
            count += 1
    return count


def mentioned(revision: Revision, text: str) -> list[User]:
    """Return the people of the assessment whom a text names by "@" and their name, or a first name that only one has.

    Nobody where the coordinator left mentions off for the period.
    """
    if not revision.assessment.period.mentions_and_digest or "@" not in text:
        return []
    people = list(policies.may_be_told(revision))
    said = text.casefold()
    first = [person.name.split()[0].casefold() for person in people]
    return [
        person
        for person, short in zip(people, first, strict=True)
        if f"@{person.name.casefold()}" in said or (first.count(short) == 1 and _stands(f"@{short}", said))
    ]


def _stands(name: str, said: str) -> bool:
    """Say whether a name stands in a text as a whole word."""
    return any(word.strip(".,;:!?()") == name for word in said.split())


def in_words(people: Collection[User]) -> str:
    """Say who is told: "Rita Reviewer and Cora Coordinator will be told."."""
    if not people:
        return "Nobody will be told: nobody who could be is assigned."
    return f"{join([person.name for person in people], 'and')} will be told."


@action
def read_notices(*, by: User, at: datetime, notice_id: UUID | None = None, unread: bool = False) -> int:
    """Mark a person's own notices as read, or one of them as unread again; return how many changed."""
    mine = Notice.objects.filter(person=by)
    if notice_id is not None:
        mine = mine.filter(public_id=notice_id)
    if unread:
        return mine.filter(read_at__isnull=False).update(read_at=None)
    return mine.unread().update(read_at=at)


@action
def choose_notices(*, mail: MailWay, muted: Collection[NoticeKind], by: User, at: datetime) -> NoticeChoice:  # noqa: ARG001  as every action
    """Keep how a person wants to be told. Raises Invalid for the digest where no period has it."""
    if mail is MailWay.DIGEST and not ReportingPeriod.objects.filter(mentions_and_digest=True).exists():
        raise Invalid({"mail": ["No reporting period has the digest; a coordinator turns it on."]})
    values = {"mail": mail.value, "muted": sorted(kind.value for kind in muted)}
    return NoticeChoice.objects.update_or_create(person=by, defaults=values)[0]
