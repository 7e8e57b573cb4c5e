"""A revision's content into a new revision: every row under its own id, with who entered it and when."""

from typing import Any

from django.db.models import Model

from assessments import stored_draft
from assessments.content import adapter, plain
from assessments.core.acceptance import key_of
from assessments.core.types import SentenceKey
from assessments.models import (
    SHEETS,
    CheckAcceptance,
    DecisionRecord,
    DeterminationApproval,
    DeterminationRecord,
    DraftRecommendation,
    DraftSentence,
    EndorsementRecord,
    Evidence,
    EvidenceLink,
    PastPeriodRecord,
    PresumptionApproval,
    RatingRecord,
    Reply,
    Revision,
    SourceUse,
)

_FRESH = frozenset({"id", "public_id", "revision"})


def copy_content(old: Revision, new: Revision) -> None:
    """Copy sources, evidence, facts, ratings, decisions and the draft. Public ids of rows are new, refs are kept.

    Sentences keep lineage: each names the one it was copied from as its predecessor. What was withdrawn stays behind.
    """
    _copy(SourceUse, old, new)
    uses = {use.ref: use for use in new.sources.all()}
    for item in Evidence.objects.filter(revision=old, withdrawn_at__isnull=True).select_related("use"):
        Evidence.objects.create(revision=new, use=uses[item.use.ref], **_values(item, "use"))
    for sheet in SHEETS.values():
        _copy(sheet, old, new, withdrawn_at__isnull=True)
    for model in (RatingRecord, PastPeriodRecord, DecisionRecord, DraftRecommendation):
        _copy(model, old, new)
    _copy(DeterminationRecord, old, new, withdrawn_at__isnull=True)
    _copy(EndorsementRecord, old, new, lapsed_at__isnull=True)
    _copy_links(old, new)
    _copy_approvals(old, new)
    _copy_sentences(old, new)
    _copy_acceptances(old, new)
    _copy_replies(old, new)


def _values(row: Model, *without: str) -> dict[str, Any]:
    skip = _FRESH | set(without)
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields if field.name not in skip}


def _copy(model: Any, old: Revision, new: Revision, **only: Any) -> None:
    rows = model._default_manager.filter(revision=old, **only).order_by("pk")
    model._default_manager.bulk_create(model(revision=new, **_values(row)) for row in rows)


def _copy_links(old: Revision, new: Revision) -> None:
    items = dict(Evidence.objects.filter(revision=new).values_list("ref", "pk"))
    links = EvidenceLink.objects.of(old).select_related("evidence")
    EvidenceLink.objects.bulk_create(
        EvidenceLink(evidence_id=items[link.evidence.ref], sheet=link.sheet, ref=link.ref, position=link.position)
        for link in links
    )


def _copy_approvals(old: Revision, new: Revision) -> None:
    determinations = dict(new.determinations.values_list("ref", "pk"))
    DeterminationApproval.objects.bulk_create(
        DeterminationApproval(
            determination_id=determinations[row.determination.ref],
            approver_id=row.approver_id,
            name=row.name,
            at=row.at,
        )
        for row in DeterminationApproval.objects.filter(
            determination__revision=old, determination__withdrawn_at__isnull=True
        ).select_related("determination")
    )
    requests = dict(new.requests.values_list("ref", "pk"))
    PresumptionApproval.objects.bulk_create(
        PresumptionApproval(request_id=requests[row.request.ref], approver_id=row.approver_id, name=row.name, at=row.at)
        for row in PresumptionApproval.objects.filter(
            request__revision=old, request__withdrawn_at__isnull=True
        ).select_related("request")
    )


def _copy_sentences(old: Revision, new: Revision) -> None:
    for row in stored_draft.sentences(old):
        DraftSentence.objects.create(revision=new, **(_values(row) | {"predecessors": [str(row.public_id)]}))


def _copy_acceptances(old: Revision, new: Revision) -> None:
    """Take accepted checks along; what is said of a hand-written sentence follows it to the id it has now."""
    moved = {row.predecessors[0]: str(row.public_id) for row in new.sentences.filter(family__isnull=True)}
    for row in CheckAcceptance.objects.standing().filter(revision=old).order_by("pk"):
        values = _values(row)
        if row.sentence and set(row.sentence["subjects"]) & moved.keys():
            sentence = {**row.sentence, "subjects": [moved.get(name, name) for name in row.sentence["subjects"]]}
            key: SentenceKey = adapter(SentenceKey).validate_python(sentence)
            values |= {"sentence": plain(key), "key": key_of(row.slug, row.subjects, key, row.text)}
        CheckAcceptance.objects.create(revision=new, **values)


def _copy_replies(old: Revision, new: Revision) -> None:
    """Take the government's replies along, each to the sentence that now stands for the one it was about."""
    moved = {row.predecessors[0]: str(row.public_id) for row in new.sentences.all() if row.predecessors}
    for row in Reply.objects.standing().filter(revision=old).order_by("pk"):
        Reply.objects.create(revision=new, **(_values(row) | {"target": moved.get(row.target, row.target)}))
