"""The request desk: what is not known becomes a list of questions that is sent, answered, closed, and fills F6."""

import datetime as dt
import re
from html import unescape
from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from docx import Document as Word
from pytest_django import DjangoAssertNumQueries

from assessments import actions, events, policies
from assessments.core.sheets import DataRequest, InformationGap, Statistic
from assessments.core.values import Count, CountKind, Stage
from assessments.enums import Subject
from assessments.models import Event, Letter, Notice
from tests.assessments.office import Office

GAP = "How many officials left the country before trial"


@pytest.fixture
def analyst(client: Client, office: Office) -> Client:
    client.force_login(office.analyst)
    return client


def said(answer: object) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())).split())


def silent(office: Office, stage: Stage = Stage.CONVICTION) -> str:
    record = Statistic(id="new", stage=stage, count=Count(kind=CountKind.NOT_REPORTED))
    return office.fact("statistics", record).ref


def desk(office: Office) -> str:
    return reverse("assessments:request-desk", args=[office.assessment.public_id])


def begun(office: Office, client: Client, *about: str) -> Letter:
    assert client.post(desk(office), {"begin-add": list(about)}).status_code == 302
    return Letter.objects.order_by("-number").first()


def address(office: Office, letter: Letter, name: str = "letter", *more: object) -> str:
    return reverse(f"assessments:{name}", args=[office.assessment.public_id, letter.public_id, *more])


def typed(letter: Letter, **changes: object) -> dict[str, object]:
    letter.refresh_from_db()
    found: dict[str, object] = {
        "addressee": letter.addressee,
        "channel": letter.channel,
        "due_on": letter.due_on or "",
        "opening": letter.opening,
        "closing": letter.closing,
        "version": letter.version,
    }
    for number, question in enumerate(letter.questions):
        found |= {
            f"q{number}-text": question["text"],
            f"q{number}-about": question["about"],
            f"q{number}-stages": " ".join(question["stages"]),
            f"q{number}-place": number + 1,
        }
    return found | changes


def moved(office: Office, client: Client, letter: Letter, step: str, on: str, **more: object) -> object:
    letter.refresh_from_db()
    given = {f"{step}-on": on, f"{step}-version": letter.version} | {f"{step}-{name}": v for name, v in more.items()}
    return client.post(address(office, letter, "letter-move", step), given)


def test_what_is_not_known_is_offered_by_kind(analyst: Client, office: Office) -> None:
    gap = office.fact("information_gaps", InformationGap(id="new", text=GAP, stages=(Stage.TRIAL,)))
    figure = silent(office)
    shown = said(analyst.get(desk(office)))
    assert GAP in shown
    assert "Information gaps: 1" in shown
    assert "Figures on record as not reported or unknown: 1" in shown
    assert "Core questions without an answer: 25" in shown
    assert f"Not reported, and not asked for: conviction ({figure})" in shown
    about = (f"information_gaps/{gap.ref}", f"statistics/{figure}", "questions/officials-prosecuted")
    letter = begun(office, analyst, *about)
    assert [item["about"] for item in letter.questions] == [
        f"information_gaps/{gap.ref}",
        f"statistics/{figure}",
        "questions/officials-prosecuted",
    ]
    assert letter.questions[0]["text"] == f"{GAP}?"
    assert "if there were none, please say none" in letter.questions[1]["text"]


def test_every_word_can_be_changed_moved_left_out_and_added(analyst: Client, office: Office) -> None:
    office.fact("information_gaps", InformationGap(id="new", text=GAP))
    letter = begun(office, analyst, "stages/arrest", "questions/officials-prosecuted")
    given = typed(letter, addressee="the Ministry of Justice", channel="the embassy", due_on="2024-05-01")
    given |= {"q0-drop": "on", "q1-text": "Was anybody tried?", "q1-place": "2", "q2-text": "Own words?"}
    assert analyst.post(address(office, letter), given | {"add": ["information_gaps/u1"]}).status_code == 302
    letter.refresh_from_db()
    assert [item["text"] for item in letter.questions] == ["Was anybody tried?", "Own words?", f"{GAP}?"]
    assert (letter.addressee, letter.due_on, letter.version) == ("the Ministry of Justice", dt.date(2024, 5, 1), 2)
    late = analyst.post(address(office, letter), given | {"closing": "Thank you."})
    assert late.status_code == 409
    assert "Was anybody tried?" in said(late)
    assert "Thank you." in late.content.decode()
    assert analyst.post(address(office, letter), typed(letter, due_on="soon")).status_code == 422


def test_a_sent_list_fills_f6_and_its_answer_closes_the_gap(analyst: Client, office: Office) -> None:
    office.fact("information_gaps", InformationGap(id="new", text=GAP, stages=(Stage.TRIAL,)))
    silent(office)
    letter = begun(office, analyst, "information_gaps/u1", "statistics/s1")
    refused = moved(office, analyst, letter, "send", "2024-01-10")
    assert refused.status_code == 422
    assert "Name the addressee before it is sent." in said(refused)
    analyst.post(address(office, letter), typed(letter, addressee="the Ministry of Justice", channel="the embassy"))
    assert moved(office, analyst, letter, "send", "2024-01-10").status_code == 302
    request = office.revision.requests.get()
    assert (request.asked_on, request.addressee, request.channel) == (
        "2024-01-10",
        "the Ministry of Justice",
        "the embassy",
    )
    assert request.stages == ["trial", "conviction"]
    assert request.items.startswith(f"1. {GAP}?\n2. From April 1, 2023")
    assert "not asked for" not in said(analyst.get(desk(office)))
    assert analyst.post(address(office, letter), typed(letter, closing="More.")).status_code == 403
    assert "can't be before" in said(moved(office, analyst, letter, "remind", "2024-01-09"))
    assert moved(office, analyst, letter, "remind", "2024-02-10").status_code == 302
    assert "Say what came back" in said(moved(office, analyst, letter, "answer", "2024-03-01"))
    answered = moved(office, analyst, letter, "answer", "2024-03-01", answer="Two left.", closes="u1")
    assert answered.status_code == 302
    request.refresh_from_db()
    assert (request.replied_on, request.supplied) == ("2024-03-01", "Two left.")
    gap = office.revision.information_gaps.get()
    assert (gap.closed_on, gap.outcome) == ("2024-03-01", "Answered by request r1.")
    assert moved(office, analyst, letter, "close", "2024-03-02").status_code == 302
    assert moved(office, analyst, letter, "remind", "2024-03-03").status_code == 403
    chain = Event.objects.about(Subject.ASSESSMENT, office.assessment.public_id).filter(target="letters/1")
    assert [event.action for event in chain] == [
        "save_letter",
        "save_letter",
        "send_letter",
        "remind_letter",
        "answer_letter",
        "close_letter",
    ]
    assert events.verify(Subject.ASSESSMENT, office.assessment.public_id) is None


def test_a_list_stays_readable_and_is_taken_away_once_nobody_may_change_the_country(
    analyst: Client, office: Office
) -> None:
    letter = begun(office, analyst, "stages/arrest")
    analyst.post(address(office, letter), typed(letter, addressee="the Ministry of Justice"))
    moved(office, analyst, letter, "send", "2024-01-10")
    begun(office, analyst, "stages/conviction")  # a draft stays readable as well
    office.answer_all()
    office.submit()
    reviewer = Client()
    reviewer.force_login(office.reviewer)
    for client in (analyst, reviewer):
        shown = said(client.get(desk(office)))
        assert "the Ministry of Justice" in shown
        for one in Letter.objects.all():
            assert "how many officials" in said(client.get(address(office, one)))
            for ending in ("docx", "txt"):
                assert client.get(address(office, one, "letter-file", ending)).status_code == 200
            assert client.post(address(office, one), typed(one, closing="More.")).status_code == 403
    assert moved(office, analyst, letter, "send", "2024-02-10").status_code == 403


def sent(office: Office, analyst: Client) -> Letter:
    """Return a request that asks for a gap and went out."""
    office.fact("information_gaps", InformationGap(id="new", text=GAP, stages=(Stage.TRIAL,)))
    letter = begun(office, analyst, "information_gaps/u1")
    analyst.post(address(office, letter), typed(letter, addressee="the Ministry of Justice"))
    moved(office, analyst, letter, "send", "2024-01-10")
    return letter


def approved(office: Office) -> None:
    actions.approve(
        step_id=office.revision.steps.get().public_id,
        content_hash=office.revision.content_hash,
        by=office.reviewer,
        at=office.clock(),
    )


@pytest.mark.parametrize("is_approved", [False, True])
def test_an_answer_that_comes_after_submission_waits_beside_the_record(
    analyst: Client, office: Office, is_approved: bool
) -> None:
    letter = sent(office, analyst)
    office.answer_all()
    office.submit()
    if is_approved:
        approved(office)
    before = office.revision.content_hash
    page = said(analyst.get(address(office, letter)))
    assert "What came of the request is recorded all the same" in page
    assert "It closes these gaps" not in page
    assert moved(office, analyst, letter, "remind", "2024-02-10").status_code == 302
    answer = moved(office, analyst, letter, "answer", "2024-06-02", answer="Two were dismissed.", closes="u1")
    assert answer.status_code == 302
    letter.refresh_from_db()
    assert (letter.state, letter.answer, letter.answered_on) == ("answered", "Two were dismissed.", dt.date(2024, 6, 2))
    request = office.revision.requests.get()
    assert (request.replied_on, request.supplied) == (None, "")
    assert office.revision.information_gaps.get().closed_on is None
    assert office.revision.content_hash == before
    assert set(Notice.objects.filter(kind="answer-came").values_list("person__name", flat=True)) == {"Rita Reviewer"}
    review = reverse("assessments:review", args=[office.assessment.public_id])
    for where in (review, desk(office), address(office, letter)):
        shown = said(analyst.get(where))
        assert "not on F6 yet" in shown or "Not on sheet F6 yet" in shown or "Two were dismissed." in shown
    assert moved(office, analyst, letter, "fill", "").status_code == 403
    assert moved(office, analyst, letter, "close", "2024-06-03").status_code == 302


def test_an_answer_that_waited_is_put_on_record_once_the_form_is_open_again(analyst: Client, office: Office) -> None:
    letter = sent(office, analyst)
    office.answer_all()
    office.submit()
    moved(office, analyst, letter, "answer", "2024-06-02", answer="Two were dismissed.")
    given = {"revision_id": office.revision_id, "by": office.reviewer, "at": office.clock()}
    actions.request_changes(**given, reason="An answer came.")
    page = said(analyst.get(address(office, letter)))
    assert "Not on sheet F6 yet." in page
    assert "It closes these gaps" in page
    assert moved(office, analyst, letter, "fill", "", closes="u1").status_code == 302
    request = office.revision.requests.get()
    assert (request.replied_on, request.supplied) == ("2024-06-02", "Two were dismissed.")
    gap = office.revision.information_gaps.get()
    assert (gap.closed_on, gap.outcome) == ("2024-06-02", "Answered by request r1.")
    letter.refresh_from_db()
    assert letter.state == "answered"
    again = moved(office, analyst, letter, "fill", "")
    assert again.status_code == 403
    assert "No answer of request 1 waits for sheet F6." in said(again)
    assert events.verify(Subject.ASSESSMENT, office.assessment.public_id) is None
    told = [events.deed(event) for event in Event.objects.filter(action="fill_letter")]
    assert told == ["Ann Analyst put on sheet F6 the answer to letters 1."]


def test_what_came_back_is_refused_after_the_release_and_kept_in_a_correction(analyst: Client, office: Office) -> None:
    letter = sent(office, analyst)
    office.answer_all()
    office.submit()
    approved(office)
    snapshot = office.revision.snapshots.get()
    actions.release(snapshot_id=snapshot.public_id, by=office.coordinator, at=office.clock())
    refused = moved(office, analyst, letter, "answer", "2024-07-02", answer="Two were dismissed.")
    assert refused.status_code == 403
    assert "open a correction to record what came back" in said(refused)
    assert "What you typed It was not saved. Copy it from here before you go on. Two were dismissed." in said(refused)
    actions.correct(revision_id=office.revision_id, reason="It answered.", by=office.coordinator, at=office.clock())
    assert moved(office, analyst, letter, "answer", "2024-07-02", answer="Two were dismissed.").status_code == 302
    assert office.assessment.revisions.get(is_open=True).requests.get().supplied == "Two were dismissed."


@pytest.mark.parametrize(
    ("who", "status"), [("reviewer", 403), ("coordinator", 403), ("other_analyst", 404), ("reader", 404)]
)
def test_only_its_analysts_record_what_came_back_during_review(
    analyst: Client, office: Office, who: str, status: int
) -> None:
    letter = sent(office, analyst)
    office.answer_all()
    office.submit()
    client = Client()
    client.force_login(getattr(office, who))
    assert moved(office, client, letter, "answer", "2024-06-02", answer="Two.").status_code == status
    with pytest.raises(policies.NotAllowed, match="Only an analyst assigned to Examplia"):
        actions.move_letter(
            revision_id=office.revision_id,
            letter_id=letter.public_id,
            step="answer",
            on=dt.date(2024, 6, 2),
            answer="Two.",
            version=letter.version,
            by=getattr(office, who),
            at=office.clock(),
        )
    letter.refresh_from_db()
    assert letter.answer == ""


def test_an_answer_typed_while_somebody_else_wrote_stays_in_the_form(analyst: Client, office: Office) -> None:
    letter = sent(office, analyst)
    stale = Letter.objects.get().version
    moved(office, analyst, letter, "remind", "2024-02-10")
    given = {"answer-on": "2024-03-01", "answer-answer": "Two were dismissed.", "answer-version": stale}
    late = analyst.post(address(office, letter, "letter-move", "answer"), given)
    assert late.status_code == 409
    assert "Somebody else changed this request meanwhile." in said(late)
    assert "Two were dismissed." in late.content.decode()
    letter.refresh_from_db()
    assert f'name="answer-version" value="{letter.version}"' in late.content.decode()


def test_a_late_answer_is_said(analyst: Client, office: Office) -> None:
    letter = begun(office, analyst, "stages/arrest")
    analyst.post(address(office, letter), typed(letter, addressee="the Ministry", due_on="2024-02-01"))
    moved(office, analyst, letter, "send", "2024-01-10")
    assert "sent, answer late" in said(analyst.get(desk(office)))


def test_the_list_is_taken_away_as_word_and_text(analyst: Client, office: Office) -> None:
    letter = begun(office, analyst, "stages/arrest")
    given = typed(letter, addressee="the Ministry of <Justice> & Co", due_on="2024-05-01")
    analyst.post(address(office, letter), given)
    text = analyst.get(address(office, letter, "letter-file", "txt"))
    assert text["Content-Disposition"].startswith('attachment; filename="2024-')
    plain = " ".join(text.content.decode().split())
    assert "Draft, not sent." in plain
    assert "To: the Ministry of <Justice> & Co" in plain
    assert "Answer asked for by: May 1, 2024" in plain
    assert "1. From April 1, 2023 to March 31, 2024, how many officials" in plain
    moved(office, analyst, letter, "send", "2024-01-10")
    word = Word(BytesIO(analyst.get(address(office, letter, "letter-file", "docx")).content))
    paragraphs = "\n".join(paragraph.text.replace("\xa0", " ") for paragraph in word.paragraphs)
    assert "Date: January 10, 2024" in paragraphs
    assert "Draft" not in paragraphs
    assert analyst.get(address(office, letter, "letter-file", "pdf")).status_code == 404


def test_not_reported_is_warned_of_until_a_request_proves_it(analyst: Client, office: Office) -> None:
    silent(office)

    def found() -> list[str]:
        return [item["check"] for item in office.revision.result.checks if item["check"] == "silence-not-asked"]

    page = reverse("assessments:fact", args=[office.assessment.public_id, "statistics", "s1"])
    assert "no dated request asks for it" in said(analyst.get(page))
    assert found() == ["silence-not-asked"]
    office.fact("requests", DataRequest(id="new", asked_on="2024-01", stages=(Stage.TRIAL,)))
    assert found() == ["silence-not-asked"]
    office.fact("requests", DataRequest(id="new", asked_on="2024-01", addressee="the ministry"))
    assert found() == []
    assert "Asked for: r2 of January 2024" in said(analyst.get(page))


def test_only_the_analysts_write_and_send(office: Office, client: Client, analyst: Client) -> None:
    letter = begun(office, analyst, "stages/arrest")
    client.force_login(office.reviewer)
    assert client.get(address(office, letter)).status_code == 200
    assert client.post(address(office, letter), typed(letter)).status_code == 403
    assert moved(office, client, letter, "close", "2024-01-10").status_code == 403
    client.force_login(office.other_analyst)
    assert client.get(address(office, letter)).status_code == 404
    with pytest.raises(policies.NotAllowed):
        actions.save_letter(
            revision_id=office.revision_id,
            letter_id=letter.public_id,
            text=actions.LetterText(),
            version=1,
            by=office.reviewer,
            at=office.clock(),
        )


def test_the_desk_takes_as_many_queries_for_many_requests_as_for_one(
    analyst: Client, office: Office, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    begun(office, analyst, "stages/arrest")
    silent(office)
    analyst.get(desk(office))
    with django_assert_max_num_queries(40) as little:
        analyst.get(desk(office))
    count = len(little)
    for number in range(5):
        begun(office, analyst, "stages/arrest", "stages/trial")
        office.fact("information_gaps", InformationGap(id="new", text=f"{GAP} {number}"))
    analyst.get(desk(office))
    with django_assert_max_num_queries(count):
        analyst.get(desk(office))
