"""The report as its exporter meets it: what is ready, changed and missing; a file built, watched, stopped, fetched."""

import hashlib
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django.fixtures import DjangoAssertNumQueries

from assessments import actions, jobs, storage
from assessments.core.document import Audience
from assessments.core.sheets import Evidence
from assessments.core.values import Credibility, Protection
from assessments.models import GivenOut, Job
from assessments.views import reporting
from tests.assessments.office import Office
from tests.assessments.reports import another, approved, ask, three, worked
from tests.assessments.test_views_review import signed_in, text_of

REPORT = reverse("assessments:report")
BUILD = reverse("assessments:build-report")
ORDER = {"year": "2024", "form": "txt", "audience": "public", "shape": "one"}


@pytest.fixture(autouse=True)
def place(settings: Any, tmp_path: Path) -> Path:
    """Keep the files of these tests apart."""
    settings.VAR = tmp_path
    return tmp_path


def page_of(job: Job) -> str:
    return reverse("assessments:job", args=[job.public_id])


def test_the_report_stands_in_printing_order_with_what_is_missing(office: Office) -> None:
    three(office)
    shown = text_of(signed_in(office.exporter).get(REPORT).content)
    assert "two countries ready, 0 changed since exported, 1 missing" in shown
    assert shown.index("Examplia 2024 approved") < shown.index("Freedonia 2024 approved")
    assert "Ruritania 2024 missing: in progress" in shown
    words = [entry.snapshot.words for entry in reporting.report(office.exporter, [2024]) if entry.snapshot]
    assert len(words) == 2
    assert f"{sum(words)} words" in shown
    assert all(words)


def test_a_text_that_changed_since_it_left_is_marked_and_its_last_file_shown(office: Office) -> None:
    approved(office)
    job = worked(office, ask(office))
    shown = text_of(signed_in(office.exporter).get(REPORT).content)
    assert "txt, public," in shown
    assert job.file_digest[:12] in shown
    assert "changed since exported" not in shown.replace("0 changed since exported", "")
    actions.release(snapshot_id=office.revision.snapshots.get().public_id, by=office.coordinator, at=office.clock())
    actions.correct(revision_id=office.revision_id, reason="Another number.", by=office.coordinator, at=office.clock())
    assert "a new text is in progress" in text_of(signed_in(office.exporter).get(REPORT).content)
    office.submit()
    office.approve()
    shown = text_of(signed_in(office.exporter).get(REPORT).content)
    assert "approved, changed since exported" in shown
    assert "1 changed since exported" in shown


def test_the_page_takes_as_many_queries_for_many_as_for_few(
    office: Office, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    approved(office)
    worked(office, ask(office))
    client = signed_in(office.exporter)
    client.get(REPORT)
    with django_assert_max_num_queries(40) as few:
        client.get(REPORT)
    for number in range(4):
        approved(another(office, f"Land {number}"))
    worked(office, ask(office))
    with django_assert_max_num_queries(len(few)):
        client.get(REPORT)


def test_a_file_is_asked_for_watched_and_fetched(office: Office) -> None:
    three(office)
    client = signed_in(office.exporter)
    answer = client.post(BUILD, ORDER)
    job = Job.objects.get()
    assert answer.status_code == 302
    assert answer["Location"] == page_of(job)
    shown = client.get(page_of(job))
    assert 'hx-trigger="every 2s"' in shown.content.decode()
    assert "0 of 2 countries written" in text_of(shown.content)
    assert "Ruritania 2024: in progress" in text_of(shown.content)
    swap = client.get(page_of(job), headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in swap
    assert 'id="job-state"' in swap
    jobs.work_on(job.public_id, clock=timezone.now)
    done = client.get(page_of(job), headers={"HX-Request": "true"}).content.decode()
    assert "hx-get" not in done
    assert "Download" in done
    file = client.get(reverse("assessments:job-file", args=[job.public_id]))
    data = b"".join(file.streaming_content)
    job.refresh_from_db()
    assert hashlib.sha256(data).hexdigest() == job.file_digest == file["X-Content-SHA256"]
    assert file["Content-Disposition"] == f'attachment; filename="{job.file_name}"'
    assert job.file_name.startswith("official-complicity-2024-")
    assert b"Examplia, report year 2024" in data


def test_a_file_is_stopped_and_tried_again(office: Office) -> None:
    approved(office)
    client = signed_in(office.exporter)
    client.post(BUILD, ORDER)
    job = Job.objects.get()
    client.post(reverse("assessments:cancel-job", args=[job.public_id]))
    assert "Cancelled" in text_of(client.get(page_of(job)).content)
    client.post(reverse("assessments:retry-job", args=[job.public_id]))
    assert "Waits for its turn" in text_of(client.get(page_of(job)).content)
    assert worked(office, job).state == "done"


def test_a_failure_is_shown_with_its_reason(office: Office, place: Path) -> None:
    approved(office)
    (place / "made").write_text("in the way")
    job = worked(office, ask(office))
    shown = text_of(signed_in(office.exporter).get(page_of(job)).content)
    assert jobs.FULL in shown
    assert "Try again" in shown


def test_what_can_not_be_made_is_refused_beside_the_field(office: Office) -> None:
    approved(office)
    client = signed_in(office.exporter)
    for wrong, said in (
        (ORDER | {"form": "json"}, "take the zip"),
        (ORDER | {"form": "exe"}, "Select a valid choice"),
        (ORDER | {"year": "1999"}, "Select a valid choice"),
        (ORDER | {"audience": "all"}, "Select a valid choice"),
    ):
        answer = client.post(BUILD, wrong)
        assert answer.status_code == 422
        assert said in text_of(answer.content)
    assert not Job.objects.exists()


def test_a_reader_is_offered_the_public_file_alone(office: Office) -> None:
    approved(office)
    office.release()
    client = signed_in(office.reader)
    html = client.get(REPORT).content.decode()
    assert 'value="public"' in html
    assert 'value="internal"' not in html
    assert client.post(BUILD, ORDER | {"audience": "internal"}).status_code == 422
    assert client.post(BUILD, ORDER).status_code == 302


def test_an_old_file_says_so_and_is_built_again(office: Office) -> None:
    approved(office)
    job = worked(office, ask(office))
    storage.remove("made", job.file_digest)
    client = signed_in(office.exporter)
    assert "not kept any more" in text_of(client.get(page_of(job)).content)
    answer = client.get(reverse("assessments:job-file", args=[job.public_id]), follow=True)
    assert "Have it built again" in text_of(answer.content)


# --- Single texts ------------------------------------------------------------------------------------------------


def test_what_leaves_is_on_record_with_its_hash(office: Office) -> None:
    approved(office)
    snapshot = office.revision.snapshots.get()
    address = reverse("assessments:download", args=[snapshot.public_id, "md"])
    data = signed_in(office.exporter).get(address).content
    row = GivenOut.objects.get()
    assert (row.snapshot, row.format, row.audience, row.by) == (snapshot, "md", "public", office.exporter)
    assert row.file_digest == hashlib.sha256(data).hexdigest()
    office.release()
    signed_in(office.reader).get(address)
    assert GivenOut.objects.count() == 1  # what readers read is not what the office gave out


def _with_a_witness(office: Office) -> Any:
    """Let the figure rest on a confidential source, an open one and one that was set aside; approve."""
    hidden = office.source(
        title="SECRET NAME", protection=Protection.CONFIDENTIAL, attributions=("an NGO",), url="https://example.org/x"
    )
    open_ = office.source(title="Court register")
    items = (
        office.evidence(hidden, excerpt="SECRET EXCERPT", attribution="an NGO"),
        office.evidence(open_, excerpt="As found in the register.", pinpoint="p. 4"),
    )
    actions.save_evidence(
        revision_id=office.revision_id,
        ref=None,
        record=Evidence(id="new", source=open_, credibility=Credibility.PROBABLE, set_aside="It is of another year."),
        by=office.analyst,
        at=office.clock(),
    )
    office.statistic(3, evidence=items)
    office.answer_all()
    office.rate("officials-prosecuted", 2, evidence=items, reason="Seen now.", version=1)
    office.submit()
    return office.approve()


def test_one_page_says_what_stands_behind_a_sentence(office: Office) -> None:
    _with_a_witness(office)
    snapshot = office.revision.snapshots.get()
    sentence = next(row for row in office.revision.sentences.in_order() if "convict" in row.shown)
    address = reverse("assessments:annex-sentence", args=[snapshot.public_id, sentence.public_id])
    assert (
        address
        in signed_in(office.analyst).get(reverse("assessments:snapshot", args=[snapshot.public_id])).content.decode()
    )
    shown = text_of(signed_in(office.reviewer).get(address).content)
    assert sentence.shown in shown
    assert "Court register, p. 4" in shown
    assert "As found in the register." in shown
    assert "Looked at, not used" in shown
    assert "It is of another year." in shown
    assert "Review by Rita Reviewer" in shown
    for who in ("analyst", "reviewer", "coordinator", "exporter"):
        told = signed_in(getattr(office, who)).get(address).content.decode()
        assert "SECRET" not in told
    assert "As found" not in text_of(signed_in(office.exporter).get(address).content)  # reads no facts
    assert "As found" not in text_of(signed_in(office.reviewer).get(f"{address}?audience=clearance").content)


def test_the_annex_is_taken_away_whole_or_for_one_sentence(office: Office) -> None:
    _with_a_witness(office)
    snapshot = office.revision.snapshots.get()
    sentences = [row for row in office.revision.sentences.in_order() if row.shown]
    client = signed_in(office.reviewer)
    address = reverse("assessments:annex-file", args=[snapshot.public_id, "txt"])
    whole = client.get(address)
    one = client.get(f"{address}?sentence={sentences[0].public_id}")
    assert whole["Content-Disposition"].endswith("-internal-annex-" + snapshot.open_digest[:12] + '.txt"')
    for row in sentences:
        assert row.shown in whole.content.decode()
        assert (row.shown in one.content.decode()) == (row == sentences[0])
    for wrong in (f"{address}?sentence=unknown", f"{address}?audience=public", f"{address}?audience=x"):
        assert client.get(wrong).status_code == 404
    assert client.get(reverse("assessments:annex-file", args=[snapshot.public_id, "csv"])).status_code == 404


def test_what_is_withheld_is_listed_to_those_who_may_know_and_to_nobody_else(office: Office) -> None:
    _with_a_witness(office)
    office.release()
    snapshot = office.revision.snapshots.get()
    address = reverse("assessments:snapshot", args=[snapshot.public_id])
    for who, knows in (("analyst", True), ("exporter", True), ("reader", False), ("other_analyst", False)):
        shown = text_of(signed_in(getattr(office, who)).get(address).content)
        assert ("confidential source; it stands as “an NGO”" in shown) == knows, who
        assert "SECRET" not in shown


def test_an_attribution_that_gives_a_source_away_in_a_small_country_is_warned_of(office: Office) -> None:
    small = another(office, "Palau", iso3="PLW")
    _with_a_witness(small)
    shown = text_of(
        signed_in(office.exporter)
        .get(reverse("assessments:snapshot", args=[small.revision.snapshots.get().public_id]))
        .content
    )
    assert "“an NGO” (source d1) may identify one in Palau" in shown


def test_no_client_is_told_of_a_file_that_is_not_theirs(office: Office) -> None:
    approved(office)
    job = worked(office, ask(office, audience=Audience.INTERNAL))
    for person in (office.coordinator, office.reader, office.analyst):
        client: Client = signed_in(person)
        assert client.get(page_of(job)).status_code == 404
        assert client.get(reverse("assessments:job-file", args=[job.public_id])).status_code == 404
