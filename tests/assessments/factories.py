"""Factories of people, periods, assessments and everything recorded on them; countries are XAA to XZZ, never real ones.

`framework()` and `wording()` store the versions of fixtures/; `user(Role.ANALYST)` makes a person with roles.
"""

import datetime as dt
import uuid
from functools import cache
from pathlib import Path
from typing import Any

import factory
from factory.django import DjangoModelFactory

from accounts.models import Role, User
from assessments import models
from assessments.core.document import Audience
from assessments.core.types import Severity
from assessments.core.values import PolicyKind, RatingState, Section, SourceClass, Stage, StatementKind
from assessments.enums import (
    JobKind,
    Part,
    ReplyAbout,
    RevisionState,
    Round,
    SentenceState,
    SnapshotKind,
    Stance,
    Subject,
    Taken,
)
from assessments.models.acceptances import CheckAcceptance
from frameworks import loader, wording_loader
from frameworks.models import Country, FrameworkVersion, Indicator, WordingVersion
from frameworks.spec.compiled import CompiledFramework
from tests.image import COUNTED, remembered

FRAMEWORKS = Path(__file__).parents[2] / "fixtures" / "frameworks"
AT = dt.datetime(2024, 5, 1, 12, tzinfo=dt.UTC)


@cache
def _framework_spec() -> Any:
    return loader.read(FRAMEWORKS / "official-complicity" / "2026.1")


@cache
def _wording_spec() -> Any:
    return wording_loader.read(FRAMEWORKS / "us-narrative-wording" / "2026.1")


@cache
def _digest() -> str:
    return CompiledFramework(_framework_spec()).digest


@remembered(anywhere=True)
def _new_framework() -> FrameworkVersion:
    return loader.store(_framework_spec(), by=None, at=AT)


@remembered(anywhere=True)
def _new_wording() -> WordingVersion:
    return wording_loader.store(_wording_spec(), by=None, at=AT)


def framework() -> FrameworkVersion:
    """Return the measurement framework of fixtures/, stored."""
    if FrameworkVersion.objects.exists():
        held = FrameworkVersion.objects.filter(digest=_digest()).first()
        return held or loader.store(_framework_spec(), by=None, at=AT)
    return _new_framework()


def wording() -> WordingVersion:
    """Return the wording of fixtures/, stored."""
    if WordingVersion.objects.exists():
        return wording_loader.store(_wording_spec(), by=None, at=AT)
    return _new_wording()


def indicator(slug: str) -> Indicator:
    """Return an indicator of the framework of fixtures/."""
    return Indicator.objects.get(version=framework(), slug=slug)


def user(*roles: Role, name: str = "", **fields: Any) -> User:
    """Make a person with these roles."""
    made = UserFactory(**({"name": name} if name else {}), **fields)
    made.grant(roles, at=AT, by=None)
    return made


class UserFactory(DjangoModelFactory):
    class Meta:
        model = User
        skip_postgeneration_save = True

    name = factory.Sequence(lambda n: f"Person {n}")
    email = factory.Sequence(lambda n: f"person{n}@example.org")
    password = factory.django.Password("four plain words here")


class CountryFactory(DjangoModelFactory):
    class Meta:
        model = Country
        django_get_or_create = ("iso3",)

    iso3 = factory.Sequence(lambda n: f"X{chr(65 + n // 26 % 26)}{chr(65 + n % 26)}")
    iso2 = factory.Sequence(lambda n: f"{chr(65 + n // 26 % 26)}{chr(65 + n % 26)}".lower())
    name = factory.LazyAttribute(lambda self: f"Examplia {self.iso3}")
    name_in_text = factory.LazyAttribute(lambda self: self.name)
    name_after_government_of = factory.LazyAttribute(lambda self: self.name)
    government_phrase = factory.LazyAttribute(lambda self: f"the Government of {self.name}")
    adjective = "Examplian"
    sort_name = factory.LazyAttribute(lambda self: self.name)
    un_member = True
    in_report = True


COUNTED.extend([UserFactory, CountryFactory])


class ReportingPeriodFactory(DjangoModelFactory):
    class Meta:
        model = models.ReportingPeriod
        django_get_or_create = ("report_year",)

    report_year = 2024
    opened_on = factory.LazyAttribute(lambda self: dt.date(self.report_year - 1, 10, 1))
    due_on = factory.LazyAttribute(lambda self: dt.date(self.report_year, 6, 1))


class AssessmentFactory(DjangoModelFactory):
    class Meta:
        model = models.Assessment
        skip_postgeneration_save = True

    country = factory.SubFactory(CountryFactory)
    period = factory.SubFactory(ReportingPeriodFactory)
    opened_at = AT

    @factory.post_generation
    def analyst(self, create: bool, extracted: User | None, **_: Any) -> None:
        if extracted is not None:
            AssignmentFactory(assessment=self, user=extracted, part=Part.ANALYST)


class AssignmentFactory(DjangoModelFactory):
    class Meta:
        model = models.Assignment

    assessment = factory.SubFactory(AssessmentFactory)
    user = factory.SubFactory(UserFactory)
    part = Part.ANALYST
    assigned_at = AT


class RevisionFactory(DjangoModelFactory):
    """An open revision under the framework and wording of fixtures/."""

    class Meta:
        model = models.Revision

    assessment = factory.SubFactory(AssessmentFactory)
    number = factory.LazyAttribute(lambda self: self.assessment.revisions.count() + 1)
    framework = factory.LazyFunction(framework)
    wording = factory.LazyFunction(wording)
    opened_at = AT


class SourceFactory(DjangoModelFactory):
    class Meta:
        model = models.Source

    title = factory.Sequence(lambda n: f"Report {n}")
    source_class = SourceClass.D
    entered_at = AT


class SourceReaderFactory(DjangoModelFactory):
    class Meta:
        model = models.SourceReader

    source = factory.SubFactory(SourceFactory)
    user = factory.SubFactory(UserFactory)
    named_at = AT


class SourceUseFactory(DjangoModelFactory):
    class Meta:
        model = models.SourceUse

    revision = factory.SubFactory(RevisionFactory)
    source = factory.SubFactory(SourceFactory)
    ref = factory.Sequence(lambda n: f"S{n}")
    position = factory.Sequence(int)


class FactFactory(DjangoModelFactory):
    class Meta:
        abstract = True

    revision = factory.SubFactory(RevisionFactory)
    position = factory.Sequence(int)
    entered_at = AT


class EvidenceFactory(FactFactory):
    class Meta:
        model = models.Evidence

    ref = factory.Sequence(lambda n: f"E{n}")
    use = factory.SubFactory(SourceUseFactory, revision=factory.SelfAttribute("..revision"))


class EvidenceLinkFactory(DjangoModelFactory):
    class Meta:
        model = models.EvidenceLink

    evidence = factory.SubFactory(EvidenceFactory)
    sheet = "statistics"
    ref = "F1"


class SearchNoteFactory(FactFactory):
    class Meta:
        model = models.SearchNote

    ref = factory.Sequence(lambda n: f"N{n}")
    searched = "The register of judgments, by year."


class StatisticFactory(FactFactory):
    class Meta:
        model = models.StatisticRecord

    ref = factory.Sequence(lambda n: f"F{n}")
    stage = Stage.CONVICTION


class CaseFactory(FactFactory):
    class Meta:
        model = models.CaseRecord

    ref = factory.Sequence(lambda n: f"C{n}")
    officials = [{"role": "police officer"}]


class AllegationFactory(FactFactory):
    class Meta:
        model = models.AllegationRecord

    ref = factory.Sequence(lambda n: f"A{n}")
    officials = [{"role": "police officer"}]


class PolicyElementFactory(FactFactory):
    class Meta:
        model = models.PolicyElementRecord

    ref = factory.Sequence(lambda n: f"P{n}")
    factor = "pof-forced-labor"


class MeasureFactory(FactFactory):
    class Meta:
        model = models.MeasureRecord

    ref = factory.Sequence(lambda n: f"M{n}")
    kind = "training"
    text = "trained officials"


class CommitmentFactory(FactFactory):
    class Meta:
        model = models.CommitmentRecord

    ref = factory.Sequence(lambda n: f"T{n}")
    instrument = "uncac"


class DataRequestFactory(FactFactory):
    class Meta:
        model = models.DataRequestRecord

    ref = factory.Sequence(lambda n: f"R{n}")


class StatementFactory(FactFactory):
    class Meta:
        model = models.StatementRecord

    ref = factory.Sequence(lambda n: f"X{n}")
    kind = StatementKind.CONCERN


class RatingFactory(DjangoModelFactory):
    """A rating; `slug` names the indicator."""

    class Meta:
        model = models.RatingRecord

    class Params:
        slug = "officials-prosecuted"

    revision = factory.SubFactory(RevisionFactory)
    indicator = factory.LazyAttribute(
        lambda self: Indicator.objects.get(version=self.revision.framework, slug=self.slug)
    )
    state = RatingState.RATED
    level = factory.LazyAttribute(lambda self: 2 if self.state == RatingState.RATED else None)
    rated_at = AT


class DeterminationFactory(DjangoModelFactory):
    class Meta:
        model = models.DeterminationRecord

    revision = factory.SubFactory(RevisionFactory)
    ref = factory.Sequence(lambda n: f"D{n}")
    factor = "pof-forced-labor"
    kind = PolicyKind.POLICY
    proposed_at = AT


class DeterminationApprovalFactory(DjangoModelFactory):
    class Meta:
        model = models.DeterminationApproval

    determination = factory.SubFactory(DeterminationFactory)
    approver = factory.SubFactory(UserFactory)
    at = AT


class PresumptionApprovalFactory(DjangoModelFactory):
    class Meta:
        model = models.PresumptionApproval

    request = factory.SubFactory(DataRequestFactory)
    approver = factory.SubFactory(UserFactory)
    at = AT


class EndorsementFactory(DjangoModelFactory):
    """An endorsement; `slug` names the indicator."""

    class Meta:
        model = models.EndorsementRecord

    class Params:
        slug = "tip-offs-to-traffickers"

    revision = factory.SubFactory(RevisionFactory)
    indicator = factory.LazyAttribute(
        lambda self: Indicator.objects.get(version=self.revision.framework, slug=self.slug)
    )
    level = 4
    endorser = factory.SubFactory(UserFactory)
    at = AT


class DecisionFactory(DjangoModelFactory):
    class Meta:
        model = models.DecisionRecord

    revision = factory.SubFactory(RevisionFactory)
    tier = "2"
    entered_at = AT


class PastPeriodFactory(DjangoModelFactory):
    class Meta:
        model = models.PastPeriodRecord

    revision = factory.SubFactory(RevisionFactory)
    report_year = 2023
    entered_at = AT


class SentenceFactory(DjangoModelFactory):
    class Meta:
        model = models.DraftSentence

    revision = factory.SubFactory(RevisionFactory)
    section = Section.PROSECUTION
    family = "convictions"
    position = factory.Sequence(int)
    pattern = "NP-13"
    generated_text = "Courts convicted one official."
    state = SentenceState.GENERATED


class RecommendationFactory(DjangoModelFactory):
    class Meta:
        model = models.DraftRecommendation

    revision = factory.SubFactory(RevisionFactory)
    code = factory.Sequence(lambda n: f"R{n}")
    generated_text = "Prosecute complicit officials."
    position = factory.Sequence(int)
    rank = factory.SelfAttribute("position")


class GapFactory(DjangoModelFactory):
    class Meta:
        model = models.DraftGapRecord

    revision = factory.SubFactory(RevisionFactory)
    section = Section.PROSECUTION
    text = "rate the indicator to state the strength of concern"


class ResultFactory(DjangoModelFactory):
    class Meta:
        model = models.Result

    revision = factory.SubFactory(RevisionFactory)
    input_digest = "0" * 64
    category = "not-determined"
    core_expected = 25
    derived_at = AT


class FiguresFactory(DjangoModelFactory):
    class Meta:
        model = models.Figures

    revision = factory.SubFactory(RevisionFactory)
    assessment = factory.SelfAttribute("revision.assessment")
    country = factory.SelfAttribute("revision.assessment.country")
    report_year = factory.SelfAttribute("revision.assessment.period.report_year")
    framework = factory.SelfAttribute("revision.framework")
    category = "not-determined"
    levels = "3"
    confidences = "m"


class ReviewStepFactory(DjangoModelFactory):
    class Meta:
        model = models.ReviewStep

    revision = factory.SubFactory(RevisionFactory)
    position = 1
    title = "Review"


class PeriodStepFactory(DjangoModelFactory):
    class Meta:
        model = models.PeriodStep

    period = factory.SubFactory(ReportingPeriodFactory)
    position = factory.Sequence(lambda n: n + 1)
    title = "Bureau"


class ApprovedItemFactory(DjangoModelFactory):
    class Meta:
        model = models.ApprovedItem

    step = factory.SubFactory(ReviewStepFactory)
    ref = factory.LazyFunction(lambda: str(uuid.uuid4()))
    digest = "0" * 64
    evidence = "1" * 64
    text = "The government reported one conviction."
    by = factory.SubFactory(UserFactory)
    at = AT


class WordingProposalFactory(DjangoModelFactory):
    class Meta:
        model = models.WordingProposal

    revision = factory.SubFactory(RevisionFactory)
    sentence = factory.LazyFunction(uuid.uuid4)
    quote = "The government reported one conviction."
    text = "Authorities reported one conviction."
    by = factory.SubFactory(UserFactory)
    at = AT


class HouseTemplateFactory(DjangoModelFactory):
    class Meta:
        model = models.HouseTemplate

    name = "Report"
    number = factory.Sequence(lambda n: n + 1)
    digest = factory.Sequence(lambda n: f"{n:064x}")
    size = 5000
    by = factory.SubFactory(UserFactory)
    at = AT


class NoticeFactory(DjangoModelFactory):
    class Meta:
        model = models.Notice

    person = factory.SubFactory(UserFactory)
    assessment = factory.SubFactory(AssessmentFactory)
    kind = "submitted"
    text = "Submitted for review."
    at = AT


class PresenceFactory(DjangoModelFactory):
    class Meta:
        model = models.Presence

    assessment = factory.SubFactory(AssessmentFactory)
    person = factory.SubFactory(UserFactory)
    place = "draft"
    seen_at = AT


class NoticeChoiceFactory(DjangoModelFactory):
    class Meta:
        model = models.NoticeChoice

    person = factory.SubFactory(UserFactory)


class ApprovalFactory(DjangoModelFactory):
    class Meta:
        model = models.Approval

    step = factory.SubFactory(ReviewStepFactory)
    by = factory.SubFactory(UserFactory)
    at = AT
    content_hash = "0" * 64


class TransitionFactory(DjangoModelFactory):
    class Meta:
        model = models.Transition

    revision = factory.SubFactory(RevisionFactory)
    from_state = RevisionState.IN_PROGRESS
    to_state = RevisionState.SUBMITTED
    by = factory.SubFactory(UserFactory)
    at = AT


class CommentFactory(DjangoModelFactory):
    class Meta:
        model = models.Comment

    revision = factory.SubFactory(RevisionFactory)
    text = "Where does this figure come from?"
    by = factory.SubFactory(UserFactory)
    at = AT


class SampleFactory(DjangoModelFactory):
    class Meta:
        model = models.SecondCodingSample

    period = factory.SubFactory(ReportingPeriodFactory)
    seed = "lots"
    share = 15
    drawn_at = AT
    drawn_by = factory.SubFactory(UserFactory)


class SampledQuestionFactory(DjangoModelFactory):
    class Meta:
        model = models.SampledQuestion

    sample = factory.SubFactory(SampleFactory)
    assessment = factory.SubFactory(AssessmentFactory)
    indicator = "officials-prosecuted"


class ReconciliationFactory(DjangoModelFactory):
    class Meta:
        model = models.Reconciliation

    result = factory.SubFactory(RatingFactory, round=Round.RECONCILED)
    second = factory.LazyAttribute(
        lambda self: RatingFactory(revision=self.result.revision, round=Round.SECOND, coder=UserFactory())
    )
    taken = Taken.SECOND
    state = RatingState.RATED
    level = 2
    reason = "The court's record decides."
    by = factory.SubFactory(UserFactory)
    at = AT


class ReplyFactory(DjangoModelFactory):
    class Meta:
        model = models.Reply

    revision = factory.SubFactory(RevisionFactory)
    ref = factory.Sequence(lambda n: f"g{n + 1}")
    about = ReplyAbout.FINDING
    quote = "Officials are complicit."
    stance = Stance.DISAGREES
    text = "The government disagrees."
    received_on = AT.date()
    entered_by = factory.SubFactory(UserFactory)
    entered_at = AT


class CheckAcceptanceFactory(DjangoModelFactory):
    class Meta:
        model = CheckAcceptance

    revision = factory.SubFactory(RevisionFactory)
    key = factory.Sequence(lambda n: f"{n:064x}")
    about = "0" * 64
    slug = "evidence-missing"
    severity = Severity.WARNING
    text = "A figure names no evidence."
    reason = "The register is public."
    by = factory.SubFactory(UserFactory)
    at = AT


class SnapshotFactory(DjangoModelFactory):
    class Meta:
        model = models.Snapshot

    revision = factory.SubFactory(RevisionFactory)
    kind = SnapshotKind.APPROVED
    open_part = "{}"
    open_digest = "0" * 64
    at = AT


class ReturnedFileFactory(DjangoModelFactory):
    class Meta:
        model = models.ReturnedFile

    snapshot = factory.SubFactory(SnapshotFactory)
    assessment = factory.SelfAttribute("snapshot.revision.assessment")
    name = "narrative.docx"
    digest = factory.Sequence(lambda n: f"{n:064x}")
    size = 5000
    by = factory.SubFactory(UserFactory)
    at = AT


class ReturnedItemFactory(DjangoModelFactory):
    class Meta:
        model = models.ReturnedItem

    file = factory.SubFactory(ReturnedFileFactory)
    position = 0
    kind = "added"
    text = "The ministry denied it."
    stated_author = "Carla Clearance"
    digest = factory.Sequence(lambda n: f"{n:064x}")


class SealedPartFactory(DjangoModelFactory):
    class Meta:
        model = models.SealedPart

    snapshot = factory.SubFactory(SnapshotFactory)
    body = "{}"


class EventFactory(DjangoModelFactory):
    class Meta:
        model = models.Event

    subject_kind = Subject.ASSESSMENT
    subject_id = factory.Faker("uuid4")
    sequence = 1
    at = AT
    action = "open_assessment"
    hash = factory.Sequence(lambda n: f"{n:064x}")


class StoredValueFactory(DjangoModelFactory):
    class Meta:
        model = models.StoredValue

    digest = factory.Sequence(lambda n: f"{n:064x}")
    subject_kind = Subject.ASSESSMENT
    subject_id = factory.Faker("uuid4")
    field = "statistics/F1.count"
    value = '"x"'


class RedactionFactory(DjangoModelFactory):
    class Meta:
        model = models.Redaction

    assessment = factory.SubFactory(AssessmentFactory)
    words = "Mira Example"
    reason = "A victim is named."
    proposed_by = factory.SubFactory(UserFactory)
    proposed_at = AT


class InformationGapFactory(DjangoModelFactory):
    class Meta:
        model = models.InformationGapRecord

    revision = factory.SubFactory(RevisionFactory)
    ref = factory.Sequence(lambda n: f"u{n + 1}")
    text = "How many were tried."
    entered_at = AT


class DocumentFactory(DjangoModelFactory):
    class Meta:
        model = models.Document

    source = factory.SubFactory(SourceFactory)
    number = factory.Sequence(lambda n: n + 1)
    text = "The court heard three cases."
    entered_at = AT


class ExcerptFactory(DjangoModelFactory):
    class Meta:
        model = models.Excerpt

    document = factory.SubFactory(DocumentFactory)
    source = factory.SelfAttribute("document.source")
    number = factory.Sequence(lambda n: n + 1)
    start = 0
    end = 9
    text = "The court"
    marked_at = AT


class PlacementFactory(DjangoModelFactory):
    class Meta:
        model = models.Placement

    excerpt = factory.SubFactory(ExcerptFactory)
    assessment = factory.SubFactory(AssessmentFactory)
    evidence_ref = "e1"
    placed_at = AT


class LetterFactory(DjangoModelFactory):
    class Meta:
        model = models.Letter

    assessment = factory.SubFactory(AssessmentFactory)
    number = factory.Sequence(lambda n: n + 1)
    entered_at = AT


class JobFactory(DjangoModelFactory):
    class Meta:
        model = models.Job

    kind = factory.Iterator(JobKind)
    spec = factory.LazyFunction(dict)
    key = "0" * 64
    by = factory.SubFactory(UserFactory)
    asked_at = AT
    heartbeat_at = AT
    total = 1


class GivenOutFactory(DjangoModelFactory):
    class Meta:
        model = models.GivenOut

    snapshot = factory.SubFactory(SnapshotFactory)
    format = "txt"
    audience = Audience.PUBLIC
    by = factory.SubFactory(UserFactory)
    at = AT
