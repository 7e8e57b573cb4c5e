"""The only way into the rules: everything that counts, nothing that does not, and one query a table."""

import pytest
from pytest_django import DjangoAssertNumQueries

from assessments import facts
from assessments.content import framework_of, wording_of
from assessments.core.sheets import DataRequest, Evidence, Share, Source, Statistic
from assessments.core.types import (
    AssessmentRecord,
    Case,
    CountryForms,
    Decision,
    Determination,
    Endorsement,
    HumanSentence,
    PastPeriod,
    PastRating,
    Rating,
    VersionRef,
)
from assessments.core.values import (
    Count,
    CountKind,
    PolicyKind,
    RatingState,
    Section,
    SourceClass,
    Stage,
    Tier,
)
from assessments.enums import Round, SentenceState
from assessments.models import EvidenceLink, Revision
from tests.assessments import factories as make

pytestmark = pytest.mark.django_db
SLUG = "officials-prosecuted"


@pytest.fixture
def revision(db: None) -> Revision:
    """A revision with nothing on it."""
    return make.RevisionFactory()


def collected(revision: Revision) -> AssessmentRecord:
    return _case(revision).record


def _case(revision: Revision) -> Case:
    return facts.collect(revision, framework=framework_of(revision), wording=wording_of(revision))


def fill(revision: Revision, entries: int) -> None:
    """Put so many rows into every table that is read."""
    coder = make.UserFactory()
    for number in range(entries):
        use = make.SourceUseFactory(revision=revision)
        make.EvidenceFactory(revision=revision, use=use, ref=f"E{number}")
        for factory in (
            make.SearchNoteFactory,
            make.StatisticFactory,
            make.CaseFactory,
            make.AllegationFactory,
            make.PolicyElementFactory,
            make.MeasureFactory,
            make.CommitmentFactory,
            make.StatementFactory,
        ):
            row = factory(revision=revision)
            EvidenceLink.objects.set(revision, sheet=row.sheet, ref=row.ref, evidence=[f"E{number}"])
        make.PresumptionApprovalFactory(request=make.DataRequestFactory(revision=revision))
        part = ("", "mining", "agriculture")[number]
        for round_ in Round:
            make.RatingFactory(revision=revision, slug="pof-forced-labor", part=part, round=round_, coder=coder)
        determination = make.DeterminationFactory(revision=revision, sector=part or None)
        make.DeterminationApprovalFactory.create_batch(2, determination=determination)
        make.EndorsementFactory(revision=revision, part=part)
        make.PastPeriodFactory(revision=revision, report_year=2020 + number)
        make.SentenceFactory(revision=revision, state=SentenceState.HANDWRITTEN, family=None, text="Own words.")


@pytest.mark.parametrize("entries", [1, 3])
def test_one_query_a_table(revision: Revision, entries: int, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    fill(revision, entries)
    make.DecisionFactory(revision=revision)
    framework, wording = framework_of(revision), wording_of(revision)
    with django_assert_num_queries(20):
        case = facts.collect(revision, framework=framework, wording=wording)
    counts = {
        len(getattr(case.record, name)) for name in ("sources", "statistics", "cases", "ratings", "determinations")
    }
    assert counts == {entries}
    with django_assert_num_queries(21):  # the sentences of people, too
        assert len(facts.file_record(revision).sentences) == entries


def test_an_empty_revision_is_an_empty_record(revision: Revision) -> None:
    assert collected(revision) == AssessmentRecord(
        country=revision.assessment.country.iso3,
        report_year=2024,
        framework=VersionRef(code="official-complicity", version="2026.1"),
        wording=VersionRef(code="us-narrative-wording", version="2026.1"),
    )
    revision.wording_named = False
    revision.save(update_fields=["wording_named"])
    assert collected(revision).wording is None


def test_the_case_knows_how_the_country_is_called(revision: Revision) -> None:
    iso3 = revision.assessment.country.iso3
    assert _case(revision).country == CountryForms(
        iso3=iso3,
        name=f"Examplia {iso3}",
        in_text=f"Examplia {iso3}",
        government=f"the Government of Examplia {iso3}",
        adjective="Examplian",
    )


def test_a_fact_comes_with_its_evidence_in_order(revision: Revision) -> None:
    use = make.SourceUseFactory(
        revision=revision, ref="S1", source__title="Register", source__source_class=SourceClass.C
    )
    for ref in ("E1", "E2", "E3"):
        make.EvidenceFactory(revision=revision, use=use, ref=ref)
    make.StatisticFactory(revision=revision, ref="F1", stage=Stage.ARREST, count_kind="at-least", count_value=3)
    EvidenceLink.objects.set(revision, sheet="statistics", ref="F1", evidence=["E3", "E1"])
    record = collected(revision)
    assert record.sources == (Source(id="S1", title="Register", source_class=SourceClass.C),)
    assert record.evidence == tuple(Evidence(id=ref, source="S1") for ref in ("E1", "E2", "E3"))
    count = Count(kind=CountKind.AT_LEAST, value=3)
    assert record.statistics == (Statistic(id="F1", stage=Stage.ARREST, count=count, evidence=("E3", "E1")),)


def test_what_was_withdrawn_is_left_out(revision: Revision) -> None:
    gone = {"revision": revision, "withdrawn_at": make.AT, "withdrawn_reason": "Entered twice."}
    make.StatisticFactory(revision=revision, ref="F1")
    make.StatisticFactory(ref="F2", **gone)
    make.DeterminationFactory(**gone)
    make.EvidenceFactory(revision=revision, ref="E1")
    make.EvidenceFactory(ref="E2", use=make.SourceUseFactory(revision=revision), **gone)
    EvidenceLink.objects.set(revision, sheet="statistics", ref="F1", evidence=["E1", "E2"])
    record = collected(revision)
    assert [(item.id, item.evidence) for item in record.statistics] == [("F1", ("E1",))]
    assert ([item.id for item in record.evidence], record.determinations) == (["E1"], ())


def test_nothing_of_another_revision_comes_along(revision: Revision) -> None:
    other = make.RevisionFactory()
    fill(other, 2)
    assert collected(revision).statistics == ()
    assert len(collected(other).statistics) == 2


def test_facts_go_to_a_file_as_the_analyst_put_them_and_to_the_rules_in_one_order(revision: Revision) -> None:
    for ref, position in (("F1", 3), ("F2", 1), ("F3", 2)):
        make.StatisticFactory(revision=revision, ref=ref, position=position)
    assert [item.id for item in facts.file_record(revision).statistics] == ["F2", "F3", "F1"]
    assert [item.id for item in collected(revision).statistics] == ["F1", "F2", "F3"]


def test_only_effective_ratings_come_with_their_own_evidence(revision: Revision) -> None:
    coder = make.UserFactory(name="Second Coder")
    use = make.SourceUseFactory(revision=revision)
    for ref in ("E1", "E2", "E3"):
        make.EvidenceFactory(revision=revision, use=use, ref=ref)
    main = make.RatingFactory(revision=revision, slug=SLUG, level=2, stated_rater="As the file says")
    second = make.RatingFactory(revision=revision, slug=SLUG, level=4, round=Round.SECOND, coder=coder, rated_by=coder)
    rows = [main, second]
    for row, evidence in zip(rows, ("E1", "E2"), strict=True):
        EvidenceLink.objects.set(revision, sheet="ratings", ref=row.link_ref, evidence=[evidence])
    rating = Rating(indicator=SLUG, state=RatingState.RATED, level=2, evidence=("E1",), rated_by="As the file says")
    assert collected(revision).ratings == (rating,)
    agreed = make.RatingFactory(revision=revision, slug=SLUG, level=3, round=Round.RECONCILED, rated_by=coder)
    EvidenceLink.objects.set(revision, sheet="ratings", ref=agreed.link_ref, evidence=["E3"])
    rating = Rating(indicator=SLUG, state=RatingState.RATED, level=3, evidence=("E3",), rated_by="Second Coder")
    assert collected(revision).ratings == (rating,)


def test_claims_count_for_nothing_but_go_out_again(revision: Revision) -> None:
    make.DeterminationFactory(revision=revision, ref="D1", stated_proposer="A", claimed_approvers=["B", "C"])
    make.DataRequestFactory(revision=revision, ref="R1", presumption_proposed=True, claimed_approvers=["B", "C"])
    make.EndorsementFactory(revision=revision, endorser=None, name="B", is_claim=True)
    claimed = Determination(
        id="D1", factor="pof-forced-labor", kind=PolicyKind.POLICY, proposed_by="A", approved_by=("B", "C")
    )
    asked = DataRequest(id="R1", presumption_proposed=True, presumption_approved_by=("B", "C"))
    record = collected(revision)
    assert [item.approved_by for item in record.determinations] == [()]
    assert [item.presumption_approved_by for item in record.requests] == [()]
    assert record.endorsements == ()
    record = facts.file_record(revision)
    assert (record.determinations, record.requests) == ((claimed,), (asked,))
    assert record.endorsements == (Endorsement(indicator="tip-offs-to-traffickers", level=4, endorsed_by="B"),)


def test_two_approvers_of_one_name_are_two_people(revision: Revision) -> None:
    determination = make.DeterminationFactory(revision=revision, proposed_by=make.UserFactory(name="Proposer"))
    first, second = (make.UserFactory(name="Ana Lee", email=f"ana{number}@example.org") for number in (1, 2))
    for person in (first, second):
        make.DeterminationApprovalFactory(determination=determination, approver=person)
    (found,) = collected(revision).determinations
    assert (found.approved_by, found.is_approved) == (("Ana Lee", "Ana Lee (ana2@example.org)"), True)


def test_a_lapsed_endorsement_does_not_count(revision: Revision) -> None:
    make.EndorsementFactory(revision=revision, lapsed_at=make.AT)
    make.EndorsementFactory(revision=revision, endorser__name="Ana Lee")
    assert [item.endorsed_by for item in collected(revision).endorsements] == ["Ana Lee"]
    assert [item.endorsed_by for item in facts.file_record(revision).endorsements] == ["Ana Lee"]


def test_decision_and_history_come_along(revision: Revision) -> None:
    make.DecisionFactory(revision=revision, tier="2WL", waiver=True, trends=[{"direction": "rose", "evidence": ["E1"]}])
    make.PastPeriodFactory(revision=revision, report_year=2023, tier="2")
    make.PastPeriodFactory(
        revision=revision,
        report_year=2022,
        statistics=[{"stage": "arrest", "count": {"kind": "exact", "value": 2}}],
        ratings=[{"indicator": SLUG, "state": "rated", "level": 2}],
    )
    record = collected(revision)
    assert (record.decision.tier, record.decision.waiver) == (Tier.WATCH_LIST, True)
    assert [trend.evidence for trend in record.decision.trends] == [("E1",)]
    assert record.history == (
        PastPeriod(
            report_year=2022,
            statistics=(Share(stage=Stage.ARREST, count=Count(kind=CountKind.EXACT, value=2)),),
            ratings=(PastRating(indicator=SLUG, state=RatingState.RATED, level=2),),
        ),
        PastPeriod(report_year=2023, tier=Tier.TWO),
    )
    assert collected(make.RevisionFactory()).decision == Decision()


def test_what_people_wrote_is_for_files_only(revision: Revision) -> None:
    author = make.UserFactory(name="Ana Lee")
    own = {"revision": revision, "author": author}
    make.SentenceFactory(revision=revision)
    make.SentenceFactory(
        **own, family="convictions", subjects=["F1"], state=SentenceState.EDITED, text="In other words."
    )
    make.SentenceFactory(**own, family="arrests", subjects=["F2"], state=SentenceState.REMOVED)
    make.SentenceFactory(
        **own, family=None, state=SentenceState.HANDWRITTEN, text="Own words.", basis={"evidence": ["E1"]}
    )
    make.SentenceFactory(**own, family=None, state=SentenceState.REMOVED, text="Taken back.")
    assert collected(revision).sentences == ()
    here = {"section": Section.PROSECUTION, "author": "Ana Lee"}
    assert facts.file_record(revision).sentences == (
        HumanSentence(**here, family="convictions", subjects=("F1",), text="In other words."),
        HumanSentence(**here, family="arrests", subjects=("F2",), text=None),
        HumanSentence(**here, text="Own words.", evidence=("E1",)),
    )


def test_a_revision_becomes_the_history_of_the_next(revision: Revision) -> None:
    make.DecisionFactory(revision=revision, tier="2")
    make.StatisticFactory(revision=revision, stage=Stage.ARREST, count_kind="reported-zero")
    make.StatisticFactory(revision=revision, stage=Stage.CHARGE)  # unknown: nothing was recorded
    make.RatingFactory(revision=revision, slug=SLUG, level=2)
    make.RecommendationFactory(revision=revision, code="R1", is_top=True)
    make.RecommendationFactory(revision=revision, code="R2")
    make.SentenceFactory(revision=revision)
    make.SentenceFactory(revision=revision, state=SentenceState.REMOVED, text="Removed.")
    assert facts.past_period(revision) == PastPeriod(
        report_year=2024,
        tier=Tier.TWO,
        statistics=(Share(stage=Stage.ARREST, count=Count(kind=CountKind.REPORTED_ZERO)),),
        ratings=(PastRating(indicator=SLUG, state=RatingState.RATED, level=2),),
        recommendations=("R1",),
        sentences=("Courts convicted one official.",),
        source="2024 (April 1, 2023 to March 31, 2024), revision 1",
    )


def test_collecting_needs_no_loaded_rows(revision: Revision) -> None:
    bare = Revision.objects.get(pk=revision.pk)
    assert collected(bare) == collected(revision)
