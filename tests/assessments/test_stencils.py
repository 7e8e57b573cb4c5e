"""What is filled into a stencil: whatever people typed stays text, and a page shows what it showed from a template."""

import re
from collections.abc import Callable
from html import unescape
from html.parser import HTMLParser
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import example, given
from hypothesis import strategies as st

from accounts.models import User
from assessments import actions, policies
from assessments.core.document import Audience
from assessments.core.types import Severity
from assessments.core.values import Confidence, Section
from assessments.enums import SentenceState
from assessments.models import DraftSentence, Snapshot
from assessments.views import frozen
from assessments.views.answers import Answer
from assessments.views.checks import ListedCheck
from assessments.views.living import DraftSection
from assessments.views.places import Place, column
from frameworks import loader
from tests.assessments.office import Office
from tests.assessments.test_accepting import REASON, accept, check, doubtful, ready

__all__ = ["doubtful"]

SOME = UUID("5eed0000-0000-4000-8000-000000000731")
HOSTILE = "</li><script>alert(1)</script> {name} {{ token }} %s \"'& \ue000name\ue001"


class Read(HTMLParser):
    """The tags of a piece of markup with the names of their attributes, and all its text."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.shape: list[tuple[str, ...]] = []
        self.text = ""
        self.values: list[str] = []
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.shape.append((tag, *(name for name, _ in attrs)))
        self.values += [value or "" for _, value in attrs]

    def handle_endtag(self, tag: str) -> None:
        self.shape.append(("/", tag))

    def handle_data(self, data: str) -> None:
        self.text += data


def _check(text: str) -> str:
    by = SimpleNamespace(name=text)
    earlier: Any = SimpleNamespace(by=by, at=None, reason=text)
    refused: Any = Refused(text)
    made = ListedCheck(
        SOME, "0123456789abcdef", Severity.WARNING, text, ((text, f"/{text}"),), None, earlier, refused, can_answer=True
    )
    return made.printed(text, text)


class Refused(dict[str, Any]):
    """A refused reason."""

    def __init__(self, text: str) -> None:
        super().__init__(reason=SimpleNamespace(value=lambda: text))
        self.text = text

    def errors_in_words(self) -> list[str]:
        return [self.text]


def _place(text: str) -> str:
    indicator: Any = SimpleNamespace(code="I01")
    waits = tuple(Answer(indicator, "", SOME, None, None, (text,), text) for _ in range(9))
    return column([Place(text, text, f"/{text}", text, text, text, waits)], text)


def _sentence(text: str) -> str:
    sentence: Any = SimpleNamespace(
        public_id=SOME, state=SentenceState.EDITED.value, shown=text, has_check=True, is_changed=True, is_own=True
    )
    sentence.number = 1
    bench: Any = SimpleNamespace(
        assessment=SimpleNamespace(public_id=SOME), chosen=SOME, text_url="/", url=lambda name: f"/{name}/"
    )
    section = DraftSection(bench, Section.PROSECUTION, [sentence])
    return section.living + section.printed


def _frozen(text: str) -> str:
    row: Any = SimpleNamespace(public_id=SOME)
    sentences = [{"id": SOME, "text": text, "section": Section.PROSECUTION.value}]
    parts = [frozen.sections(row, sentences, has_annex=has_annex) for has_annex in (True, False)]
    return "".join(words for part in parts for _, words in part)


@pytest.mark.parametrize("print_it", [_check, _place, _sentence, _frozen])
@given(text=st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1))
@example(text=HOSTILE)
def test_no_text_changes_the_markup_it_is_filled_into(print_it: Callable[[str], str], text: str) -> None:
    plain, filled = Read(print_it("x")), Read(print_it(text))
    assert filled.shape == plain.shape
    assert text in filled.text


def test_files_are_offered_for_each_audience_at_their_own_address() -> None:
    row: Any = SimpleNamespace(public_id=SOME)
    (public, links), (internal, more) = frozen.files(row, (Audience.PUBLIC, Audience.INTERNAL))
    assert (public, internal) == (Audience.PUBLIC, Audience.INTERNAL)
    for audience, markup in ((public, links), (internal, more)):
        held = Read(markup).values
        for ending in ("docx", "json"):
            address = reverse("assessments:download", args=[SOME, ending])
            assert f"{address}?audience={audience.value}" in held


# --- On the pages ------------------------------------------------------------------------------------------------


def client_of(person: User, **given: Any) -> Client:
    made = Client(**given)
    made.force_login(person)
    return made


def at(office: Office, name: str, *args: Any) -> str:
    return reverse(f"assessments:{name}", args=[office.assessment.public_id, *args])


@pytest.fixture
def sentence(office: Office) -> DraftSentence:
    """A generated sentence with its evidence."""
    item = office.evidence(edited="Three officers were convicted.", pinpoint="p. 14", attribution="court staff")
    office.statistic(3, evidence=(item,))
    return office.revision.sentences.get()


def test_typed_markup_is_shown_as_text_on_the_draft_the_record_and_the_review(
    office: Office, sentence: DraftSentence
) -> None:
    actions.edit_sentence(
        sentence_id=sentence.public_id, text=HOSTILE, version=sentence.version, by=office.analyst, at=office.clock()
    )
    client = client_of(office.analyst)
    for address in (at(office, "draft"), at(office, "review"), at(office, "question", "I01")):
        html = client.get(address).content.decode()
        assert "<script>alert" not in html
        assert "&lt;/li&gt;&lt;script&gt;alert(1)&lt;/script&gt; {name} {{ token }} %s" in html


def test_a_question_shows_what_was_answered_here_and_not_what_was_answered_before(office: Office) -> None:
    client, address = client_of(office.analyst), at(office, "question", "I01")
    version = None
    for number, confidence in enumerate((Confidence.HIGH, Confidence.LOW, Confidence.HIGH)):
        words = f"{HOSTILE} {number}"
        given = {"confidence": confidence, "rationale": words, "reason": f"Because {number}", "version": version}
        version = office.rate("officials-prosecuted", 2, **given).version
        html = client.get(at(office, "question", "I02")).content.decode()
        assert "<script>alert" not in html
        assert words in re.findall(r'<textarea name="rationale"[^>]*>\s*(.*?)</textarea>', unescape(html), re.S)[0]
        assert f"Because {number}</textarea>" in html
        assert re.findall(r'<option value="(\w+)" selected', html) == [confidence.value]
        assert re.findall(r'name="answer" value="(\w+)"[^>]* checked', html) == ["2"]
        untouched = client.get(address).content.decode()
        assert HOSTILE not in unescape(untouched)
        assert re.findall(r'<option value="(\w*)" selected', untouched) in ([], [""])
        assert not re.findall(r'name="answer"[^>]* checked', untouched)


def test_each_question_has_its_own_help(office: Office) -> None:
    client, framework = client_of(office.analyst), loader.compiled(office.revision.framework)
    for code in ("I01", "I02", "I01"):
        indicator = next(item for item in framework.indicators if item.code == code)
        html = unescape(client.get(at(office, "question", code)).content.decode())
        helped = html[html.index("What shows it, and what a level needs") :]
        assert indicator.evidence in helped
        assert framework.evidence_rule(indicator.direction, 3).text in helped


def test_each_sentence_has_its_endnote_for_paper(office: Office, sentence: DraftSentence) -> None:
    html = client_of(office.analyst).get(at(office, "draft")).content.decode()
    notes = html[html.index('<section class="endnotes"') :]
    (note,) = re.findall(r"<li>([^<]*)</li>", notes)
    assert note.startswith("F1a s1, conviction, officials: exactly 3. e1: court staff, p. 14 (")


def test_a_check_is_accepted_by_the_form_as_it_was_printed(doubtful: Office) -> None:
    client = client_of(doubtful.analyst, enforce_csrf_checks=True)
    key = check(doubtful)["key"]
    address = at(doubtful, "accept-check", key)
    for page in ("draft", "checks"):
        html = client.get(at(doubtful, page)).content.decode()
        (form,) = re.findall(rf'<form method="post" action="{address}".*?</form>', html, re.S)
        sent = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form))
        assert sent["back"] == page
        assert client.post(address, {**sent, "csrfmiddlewaretoken": "no", "reason": REASON}).status_code == 403
    assert client.post(address, {**sent, "reason": REASON}).status_code == 302
    assert check(doubtful)["accepted"]


def test_the_form_of_a_sentence_by_hand_comes_when_it_is_asked_for(office: Office, sentence: DraftSentence) -> None:
    client, address = client_of(office.analyst), at(office, "add-sentence")
    draft = client.get(at(office, "draft")).content.decode()
    assert f'hx-get="{address}"' in draft
    assert f'<a href="{address}#new-sentence">' in draft
    assert 'name="new-text"' not in draft
    fetched = client.get(address, headers={"HX-Request": "true"}).content.decode()
    assert 'name="new-text"' in fetched
    assert "<html" not in fetched
    whole = client.get(address).content.decode()
    assert 'name="new-text"' in whole
    assert sentence.shown in whole
    assert client_of(office.reviewer).get(address).status_code == 403
    assert f'hx-get="{address}"' not in client_of(office.reviewer).get(at(office, "draft")).content.decode()


def test_everybody_has_their_own_ways_whoever_came_before(office: Office) -> None:
    def ways(person: User) -> list[str]:
        html = client_of(person).get(reverse("frameworks:countries")).content.decode()
        nav = html[html.index('<nav class="site-nav"') : html.index("</nav>")]
        assert re.findall(r'href="([^"]*)" aria-current="page"', nav) == [reverse("frameworks:countries")]
        return re.findall(r'href="([^"]*)"', nav)

    people = (office.coordinator, office.reader, office.analyst, office.coordinator, office.reader)
    seen = [ways(person) for person in people]
    assert seen[:2] == seen[3:]
    assert reverse("assessments:inbox") in seen[2]
    assert not {reverse("assessments:inbox"), reverse("assessments:list")} & set(seen[1])


def test_a_text_that_one_person_was_let_see_is_asked_for_anew_for_another(doubtful: Office) -> None:
    ready(doubtful)
    accept(doubtful, by=doubtful.reviewer)
    doubtful.approve()
    row = Snapshot.objects.get()
    found = policies.open_snapshot(doubtful.coordinator, row.public_id)
    assert found is not None
    assert Audience.INTERNAL in policies.audiences(found, doubtful.coordinator)
    assert policies.audiences(found, doubtful.reader) == ()
    assert policies.audiences(row, doubtful.reader) == ()
