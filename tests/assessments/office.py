"""A small office at work: people in every role, one country, and shortcuts to the actions, for tests."""

import datetime as dt
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

from accounts.models import Role, User
from assessments import actions
from assessments.core.sheets import Evidence, Source, Statistic
from assessments.core.types import Rating
from assessments.core.values import Confidence, Count, CountKind, Credibility, RatingState, SourceClass, Stage
from assessments.enums import Part
from assessments.importers.interchange import File, import_files
from assessments.models import Assessment, Revision
from frameworks.models import Country
from tests.assessments import factories
from tests.assessments.factories import AT, CountryFactory
from tests.image import remembered, remembered_step

MINUTE = dt.timedelta(minutes=1)


class Clock:
    """Gives a later moment each time it is asked."""

    def __init__(self, start: dt.datetime = AT) -> None:
        self.now = start

    def __call__(self) -> dt.datetime:
        self.now += MINUTE
        return self.now


@dataclass
class Office:
    """People by role; `assessment` is Examplia 2024, with an analyst and a reviewer assigned."""

    analyst: User
    other_analyst: User
    reviewer: User
    other_reviewer: User
    coordinator: User
    exporter: User
    reader: User
    editor: User
    account_admin: User
    country: Country
    clock: Clock
    assessment: Assessment | None = None

    @property
    def revision(self) -> Revision:
        """The open revision, read anew."""
        return Revision.objects.select_related("assessment__country", "assessment__period", "framework", "wording").get(
            assessment=self.assessment, is_open=True
        )

    @property
    def revision_id(self) -> UUID:
        return self.revision.public_id

    def assign(self, person: User, part: Part) -> None:
        actions.assign(
            assessment_id=self.assessment.public_id,
            user_id=person.public_id,
            part=part,
            by=self.coordinator,
            at=self.clock(),
        )

    def source(self, **changes: Any) -> str:
        record = Source(**({"id": "new", "title": "Report on courts", "source_class": SourceClass.D} | changes))
        return actions.save_source(record=record, revision_id=self.revision_id, by=self.analyst, at=self.clock()).ref

    def evidence(self, source: str = "", **changes: Any) -> str:
        fields = {"id": "new", "source": source or self.source(), "credibility": Credibility.PROBABLE} | changes
        return actions.save_evidence(
            revision_id=self.revision_id, ref=None, record=Evidence(**fields), by=self.analyst, at=self.clock()
        ).ref

    def statistic(self, value: int = 3, **changes: Any) -> actions.Saved:
        fields = {
            "id": "new",
            "stage": Stage.CONVICTION,
            "count": Count(kind=CountKind.EXACT, value=value),
        } | changes
        return self.fact("statistics", Statistic(**fields))

    def fact(self, sheet: str, record: Any, ref: str | None = None, version: int | None = None) -> actions.Saved:
        return actions.save_fact(
            revision_id=self.revision_id,
            sheet=sheet,
            ref=ref,
            record=record,
            version=version,
            by=self.analyst,
            at=self.clock(),
        )

    def rate(self, indicator: str, level: int | None = None, *, by: User | None = None, **changes: Any) -> Any:
        version = changes.pop("version", None)
        fields: dict[str, Any] = {"indicator": indicator, "part": "", "state": RatingState.RATED, "level": level}
        if level is None:
            fields |= {"state": RatingState.NOT_ASSESSED, "reason": "Nobody could look."}
        else:
            fields |= {"confidence": Confidence.MODERATE, "rationale": "The descriptor is met."}
        return actions.save_rating(
            revision_id=self.revision_id,
            rating=Rating(**(fields | changes)),
            version=version,
            by=by or self.analyst,
            at=self.clock(),
        )

    def answer_all(self, *, but: Sequence[str] = ()) -> None:
        """Give every core question a reason, so that the text can be submitted; those named are answered already."""
        from frameworks.loader import compiled

        revision = self.revision
        reasons = [
            Rating(indicator=item.slug, part=part, state=RatingState.NOT_ASSESSED, reason="Nobody could look.")
            for item in compiled(revision.framework).core
            for part in item.parts or ("",)
            if item.slug not in but
        ]
        ratings = [(rating, None) for rating in reasons]
        actions.save_ratings(revision_id=revision.public_id, ratings=ratings, by=self.analyst, at=self.clock())

    def turn_on(self, *, blind_coding: bool = False, right_of_reply: bool = False) -> None:
        """Turn the optional steps of the period on or off."""
        actions.set_options(
            report_year=2024,
            blind_coding=blind_coding,
            right_of_reply=right_of_reply,
            by=self.coordinator,
            at=self.clock(),
        )

    def draw(self, seed: str = "a seed") -> list[str]:
        """Turn blind coding on, draw a sample, and return the questions drawn of the office's assessment."""
        self.turn_on(blind_coding=True)
        actions.draw_sample(report_year=2024, seed=seed, by=self.coordinator, at=self.clock())
        return list(self.assessment.sampled_questions.order_by("indicator").values_list("indicator", flat=True))

    def submit(self) -> Revision:
        return actions.submit(revision_id=self.revision_id, by=self.analyst, at=self.clock())

    def step_id(self) -> UUID:
        return self.revision.steps.get(is_last=True).public_id

    def approve(self, by: User | None = None) -> Any:
        return actions.approve(step_id=self.step_id(), by=by or self.reviewer, at=self.clock())

    def release(self) -> Any:
        snapshot = self.revision.snapshots.order_by("-pk")[0]
        return actions.release(snapshot_id=snapshot.public_id, by=self.coordinator, at=self.clock())


@remembered(factories.UserFactory, CountryFactory)
def make_office() -> Office:
    """Make the people, the period and one assessment with an analyst and a reviewer."""
    factories.framework()
    factories.wording()
    office = Office(
        analyst=factories.user(Role.ANALYST, name="Ann Analyst"),
        other_analyst=factories.user(Role.ANALYST, name="Otto Analyst"),
        reviewer=factories.user(Role.REVIEWER, name="Rita Reviewer"),
        other_reviewer=factories.user(Role.REVIEWER, name="Ruth Reviewer"),
        coordinator=factories.user(Role.COORDINATOR, name="Cora Coordinator"),
        exporter=factories.user(Role.EXPORTER, name="Emil Exporter"),
        reader=factories.user(Role.READER, name="Rolf Reader"),
        editor=factories.user(Role.FRAMEWORK_EDITOR, name="Edda Editor"),
        account_admin=factories.user(Role.ACCOUNT_ADMIN, name="Adam Admin"),
        country=CountryFactory(name="Examplia"),
        clock=Clock(),
    )
    actions.open_period(
        report_year=2024,
        opened_on=dt.date(2023, 10, 1),
        due_on=dt.date(2024, 6, 1),
        by=office.coordinator,
        at=office.clock(),
    )
    office.assessment = actions.open_assessment(
        iso3=office.country.iso3, report_year=2024, by=office.coordinator, at=office.clock()
    )
    office.assign(office.analyst, Part.ANALYST)
    office.assign(office.reviewer, Part.REVIEWER)
    return office


DEMO = Path(__file__).parents[2] / "fixtures" / "demo"


def take_case(office: Office, name: str) -> Office:
    """Import one of the demo cases as the office's assessment, rated by its analyst."""
    return _taking(name)(office)


@cache
def _taking(name: str) -> Callable[[Office], Office]:
    @remembered_step
    def take(office: Office) -> Office:
        data = (DEMO / f"{name}.json").read_bytes().replace(b'"analyst1"', json.dumps(office.analyst.name).encode())
        CountryFactory(iso3=json.loads(data)["country"], name="Examplia")
        (revision,) = import_files(files=[File(name, data)], by=None, at=office.clock(), trusted=True)
        office.assessment = revision.assessment
        office.assign(office.analyst, Part.ANALYST)
        office.assign(office.reviewer, Part.REVIEWER)
        return office

    return take
