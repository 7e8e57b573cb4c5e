"""Blind second coding: the draw, what the coder may see, one answer of two, and how far coders agree."""

import re
from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse
from pytest_django import DjangoAssertNumQueries

from accounts.models import Role
from assessments import actions, events, policies
from assessments.core.sampling import draw
from assessments.core.sheets import SearchNote
from assessments.core.types import Rating
from assessments.core.values import Confidence, RatingState
from assessments.enums import Part, Round, Subject, Taken
from assessments.models import Event, RatingRecord, Reconciliation, SampledQuestion, SecondCodingSample
from frameworks.loader import compiled
from tests.assessments.factories import CountryFactory
from tests.assessments.office import Office

CANARY = "heronfish"
"""Stands in every word that a second coder must not read."""


def client_of(person: object) -> Client:
    client = Client()
    client.force_login(person)
    return client


def where(office: Office, name: str, *args: object) -> str:
    return reverse(f"assessments:{name}", args=[office.assessment.public_id, *args])


def coded(office: Office, slug: str, level: int | None, **changes: Any) -> actions.Saved:
    """Give the second answer to a question, as Otto."""
    fields: dict[str, Any] = {"indicator": slug, "state": RatingState.RATED, "level": level}
    if level is None:
        fields |= {"state": RatingState.NOT_ASSESSED, "reason": "Nobody could look."}
    else:
        fields |= {"confidence": Confidence.MODERATE, "rationale": "Seen from the facts."}
    return actions.save_rating(
        revision_id=office.revision_id,
        rating=Rating(**(fields | changes)),
        round=Round.SECOND,
        by=office.other_analyst,
        at=office.clock(),
    )


def plain(office: Office) -> list[str]:
    """Draw, assign Otto, and return the questions drawn that have no parts."""
    slugs = office.draw()
    office.assign(office.other_analyst, Part.SECOND_CODER)
    framework = compiled(office.revision.framework)
    return [slug for slug in slugs if not framework.indicator(slug).parts]


def decide(office: Office, slug: str, taken: Taken, **changes: Any) -> actions.Saved:
    second = RatingRecord.objects.get(round=Round.SECOND.value, indicator__slug=slug)
    fields = {
        "revision_id": office.revision_id,
        "indicator": slug,
        "second_id": second.public_id,
        "taken": taken,
        "reason": "The court's record decides.",
        "by": office.reviewer,
        "at": office.clock(),
    }
    return actions.reconcile(**(fields | changes))


# --- The draw ----------------------------------------------------------------------------------------------------


def test_the_draw_can_be_repeated_from_what_is_on_record(office: Office) -> None:
    for _ in range(3):
        country = CountryFactory()
        actions.open_assessment(iso3=country.iso3, report_year=2024, by=office.coordinator, at=office.clock())
    office.draw("lots of 2024")
    sample = SecondCodingSample.objects.get()
    core = compiled(office.revision.framework).core
    iso3s = sorted(SampledQuestion.objects.values_list("assessment__country_id", flat=True).distinct())
    strata: dict[str, list[str]] = {}
    for indicator in core:
        strata.setdefault(indicator.group, []).extend(
            f"{iso3} {indicator.slug}" for iso3 in {*iso3s, *_countries(office)}
        )
    again = draw(strata, seed=sample.seed, percent=sample.share)
    drawn = {f"{row.assessment.country_id} {row.indicator}" for row in SampledQuestion.objects.all()}
    assert drawn == {name for stratum in again for name in stratum.drawn}
    assert sample.share == 15
    assert sum(group["drawn"] for group in sample.groups) == len(drawn)
    assert {group["group"] for group in sample.groups} == {indicator.group for indicator in core}
    event = Event.objects.filter(subject_kind=Subject.PERIOD.value, action="draw_sample").get()
    assert "drew a sample for a second coding" in events.sentence(event)


def _countries(office: Office) -> set[str]:
    from assessments.models import Assessment

    return set(Assessment.objects.values_list("country_id", flat=True))


def test_nobody_draws_twice_without_a_seed_or_while_it_is_off(office: Office) -> None:
    with pytest.raises(actions.Invalid, match="not turned on"):
        actions.draw_sample(report_year=2024, seed="x", by=office.coordinator, at=office.clock())
    office.turn_on(blind_coding=True)
    with pytest.raises(actions.Invalid, match="A seed has"):
        actions.draw_sample(report_year=2024, seed="  ", by=office.coordinator, at=office.clock())
    office.draw()
    with pytest.raises(actions.Invalid, match="drawn from already"):
        actions.draw_sample(report_year=2024, seed="y", by=office.coordinator, at=office.clock())
    with pytest.raises(actions.NotFound):
        actions.draw_sample(report_year=2031, seed="y", by=office.coordinator, at=office.clock())


@pytest.mark.parametrize("who", ["analyst", "reviewer", "exporter", "reader", "editor", "account_admin"])
def test_only_a_coordinator_turns_on_draws_and_assigns(office: Office, who: str) -> None:
    person = getattr(office, who)
    with pytest.raises(policies.NotAllowed):
        actions.set_options(report_year=2024, blind_coding=True, right_of_reply=True, by=person, at=office.clock())
    with pytest.raises(policies.NotAllowed):
        actions.draw_sample(report_year=2024, seed="x", by=person, at=office.clock())
    client = client_of(person)
    for name in ("period-options", "sample"):
        assert client.get(reverse(f"assessments:{name}", args=[2024])).status_code == 403
        assert client.post(reverse(f"assessments:{name}", args=[2024])).status_code == 403
    assert client.post(reverse("assessments:assign-coder", args=[2024, office.assessment.public_id])).status_code == 403


def test_the_coordinator_draws_and_assigns_on_one_page(office: Office) -> None:
    client = client_of(office.coordinator)
    address = reverse("assessments:sample", args=[2024])
    assert "Turn it on" in client.get(address).content.decode()
    client.post(reverse("assessments:period-options", args=[2024]), {"blind_coding": "on"})
    assert client.post(address, {"seed": ""}).status_code == 422
    assert client.post(address, {"seed": "lots"}).status_code == 302
    iso3 = office.country.iso3
    coder = reverse("assessments:assign-coder", args=[2024, office.assessment.public_id])
    refused = client.post(coder, {f"{iso3}-person": str(office.analyst.public_id)})
    assert refused.status_code == 422
    assert "sees the first ratings" in refused.content.decode()
    assert client.post(coder, {f"{iso3}-person": str(office.other_analyst.public_id)}).status_code == 302
    html = client.get(address).content.decode()
    assert office.other_analyst.name in html
    assert "seed “lots”" in html
    assert "I code a second time" in client_of(office.other_analyst).get("/").content.decode()


# --- What the coder may see --------------------------------------------------------------------------------------


def filled(office: Office) -> list[str]:
    """Fill the assessment with words a second coder must not read, and return the questions drawn."""
    office.other_analyst.grant([Role.EXPORTER, Role.READER, Role.FRAMEWORK_EDITOR], at=office.clock(), by=None)
    item = office.evidence(edited="Courts heard three cases.", official_record=True)
    office.statistic(3, evidence=(item,), note=f"{CANARY} note")
    slugs = plain(office)
    office.answer_all()
    for slug in slugs:
        office.rate(slug, 2, evidence=(item,), rationale=f"{CANARY} rationale", reason=f"{CANARY} reason", version=1)
    sentence = office.revision.sentences.filter(family__isnull=False).first()
    actions.edit_sentence(
        sentence_id=sentence.public_id,
        text=f"{CANARY} convicted three officials.",
        version=sentence.version,
        by=office.analyst,
        at=office.clock(),
    )
    actions.comment(
        revision_id=office.revision_id,
        sentence_id=sentence.public_id,
        text=f"{CANARY} remark for {office.other_analyst.name}",
        by=office.reviewer,
        at=office.clock(),
    )
    point = office.revision.recommendations.first()
    if point is not None:
        actions.edit_recommendation(
            revision_id=office.revision_id,
            recommendation_id=point.public_id,
            text=f"{CANARY} investigate.",
            version=point.version,
            by=office.analyst,
            at=office.clock(),
        )
    actions.make_working_snapshot(revision_id=office.revision_id, by=office.analyst, at=office.clock())
    office.submit()
    office.approve()
    office.release()
    return slugs


def patterns() -> Iterator[tuple[str, URLPattern]]:
    resolver = get_resolver()
    waiting = [("", item) for item in resolver.url_patterns]
    while waiting:
        space, item = waiting.pop()
        if isinstance(item, URLPattern):
            if item.name:
                yield (f"{space}:{item.name}" if space else item.name), item
        else:
            waiting += [(item.namespace or space, member) for member in item.url_patterns]


def arguments(office: Office, pattern: URLPattern) -> dict[str, object]:
    """Fill an address with what exists in the office, so that a page that is open would show it."""
    revision = office.revision
    sentence = revision.sentences.filter(family__isnull=False).first()
    step, comment = revision.steps.first(), revision.comments.first()
    point, snapshot = revision.recommendations.first(), revision.snapshots.order_by("pk").last()
    known: dict[str, object] = {
        "assessment_id": office.assessment.public_id,
        "sentence_id": sentence.public_id,
        "comment_id": comment.public_id,
        "step_id": step.public_id,
        "snapshot_id": snapshot.public_id,
        "recommendation_id": point.public_id if point else UUID(int=1),
        "rating_id": revision.ratings.first().public_id,
        "version_id": revision.framework.public_id,
        "report_year": 2024,
        "sheet": "statistics",
        "code": "I02",
        "part": "agriculture",
        "ending": "json",
        "ref": "s1",
        "iso3": office.country.iso3.lower(),
        "slug": "officials-prosecuted",
        "key": "x",
    }
    names = re.findall(r"<(?:(\w+):)?(\w+)>", str(pattern.pattern))
    return {
        name: known.get(name, UUID(int=1) if kind == "uuid" else 1 if kind == "int" else "x") for kind, name in names
    }


def test_a_second_coder_reads_none_of_it_on_any_page_or_file(office: Office) -> None:
    filled(office)
    shown = client_of(office.analyst).get(where(office, "draft")).content.decode()
    assert CANARY in shown
    client = client_of(office.other_analyst)
    walked: dict[str, int] = {}
    for name, pattern in patterns():
        address = reverse(name, kwargs=arguments(office, pattern))
        for answer in (client.get(address), client.get(address, headers={"HX-Request": "true"})):
            walked[name] = answer.status_code
            body = b"".join(answer.streaming_content) if answer.streaming else answer.content
            assert CANARY not in body.decode(errors="replace"), name
            assert answer.status_code < 500, name
            if "assessment_id" in str(pattern.pattern) and not name.startswith("assessments:coding"):
                assert answer.status_code in (401, 403, 404, 405), (name, answer.status_code)
            if "snapshot_id" in str(pattern.pattern):
                assert answer.status_code in (403, 404, 405), (name, answer.status_code)
        if "assessment_id" in str(pattern.pattern) and not name.startswith("assessments:coding"):
            # A program asks with a token; a session is nobody to it.
            nobody = (401,) if name.startswith("api:") else ()
            assert client.post(address).status_code in (*nobody, 403, 404, 405), name
    assert walked["assessments:coding"] == walked["assessments:coding-record"] == 200
    assert {"assessments:draft", "assessments:compare", "assessments:log", "assessments:download"} <= walked.keys()
    for name in ("home", "report"):
        entries = client.get(reverse(f"assessments:{name}")).context["report"]
        assert office.assessment not in [entry.assessment for entry in entries]
    for name in ("list", "agreement", "report"):
        assert office.country.name not in client.get(reverse(f"assessments:{name}")).content.decode()


def test_the_coder_s_pages_have_the_record_and_no_answer(office: Office) -> None:
    slugs = filled_open(office)
    client = client_of(office.other_analyst)
    record = client.get(where(office, "coding-record")).content.decode()
    assert "Courts heard three cases." in record
    assert "Behind" not in record
    assert "Nothing was found" in record
    assert code_of(office, slugs[0]) not in record  # not even what somebody looked for in vain
    question = client.get(where(office, "coding-question", code_of(office, slugs[0]))).content.decode()
    assert "checked" not in question
    indicator = compiled(office.revision.framework).indicator(slugs[0])
    assert all(level.descriptor.split(",")[0][:20] in question.replace("&#x27;", "'") for level in indicator.levels)
    for html in (record, question):
        assert CANARY not in html
    code = code_of(office, slugs[0])
    answer = client.post(
        where(office, "coding-question", code),
        {"answer": "1", "confidence": "moderate", "rationale": "From the facts.", "evidence": ["e1"]},
    )
    assert answer.status_code == 302
    row = RatingRecord.objects.get(round=Round.SECOND.value)
    assert (row.level, row.coder, row.rationale) == (1, office.other_analyst, "From the facts.")
    assert "checked" in client.get(where(office, "coding-question", code)).content.decode()
    undrawn = next(item for item in compiled(office.revision.framework).core if item.slug not in drawn(office))
    assert client.get(where(office, "coding-question", undrawn.code)).status_code == 404


def filled_open(office: Office) -> list[str]:
    item = office.evidence(edited="Courts heard three cases.", official_record=True)
    office.statistic(3, evidence=(item,), note=f"{CANARY} note")
    slugs = plain(office)
    office.fact(
        "search_notes", SearchNote(id="x", searched="Nothing was found in two databases.", indicators=(slugs[0],))
    )
    for slug in slugs:
        office.rate(slug, 2, evidence=(item,), rationale=f"{CANARY} rationale")
    return slugs


def drawn(office: Office) -> set[str]:
    return set(office.assessment.sampled_questions.values_list("indicator", flat=True))


def code_of(office: Office, slug: str) -> str:
    return compiled(office.revision.framework).indicator(slug).code


def test_a_coder_answers_only_what_was_drawn_while_it_is_on(office: Office) -> None:
    slugs = plain(office)
    other = next(item.slug for item in compiled(office.revision.framework).core if item.slug not in drawn(office))
    with pytest.raises(policies.NotAllowed, match="was not drawn"):
        coded(office, other, 2)
    office.turn_on(blind_coding=False)
    with pytest.raises(policies.NotAllowed, match="not turned on"):
        coded(office, slugs[0], 2)
    client = client_of(office.other_analyst)
    assert client.get(where(office, "coding")).status_code == 403
    assert "I code a second time" not in client.get("/").content.decode()
    for name in ("analyst", "reviewer", "coordinator", "exporter", "reader"):
        assert client_of(getattr(office, name)).get(where(office, "coding")).status_code == 404


def test_a_framework_editor_who_codes_blind_sees_no_agreement_of_their_own_country(office: Office) -> None:
    office.other_analyst.grant([Role.FRAMEWORK_EDITOR], at=office.clock(), by=None)
    slugs = plain(office)
    office.rate(slugs[0], 2)
    coded(office, slugs[0], 3)
    assert (
        "No question was answered twice yet"
        in client_of(office.other_analyst).get(reverse("assessments:agreement")).content.decode()
    )
    assert len(client_of(office.editor).get(reverse("assessments:agreement")).context["lines"]) == 1


@pytest.mark.parametrize(
    ("who", "name"), [("other_analyst", "coding"), ("other_analyst", "coding-record"), ("reviewer", "reconciling")]
)
def test_a_page_of_second_coding_takes_as_many_queries_for_much_as_for_little(
    office: Office, who: str, name: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    slugs = plain(office)
    evidence = office.evidence()
    office.statistic(3, evidence=(evidence,))
    office.rate(slugs[0], 1, evidence=(evidence,))
    coded(office, slugs[0], 3, evidence=(evidence,))
    client = client_of(getattr(office, who))
    with django_assert_max_num_queries(40) as few:
        client.get(where(office, name))
    for number, slug in enumerate(slugs[1:]):
        item = office.evidence("d1")
        office.statistic(4, evidence=(item,), scope=f"over case {number}")
        office.rate(slug, 1, evidence=(item,))
        coded(office, slug, 3, evidence=(item,))
    decide(office, slugs[0], Taken.MAIN)
    with django_assert_max_num_queries(40) as many:
        client.get(where(office, name))
    assert len(many) == len(few)


# --- One answer of two -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("taken", "level"), [(Taken.MAIN, 1), (Taken.SECOND, 3), (Taken.OWN, 2)])
def test_the_decided_answer_counts_and_both_others_are_kept(office: Office, taken: Taken, level: int) -> None:
    slug = plain(office)[0]
    evidence = office.evidence()
    office.rate(slug, 1, evidence=(evidence,))
    coded(office, slug, 3, evidence=(evidence,))
    own = Rating(
        indicator=slug,
        state=RatingState.RATED,
        level=2,
        confidence=Confidence.HIGH,
        rationale="Both talked.",
        evidence=(evidence,),
    )
    decide(office, slug, taken, own=own if taken is Taken.OWN else None)
    assert RatingRecord.objects.effective().get(indicator__slug=slug).level == level
    rows = RatingRecord.objects.filter(indicator__slug=slug).order_by("pk")
    assert [(row.round, row.level) for row in rows] == [("main", 1), ("second", 3), ("reconciled", level)]
    kept = Reconciliation.objects.get()
    assert (kept.taken, kept.level, kept.by, kept.reason) == (
        taken.value,
        level,
        office.reviewer,
        "The court's record decides.",
    )
    last = Event.objects.about(Subject.ASSESSMENT, office.assessment.public_id).last()
    assert "decided between two answers" in events.sentence(last)
    assert "The court's record decides" in events.sentence(last)
    assert office.reviewer.pk in policies.authors(office.revision)
    assert events.verify(Subject.ASSESSMENT, office.assessment.public_id) is None


def test_both_answers_stay_as_given_once_decided_and_a_reviewer_decides_again(office: Office) -> None:
    slug = plain(office)[0]
    office.rate(slug, 1)
    coded(office, slug, 3)
    decide(office, slug, Taken.MAIN)
    with pytest.raises(policies.NotAllowed, match="was reconciled"):
        office.rate(slug, 4, version=1)
    with pytest.raises(policies.NotAllowed, match="was reconciled"):
        coded(office, slug, 2)
    with pytest.raises(actions.Conflict):
        decide(office, slug, Taken.SECOND)
    decide(office, slug, Taken.SECOND, version=1, reason="On second thought.")
    assert RatingRecord.objects.effective().get(indicator__slug=slug).level == 3
    assert [row.reason for row in Reconciliation.objects.order_by("pk")] == [
        "The court's record decides.",
        "On second thought.",
    ]


def test_who_may_decide_and_when(office: Office) -> None:
    slug = plain(office)[0]
    with pytest.raises(RatingRecord.DoesNotExist):
        decide(office, slug, Taken.MAIN)
    coded(office, slug, 3)
    with pytest.raises(actions.Invalid, match="not answered yet"):
        decide(office, slug, Taken.MAIN)
    office.rate(slug, 1)
    with pytest.raises(actions.Invalid, match="Say why"):
        decide(office, slug, Taken.MAIN, reason=" ")
    with pytest.raises(actions.Invalid, match="answer you both agreed on"):
        decide(office, slug, Taken.OWN)
    for name in ("analyst", "other_analyst", "other_reviewer", "coordinator", "exporter", "reader", "editor"):
        with pytest.raises(policies.NotAllowed, match="Only a reviewer assigned"):
            decide(office, slug, Taken.MAIN, by=getattr(office, name))
    office.turn_on(blind_coding=False)
    with pytest.raises(policies.NotAllowed, match="not turned on"):
        decide(office, slug, Taken.MAIN)


def test_nothing_is_decided_once_the_text_is_approved_or_released(office: Office) -> None:
    slug = plain(office)[0]
    office.answer_all()
    coded(office, slug, 3)
    office.submit()
    office.approve()
    with pytest.raises(policies.NotAllowed, match="answers stay as they were approved"):
        decide(office, slug, Taken.MAIN)
    office.release()
    with pytest.raises(policies.NotAllowed, match="answers stay as they were approved"):
        decide(office, slug, Taken.MAIN)
    with pytest.raises(policies.NotAllowed, match="is closed"):
        coded(office, slug, 2)


def test_a_reviewer_decides_on_the_page_with_both_side_by_side(office: Office) -> None:
    slug = plain(office)[0]
    evidence = office.evidence()
    office.rate(slug, 1, evidence=(evidence,), rationale="One case only.")
    coded(office, slug, 4, evidence=(evidence,), rationale="Four cases.")
    client = client_of(office.reviewer)
    answer = client.get(where(office, "reconciling"))
    html = answer.content.decode()
    assert "One case only." in html
    assert "Four cases." in html
    assert "three levels apart" in html or "3 levels apart" in html
    (pair,) = answer.context["pairs"]
    assert (pair.difference, pair.is_grave) == (3, True)
    address = where(office, "reconcile", pair.second.row.public_id)
    prefix = pair.form.prefix
    assert client.post(address, {f"{prefix}-taken": "second"}).status_code == 422
    own = {
        f"{prefix}-taken": "own",
        f"{prefix}-answer": "2",
        f"{prefix}-confidence": "high",
        f"{prefix}-rationale": "Two cases count.",
        f"{prefix}-reason": "Two of the four fall outside the period.",
    }
    assert client.post(address, own).status_code == 302
    row = RatingRecord.objects.effective().get(indicator__slug=slug)
    assert (row.level, row.round, row.rationale) == (2, "reconciled", "Two cases count.")
    assert "Two of the four fall outside the period." in client.get(where(office, "reconciling")).content.decode()
    question = client_of(office.analyst).get(where(office, "question", code_of(office, slug))).content.decode()
    assert "Both stay as they were given" in question


def test_the_two_answers_are_closed_to_the_first_coder_and_to_strangers(office: Office) -> None:
    slug = plain(office)[0]
    office.rate(slug, 1)
    coded(office, slug, 4, rationale=f"{CANARY}: four cases.")
    assert client_of(office.analyst).get(where(office, "reconciling")).status_code == 403
    for name in ("other_analyst", "other_reviewer", "exporter", "reader", "editor", "account_admin"):
        assert client_of(getattr(office, name)).get(where(office, "reconciling")).status_code == 404
    for name in ("reviewer", "coordinator"):
        assert client_of(getattr(office, name)).get(where(office, "reconciling")).status_code == 200
    for name in ("draft", "review", "log", "question", "evidence", "checks"):
        args = [code_of(office, slug)] if name == "question" else []
        html = client_of(office.analyst).get(where(office, name, *args)).content.decode()
        assert CANARY not in html
        assert "two-answers" not in html
    office.turn_on(blind_coding=False)
    assert client_of(office.reviewer).get(where(office, "reconciling")).status_code == 403
    assert "two-answers" not in client_of(office.reviewer).get(where(office, "draft")).content.decode()


# --- Agreement ---------------------------------------------------------------------------------------------------


def test_agreement_counts_first_against_second_answers_and_lists_what_is_too_low(office: Office) -> None:
    slug = "officials-prosecuted"
    mine = office.assessment
    office.turn_on(blind_coding=True)
    for first, second in ((0, 3), (3, 0), (1, 1)):
        country = CountryFactory()
        office.assessment = actions.open_assessment(
            iso3=country.iso3, report_year=2024, by=office.coordinator, at=office.clock()
        )
        office.assign(office.analyst, Part.ANALYST)
        office.assign(office.reviewer, Part.REVIEWER)
        office.assign(office.other_analyst, Part.SECOND_CODER)
        sample = SecondCodingSample.objects.first() or SecondCodingSample.objects.create(
            period=mine.period, seed="by hand", share=15, drawn_at=office.clock(), drawn_by=office.coordinator
        )
        SampledQuestion.objects.create(sample=sample, assessment=office.assessment, indicator=slug)
        office.rate(slug, first)
        coded(office, slug, second)
    decide_first = RatingRecord.objects.filter(round=Round.SECOND.value).last()
    actions.reconcile(
        revision_id=office.revision_id,
        indicator=slug,
        second_id=decide_first.public_id,
        taken=Taken.SECOND,
        reason="Same.",
        by=office.reviewer,
        at=office.clock(),
    )
    for who in ("coordinator", "editor"):
        answer = client_of(getattr(office, who)).get(reverse("assessments:agreement"), {"year": "2024"})
        (line,) = answer.context["lines"]
        # By hand: pairs 0-3, 3-0, 1-1; linear observed 6/3, expected (3+1+3+2+1+2)/9.
        assert line.linear.coefficient == pytest.approx(1 - (6 / 3) / (12 / 9))
        assert (line.linear.units, line.answers, line.same, line.with_states) == (3, 3, 1, 0)
        assert [item.code for item in answer.context["below"]] == [line.code]
        html = answer.content.decode()
        assert "Below 0.60" in html
        assert "-0.50" in html
    for who in ("analyst", "reviewer", "exporter", "reader", "account_admin"):
        assert client_of(getattr(office, who)).get(reverse("assessments:agreement")).status_code == 403
