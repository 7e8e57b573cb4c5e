"""Who may open which page: everybody else learns nothing, not even that it exists."""

import io
import zipfile

import docx as python_docx
import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook
from pypdf import PdfReader

from assessments.core.values import Protection
from assessments.exporters.registry import FORMATS
from assessments.models import Source, StatisticRecord
from tests.assessments.office import Office

INSIDE = [
    ("assessment", ()),
    ("decision", ()),
    ("evidence", ()),
    ("evidence-new", ()),
    ("source-new", ()),
    ("facts", ()),
    ("fact-new", ("cases",)),
    ("group", ("g1",)),
    ("question", ("I02",)),
    ("determinations", ()),
    ("checks", ()),
    ("log", ()),
    ("log-file", ()),
    ("draft", ()),
    ("review", ()),
]
WRITES = [
    ("quick", ()),
    ("fact-new", ("statistics",)),
    ("question", ("I02",)),
    ("decision", ()),
    ("propose", ()),
    ("add-sentence", ()),
    ("submit", ()),
    ("request-changes", ()),
    ("reopen", ()),
    ("comment", ()),
    ("working-copy", ()),
    ("source-new", ()),
    ("evidence-new", ()),
]
STRANGERS = ["other_analyst", "other_reviewer", "exporter", "reader", "editor", "account_admin"]


def signed_in(office: Office, who: str) -> Client:
    client = Client()
    client.force_login(getattr(office, who))
    return client


@pytest.mark.parametrize("who", STRANGERS)
def test_the_working_content_is_closed_to_everybody_else(office: Office, who: str) -> None:
    client = signed_in(office, who)
    for name, args in INSIDE:
        answer = client.get(reverse(f"assessments:{name}", args=[office.assessment.public_id, *args]))
        assert (name, answer.status_code) == (name, 404)
    for name, args in WRITES:
        answer = client.post(reverse(f"assessments:{name}", args=[office.assessment.public_id, *args]))
        assert (name, answer.status_code) == (name, 404)


@pytest.mark.parametrize("who", ["analyst", "reviewer", "coordinator"])
def test_its_people_open_every_page(office: Office, who: str) -> None:
    office.statistic(3, evidence=(office.evidence(),))
    client = signed_in(office, who)
    for name, args in INSIDE:
        answer = client.get(reverse(f"assessments:{name}", args=[office.assessment.public_id, *args]))
        assert (name, answer.status_code) in {(name, 200), ("assessment", 302)}


def test_nobody_signed_out_opens_anything(client: Client, office: Office) -> None:
    for name, args in INSIDE:
        answer = client.get(reverse(f"assessments:{name}", args=[office.assessment.public_id, *args]))
        assert answer.status_code == 302
        assert answer.url.startswith("/sign-in/")
    for name in ("home", "list", "report", "sources", "open-period", "open-assessment"):
        assert client.get(reverse(f"assessments:{name}")).status_code == 302


@pytest.mark.parametrize("who", ["reviewer", "coordinator"])
def test_who_reads_may_not_write(office: Office, who: str) -> None:
    typed = {
        "stage": "conviction",
        "count_kind": "exact",
        "count_value": "1",
        "source_title": "T",
        "source_class": "SC-C",
    }
    answer = signed_in(office, who).post(reverse("assessments:quick", args=[office.assessment.public_id]), typed)
    assert answer.status_code == 403
    assert "Only an analyst assigned to" in answer.content.decode()
    assert not StatisticRecord.objects.exists()


@pytest.mark.parametrize("who", ["analyst", "reviewer", "exporter", "reader", "editor", "account_admin"])
def test_only_a_coordinator_opens_periods_and_assigns(office: Office, who: str) -> None:
    client = signed_in(office, who)
    for name in ("open-period", "open-assessment"):
        assert client.get(reverse(f"assessments:{name}")).status_code == 403
    assert client.get(reverse("assessments:people", args=[office.assessment.public_id])).status_code == 403


def test_a_confidential_source_is_a_class_and_an_attribution_to_others(office: Office) -> None:
    ref = office.source(title="Testimony of a clerk", protection=Protection.CONFIDENTIAL, attributions=("court staff",))
    item = office.evidence(
        ref, excerpt="Named persons did this.", edited="Bribes were paid.", attribution="court staff"
    )
    office.statistic(3, evidence=(item,))
    client = signed_in(office, "reviewer")
    pages = [
        ("evidence", ()),
        ("evidence-item", (item,)),
        ("source", (ref,)),
        ("facts", ()),
        ("fact", ("statistics", "s1")),
        ("question", ("I02",)),
        ("draft", ()),
        ("review", ()),
        ("log", ()),
    ]
    sentence = office.revision.sentences.get()
    for name, args in pages:
        where = reverse(f"assessments:{name}", args=[office.assessment.public_id, *args])
        html = client.get(where, {"sentence": str(sentence.public_id)}).content.decode()
        assert "Testimony of a clerk" not in html
        assert "Named persons" not in html
    shown = client.get(reverse("assessments:evidence", args=[office.assessment.public_id])).content.decode()
    assert "court staff" in shown
    assert "Testimony" not in client.get(reverse("assessments:sources"), {"q": "Testimony"}).content.decode().replace(
        'value="Testimony"', ""
    )
    source = Source.objects.get()
    assert client.get(reverse("assessments:library-source", args=[source.public_id])).status_code == 404
    mine = signed_in(office, "analyst")
    assert mine.get(reverse("assessments:library-source", args=[source.public_id])).status_code == 200


def test_a_reader_sees_nothing_before_release(office: Office) -> None:
    office.statistic(3, evidence=(office.evidence(),))
    office.answer_all()
    office.submit()
    office.approve()
    snapshot = office.revision.snapshots.get()
    reader = signed_in(office, "reader")
    where = reverse("assessments:snapshot", args=[snapshot.public_id])
    file = reverse("assessments:download", args=[snapshot.public_id, "txt"])
    assert [reader.get(where).status_code, reader.get(file).status_code] == [404, 404]
    assert "Examplia" not in reader.get(reverse("assessments:home")).content.decode()
    office.release()
    assert [reader.get(where).status_code, reader.get(file).status_code] == [200, 200]
    assert "Examplia" in reader.get(reverse("assessments:home")).content.decode()


def test_an_exporter_downloads_what_was_approved_in_every_format(office: Office) -> None:
    office.statistic(3, evidence=(office.evidence(),))
    office.answer_all()
    office.submit()
    office.approve()
    snapshot = office.revision.snapshots.get()
    exporter = signed_in(office, "exporter")
    for slug, chosen in FORMATS.items():
        answer = exporter.get(reverse("assessments:download", args=[snapshot.public_id, slug]))
        assert answer.status_code == 200
        assert answer["Content-Type"] == chosen.media_type
        assert answer["Content-Disposition"].endswith(f'{snapshot.open_digest[:12]}.{chosen.suffix}"')
        assert "convict" in read_again(slug, answer.content), slug
    assert exporter.get(reverse("assessments:download", args=[snapshot.public_id, "exe"])).status_code == 404


def read_again(slug: str, data: bytes) -> str:
    """Open a file as a program would, and return the text in it."""
    if slug == "pdf":
        return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages)
    if slug == "docx":
        return "\n".join(paragraph.text for paragraph in python_docx.Document(io.BytesIO(data)).paragraphs)
    if slug == "xlsx":
        book = load_workbook(io.BytesIO(data))
        return "\n".join(str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row)
    if slug == "csv":
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return "\n".join(archive.read(name).decode() for name in archive.namelist())
    return data.decode()


def test_a_file_for_the_office_is_not_for_readers(office: Office) -> None:
    office.statistic(3, evidence=(office.evidence(),))
    office.answer_all()
    office.submit()
    office.approve()
    office.release()
    file = reverse("assessments:download", args=[office.revision.snapshots.get().public_id, "txt"])
    reader, exporter = signed_in(office, "reader"), signed_in(office, "exporter")
    for audience, for_readers in (("public", 200), ("clearance", 403), ("internal", 403), ("all", 404)):
        assert reader.get(file, {"audience": audience}).status_code == for_readers, audience
    public, clearance, internal = (
        exporter.get(file, {"audience": name}) for name in ("public", "clearance", "internal")
    )
    assert office.reviewer.name not in public.content.decode()
    assert office.reviewer.name in clearance.content.decode()
    assert office.reviewer.name in internal.content.decode()
    assert "-internal-" in internal["Content-Disposition"]
