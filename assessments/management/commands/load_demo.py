"""`manage.py load_demo`: made-up people, and the demo files as assessments in every state, by the real actions."""

import json
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from accounts.models import Role, User
from assessments import actions
from assessments.core.interchange import InvalidFile
from assessments.core.types import AssessmentRecord
from assessments.core.values import Section
from assessments.demo_people import ANALYSTS, PEOPLE, REVIEWERS
from assessments.enums import Part, RevisionState, SentenceState
from assessments.importers.interchange import examined, import_record
from assessments.management.demo_texts import load_texts
from assessments.models import Assessment, DraftSentence, ReportingPeriod, Revision

DEFAULT_PATH = Path(settings.BASE_DIR) / "fixtures" / "demo"
TEXTS = Path(settings.BASE_DIR) / "fixtures" / "demo-texts"

S = RevisionState
STATES: tuple[RevisionState, ...] = (
    S.RELEASED,
    S.IN_PROGRESS,
    S.SUBMITTED,
    S.APPROVED,
    S.CHANGES_REQUESTED,
    S.RELEASED,
    S.SUPERSEDED,  # released, corrected, and the correction released
    S.SUBMITTED,
    S.IN_PROGRESS,
)
"""How far the files are taken, in the order of their names, over and over."""

EMPTY = ("GHA", "PRT", "URY")
"""Countries whose assessment of the running period is open and empty: one for each analyst."""

FIRST_MONTH, DUE_MONTH = 4, 6

CALLED = "analyst1"
"""Who rated and proposed in the files; the analyst an assessment is given to takes this name's place."""


@dataclass(frozen=True)
class Team:
    """Who works on one assessment; `state` is how far they take it."""

    analyst: User
    reviewer: User
    second: User
    coordinator: User
    state: RevisionState


@actions.action
def import_one(*, record: AssessmentRecord, by: User, at: datetime) -> Revision:
    """Import one trusted record as its analyst's work."""
    return import_record(record, by=by, at=at, trusted=True)


class Command(BaseCommand):
    """Fill a demo installation; what is there already stays as it is."""

    help = "Load made-up people and the demo assessments. Safe to run again. Refuses unless INDICIA_DEMO is true."

    def add_arguments(self, parser: CommandParser) -> None:
        what = "the folder of interchange files; without it, those that come with the program"
        parser.add_argument("path", nargs="?", type=Path, default=DEFAULT_PATH, help=what)

    def handle(self, *args: Any, path: Path, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError(
                "The demo has people with published passwords and made-up reviews; it is loaded only where "
                "INDICIA_DEMO is true."
            )
        people = load_people(timezone.now())
        files = sorted(Path(path).glob("*.json"))
        if not files:
            raise CommandError(f"{path}: there are no demo files here.")
        made = sum(self._load(file, number, people) for number, file in enumerate(files))
        open_empty(people, timezone.now())
        load_texts(TEXTS, by=people[ANALYSTS[0][0]], at=timezone.now())
        self.stdout.write(f"{len(people)} people and {len(files)} demo assessments, {made} of them new.")

    def _load(self, file: Path, number: int, people: dict[str, User]) -> bool:
        try:
            data = file.read_bytes()
            head = json.loads(data)
            if Assessment.objects.filter(country=head["country"], period__report_year=head["report_year"]).exists():
                return False
            record = examined(data)
        except InvalidFile as exc:
            raise CommandError(f"{file}:\n{exc}") from exc
        play(record, team_for(number, people))
        return True


def load_people(at: datetime) -> dict[str, User]:
    """Make the people who are not there yet, and return all by e-mail address."""
    found: dict[str, User] = {}
    for email, name, roles, password in PEOPLE:
        person = User.objects.filter(email=email).first()
        if person is None:
            person = User.objects.create_user(email, name=name, password=password)
            person.grant([Role(role) for role in roles], at=at, by=None)
        found[email] = person
    return found


def open_empty(people: dict[str, User], at: datetime) -> None:
    """Open the running period with an empty assessment for each analyst, so that a visitor has something to begin."""
    today = timezone.localdate(at)
    year = today.year + (today.month >= FIRST_MONTH)
    coordinator = people["coordinator@example.org"]
    if ReportingPeriod.objects.filter(report_year=year).exists():
        return
    actions.open_period(
        report_year=year,
        opened_on=date(year - 1, FIRST_MONTH, 1),
        due_on=date(year, DUE_MONTH, 1),
        by=coordinator,
        at=at,
    )
    for (analyst, _), (reviewer, _), iso3 in zip(ANALYSTS, REVIEWERS, EMPTY, strict=True):
        assessment = actions.open_assessment(iso3=iso3, report_year=year, by=coordinator, at=at)
        for email, part in ((analyst, Part.ANALYST), (reviewer, Part.REVIEWER)):
            actions.assign(
                assessment_id=assessment.public_id, user_id=people[email].public_id, part=part, by=coordinator, at=at
            )


def team_for(number: int, people: dict[str, User]) -> Team:
    """Return who works on the file at this place, so that work is spread over everyone."""
    analysts = [people[email] for email, _ in ANALYSTS]
    reviewers = [people[email] for email, _ in REVIEWERS]
    return Team(
        analyst=analysts[number % len(analysts)],
        reviewer=reviewers[number // len(analysts) % len(reviewers)],
        second=reviewers[(number // len(analysts) + 1) % len(reviewers)],
        coordinator=people["coordinator@example.org"],
        state=STATES[(number + number // len(analysts)) % len(STATES)],  # shifted, so that nobody has one state only
    )


def in_name_of(record: AssessmentRecord, analyst: User) -> AssessmentRecord:
    """Return the record with the analyst's name where the files name one."""

    def named(name: str) -> str:
        return analyst.name if name == CALLED else name

    return replace(
        record,
        ratings=tuple(replace(item, rated_by=named(item.rated_by)) for item in record.ratings),
        determinations=tuple(replace(item, proposed_by=named(item.proposed_by)) for item in record.determinations),
    )


def play(record: AssessmentRecord, team: Team) -> Revision:
    """Import a record and take it through review as its team would have, each act at its day of the year."""
    year = record.report_year

    def day(month: int, number: int, hour: int = 14) -> datetime:
        return datetime(year, month, number, hour, 5, tzinfo=UTC)

    revision = import_one(record=in_name_of(record, team.analyst), by=team.analyst, at=day(2, 12))
    assessment = revision.assessment
    for person, part in (
        (team.analyst, Part.ANALYST),
        (team.reviewer, Part.REVIEWER),
        (team.second, Part.REVIEWER),
    ):
        actions.assign(
            assessment_id=assessment.public_id,
            user_id=person.public_id,
            part=part,
            by=team.coordinator,
            at=day(2, 12, 15),
        )
    _write(revision, team, day)
    if team.state is S.IN_PROGRESS:
        return revision
    actions.submit(revision_id=revision.public_id, by=team.analyst, at=day(4, 18))
    _review(revision, team, day)
    return revision


def _write(revision: Revision, team: Team, day: Any) -> None:
    """Edit one generated sentence and, in some assessments, write one by hand or move a recommendation."""
    rows = DraftSentence.objects.filter(revision=revision, state=SentenceState.GENERATED.value).in_order()
    # Asked of Python, since SQLite's own comparison would also take "The Government of".
    row = next((row for row in rows if row.generated_text.startswith("The government reported ")), None)
    if row is not None:
        text = f"During the reporting period, the{row.generated_text[3:]}"
        actions.edit_sentence(sentence_id=row.public_id, text=text, version=row.version, by=team.analyst, at=day(3, 6))
    if team.state in {S.CHANGES_REQUESTED, S.APPROVED}:
        actions.add_sentence(
            revision_id=revision.public_id,
            section=Section.PROSECUTION,
            text="The part that was read allows no further statement on the outcome of these cases.",
            judgement=True,
            by=team.analyst,
            at=day(3, 7),
        )
    listed = list(revision.recommendations.filter(is_top=True).order_by("rank"))
    if team.state is S.SUBMITTED and len(listed) > 2:  # below the first two, whose places the method sets
        actions.reorder_recommendation(
            revision_id=revision.public_id,
            recommendation_id=listed[-1].public_id,
            rank=3,
            reason="Moved up to show how an order of one's own is kept.",
            by=team.analyst,
            at=day(3, 8),
        )


def _review(revision: Revision, team: Team, day: Any) -> None:
    first = (
        DraftSentence.objects.filter(revision=revision).exclude(state=SentenceState.REMOVED.value).in_order().first()
    )
    remark = actions.comment(
        revision_id=revision.public_id,
        sentence_id=None if first is None else first.public_id,
        text="Does the source say this of the whole period, or of one year of it?",
        by=team.reviewer,
        at=day(4, 22),
    )
    actions.comment(
        revision_id=revision.public_id,
        sentence_id=remark.sentence,
        parent_id=remark.public_id,
        text="Of the whole period; the pinpoint says where.",
        by=team.analyst,
        at=day(4, 23),
    )
    if team.state is S.SUBMITTED:
        return
    if team.state is S.CHANGES_REQUESTED:
        actions.request_changes(
            revision_id=revision.public_id,
            reason="Please say who voiced the concern, and give the stage each case had reached.",
            by=team.reviewer,
            at=day(4, 24),
        )
        return
    actions.resolve_comment(comment_id=remark.public_id, by=team.reviewer, at=day(4, 24))
    _approve(revision, team.reviewer, day(5, 14))
    if team.state is S.APPROVED:
        return
    _release(revision, team, day(6, 27))
    if team.state is S.SUPERSEDED:
        _correct(revision, team, day)


def _approve(revision: Revision, by: User, at: datetime) -> None:
    actions.approve(step_id=revision.steps.get(is_last=True).public_id, by=by, at=at)


def _release(revision: Revision, team: Team, at: datetime) -> None:
    snapshot = revision.snapshots.order_by("-at", "-pk")[0]
    actions.release(snapshot_id=snapshot.public_id, by=team.coordinator, at=at)


def _correct(revision: Revision, team: Team, day: Any) -> None:
    new = actions.correct(
        revision_id=revision.public_id,
        reason="One sentence named the period twice.",
        by=team.analyst,
        at=day(7, 9),
    )
    edited = DraftSentence.objects.filter(revision=new, state=SentenceState.EDITED.value).in_order().first()
    if edited is not None:
        actions.revert_sentence(sentence_id=edited.public_id, version=edited.version, by=team.analyst, at=day(7, 9, 15))
    actions.submit(revision_id=new.public_id, by=team.analyst, at=day(7, 10))
    _approve(new, team.second, day(7, 11))
    _release(new, team, day(7, 12))
