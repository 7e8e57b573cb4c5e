"""Facts, evidence, sources and decisions through the door."""

from dataclasses import replace
from typing import Any

import pytest

from assessments import actions, events, policies
from assessments.actions.quick import Line
from assessments.core.sheets import Allegation, Evidence, OfficialCase, OfficialGroup, Proceeding, Source, Statistic
from assessments.core.types import Decision
from assessments.core.values import Count, CountKind, Protection, SourceClass, Stage, Tier
from assessments.enums import RevisionState, Subject
from assessments.models import (
    AllegationRecord,
    CaseRecord,
    DecisionRecord,
    DraftSentence,
    Event,
    EvidenceLink,
    Result,
    Revision,
    StatisticRecord,
    StoredValue,
)
from assessments.models import (
    Source as SourceRow,
)
from tests.assessments.office import Office

THREE = Count(kind=CountKind.EXACT, value=3)


def words(office: Office) -> list[str]:
    return [row.shown for row in DraftSentence.objects.filter(revision=office.revision).in_order()]


def log_holds(office: Office) -> bool:
    return events.verify(Subject.ASSESSMENT, office.assessment.public_id) is None


def test_a_first_fact_makes_a_sentence(office: Office) -> None:
    evidence = office.evidence()
    saved = office.statistic(3, evidence=(evidence,))
    row = StatisticRecord.objects.get()
    assert (saved.ref, saved.version, saved.public_id) == ("s1", 1, row.public_id)
    assert [key.subjects for key in saved.changed] == [("s1",)]
    assert words(office) == ["The government reported convicting three officials for complicity in trafficking."]
    assert (row.count_kind, row.count_value, row.entered_by, row.late) == ("exact", 3, office.analyst, False)
    assert EvidenceLink.objects.filter(sheet="statistics", ref="s1").count() == 1
    event = Event.objects.get(action="save_fact")
    assert (event.target, event.fields, event.by) == (
        "statistics/s1",
        ["statistics.count", "statistics.evidence", "statistics.stage"],
        office.analyst,
    )
    assert log_holds(office)


def test_a_changed_fact_changes_its_own_sentence_only(office: Office) -> None:
    evidence = office.evidence()
    office.statistic(3, evidence=(evidence,))
    office.fact("allegations", Allegation(id="x", officials=(OfficialGroup(role="guard"),), acts=("accept-bribe",)))
    before = {row.public_id: row.shown for row in DraftSentence.objects.all()}
    four = Count(kind=CountKind.EXACT, value=4)
    changed = Statistic(id="any", stage=Stage.CONVICTION, count=four, evidence=(evidence,))
    saved = office.fact("statistics", changed, ref="s1", version=1)
    after = {row.public_id: row.shown for row in DraftSentence.objects.all()}
    assert (saved.ref, saved.version, [key.subjects for key in saved.changed]) == ("s1", 2, [("s1",)])
    assert before.keys() == after.keys()
    assert [text for public_id, text in after.items() if before[public_id] != text] == [
        "The government reported convicting four officials for complicity in trafficking."
    ]
    assert log_holds(office)


def test_the_same_values_again_are_no_event(office: Office) -> None:
    office.statistic(3)
    count = Event.objects.count()
    saved = office.fact("statistics", Statistic(id="s1", stage=Stage.CONVICTION, count=THREE), ref="s1", version=1)
    assert (saved.version, saved.changed, Event.objects.count()) == (1, (), count)


def test_a_late_save_is_refused_and_kept(office: Office) -> None:
    office.statistic(3)
    office.fact("statistics", Statistic(id="s1", stage=Stage.CONVICTION, agency="Coast Guard"), ref="s1", version=1)
    mine = Statistic(id="s1", stage=Stage.CONVICTION, agency="Border Police")
    with pytest.raises(actions.Conflict) as refusal:
        office.fact("statistics", mine, ref="s1", version=1)
    conflict = refusal.value
    assert (conflict.theirs.agency, conflict.mine.agency, conflict.version) == ("Coast Guard", "Border Police", 2)
    assert StatisticRecord.objects.get().agency == "Coast Guard"
    kept = Event.objects.get(action="keep_refused")
    assert (kept.by, kept.target, kept.fields) == (office.analyst, "statistics/s1", ["statistics.agency"])
    values = StoredValue.objects.filter(digest=kept.new["statistics.agency"])
    assert [row.value for row in values] == ['"Border Police"']
    assert log_holds(office)


def test_an_existing_entry_needs_its_version(office: Office) -> None:
    office.statistic(3)
    with pytest.raises(actions.Conflict):
        office.fact("statistics", Statistic(id="s1", stage=Stage.ARREST), ref="s1", version=None)


@pytest.mark.parametrize(
    ("sheet", "record", "field", "message"),
    [
        (
            "allegations",
            Allegation(id="x", acts=("accept-bribes",)),
            "acts",
            "There is no act “accept-bribes”; did you mean “accept-bribe”?",
        ),
        (
            "allegations",
            Allegation(id="x", officials=(OfficialGroup(role="guard", category="guards"),)),
            "officials",
            "There is no kind of official “guards”",
        ),
        (
            "statistics",
            Statistic(id="x", stage=Stage.ARREST, evidence=("nope",)),
            "evidence",
            "There is no evidence nope in this assessment.",
        ),
        (
            "statistics",
            Statistic(id="x", stage=Stage.ARREST, agency="A" * 201),
            "agency",
            "At most 200 characters are possible here, not 201.",
        ),
        ("statistics", Statistic(id="x", stage=Stage.ARREST, period="2022-13"), "period", "There is no month 13."),
        ("cases", OfficialCase(id="x", counted_in="s9"), "counted_in", "Statistics has no entry “s9”."),
        (
            "cases",
            OfficialCase(id="x", proceedings=(Proceeding(stage=Stage.ARREST, evidence=("nope",)),)),
            "proceedings",
            "Evidence has no entry “nope”.",
        ),
        ("statistics", Allegation(id="x"), "", "This is no entry of the sheet statistics."),
    ],
)
def test_what_is_malformed_is_refused_by_field(
    office: Office, sheet: str, record: Any, field: str, message: str
) -> None:
    count = Event.objects.count()
    with pytest.raises(actions.Invalid) as refusal:
        office.fact(sheet, record)
    assert list(refusal.value.errors) == [field]
    assert refusal.value.errors[field][0].startswith(message.split("; did")[0])
    assert not StatisticRecord.objects.exists()
    assert not AllegationRecord.objects.exists()
    assert not CaseRecord.objects.exists()
    assert Event.objects.count() == count


def test_what_is_incomplete_is_stored(office: Office) -> None:
    saved = office.fact("cases", OfficialCase(id="x"))
    assert saved.ref == "c1"
    assert Result.objects.get().evidence_missing == 1


def test_ids_are_never_given_twice(office: Office) -> None:
    office.statistic(3)
    assert office.statistic(2, stage=Stage.ARREST).ref == "s2"
    actions.withdraw_fact(
        revision_id=office.revision_id,
        sheet="statistics",
        ref="s2",
        reason="Doubled",
        by=office.analyst,
        at=office.clock(),
    )
    assert office.statistic(1, stage=Stage.TRIAL).ref == "s3"
    with pytest.raises(actions.Invalid, match="s1 is used already on another sheet"):
        office.fact("cases", OfficialCase(id="x"), ref="s1")
    assert office.fact("cases", OfficialCase(id="x"), ref="PHL-2022-1").ref == "PHL-2022-1"


def test_withdrawing_takes_the_sentence_out_and_keeps_the_row(office: Office) -> None:
    office.statistic(3, evidence=(office.evidence(),))
    with pytest.raises(actions.Invalid, match="Give a reason"):
        actions.withdraw_fact(
            revision_id=office.revision_id,
            sheet="statistics",
            ref="s1",
            reason=" ",
            by=office.analyst,
            at=office.clock(),
        )
    actions.withdraw_fact(
        revision_id=office.revision_id,
        sheet="statistics",
        ref="s1",
        reason="Wrong year",
        by=office.analyst,
        at=office.clock(),
    )
    assert words(office) == []
    assert StatisticRecord.objects.get().withdrawn_reason == "Wrong year"
    with pytest.raises(actions.NotFound, match="s1 was withdrawn"):
        office.fact("statistics", Statistic(id="s1", stage=Stage.ARREST), ref="s1", version=2)


def test_what_others_refer_to_is_not_withdrawn(office: Office) -> None:
    office.statistic(3)
    office.fact("cases", OfficialCase(id="x", counted_in="s1"))
    with pytest.raises(actions.Invalid, match="has no entry “s1”"):
        actions.withdraw_fact(
            revision_id=office.revision_id,
            sheet="statistics",
            ref="s1",
            reason="x",
            by=office.analyst,
            at=office.clock(),
        )
    assert StatisticRecord.objects.current().exists()


def test_nobody_else_saves_and_nothing_is_half_written(office: Office) -> None:
    count = Event.objects.count()
    for person in (office.other_analyst, office.reviewer, office.coordinator, office.reader, office.account_admin):
        with pytest.raises(policies.NotAllowed, match="Only an analyst assigned to Examplia 2024 may change it"):
            actions.save_fact(
                revision_id=office.revision_id,
                sheet="statistics",
                ref=None,
                record=Statistic(id="x", stage=Stage.ARREST),
                by=person,
                at=office.clock(),
            )
    assert (StatisticRecord.objects.count(), Event.objects.count()) == (0, count)


def test_an_error_in_deriving_undoes_the_save(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    from assessments.core import engine

    def fail(*_: Any, **__: Any) -> None:
        raise RuntimeError("no")

    monkeypatch.setattr(engine, "run", fail)
    count = Event.objects.count()
    with pytest.raises(RuntimeError):
        office.statistic(3)
    assert (StatisticRecord.objects.count(), Event.objects.count()) == (0, count)


def test_an_inner_function_needs_a_transaction(transactional_db: None) -> None:
    with pytest.raises(actions.NoTransaction):
        actions.save_fact.inner(revision_id=None, sheet="", ref=None, record=None, by=None, at=None)


def test_a_save_takes_few_queries_whatever_the_number_of_facts(
    office: Office, django_assert_max_num_queries: Any
) -> None:
    evidence = office.evidence()
    for stage in (Stage.CONVICTION, Stage.ARREST, Stage.TRIAL, Stage.INVESTIGATION):
        office.statistic(3, stage=stage, evidence=(evidence,))
    revision_id, now = office.revision_id, office.clock()
    with django_assert_max_num_queries(25):
        actions.save_fact(
            revision_id=revision_id,
            sheet="statistics",
            ref="s1",
            record=Statistic(id="s1", stage=Stage.CONVICTION, count=THREE, agency="Coast Guard", evidence=(evidence,)),
            version=1,
            by=office.analyst,
            at=now,
        )


def test_a_process_that_knows_an_older_record_reads_all_anew(office: Office) -> None:
    office.statistic(3, evidence=(office.evidence(),))
    Revision.objects.filter(pk=office.revision.pk).update(input_digest="of another process")
    StatisticRecord.objects.filter(ref="s1").update(count_value=9)
    office.rate("officials-prosecuted", 1)
    assert "nine officials" in words(office)[0]


# --- Decisions ---------------------------------------------------------------------------------------------------


def test_an_unreleased_tier_stays_out_of_the_open_log(office: Office) -> None:
    saved = actions.save_decision(
        revision_id=office.revision_id,
        decision=Decision(tier=Tier.TWO, tier_source="CANARY minutes"),
        by=office.analyst,
        at=office.clock(),
    )
    assert saved.version == 1
    open_values = StoredValue.objects.filter(protection=Protection.OPEN.value)
    assert not open_values.filter(value__contains="CANARY").exists()
    assert not open_values.filter(field="decision.tier").exists()
    with pytest.raises(actions.Conflict):
        actions.save_decision(
            revision_id=office.revision_id, decision=Decision(tier=Tier.ONE), by=office.analyst, at=office.clock()
        )
    assert DecisionRecord.objects.get().tier == "2"


# --- Sources -----------------------------------------------------------------------------------------------------


def test_a_source_is_shared_and_has_an_id_in_each_revision(office: Office) -> None:
    assert office.source(title="One") == "d1"
    library = actions.save_source(
        record=Source(id="x", title="Two", source_class=SourceClass.F), by=office.reviewer, at=office.clock()
    )
    assert library.ref == ""
    taken = actions.use_source(
        revision_id=office.revision_id, source_id=library.public_id, by=office.analyst, at=office.clock()
    )
    assert taken.ref == "d2"
    assert events.verify(Subject.SOURCE, library.public_id) is None


def test_a_changed_source_redraws_the_drafts_it_stands_behind(office: Office) -> None:
    source = office.source(title="Report", source_class=SourceClass.D)
    evidence = office.evidence(source)
    allegation = Allegation(
        id="x", officials=(OfficialGroup(role="police officer"),), acts=("accept-bribe",), evidence=(evidence,)
    )
    office.fact("allegations", allegation)
    before = words(office)
    saved = actions.save_source(
        revision_id=office.revision_id,
        ref=source,
        record=Source(id=source, title="Report", source_class=SourceClass.F),
        version=1,
        by=office.analyst,
        at=office.clock(),
    )
    assert words(office) != before
    assert saved.changed


def test_a_protected_source_is_changed_only_by_people_who_know_it(office: Office) -> None:
    hidden = actions.save_source(
        record=Source(id="x", title="A", source_class=SourceClass.E, protection=Protection.CONFIDENTIAL),
        by=office.other_analyst,
        at=office.clock(),
    )
    changed = Source(id="x", title="B", source_class=SourceClass.E)
    with pytest.raises(policies.NotAllowed, match="changed only by people who may know it"):
        actions.save_source(source_id=hidden.public_id, record=changed, version=1, by=office.analyst, at=office.clock())
    with pytest.raises(actions.NotFound):
        actions.use_source(
            revision_id=office.revision_id, source_id=hidden.public_id, by=office.analyst, at=office.clock()
        )
    actions.name_reader(
        source_id=hidden.public_id, user_id=office.analyst.public_id, by=office.other_analyst, at=office.clock()
    )
    assert policies.visible_sources(office.analyst).filter(public_id=hidden.public_id).exists()


def test_a_source_is_not_changed_under_a_text_in_review(office: Office) -> None:
    source = office.source()
    Revision.objects.update(state=RevisionState.SUBMITTED.value)
    row = SourceRow.objects.get()
    changed = Source(id="x", title="Other", source_class=SourceClass.D)
    with pytest.raises(actions.Invalid, match="under review or approved; reopen it first"):
        actions.save_source(source_id=row.public_id, record=changed, version=1, by=office.analyst, at=office.clock())
    assert source == "d1"
    noted = Source(id="x", title="Report on courts", source_class=SourceClass.D, note="Read again.")
    actions.save_source(source_id=row.public_id, record=noted, version=1, by=office.analyst, at=office.clock())
    assert SourceRow.objects.get().note == "Read again."


def test_evidence_names_a_source_of_the_assessment(office: Office) -> None:
    with pytest.raises(actions.Invalid, match="There is no source d9 in this assessment"):
        actions.save_evidence(
            revision_id=office.revision_id,
            ref=None,
            record=Evidence(id="x", source="d9"),
            by=office.analyst,
            at=office.clock(),
        )


def test_withdrawn_evidence_stands_behind_nothing_any_more(office: Office) -> None:
    evidence = office.evidence()
    office.statistic(3, evidence=(evidence,))
    actions.withdraw_evidence(
        revision_id=office.revision_id, ref=evidence, reason="A forgery", by=office.analyst, at=office.clock()
    )
    assert Result.objects.get().evidence_missing == 1


# --- The first line ----------------------------------------------------------------------------------------------

LINE = Line(
    stage=Stage.CONVICTION,
    count=THREE,
    role="police officer",
    agency="National Police",
    act="accept-bribe",
    source_title="Court register",
    source_class=SourceClass.C,
)


def quick(office: Office, line: Line) -> actions.Saved:
    return actions.quick_fact(revision_id=office.revision_id, line=line, by=office.analyst, at=office.clock())


@pytest.mark.parametrize(
    ("line", "ref", "word"),
    [
        (LINE, "c1", "three police officers"),
        (replace(LINE, stage=Stage.ALLEGATION), "a1", "police officers"),
        (replace(LINE, act=None), "c1", "three police officers"),
        (replace(LINE, act=None, role=""), "s1", "three"),
        (replace(LINE, act=None, count=Count(kind=CountKind.NOT_REPORTED)), "s1", "did not report"),
    ],
)
def test_one_line_makes_source_evidence_fact_and_sentence(office: Office, line: Line, ref: str, word: str) -> None:
    saved = quick(office, line)
    assert saved.ref == ref
    assert any(word in text for text in words(office))
    assert SourceRow.objects.get().title == "Court register"
    assert log_holds(office)


def test_the_second_line_finds_its_source_again(office: Office) -> None:
    quick(office, LINE)
    quick(office, replace(LINE, stage=Stage.ARREST))
    assert SourceRow.objects.count() == 1


def test_a_line_without_a_source_or_with_a_wrong_act_writes_nothing(office: Office) -> None:
    for line, field in ((replace(LINE, source_title=" "), "source_title"), (replace(LINE, act="nope"), "acts")):
        with pytest.raises(actions.Invalid) as refusal:
            quick(office, line)
        assert list(refusal.value.errors) == [field]
    assert not SourceRow.objects.exists()
