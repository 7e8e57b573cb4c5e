"""The pages of house style: for framework editors, and for nobody else."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from assessments import actions
from assessments.core.types import Decision
from assessments.core.values import Tier
from assessments.enums import Part
from assessments.models import DraftSentence, Revision
from frameworks import wording_loader
from frameworks.models import WordingVersion
from tests.assessments.factories import AT, CountryFactory
from tests.assessments.office import Office
from tests.assessments.wordings import altered, second
from tests.image import remembered_step


def client_of(person: User) -> Client:
    made = Client()
    made.force_login(person)
    return made


def listing() -> str:
    return reverse("assessments:house-style")


def preview(wording: WordingVersion) -> str:
    return reverse("assessments:house-style-version", args=[wording.public_id])


def apply(wording: WordingVersion) -> str:
    return reverse("assessments:house-style-apply", args=[wording.public_id])


@pytest.fixture
@remembered_step
def told(office: Office) -> Office:
    office.statistic(3, evidence=(office.evidence(),))
    return office


def previewed(office: Office, wording: WordingVersion) -> dict[str, Any]:
    return {"confirm": "on", "revision": [str(row.public_id) for row in Revision.objects.exclude(wording=wording)]}


def test_the_list_names_every_version_with_what_it_words(told: Office) -> None:
    wording = second(valid_from=2025)
    answer = client_of(told.editor).get(listing())
    found = [
        (str(item.version), [str(row.assessment.country) for row in item.open], item.kept, item.is_newest)
        for item in answer.context["versions"]
    ]
    assert found == [
        ("us-narrative-wording 2026.2", [], (), False),
        ("us-narrative-wording 2026.1", ["Examplia"], (), True),
    ]
    html = answer.content.decode()
    assert wording.digest in html
    assert "from 2025" in html


def test_the_preview_shows_old_against_new(told: Office) -> None:
    html = client_of(told.editor).get(preview(second())).content.decode()
    assert "The government <del>reported</del><ins>stated</ins> convicting three officials" in html
    assert "Apply to one assessment" in html


def test_it_is_applied_once_the_editor_confirmed(told: Office) -> None:
    wording, person = second(), client_of(told.editor)
    refused = person.post(apply(wording), previewed(told, wording) | {"confirm": ""})
    assert (refused.status_code, told.revision.wording == wording) == (422, False)
    assert "Say that you have read what changes." in refused.content.decode()
    answer = person.post(apply(wording), previewed(told, wording), follow=True)
    assert "us-narrative-wording 2026.2 words one assessment now; 1 changed." in answer.content.decode()
    assert told.revision.wording == wording


def test_what_was_opened_after_the_preview_is_not_touched_unseen(told: Office) -> None:
    wording = second()
    data = previewed(told, wording)
    WordingVersion.objects.filter(pk=wording.pk).update(valid_from_year=2099)  # so that new ones take the first
    other = CountryFactory(name="Otherland")
    actions.open_assessment(iso3=other.iso3, report_year=2024, by=told.coordinator, at=told.clock())
    WordingVersion.objects.filter(pk=wording.pk).update(valid_from_year=2001)
    client_of(told.editor).post(apply(wording), data)
    words = {str(row.assessment.country): row.wording == wording for row in Revision.objects.all()}
    assert words == {"Examplia": True, "Otherland": False}


def test_what_was_released_meanwhile_stops_all(told: Office) -> None:
    wording = second()
    data = previewed(told, wording)
    told.answer_all()
    told.submit()
    told.approve()
    told.release()
    html = client_of(told.editor).post(apply(wording), data, follow=True).content.decode()
    assert "Nothing was applied. Examplia 2024 is released; its words stay as they were approved." in html


def test_ids_that_are_none_are_refused(told: Office) -> None:
    wording = second()
    answer = client_of(told.editor).post(apply(wording), {"confirm": "on", "revision": ["x"]})
    assert answer.status_code == 422
    assert told.revision.wording != wording


@pytest.mark.parametrize("who", ["analyst", "reviewer", "coordinator", "exporter", "reader", "account_admin"])
def test_nobody_else_comes_in(told: Office, who: str) -> None:
    wording, person = second(), client_of(getattr(told, who))
    answers = [person.get(listing()), person.get(preview(wording)), person.post(apply(wording), {"confirm": "on"})]
    assert [answer.status_code for answer in answers] == [403, 403, 403]
    assert all("Only a framework editor" in answer.content.decode() for answer in answers)
    assert not any("convicting" in answer.content.decode() for answer in answers)
    assert "House style" not in person.get("/").content.decode()
    assert told.revision.wording != wording


def test_the_editors_navigation_leads_there(told: Office) -> None:
    assert listing() in client_of(told.editor).get("/").content.decode()


def of_the_tier() -> WordingVersion:
    """Store a wording that says every sentence of the tier paragraph differently, and no other."""
    spec = altered("no such words", "x")
    patterns = tuple(
        item.model_copy(update={"forms": {name: f"{text}, indeed" for name, text in item.forms.items()}})
        if item.section == "tier"
        else item
        for item in spec.patterns
    )
    return wording_loader.store(spec.model_copy(update={"patterns": patterns}), by=None, at=AT)


@pytest.mark.parametrize("released", [True, False])
def test_a_tier_that_is_not_released_is_not_previewed(told: Office, released: bool) -> None:
    decision = Decision(tier=Tier.TWO, previous_tier=Tier.TWO, tier_released=released)
    actions.save_decision(
        revision_id=told.revision_id, decision=decision, version=None, by=told.analyst, at=told.clock()
    )
    rows = DraftSentence.objects.filter(revision=told.revision)
    assert any("tier" in row.basis["decisions"] for row in rows)
    html = client_of(told.editor).get(preview(of_the_tier())).content.decode()
    assert ("indeed" in html, "Tier 2" in html) == (released, released)
    assert ("not shown: the tier is not released." in html) is not released


def test_who_codes_blind_sees_no_sentence(told: Office) -> None:
    told.editor.grant(["analyst"], at=told.clock(), by=None)
    told.assign(told.editor, Part.SECOND_CODER)
    html = client_of(told.editor).get(preview(second())).content.decode()
    assert "convicting" not in html
    assert "not shown: you code this assessment blind." in html


def test_a_version_for_later_years_leaves_earlier_ones(told: Office) -> None:
    html = client_of(told.editor).get(preview(second(valid_from=2025))).content.decode()
    assert "This version does not word report year 2024: one assessment keeps its wording." in html
    assert "There is no assessment it could be applied to." in html


def test_the_list_asks_as_much_for_three_assessments_as_for_one(told: Office) -> None:
    person = client_of(told.editor)

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert person.get(listing()).status_code == 200
        return len(queries)

    asked()
    one = asked()
    for name in ("Otherland", "Thirdland"):
        country = CountryFactory(name=name)
        actions.open_assessment(iso3=country.iso3, report_year=2024, by=told.coordinator, at=told.clock())
    assert asked() == one
