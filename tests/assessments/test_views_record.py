"""The pages of the record: what an analyst types arrives as a fact, and nothing typed is lost."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from assessments import actions
from assessments.core.values import Count, CountKind
from assessments.models import (
    CaseRecord,
    DecisionRecord,
    DeterminationRecord,
    Evidence,
    RatingRecord,
    Source,
    StatisticRecord,
)
from tests.assessments.office import Office


@pytest.fixture
def analyst(client: Client, office: Office) -> Client:
    """A browser of the assigned analyst."""
    client.force_login(office.analyst)
    return client


def at(office: Office, name: str, *args: object) -> str:
    return reverse(f"assessments:{name}", args=[office.assessment.public_id, *args])


def text_of(html: bytes) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html.decode()).split())


QUICK = {
    "stage": "conviction",
    "count_kind": "exact",
    "count_value": "3",
    "role": "police officer",
    "agency": "National Police",
    "act": "accept-bribe",
    "source_title": "Court register",
    "source_class": "SC-C",
}
STATISTIC = {
    "stage": "conviction",
    "unit": "persons",
    "count_kind": "exact",
    "count_value": "3",
    "statute": "unknown",
    "period_basis": "reporting-period",
    "stated_by_government": "on",
}


def test_one_typed_line_makes_a_hedged_sentence_without_any_rating(analyst: Client, office: Office) -> None:
    answer = analyst.post(at(office, "quick"), QUICK, follow=True)
    assert answer.status_code == 200
    assert "three police officers" in text_of(answer.content)
    assert (CaseRecord.objects.count(), Source.objects.count(), Evidence.objects.count()) == (1, 1, 1)
    assert not RatingRecord.objects.exists()


def test_a_swap_answers_with_the_form_the_draft_and_the_moment(analyst: Client, office: Office) -> None:
    answer = analyst.post(at(office, "quick"), QUICK, headers={"HX-Request": "true"})
    html = answer.content.decode()
    assert 'id="bench-draft" hx-swap-oob="innerHTML"' in html
    assert "<html" not in html
    assert re.search(r"Saved \d\d:\d\d E[SD]T\.", html)
    assert 'class="sentence sentence-generated changed' in html


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"count_kind": "reported-zero"}, "takes no number"),
        ({"count_kind": "reported-zero", "count_value": ""}, "is said of a figure: leave role and act empty."),
        ({"source_title": ""}, "Name the source: without one the line would be nobody"),
        ({"stage": "shelving", "role": "", "act": ""}, "Name a role or an act"),
    ],
)
def test_a_line_that_makes_no_sense_is_refused_at_its_field_and_stays_typed(
    analyst: Client, office: Office, changes: dict[str, str], words: str
) -> None:
    answer = analyst.post(at(office, "quick"), QUICK | changes)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert 'value="National Police"' in answer.content.decode()
    assert not Source.objects.exists()


def test_a_fact_is_made_changed_and_withdrawn(analyst: Client, office: Office) -> None:
    made = analyst.post(at(office, "fact-new", "statistics"), STATISTIC)
    assert made.url == at(office, "fact", "statistics", "s1")
    changed = analyst.post(made.url, STATISTIC | {"count_value": "5", "version": "1"})
    assert changed.status_code == 302
    row = StatisticRecord.objects.get()
    assert (row.count_value, row.version) == (5, 2)
    without = analyst.post(at(office, "fact-withdraw", "statistics", "s1"), {"withdraw-reason": ""})
    assert without.status_code == 422
    analyst.post(at(office, "fact-withdraw", "statistics", "s1"), {"withdraw-reason": "Counted twice."})
    row.refresh_from_db()
    assert row.withdrawn_reason == "Counted twice."


def test_a_malformed_fact_is_refused_in_words_and_nothing_typed_is_lost(analyst: Client, office: Office) -> None:
    typed = STATISTIC | {"count_value": "", "period": "20x2", "scope": "over the border case"}
    answer = analyst.post(at(office, "fact-new", "statistics"), typed)
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "“exactly” needs a number" in html
    assert "A date is written 2022, 2022-05 or 2022-05-14." in html
    assert 'value="over the border case"' in html
    assert 'value="20x2"' in html
    assert not StatisticRecord.objects.exists()


def test_the_second_of_two_people_sees_both_texts(analyst: Client, office: Office) -> None:
    office.statistic(3)
    office.fact(
        "statistics",
        actions_statistic(7),
        ref="s1",
        version=1,
    )
    answer = analyst.post(at(office, "fact", "statistics", "s1"), STATISTIC | {"count_value": "5", "version": "1"})
    assert answer.status_code == 409
    shown = text_of(answer.content)
    assert "Count, stored exactly 7" in shown
    assert "Count, yours exactly 5" in shown
    again = analyst.post(at(office, "fact", "statistics", "s1"), STATISTIC | {"count_value": "5", "version": "2"})
    assert again.status_code == 302
    assert StatisticRecord.objects.get().count_value == 5


def actions_statistic(value: int) -> Any:
    from assessments.core.sheets import Statistic
    from assessments.core.values import Stage

    return Statistic(id="s1", stage=Stage.CONVICTION, count=Count(kind=CountKind.EXACT, value=value))


def test_a_version_nobody_can_read_never_overwrites(analyst: Client, office: Office) -> None:
    office.statistic(3)
    for version in ("", "x", "99999999999999999999"):
        answer = analyst.post(
            at(office, "fact", "statistics", "s1"), STATISTIC | {"count_value": "5", "version": version}
        )
        assert answer.status_code == 409
    assert StatisticRecord.objects.get().count_value == 3


def test_a_case_with_officials_steps_and_sanctions_is_typed_without_a_script(analyst: Client, office: Office) -> None:
    typed = {
        "officials-0-role": "mayor",
        "officials-0-count_kind": "exact",
        "officials-0-count_value": "1",
        "officials-0-category": "other-official",
        "officials-0-rank": "mid",
        "officials-1-role": "police officer",
        "officials-1-count_kind": "several",
        "officials-1-category": "police",
        "officials-1-rank": "junior",
        "proceedings-0-stage": "sentence",
        "proceedings-0-status": "ended",
        "proceedings-0-statute": "trafficking",
        "proceedings-0-date": "2024-02",
        "proceedings-0-sanctions-0-kind": "prison",
        "proceedings-0-sanctions-0-minimum": "3",
        "proceedings-0-sanctions-0-maximum": "5",
        "proceedings-0-sanctions-0-unit": "years",
        "acts": ["accept-bribe"],
        "link": "trafficking",
        "relation": "current",
        "attribution_level": "individual",
        "capacity": "unknown",
        "deployment": "none",
    }
    answer = analyst.post(at(office, "fact-new", "cases"), typed)
    assert answer.status_code == 302
    row = CaseRecord.objects.get()
    assert [group["role"] for group in row.officials] == ["mayor", "police officer"]
    assert row.proceedings[0]["sanctions"] == [{"kind": "prison", "minimum": 3, "maximum": 5}]
    shown = analyst.get(answer.url).content.decode()
    assert 'name="officials-2-role"' in shown  # one empty group more
    backwards = typed | {"proceedings-0-sanctions-0-maximum": "1", "version": "1"}
    refused = analyst.post(answer.url, backwards)
    assert refused.status_code == 422
    assert "The longest term is shorter than the shortest." in refused.content.decode()
    left_out = analyst.post(answer.url, typed | {"officials-1-remove": "on", "version": "1"})
    assert left_out.status_code == 302
    row.refresh_from_db()
    assert [group["role"] for group in row.officials] == ["mayor"]


def test_the_doubtful_number_shows_what_each_choice_would_say(analyst: Client, office: Office) -> None:
    typed = STATISTIC | {"count_kind": "not-reported", "count_value": ""}
    answer = analyst.post(at(office, "fact-new-preview", "statistics"), typed)
    shown = text_of(answer.content)
    assert "Not reported (chosen)" in shown
    assert "The government did not report" in shown
    assert "None took place, and that was reported" in shown
    assert "Nothing: no sentence would be made." in shown
    assert not StatisticRecord.objects.exists()


def test_an_answer_is_saved_though_it_is_incomplete_and_says_what_it_needs(analyst: Client, office: Office) -> None:
    where = at(office, "question", "I02")
    shown = text_of(analyst.get(where).content)
    assert "Several prosecutions under trafficking or corruption law with visible progress." in shown
    answer = analyst.post(where, {"answer": "3", "confidence": "high"}, follow=True)
    assert answer.status_code == 200
    row = RatingRecord.objects.get()
    assert (row.level, row.state, row.confidence) == (3, "rated", "high")
    assert "needs " in text_of(answer.content)
    analyst.post(where, {"answer": "not-assessed", "reason": "Nobody could look.", "version": "1"})
    row.refresh_from_db()
    assert (row.level, row.state, row.reason) == (None, "not-assessed", "Nobody could look.")


def test_save_and_go_on_leads_to_the_next_question(analyst: Client, office: Office) -> None:
    answer = analyst.post(at(office, "question", "I02"), {"answer": "0", "next": "1"})
    assert answer.url == at(office, "question", "I03")


def test_a_question_with_parts_opens_at_its_first_part(analyst: Client, office: Office) -> None:
    answer = analyst.get(at(office, "question", "I12"))
    assert answer.status_code == 200
    analyst.post(at(office, "question-part", "I12", "agriculture"), {"answer": "1"})
    assert RatingRecord.objects.get().part == "agriculture"


def test_an_answer_without_level_or_state_is_refused_at_its_place(analyst: Client, office: Office) -> None:
    answer = analyst.post(at(office, "question", "I02"), {"rationale": "Typed at length."})
    assert answer.status_code == 422
    assert "Choose a level, or say why there is none." in answer.content.decode()
    assert "Typed at length." in answer.content.decode()


def test_a_source_and_its_evidence_are_recorded_and_attached(analyst: Client, office: Office) -> None:
    typed = {
        "title": "Court register",
        "source_class": "SC-C",
        "protection": "confidential",
        "reliability": "B",
        "attributions": "an official\ncourt staff",
    }
    assert analyst.post(at(office, "source-new"), typed).status_code == 302
    assert Source.objects.get().attributions == ["an official", "court staff"]
    ref = office.revision.sources.get().ref
    item = {"source": ref, "credibility": "2", "edited": "Three officers convicted.", "attribution": "an official"}
    assert analyst.post(at(office, "evidence-new"), item).status_code == 302
    row = Evidence.objects.get()
    analyst.post(at(office, "fact-new", "statistics"), STATISTIC | {"evidence": [row.ref]})
    shown = text_of(analyst.get(at(office, "facts")).content)
    assert row.ref in shown
    assert "Court register" not in analyst.get(at(office, "fact", "statistics", "s1")).content.decode()


def test_the_decision_keeps_its_trends(analyst: Client, office: Office) -> None:
    typed = {
        "tier": "2",
        "previous_tier": "3",
        "recognized": "on",
        "trends-0-section": "prosecution",
        "trends-0-direction": "rose",
        "trends-0-stated_by": "the Department",
    }
    assert analyst.post(at(office, "decision"), typed).status_code == 302
    row = DecisionRecord.objects.get()
    assert (row.tier, row.previous_tier) == ("2", "3")
    assert row.trends == [{"section": "prosecution", "direction": "rose", "stated_by": "the Department"}]


def test_a_determination_is_proposed_and_approved_by_others(analyst: Client, office: Office, client: Client) -> None:
    typed = {"factor": "pof-forced-labor", "kind": "policy", "sector": "agriculture"}
    assert analyst.post(at(office, "propose"), typed).status_code == 302
    row = DeterminationRecord.objects.get()
    where = at(office, "approve-determination", row.public_id)
    own = analyst.post(where, follow=True)
    assert "you proposed it" in text_of(own.content)
    for person in (office.reviewer, office.coordinator):
        other = Client()
        other.force_login(person)
        other.post(where)
    assert sorted(approval.who for approval in row.approvals.all()) == ["Cora Coordinator", "Rita Reviewer"]


def test_the_log_tells_what_was_done(analyst: Client, office: Office) -> None:
    office.statistic(3)
    shown = text_of(analyst.get(at(office, "log")).content)
    assert "Ann Analyst saved statistics s1" in shown


def test_labels_of_rows_are_escaped(analyst: Client, office: Office) -> None:
    office.evidence(edited="<script>alert(1)</script> {{ 7|add:7 }} {% now 'Y' %}")
    for name, args in (("fact-new", ["statistics"]), ("question", ["I02"]), ("evidence", []), ("draft", [])):
        html = analyst.get(at(office, name, *args)).content.decode()
        assert "<script>alert(1)" not in html
    html = analyst.get(at(office, "question", "I02")).content.decode()
    assert "{{ 7|add:7 }}" in html


def test_actions_named_by_the_pages_exist() -> None:
    for name in ("save_fact", "save_rating", "quick_fact", "accept_suggestion", "end_assignment"):
        assert callable(getattr(actions, name))


def test_the_presumption_is_approved_by_others(analyst: Client, office: Office) -> None:
    typed = {"asked_on": "2023-11", "channel": "the embassy", "presumption_proposed": "on"}
    where = analyst.post(at(office, "fact-new", "requests"), typed).url
    assert "Nobody has approved it yet." in text_of(analyst.get(where).content)
    approve = at(office, "approve-presumption", "r1")
    assert analyst.post(approve).status_code == 403
    other = Client()
    other.force_login(office.reviewer)
    other.post(approve)
    assert "Approved by Rita Reviewer" in text_of(analyst.get(where).content)


def test_a_determination_is_withdrawn_with_a_reason(analyst: Client, office: Office) -> None:
    analyst.post(at(office, "propose"), {"factor": "pof-forced-labor", "kind": "policy", "sector": "agriculture"})
    row = DeterminationRecord.objects.get()
    where = at(office, "withdraw-determination", row.public_id)
    analyst.post(where, {"reason": ""})
    row.refresh_from_db()
    assert row.withdrawn_at is None
    analyst.post(where, {"reason": "The order was repealed."})
    row.refresh_from_db()
    assert row.withdrawn_reason == "The order was repealed."


def test_a_source_of_the_library_is_used_again(analyst: Client, office: Office) -> None:
    from assessments.core.sheets import Source as SourceRecord
    from assessments.core.values import SourceClass

    record = SourceRecord(id="new", title="Annual report of courts", source_class=SourceClass.C)
    made = actions.save_source(record=record, by=office.analyst, at=office.clock())
    page = analyst.get(at(office, "evidence")).content.decode()
    assert "Annual report of courts" in page
    analyst.post(at(office, "use-source"), {"source": str(made.public_id)})
    assert office.revision.sources.count() == 1
    wrong = analyst.post(at(office, "use-source"), {"source": "x"}, follow=True)
    assert "Choose a source of the library." in text_of(wrong.content)


def test_a_reader_of_a_confidential_source_is_named_by_who_knows_it(analyst: Client, office: Office) -> None:
    from assessments.core.values import Protection

    office.source(title="Testimony of a clerk", protection=Protection.CONFIDENTIAL)
    source = Source.objects.get()
    where = reverse("assessments:library-source", args=[source.public_id])
    named = reverse("assessments:name-reader", args=[source.public_id])
    other = Client()
    other.force_login(office.reviewer)
    other.post(named, {"person": str(office.reviewer.public_id)})
    assert other.get(where).status_code == 404
    analyst.post(named, {"person": str(office.reviewer.public_id)})
    assert other.get(where).status_code == 200
