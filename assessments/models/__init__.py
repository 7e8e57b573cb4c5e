"""Rows: who recorded what about which country and period, what followed from it, and who approved it."""

from assessments.models.acceptances import CheckAcceptance
from assessments.models.assessment import Assessment, Assignment, Revision
from assessments.models.cases import AllegationRecord, CaseRecord
from assessments.models.decisions import DecisionRecord, PastPeriodRecord
from assessments.models.documents import Document, Excerpt, Placement
from assessments.models.draft import DraftGapRecord, DraftRecommendation, DraftSentence
from assessments.models.events import AppendOnly, Event, StoredValue
from assessments.models.facts import FactRow
from assessments.models.figures import Figures
from assessments.models.jobs import GivenOut, Job
from assessments.models.letters import Letter
from assessments.models.notices import Notice, NoticeChoice
from assessments.models.periods import ReportingPeriod
from assessments.models.presence import Presence
from assessments.models.ratings import (
    DeterminationApproval,
    DeterminationRecord,
    EndorsementRecord,
    PresumptionApproval,
    RatingRecord,
    link_ref,
)
from assessments.models.redactions import Redaction
from assessments.models.replies import Reply
from assessments.models.results import Result
from assessments.models.review import Approval, ApprovedItem, Comment, ReviewStep, Transition, WordingProposal
from assessments.models.second import Reconciliation, SampledQuestion, SecondCodingSample
from assessments.models.sheets import (
    CommitmentRecord,
    DataRequestRecord,
    MeasureRecord,
    PolicyElementRecord,
    StatementRecord,
)
from assessments.models.snapshots import SealedPart, Snapshot
from assessments.models.sources import (
    Evidence,
    EvidenceLink,
    InformationGapRecord,
    SearchNote,
    Source,
    SourceReader,
    SourceUse,
    UnknownEvidence,
)
from assessments.models.statistics import StatisticRecord
from assessments.models.steps import PeriodStep
from assessments.models.word import HouseTemplate, ReturnedFile, ReturnedItem

SHEETS: dict[str, type[FactRow]] = {
    model.sheet: model
    for model in (
        SearchNote,
        InformationGapRecord,
        StatisticRecord,
        CaseRecord,
        AllegationRecord,
        PolicyElementRecord,
        MeasureRecord,
        CommitmentRecord,
        DataRequestRecord,
        StatementRecord,
    )
}
"""Row models by the name of their list in the interchange file; evidence is kept apart."""

__all__ = [
    "SHEETS",
    "AllegationRecord",
    "AppendOnly",
    "Approval",
    "ApprovedItem",
    "Assessment",
    "Assignment",
    "CaseRecord",
    "CheckAcceptance",
    "Comment",
    "CommitmentRecord",
    "DataRequestRecord",
    "DecisionRecord",
    "DeterminationApproval",
    "DeterminationRecord",
    "Document",
    "DraftGapRecord",
    "DraftRecommendation",
    "DraftSentence",
    "EndorsementRecord",
    "Event",
    "Evidence",
    "EvidenceLink",
    "Excerpt",
    "FactRow",
    "Figures",
    "GivenOut",
    "HouseTemplate",
    "InformationGapRecord",
    "Job",
    "Letter",
    "MeasureRecord",
    "Notice",
    "NoticeChoice",
    "PastPeriodRecord",
    "PeriodStep",
    "Placement",
    "PolicyElementRecord",
    "Presence",
    "PresumptionApproval",
    "RatingRecord",
    "Reconciliation",
    "Redaction",
    "Reply",
    "ReportingPeriod",
    "Result",
    "ReturnedFile",
    "ReturnedItem",
    "ReviewStep",
    "Revision",
    "SampledQuestion",
    "SealedPart",
    "SearchNote",
    "SecondCodingSample",
    "Snapshot",
    "Source",
    "SourceReader",
    "SourceUse",
    "StatementRecord",
    "StatisticRecord",
    "StoredValue",
    "Transition",
    "UnknownEvidence",
    "WordingProposal",
    "link_ref",
]
