"""Working from the source: a text once for all, marks in it, and what becomes of them."""

import re
from io import BytesIO
from pathlib import Path
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from accounts.models import Role, User
from assessments import actions, backups, events, policies, storage
from assessments.core.protected import PROTECTED_TEXTS
from assessments.core.sheets import Evidence as Item
from assessments.core.sheets import InformationGap
from assessments.core.values import Protection
from assessments.enums import Part, Subject, TextOrigin
from assessments.models import Document, Event, Evidence, Excerpt, Placement, Source, StoredValue
from tests.assessments.factories import CountryFactory, user
from tests.assessments.office import Office
from tests.assessments.pdffiles import blank_pdf, pdf
from tests.assessments.test_backups import emptied

CANARY = "CANARY-7f3a"
TEXT = "Two officers took bribes. They were tried.\n\nThe court convicted both. Nobody appealed."
PDF = blank_pdf()


@pytest.fixture(autouse=True)
def files(settings: object, tmp_path: Path) -> Path:
    settings.VAR = tmp_path
    return tmp_path / "files"


@pytest.fixture
def analyst(client: Client, office: Office) -> Client:
    client.force_login(office.analyst)
    return client


def said(answer: object) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def made_source(office: Office, **changes: object) -> Source:
    ref = office.source(**({"title": "Register of courts", "attributions": ("an NGO",)} | changes))
    return office.revision.sources.get(ref=ref).source


def read(office: Office, source: Source, text: str = TEXT) -> int:
    return actions.add_document(
        source_id=source.public_id,
        text=text,
        origin=TextOrigin.PASTED,
        upload=None,
        by=office.analyst,
        at=office.clock(),
    )


def marked(office: Office, source: Source, *sentences: int, number: int = 1) -> list[Excerpt]:
    found = actions.mark_excerpts(
        source_id=source.public_id, number=number, sentences=sentences, by=office.analyst, at=office.clock()
    )
    return [Excerpt.objects.get(public_id=one) for one in found]


def another_country(office: Office) -> UUID:
    opened = actions.open_assessment(
        iso3=CountryFactory(name="Sampleland").iso3, report_year=2024, by=office.coordinator, at=office.clock()
    )
    actions.assign(
        assessment_id=opened.public_id,
        user_id=office.analyst.public_id,
        part=Part.ANALYST,
        by=office.coordinator,
        at=office.clock(),
    )
    return opened.public_id


def place(office: Office, excerpt: Excerpt, *assessments: UUID, **options: object) -> tuple[actions.Placed, ...]:
    return actions.place_excerpt(
        excerpt_id=excerpt.public_id,
        assessment_ids=assessments or [office.assessment.public_id],
        placing=actions.Placing(**options),
        by=office.analyst,
        at=office.clock(),
    )


# --- The text and its file -----------------------------------------------------------------------------------------


def test_a_text_is_pasted_once_and_its_versions_are_kept(analyst: Client, office: Office) -> None:
    source = made_source(office)
    address = reverse("assessments:text", args=[source.public_id])
    assert "Add the text" in said(analyst.get(address))
    assert analyst.post(address, {"text": TEXT}).status_code == 302
    assert analyst.post(address, {"text": TEXT + "\r\n"}).status_code == 302  # the same once more is no new version
    assert analyst.post(address, {"text": "Other words."}).status_code == 302
    assert list(source.documents.order_by("number").values_list("number", "text")) == [(1, TEXT), (2, "Other words.")]
    assert "Other words." in said(analyst.get(address))
    older = said(analyst.get(reverse("assessments:text-version", args=[source.public_id, 1])))
    assert "The court convicted both." in older
    assert "older version" in older


def test_a_file_is_kept_by_its_hash_and_only_ever_downloaded(analyst: Client, office: Office, files: Path) -> None:
    source = made_source(office)
    address = reverse("assessments:text", args=[source.public_id])
    page = b"<script>alert(1)</script><p>Two officers.</p>"
    upload = SimpleUploadedFile('a "b"\u2028é.html', page, content_type="text/html")
    assert analyst.post(address, {"text": "", "file": upload}).status_code == 302
    document = source.documents.get()
    assert (document.text, document.origin, document.file_kind) == ("Two officers.", "extracted", "html")
    assert [path.name for path in files.rglob("*") if path.is_file()] == [document.file_digest]
    answer = analyst.get(reverse("assessments:text-file", args=[source.public_id, 1]))
    assert answer.content == page
    assert answer["Content-Disposition"].startswith("attachment;")
    assert "script" not in answer["Content-Disposition"]
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]


def test_the_text_of_a_pdf_is_taken_out_to_be_marked(analyst: Client, office: Office) -> None:
    source = made_source(office)
    address = reverse("assessments:text", args=[source.public_id])
    answer = analyst.post(
        address, {"text": "", "file": SimpleUploadedFile("a.pdf", pdf(["Two officers took bribes."]))}
    )
    assert answer.status_code == 302
    assert list(source.documents.values_list("text", "origin", "file_kind")) == [
        ("Two officers took bribes.", "extracted", "pdf")
    ]
    assert "Two officers took bribes." in said(analyst.get(address))


def test_a_pdf_of_pictures_is_kept_and_its_text_pasted_beside_it(analyst: Client, office: Office) -> None:
    source = made_source(office)
    address = reverse("assessments:text", args=[source.public_id])
    analyst.post(address, {"text": "", "file": SimpleUploadedFile("a.pdf", PDF)})
    assert "a file without a text" in said(analyst.get(address))
    analyst.post(address, {"text": TEXT, "file": SimpleUploadedFile("a.pdf", PDF)})
    assert list(source.documents.order_by("number").values_list("text", "origin")) == [("", "none"), (TEXT, "pasted")]


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("a.exe", b"MZ", "Files of this kind are not accepted"),
        ("a.pdf", b"<p>", "no PDF file"),
        ("a.pdf", b"%PDF-1.7 nothing", "The PDF is damaged"),
        ("a.txt", b"x" * (25 * 1024 * 1024 + 1), "at most 25 MB"),
        ("a.txt", b"word " * 101_000, "paste the part you need"),
    ],
)
def test_a_bad_file_is_refused_beside_its_field(
    analyst: Client, office: Office, files: Path, name: str, content: bytes, why: str
) -> None:
    source = made_source(office)
    answer = analyst.post(
        reverse("assessments:text", args=[source.public_id]), {"text": "", "file": SimpleUploadedFile(name, content)}
    )
    assert answer.status_code == 422
    assert why in said(answer)
    assert not Document.objects.exists()
    assert not files.exists()


def test_nothing_at_all_and_too_much_are_refused(analyst: Client, office: Office) -> None:
    address = reverse("assessments:text", args=[made_source(office).public_id])
    assert "Paste the text, or choose a file." in said(analyst.post(address, {"text": " \n"}))
    assert "has 500,001" in said(analyst.post(address, {"text": "x" * 500_001}))
    assert not Document.objects.exists()


def test_a_full_storage_says_so_and_nothing_is_half_written(
    analyst: Client, office: Office, files: Path, settings: object
) -> None:
    settings.STORAGE_LIMIT = len(PDF) + 10
    source = made_source(office)
    address = reverse("assessments:text", args=[source.public_id])
    assert analyst.post(address, {"text": "", "file": SimpleUploadedFile("a.pdf", PDF)}).status_code == 302
    events_before = Event.objects.count()
    answer = analyst.post(address, {"text": "Kept words.", "file": SimpleUploadedFile("b.pdf", PDF + b" more")})
    assert answer.status_code == 507
    assert "There is no room for this file" in said(answer)
    assert "Kept words." in answer.content.decode()
    assert (source.documents.count(), Event.objects.count()) == (1, events_before)
    assert len([path for path in files.rglob("*") if path.is_file()]) == 1


def test_a_disk_that_is_full_is_said_in_the_same_words(files: Path) -> None:
    files.mkdir()
    with pytest.raises(storage.Full, match="There is no room"), storage.no_room_in_words():
        Path("/dev/full").write_bytes(b"x" * 100_000)
    assert list(files.iterdir()) == []


def test_a_backup_brings_texts_excerpts_and_files_back(
    analyst: Client, office: Office, files: Path, settings: object, tmp_path: Path
) -> None:
    source = made_source(office)
    address = reverse("assessments:text", args=[source.public_id])
    analyst.post(address, {"text": TEXT, "file": SimpleUploadedFile("a.pdf", PDF)})
    (excerpt,) = marked(office, source, 2)
    place(office, excerpt)
    office.fact("information_gaps", InformationGap(id="new", text="How many left?"))
    target = BytesIO()
    backups.write(target, files)
    emptied()
    settings.VAR = tmp_path / "restored"
    backups.restore(target, tmp_path / "restored" / "files")
    assert analyst.get(reverse("assessments:text-file", args=[source.public_id, 1])).content == PDF
    assert Excerpt.objects.get().placements.get().evidence_ref == Evidence.objects.get().ref
    assert office.revision.information_gaps.get().text == "How many left?"


def test_an_item_keeps_its_excerpt_as_found_in_sight(analyst: Client, office: Office) -> None:
    source = made_source(office)
    read(office, source)
    (excerpt,) = marked(office, source, 2)
    (placed,) = place(office, excerpt)
    record = Item(id=placed.ref, source="d1", excerpt="The court convicted.", edited="Our words.")
    actions.save_evidence(
        revision_id=office.revision_id, ref=placed.ref, record=record, version=1, by=office.analyst, at=office.clock()
    )
    page = said(analyst.get(reverse("assessments:evidence-item", args=[office.assessment.public_id, placed.ref])))
    assert "As found: excerpt 1 , para. 2" in page
    assert "The court convicted both." in page


# --- Marking -------------------------------------------------------------------------------------------------------


def test_ticked_sentences_become_excerpts_and_a_selection_one(analyst: Client, office: Office) -> None:
    source = made_source(office)
    read(office, source)
    address = reverse("assessments:text-mark", args=[source.public_id, 1])
    answer = analyst.post(address, {"sentence": ["0", "1", "3"]})
    first = Excerpt.objects.get(number=1)
    assert answer["Location"].endswith(f"#excerpt-{first.public_id}")
    start = TEXT.index("court")
    analyst.post(address, {"start": str(start), "end": str(start + 15)})
    analyst.post(address, {"start": str(start), "end": str(start + 15)})
    assert list(Excerpt.objects.order_by("number").values_list("text", "pinpoint")) == [
        ("Two officers took bribes. They were tried.", "para. 1"),
        ("Nobody appealed.", "para. 2"),
        ("court convicted", "para. 2"),
    ]
    shown = analyst.get(reverse("assessments:text", args=[source.public_id])).content.decode()
    assert f'<mark data-start="{start}">court convicted</mark>' in shown
    assert "3 excerpts marked, 3 of them not yet placed" in re.sub(r"<[^>]+>", "", shown)


def test_nothing_ticked_or_too_much_is_said(analyst: Client, office: Office) -> None:
    source = made_source(office)
    read(office, source, "word " * 900 + "end.")
    address = reverse("assessments:text-mark", args=[source.public_id, 1])
    assert "Choose at least one sentence" in said(analyst.post(address, {"sentence": ["99", "x"], "start": "5"}))
    assert "at most 4,000 characters; the one in para. 1 has 4,504" in said(analyst.post(address, {"sentence": "0"}))
    assert not Excerpt.objects.exists()


def test_a_mark_set_by_mistake_goes_and_evidence_does_not(analyst: Client, office: Office) -> None:
    source = made_source(office)
    read(office, source)
    first, second = marked(office, source, 0, 2)
    analyst.post(reverse("assessments:excerpt-unmark", args=[first.public_id]))
    place(office, second)
    answer = analyst.post(reverse("assessments:excerpt-unmark", args=[second.public_id]), follow=True)
    assert "Withdraw the evidence there first." in said(answer)
    assert list(Excerpt.objects.current()) == [second]


# --- From the excerpt to the record --------------------------------------------------------------------------------


def test_one_excerpt_is_evidence_of_two_countries_for_two_questions(analyst: Client, office: Office) -> None:
    other = another_country(office)
    source = made_source(office)
    read(office, source)
    (excerpt,) = marked(office, source, 2)
    office.rate("officials-prosecuted", 2)
    given = {
        "place-assessments": [str(office.assessment.public_id), str(other)],
        "place-indicators": ["officials-prosecuted", "officials-convicted-and-sentenced"],
        "place-edited": "Both were convicted.",
        "place-attribution": "an NGO",
        "place-credibility": "2",
    }
    answer = analyst.post(reverse("assessments:excerpt-place", args=[excerpt.public_id]), given, follow=True)
    assert "Evidence of 2 assessments, for 2 questions." in said(answer)
    items = Evidence.objects.order_by("revision__assessment__pk")
    assert [(item.excerpt, item.pinpoint, item.edited, item.attribution) for item in items] == [
        ("The court convicted both.", "para. 2", "Both were convicted.", "an NGO")
    ] * 2
    assert all(item.indicators == ["officials-prosecuted", "officials-convicted-and-sentenced"] for item in items)
    row = office.revision.ratings.get(indicator__slug="officials-prosecuted")
    assert list(Evidence.objects.filter(links__ref=row.link_ref).values_list("ref", flat=True)) == [items[0].ref]
    again = analyst.post(reverse("assessments:excerpt-place", args=[excerpt.public_id]), given)
    assert again.status_code == 302
    assert (Evidence.objects.count(), Placement.objects.count()) == (2, 2)


PARTS = "pof-forced-labor"


def linked(office: Office, part: str) -> list[str]:
    row = office.revision.ratings.get(indicator__slug=PARTS, part=part)
    return list(Evidence.objects.filter(links__sheet="ratings", links__ref=row.link_ref).values_list("ref", flat=True))


def test_an_excerpt_is_placed_at_a_part_of_a_question(analyst: Client, office: Office) -> None:
    source = made_source(office)
    read(office, source)
    excerpt, other = marked(office, source, 0, 2)
    for part in ("mining", "agriculture"):
        office.rate(PARTS, 1, part=part)
    page = analyst.get(reverse("assessments:excerpt", args=[excerpt.public_id])).content.decode()
    assert f'value="{PARTS}/mining"' in page
    assert f'value="{PARTS}"' not in page
    given = {"place-assessments": [str(office.assessment.public_id)], "place-indicators": [f"{PARTS}/mining"]}
    answer = analyst.post(reverse("assessments:excerpt-place", args=[excerpt.public_id]), given, follow=True)
    assert "Evidence of 1 assessment, for 1 question." in said(answer)
    assert (linked(office, "mining"), linked(office, "agriculture")) == (["e1"], [])
    assert Evidence.objects.get().indicators == [PARTS]
    place_of = reverse("assessments:attach-part", args=[office.assessment.public_id, "I12", "agriculture"])
    assert "The court convicted both." in said(analyst.get(place_of))
    assert analyst.post(place_of, {"excerpt": str(other.public_id)}).status_code == 302
    assert analyst.post(place_of, {"item": "e1"}).status_code == 302
    assert (linked(office, "mining"), sorted(linked(office, "agriculture"))) == (["e1"], ["e1", "e2"])
    bad = given | {"place-indicators": [f"{PARTS}/moon"]}
    assert analyst.post(reverse("assessments:excerpt-place", args=[excerpt.public_id]), bad).status_code == 422


def test_a_country_that_is_not_ones_own_is_refused_and_nothing_written(office: Office) -> None:
    foreign = actions.open_assessment(
        iso3=CountryFactory().iso3, report_year=2024, by=office.coordinator, at=office.clock()
    )
    source = made_source(office)
    read(office, source)
    (excerpt,) = marked(office, source, 2)
    with pytest.raises(actions.NotFound):
        place(office, excerpt, office.assessment.public_id, foreign.public_id)
    assert not Evidence.objects.exists()


def test_a_fact_is_made_of_an_excerpt_in_one_line(analyst: Client, office: Office) -> None:
    source = made_source(office)
    read(office, source)
    (excerpt,) = marked(office, source, 2)
    lead = analyst.get(
        reverse("assessments:excerpt-fact", args=[excerpt.public_id]), {"assessment": office.assessment.public_id}
    )
    address = reverse("assessments:fact-from-excerpt", args=[office.assessment.public_id, excerpt.public_id])
    assert lead["Location"] == address
    assert "The court convicted both." in said(analyst.get(address))
    line = {"stage": "conviction", "count_kind": "exact", "count_value": "2", "attribution": "an NGO"}
    answer = analyst.post(
        address, line | {"role": "police officer", "act": "accept-bribe"}, headers={"HX-Request": "true"}
    )
    assert answer.status_code == 200
    assert "two police officers" in said(answer)
    assert "evidence e1 here" in said(answer)
    assert analyst.post(address, line).status_code == 302  # a second fact rests on the same item
    assert Evidence.objects.count() == 1
    case = office.revision.cases.get()
    assert Evidence.objects.filter(links__ref=case.ref).get().excerpt == "The court convicted both."
    assert analyst.post(address, {"stage": "conviction"}).status_code in {302, 422}


def test_an_excerpt_set_aside_stays_listed_with_its_reason(analyst: Client, office: Office) -> None:
    source = made_source(office)
    read(office, source)
    first, second = marked(office, source, 0, 2)
    address = reverse("assessments:excerpt-aside", args=[first.public_id])
    assert "Give a reason" in said(analyst.post(address, {"aside-reason": " "}))
    analyst.post(address, {"aside-reason": "Hearsay.", "aside-assessments": str(office.assessment.public_id)})
    item = Evidence.objects.get()
    assert (item.set_aside, item.excerpt) == ("Hearsay.", first.text)
    assert "Not used: Hearsay." in said(
        analyst.get(reverse("assessments:evidence", args=[office.assessment.public_id]))
    )
    assert list(Excerpt.objects.waiting()) == [second]
    place(office, first)
    item.refresh_from_db()
    assert (item.set_aside, Evidence.objects.count()) == ("", 1)
    other = reverse("assessments:excerpt-aside", args=[second.public_id])
    analyst.post(other, {"aside-reason": "Not about officials."})
    assert "Not about officials." in said(analyst.get(reverse("assessments:text", args=[source.public_id])))
    analyst.post(other, {"back": "1"})
    assert list(Excerpt.objects.waiting()) == [second]


def test_evidence_that_is_withdrawn_puts_its_excerpt_back_into_the_inbox(office: Office) -> None:
    source = made_source(office)
    read(office, source)
    (excerpt,) = marked(office, source, 2)
    (placed,) = place(office, excerpt)
    assert not Excerpt.objects.waiting().exists()
    actions.withdraw_evidence(
        revision_id=office.revision_id, ref=placed.ref, reason="Entered twice.", by=office.analyst, at=office.clock()
    )
    assert list(Excerpt.objects.waiting()) == [excerpt]


# --- Another language ----------------------------------------------------------------------------------------------


def test_an_excerpt_keeps_original_translation_and_translator(analyst: Client, office: Office) -> None:
    source = made_source(office, language="Spanish")
    read(office, source, "El tribunal condenó a dos policías.")
    (excerpt,) = marked(office, source, 0)
    assert "needs a translation" in said(analyst.get(reverse("assessments:text", args=[source.public_id])))
    address = reverse("assessments:excerpt", args=[excerpt.public_id])
    given = {
        "translation-language": "Spanish",
        "translation-translation": "The court convicted two.",
        "translation-version": "1",
    }
    assert "Say who translated it" in said(analyst.post(address, given))
    assert analyst.post(address, given | {"translation-translator": "embassy translator"}).status_code == 302
    late = analyst.post(address, given | {"translation-translator": "a machine"})
    assert late.status_code == 409
    assert "embassy translator" in said(late)
    place(office, excerpt)
    item = Evidence.objects.get()
    assert (item.excerpt, item.translation) == ("El tribunal condenó a dos policías.", "The court convicted two.")
    assert (item.original_language, item.translator) == ("Spanish", "embassy translator")


def waiting_excerpt(office: Office) -> Excerpt:
    source = made_source(office, language="Spanish")
    read(office, source, "El tribunal condenó a dos policías.")
    (excerpt,) = marked(office, source, 0)
    return excerpt


TRANSLATED = {
    "translation-language": "Spanish",
    "translation-translation": "The court convicted two.",
    "translation-translator": "embassy translator",
    "translation-version": "1",
}


def test_a_translation_typed_before_another_button_is_pressed_is_kept(analyst: Client, office: Office) -> None:
    excerpt = waiting_excerpt(office)
    chosen = {"place-assessments": [str(office.assessment.public_id)], "place-credibility": "3"}
    answer = analyst.post(reverse("assessments:excerpt-place", args=[excerpt.public_id]), TRANSLATED | chosen)
    assert answer.status_code == 302
    item = Evidence.objects.get()
    assert (item.translation, item.translator) == ("The court convicted two.", "embassy translator")
    # It is there already: the same again is no change, and so no conflict.
    aside = {"aside-reason": "Hearsay."} | TRANSLATED
    assert analyst.post(reverse("assessments:excerpt-aside", args=[excerpt.public_id]), aside).status_code == 302
    to_fact = {"then": "fact", "assessment": str(office.assessment.public_id)}
    excerpt.refresh_from_db()
    other = {"translation-translation": "A court convicted two.", "translation-version": excerpt.version}
    given = TRANSLATED | other | to_fact
    led = analyst.post(reverse("assessments:excerpt", args=[excerpt.public_id]), given)
    assert led["Location"].endswith(f"?assessment={office.assessment.public_id}")
    excerpt.refresh_from_db()
    assert excerpt.translation == "A court convicted two."


def test_a_refused_button_keeps_what_was_typed_into_every_form(analyst: Client, office: Office) -> None:
    excerpt = waiting_excerpt(office)
    place_of = reverse("assessments:excerpt-place", args=[excerpt.public_id])
    # Nobody translated it: the place is refused as well, and its words stay.
    own = {"place-edited": "Two were convicted.", "place-credibility": "3"}
    answer = analyst.post(place_of, TRANSLATED | own | {"translation-translator": ""})
    assert answer.status_code == 422
    shown = answer.content.decode()
    assert "Say who translated it" in said(answer)
    assert "The court convicted two." in shown
    assert "Two were convicted." in shown
    assert not Evidence.objects.exists()
    # No assessment is chosen: the translation is saved all the same, and the form that comes back is not stale.
    answer = analyst.post(place_of, TRANSLATED | own)
    assert answer.status_code == 422
    assert 'name="translation-version" value="2"' in answer.content.decode()
    excerpt.refresh_from_db()
    assert excerpt.translation == "The court convicted two."


def test_saving_a_translation_keeps_what_was_typed_beside_it(analyst: Client, office: Office) -> None:
    excerpt = waiting_excerpt(office)
    own = {"place-edited": "Two were convicted.", "place-credibility": "3", "aside-reason": "Hearsay, perhaps."}
    answer = analyst.post(reverse("assessments:excerpt", args=[excerpt.public_id]), TRANSLATED | own)
    shown = answer.content.decode()
    assert answer.status_code == 200
    assert "Two were convicted." in shown
    assert "Hearsay, perhaps." in shown
    assert 'name="translation-version" value="2"' in shown
    assert not Evidence.objects.exists()


def test_a_reason_typed_and_not_used_stays_on_the_page_whichever_button_is_pressed(
    analyst: Client, office: Office
) -> None:
    excerpt = waiting_excerpt(office)
    at = {name: reverse(f"assessments:{name}", args=[excerpt.public_id]) for name in ("excerpt", "excerpt-place")}
    reason = {"aside-reason": "Hearsay, perhaps.", "place-credibility": "6"}
    chosen = {"place-assessments": str(office.assessment.public_id)}
    # Attaching is refused: nobody translated it, and no country is chosen.
    for refused in (TRANSLATED | reason | {"translation-translator": ""}, reason):
        answer = analyst.post(at["excerpt-place"], refused)
        assert answer.status_code == 422
        assert "Hearsay, perhaps." in answer.content.decode()
    # The way to a fact would leave the page, and unmarking would take the excerpt away.
    to_fact = {"then": "fact", "assessment": str(office.assessment.public_id)}
    unmark = reverse("assessments:excerpt-unmark", args=[excerpt.public_id])
    for answer in (analyst.post(at["excerpt"], to_fact | reason | chosen), analyst.post(unmark, reason | chosen)):
        assert answer.status_code == 200
        assert "What you typed under “Set aside” is kept below; it is not on record." in said(answer)
        assert "Hearsay, perhaps." in answer.content.decode()
    # Attached: the reason is still there, and not on record.
    answer = analyst.post(at["excerpt-place"], TRANSLATED | reason | chosen)
    assert answer.status_code == 200
    assert "Evidence of 1 assessment. What you typed under “Set aside” is kept below" in said(answer)
    assert "Hearsay, perhaps.</textarea>" in answer.content.decode()
    assert (Evidence.objects.get().set_aside, Excerpt.objects.get().set_aside) == ("", "")


def test_words_typed_beside_a_reason_stay_on_the_page(analyst: Client, office: Office) -> None:
    excerpt = waiting_excerpt(office)
    aside = reverse("assessments:excerpt-aside", args=[excerpt.public_id])
    own = {"place-edited": "Two were convicted.", "place-credibility": "3"}
    answer = analyst.post(aside, own | {"aside-reason": " "})
    assert answer.status_code == 422
    assert "Two were convicted." in answer.content.decode()
    answer = analyst.post(aside, own | {"aside-reason": "Hearsay."})
    assert "What you typed under “Attach as evidence” is kept below; it is not on record." in said(answer)
    assert "Two were convicted." in answer.content.decode()
    assert Excerpt.objects.get().set_aside == "Hearsay."
    answer = analyst.post(aside, own | {"back": "1"})
    assert "Two were convicted." in answer.content.decode()
    assert not Evidence.objects.exists()


# --- The inbox -----------------------------------------------------------------------------------------------------


def test_the_inbox_counts_what_waits_in_ones_own_sources(analyst: Client, office: Office, client: Client) -> None:
    source = made_source(office)
    read(office, source)
    first, second = marked(office, source, 0, 2)
    place(office, first)
    shown = said(analyst.get(reverse("assessments:inbox")))
    assert "1 excerpt of 1 source of your countries waits" in shown
    assert "Register of courts" in shown
    place(office, second)
    assert "Every excerpt marked in the sources of your countries is evidence" in said(
        analyst.get(reverse("assessments:inbox"))
    )
    client.force_login(office.other_analyst)
    assert "Register of courts" not in said(client.get(reverse("assessments:inbox")))


@pytest.mark.parametrize("name", ["inbox", "text"])
def test_a_page_takes_as_many_queries_for_much_as_for_little(
    analyst: Client, office: Office, name: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    source = made_source(office, protection=Protection.RESTRICTED)
    read(office, source, TEXT)
    marked(office, source, 0)
    address = reverse(f"assessments:{name}", args=[source.public_id] if name == "text" else [])
    analyst.get(address)  # the look at a protected source is on record now
    with django_assert_max_num_queries(40) as little:
        analyst.get(address)
    count = len(little)
    for _ in range(3):
        more = made_source(office, title=f"Register {_}")
        read(office, more)
        place(office, marked(office, more, 0, 2)[0])
    marked(office, source, 1, 2, 3)
    place(office, marked(office, source, 1)[0])
    place(office, marked(office, source, 2, 3)[0])
    with django_assert_max_num_queries(count + (1 if name == "text" else 0)):
        analyst.get(address)


# --- Protection ----------------------------------------------------------------------------------------------------


def canaries(office: Office, protection: Protection) -> tuple[Source, Excerpt]:
    source = made_source(office, title=f"{CANARY} register", protection=protection, language="Spanish")
    upload = actions.Upload(f"{CANARY}.pdf", next(kind for kind in _kinds() if kind.ending == "pdf"), PDF)
    actions.add_document(
        source_id=source.public_id,
        text=f"{CANARY} took bribes.",
        origin=TextOrigin.PASTED,
        upload=upload,
        by=office.analyst,
        at=office.clock(),
    )
    (excerpt,) = marked(office, source, 0)
    actions.translate_excerpt(
        excerpt_id=excerpt.public_id,
        language="Spanish",
        translation=f"{CANARY} in English.",
        translator=CANARY,
        pinpoint="p. 1",
        version=1,
        by=office.analyst,
        at=office.clock(),
    )
    actions.set_aside_excerpt(
        excerpt_id=excerpt.public_id, reason=f"{CANARY} is no witness.", by=office.analyst, at=office.clock()
    )
    return source, excerpt


def _kinds() -> tuple[object, ...]:
    from assessments.extraction import KINDS

    return KINDS


def test_every_protected_field_of_texts_is_covered_by_the_canaries(office: Office) -> None:
    source, excerpt = canaries(office, Protection.CONFIDENTIAL)
    rows = {kind.__name__: row for kind, row in zip(PROTECTED_TEXTS, (source.documents.get(), excerpt), strict=True)}
    excerpt.refresh_from_db()
    for kind, names in PROTECTED_TEXTS.items():
        assert names == type(rows[kind.__name__]).PROTECTED
        assert all(CANARY in getattr(rows[kind.__name__], name) for name in names)
        assert policies.PROTECTED_FIELDS[kind] == names


@pytest.mark.parametrize("protection", [Protection.RESTRICTED, Protection.CONFIDENTIAL])
def test_no_page_shows_a_protected_text_to_who_may_not_know_its_source(
    office: Office, client: Client, protection: Protection
) -> None:
    source, excerpt = canaries(office, protection)
    outsiders = [office.other_analyst, office.coordinator, office.reader, office.exporter]
    if protection is Protection.CONFIDENTIAL:
        outsiders.append(office.reviewer)
    pages = [
        reverse("assessments:text", args=[source.public_id]),
        reverse("assessments:text-version", args=[source.public_id, 1]),
        reverse("assessments:text-file", args=[source.public_id, 1]),
        reverse("assessments:excerpt", args=[excerpt.public_id]),
        reverse("assessments:inbox"),
        reverse("assessments:evidence", args=[office.assessment.public_id]),
        reverse("assessments:log", args=[office.assessment.public_id]),
        reverse("assessments:fact-from-excerpt", args=[office.assessment.public_id, excerpt.public_id]),
    ]
    for person in outsiders:
        client.force_login(person)
        for address in pages:
            answer = client.get(address, follow=True)
            assert CANARY not in answer.content.decode(), (person, address)
            assert CANARY not in str(answer.headers), (person, address)
        for name in ("excerpt-place", "excerpt-aside", "excerpt-unmark"):
            assert client.post(reverse(f"assessments:{name}", args=[excerpt.public_id])).status_code == 404


def test_no_protected_word_of_a_text_stands_openly_in_the_log(office: Office) -> None:
    source, _ = canaries(office, Protection.OPEN)
    values = StoredValue.objects.filter(protection=Protection.OPEN.value).exclude(field="source.title")
    told = [
        "\n".join(events.sentence(event) for event in Event.objects.select_related("by")),
        "\n".join(values.values_list("value", flat=True)),
    ]
    assert all(CANARY not in text for text in told)
    assert events.verify(Subject.SOURCE, source.public_id) is None


def test_a_look_at_a_protected_text_is_on_record(analyst: Client, office: Office) -> None:
    source, _ = canaries(office, Protection.RESTRICTED)
    assert not Event.objects.filter(action="view_source").exists()
    analyst.get(reverse("assessments:text-file", args=[source.public_id, 1]))
    assert Event.objects.filter(action="view_source", subject_id=source.public_id, by=office.analyst).count() == 1


def test_a_coordinator_reads_an_open_text_and_changes_nothing(office: Office, client: Client) -> None:
    source = made_source(office)
    read(office, source)
    client.force_login(office.coordinator)
    assert client.get(reverse("assessments:text", args=[source.public_id])).status_code == 200
    assert client.post(reverse("assessments:text", args=[source.public_id]), {"text": "x"}).status_code == 403


def test_who_lost_the_role_marks_nothing(office: Office) -> None:
    source = made_source(office)
    read(office, source)
    reader: User = user(Role.READER)
    with pytest.raises((policies.NotAllowed, actions.NotFound)):
        actions.mark_excerpts(source_id=source.public_id, number=1, sentences=[0], by=reader, at=office.clock())
