"""What must always hold is held by the database, and what is only ever added is never changed."""

from datetime import date
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, models, transaction
from django.db.models import ProtectedError

from assessments.core import sheets
from assessments.core.values import Count, CountKind, RatingState, Stage
from assessments.enums import Part, Round, SentenceState, SnapshotKind, Subject
from assessments.mapping import to_columns, to_record
from assessments.models import (
    AppendOnly,
    Assessment,
    EndorsementRecord,
    Event,
    EvidenceLink,
    RatingRecord,
    StatisticRecord,
    StoredValue,
    UnknownEvidence,
)
from tests.assessments import factories as make

named = {"ids": lambda value: value.__name__}


# --- Constraints -------------------------------------------------------------------------------------------------


def refused(constraint: str, make_row: Any, **values: Any) -> None:
    """Assert that the database refuses a row, by the constraint of this name where it tells the name."""
    with pytest.raises(IntegrityError) as told, transaction.atomic():
        make_row(**values)
    told_name = str(told.value)
    assert constraint in told_name or "UNIQUE constraint failed" in told_name


pytestmark = pytest.mark.django_db


def test_one_assessment_per_country_and_period() -> None:
    first = make.AssessmentFactory()
    refused("one_assessment_per_country_and_period", make.AssessmentFactory, country=first.country, period=first.period)
    make.AssessmentFactory(country=first.country, period=make.ReportingPeriodFactory(report_year=2025))


def test_one_open_revision_per_assessment() -> None:
    first = make.RevisionFactory()
    refused("one_open_revision_per_assessment", make.RevisionFactory, assessment=first.assessment)
    first.is_open = False
    first.save(update_fields=["is_open"])
    second = make.RevisionFactory(assessment=first.assessment, came_from=first)
    assert first.assessment.open_revision == second
    refused(
        "revision_numbers_are_used_once", make.RevisionFactory, assessment=first.assessment, number=1, is_open=False
    )
    refused("revision_numbers_start_at_1", make.RevisionFactory, number=0)
    refused("revision_state_is_known", make.RevisionFactory, state="done")


def test_a_period_is_shown_with_its_span() -> None:
    period = make.ReportingPeriodFactory(report_year=2024)
    assert period.span == (date(2023, 4, 1), date(2024, 3, 31))
    assert str(period) == "2024 (April 1, 2023 to March 31, 2024)"
    refused("period_is_due_after_it_opens", make.ReportingPeriodFactory, report_year=2026, due_on=date(2025, 1, 1))
    refused("report_year_is_from_2001_to_2100", make.ReportingPeriodFactory, report_year=1999)


def test_an_assignment_runs_once_and_may_come_again() -> None:
    first = make.AssignmentFactory()
    again = {"assessment": first.assessment, "user": first.user, "part": first.part}
    refused("one_running_assignment_per_person_and_part", make.AssignmentFactory, **again)
    first.ended_at = make.AT
    first.save(update_fields=["ended_at"])
    make.AssignmentFactory(**again)
    make.AssignmentFactory(**again | {"part": Part.REVIEWER})
    refused("assignment_part_is_known", make.AssignmentFactory, part="minister")


@pytest.mark.parametrize(
    ("kind", "value"), [("exact", None), ("exact", 0), ("unknown", 3), ("reported-zero", 0), ("about", 2_000_000_001)]
)
def test_a_number_goes_with_its_kind(kind: str, value: int | None) -> None:
    revision = make.RevisionFactory()
    refused("number_goes_with_its_kind", make.StatisticFactory, revision=revision, count_kind=kind, count_value=value)
    refused("number_goes_with_its_kind", make.StatisticFactory, revision=revision, new_kind=kind, new_value=value)
    refused("number_goes_with_its_kind", make.CaseFactory, revision=revision, victims_kind=kind, victims_value=value)
    refused("number_goes_with_its_kind", make.StatisticFactory, revision=revision, previous_value=4)


@pytest.mark.parametrize("factory", [make.StatisticFactory, make.CaseFactory, make.EvidenceFactory], **named)
def test_a_ref_is_used_once_and_withdrawing_needs_a_reason(factory: Any) -> None:
    first = factory()
    refused("ref_is_used_once_in_a_revision", factory, revision=first.revision, ref=first.ref)
    refused("has_a_ref", factory, revision=first.revision, ref="")
    refused("is_withdrawn_with_a_reason", factory, revision=first.revision, withdrawn_at=make.AT)
    refused("is_withdrawn_with_a_reason", factory, revision=first.revision, withdrawn_reason="A double.")
    gone = factory(revision=first.revision, withdrawn_at=make.AT, withdrawn_reason="A double.")
    assert list(type(gone).objects.current().in_order()) == [first]


def test_a_level_is_there_exactly_when_rated() -> None:
    revision = make.RevisionFactory()
    told = "a_rating_has_a_level_exactly_when_rated"
    refused(told, make.RatingFactory, revision=revision, level=None)
    refused(told, make.RatingFactory, revision=revision, state=RatingState.NOT_ASSESSED, level=0)
    refused("a_level_is_0_to_5", make.RatingFactory, revision=revision, level=6)
    make.RatingFactory(revision=revision, state=RatingState.NOT_ASSESSED)


def test_one_rating_of_each_indicator_and_part_is_effective() -> None:
    revision, coder = make.RevisionFactory(), make.UserFactory()
    slug = "pof-forced-labor"
    whole = make.RatingFactory(revision=revision, slug=slug)
    part = make.RatingFactory(revision=revision, slug=slug, part="mining")
    second = make.RatingFactory(revision=revision, slug=slug, round=Round.SECOND, coder=coder, level=4)
    assert set(RatingRecord.objects.effective()) == {whole, part}
    one_main = "one_main_and_one_reconciled_rating_per_indicator_and_part"
    refused(one_main, make.RatingFactory, revision=revision, slug=slug, coder=coder)
    told = "one_second_rating_per_indicator_part_and_coder"
    refused(told, make.RatingFactory, revision=revision, slug=slug, round=Round.SECOND, coder=coder)
    make.RatingFactory(revision=revision, slug=slug, round=Round.SECOND, coder=make.UserFactory())
    refused("a_second_rating_has_a_coder", make.RatingFactory, revision=revision, slug=slug, round=Round.SECOND)
    agreed = make.RatingFactory(revision=revision, slug=slug, round=Round.RECONCILED, level=3)
    assert set(RatingRecord.objects.effective()) == {agreed, part}
    assert (whole.link_ref, part.link_ref) == (slug, f"{slug}/mining")
    assert len({whole.link_ref, part.link_ref, second.link_ref, agreed.link_ref}) == 4


def test_a_person_approves_a_determination_once() -> None:
    first = make.DeterminationApprovalFactory()
    again = {"determination": first.determination, "approver": first.approver}
    refused("a_person_approves_a_determination_once", make.DeterminationApprovalFactory, **again)
    refused("is_somebody_s_word", make.DeterminationApprovalFactory, approver=None)
    other = make.DeterminationApprovalFactory(determination=first.determination, approver=None, name="Second Person")
    assert [row.who for row in first.determination.approvals.all()] == [first.approver.name, other.name]


@pytest.mark.parametrize("sector", [None, "mining"])
def test_one_determination_per_factor_and_sector(sector: str | None) -> None:
    first = make.DeterminationFactory(sector=sector)
    refused("one_determination_per_factor", make.DeterminationFactory, revision=first.revision, sector=sector)
    first.withdrawn_at, first.withdrawn_reason = make.AT, "Another kind."
    first.save(update_fields=["withdrawn_at", "withdrawn_reason"])
    make.DeterminationFactory(revision=first.revision, sector=sector)
    make.DeterminationFactory(revision=first.revision, sector="construction")


def test_an_endorsement_stands_until_it_lapses() -> None:
    first = make.EndorsementFactory()
    again = {"revision": first.revision, "endorser": first.endorser}
    refused("a_person_endorses_a_level_once", make.EndorsementFactory, **again)
    first.lapsed_at = make.AT
    first.save(update_fields=["lapsed_at"])
    second = make.EndorsementFactory(**again)
    make.EndorsementFactory(revision=first.revision, endorser=None, name="As a file says", is_claim=True)
    assert list(EndorsementRecord.objects.standing()) == [second]
    refused("an_endorsement_is_somebody_s_word", make.EndorsementFactory, endorser=None)


def test_a_source_has_one_name_in_a_revision() -> None:
    first = make.SourceUseFactory()
    revision = first.revision
    refused("a_source_has_one_ref_in_a_revision", make.SourceUseFactory, revision=revision, source=first.source)
    refused("source_ref_is_used_once_in_a_revision", make.SourceUseFactory, revision=revision, ref=first.ref)
    make.SourceUseFactory(source=first.source)


def test_a_source_does_not_tell_its_title() -> None:
    assert "Jane Roe" not in str(make.SourceFactory(title="Jane Roe"))


@pytest.mark.parametrize(
    ("factory", "constraint", "values"),
    [
        (make.SourceFactory, "source_protection_is_known", {"protection": "secret"}),
        (make.SentenceFactory, "a_sentence_of_a_person_has_its_text", {"state": SentenceState.EDITED}),
        (
            make.SnapshotFactory,
            "only_an_approved_snapshot_is_released",
            {"kind": SnapshotKind.WORKING, "released_at": make.AT},
        ),
        (make.ApprovalFactory, "an_approval_is_withdrawn_with_a_reason", {"withdrawn_at": make.AT}),
        (make.CommentFactory, "a_comment_says_something", {"text": ""}),
        (make.CommentFactory, "a_comment_is_resolved_by_somebody", {"resolved_at": make.AT}),
        (make.DecisionFactory, "tier_is_one_of_the_five", {"tier": "4"}),
        (make.PastPeriodFactory, "earlier_period_is_from_2001_to_2100", {"report_year": 1998}),
        (make.ResultFactory, "derived_levels_are_0_to_5", {"concern_level": 6}),
        (make.ResultFactory, "no_more_core_indicators_answered_than_expected", {"core_answered": 26}),
        (make.EventFactory, "events_are_counted_from_1", {"sequence": 0}),
        (make.EventFactory, "every_event_but_the_first_names_the_one_before", {"sequence": 2}),
    ],
)
def test_the_database_refuses(factory: Any, constraint: str, values: dict[str, Any]) -> None:
    refused(constraint, factory, **values)


# --- Kept for ever -----------------------------------------------------------------------------------------------


def test_every_kind_of_row_can_be_made() -> None:
    made = {
        factory._meta.model: factory()
        for factory in vars(make).values()
        if isinstance(factory, type) and issubclass(factory, make.DjangoModelFactory) and factory._meta.model
    }
    ours = set(apps.get_app_config("assessments").get_models())
    assert ours <= set(made)
    assert all(str(row) for row in made.values())


def test_nothing_in_use_is_deleted_along_with_something_else() -> None:
    """Every foreign key of a row protects what it points at."""
    models_ = apps.get_app_config("assessments").get_models()
    loose = [
        f"{model.__name__}.{field.name}"
        for model in models_
        for field in model._meta.get_fields()
        if isinstance(field, models.ForeignKey) and field.remote_field.on_delete is not models.PROTECT
    ]
    assert loose == []


def test_a_person_with_work_on_record_is_not_deleted() -> None:
    person = make.UserFactory()
    make.StatisticFactory(entered_by=person)
    with pytest.raises(ProtectedError):
        person.delete()


def test_an_event_is_never_changed_or_deleted() -> None:
    event = make.EventFactory()
    event.action = "something else"
    for attempt in (
        event.save,
        event.delete,
        lambda: event.save(update_fields=["action"]),
        Event.objects.all().delete,
        lambda: Event.objects.update(action="x"),
        lambda: Event.objects.filter(pk=event.pk).update(action="x"),
        lambda: Event.objects.bulk_update([event], ["action"]),
        lambda: Event.objects.update_or_create(pk=event.pk, defaults={"action": "x"}),
        lambda: Event._base_manager.all().delete(),
    ):
        with pytest.raises(AppendOnly), transaction.atomic():
            attempt()
    assert Event.objects.get().action == "open_assessment"


def test_events_of_a_subject_stand_in_one_order() -> None:
    first = make.EventFactory()
    subject = {"subject_kind": first.subject_kind, "subject_id": first.subject_id}
    refused("events_of_a_subject_stand_in_one_order", make.EventFactory, **subject)
    second = make.EventFactory(**subject, sequence=2, previous_hash=first.hash)
    make.EventFactory()
    assert list(Event.objects.about(Subject.ASSESSMENT, first.subject_id)) == [first, second]


def test_a_stored_value_is_altered_by_redaction_only() -> None:
    value = make.StoredValueFactory(value='"Jane Roe"')
    value.value = '"x"'
    for attempt in (
        value.save,
        value.delete,
        StoredValue.objects.all().delete,
        lambda: StoredValue.objects.update(value="x"),
    ):
        with pytest.raises(AppendOnly), transaction.atomic():
            attempt()
    assert StoredValue.objects.filter(pk=value.pk).redact('"Redacted"', at=make.AT) == 1
    kept = StoredValue.objects.get()
    assert (kept.value, kept.digest, kept.redacted_at) == ('"Redacted"', value.digest, make.AT)


# --- Querysets ---------------------------------------------------------------------------------------------------


def test_links_say_which_evidence_stands_behind_a_record() -> None:
    first = make.EvidenceFactory(ref="E1")
    second = make.EvidenceFactory(ref="E2", revision=first.revision)
    make.EvidenceFactory(ref="E1")  # of another revision
    of = {"sheet": "statistics", "ref": "F1"}
    EvidenceLink.objects.set(first.revision, **of, evidence=("E2", "E1", "E2"))
    assert [link.evidence for link in EvidenceLink.objects.of(first.revision)] == [second, first]
    with pytest.raises(UnknownEvidence) as told:
        EvidenceLink.objects.set(first.revision, **of, evidence=("E1", "E9"))
    assert (told.value.refs, str(told.value)) == (("E9",), "There is no evidence E9 in this assessment.")
    EvidenceLink.objects.set(first.revision, **of, evidence=("E1",))
    assert [link.evidence for link in EvidenceLink.objects.of(first.revision)] == [first]


@pytest.mark.parametrize("rows", [1, 3])
def test_progress_is_read_in_one_query(rows: int, django_assert_num_queries: Any) -> None:
    for _ in range(rows):
        result = make.ResultFactory(core_answered=7, concern_level=3)
        make.StatisticFactory.create_batch(2, revision=result.revision)
    make.AssessmentFactory()  # nothing opened on it yet
    with django_assert_num_queries(1):
        found = list(
            Assessment.objects.with_progress().in_print_order().values_list("answered", "expected", "concern_level")
        )
    assert sorted(found, key=str) == sorted([(7, 25, 3)] * rows + [(None, None, None)], key=str)


def test_a_count_is_kept_whole() -> None:
    count = Count(kind=CountKind.AT_LEAST, value=7)
    row = make.StatisticFactory(**to_columns(sheets.Statistic(id="F1", stage=Stage.ARREST, count=count)))
    row = StatisticRecord.objects.get(pk=row.pk)
    assert to_record(row).count == count
