"""An override is a coordinator's word where nobody else read: it outlives later approvals and is in every export."""

import io
import zipfile
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from accounts.models import User
from assessments import actions, content, covering, snapshots, verification
from assessments.core.document import Audience
from assessments.core.values import Section
from assessments.enums import Part
from assessments.exporters import json as json_file
from assessments.exporters.document import document_of, overrides
from assessments.exporters.docx_house import starter
from assessments.exporters.registry import ANNEXES, FORMATS, Content
from assessments.models import ApprovedItem, DraftSentence, Snapshot
from tests.assessments.office import Office

WHY = "The reviewer left."
IN_PUBLIC = "approved by override of the rule"
IN_OFFICE = "approved by override of Cora Coordinator, because: The reviewer left."
HANDWRITTEN = "Observers saw no change."


@pytest.fixture
def overridden(office: Office) -> Office:
    """A text approved by override alone, reopened for changes."""
    office.assign(office.other_reviewer, Part.REVIEWER)
    office.statistic(3, evidence=(office.evidence(),))
    actions.add_sentence(
        revision_id=office.revision_id,
        section=Section.PROSECUTION,
        text=HANDWRITTEN,
        judgement=True,
        by=office.analyst,
        at=office.clock(),
    )
    office.answer_all()
    office.submit()
    override(office)
    actions.reopen(revision_id=office.revision_id, reason="One word", by=office.coordinator, at=office.clock())
    return office


def override(office: Office) -> None:
    actions.override_approval(
        step_id=office.step_id(),
        reason=WHY,
        content_hash=office.revision.content_hash,
        by=office.coordinator,
        at=office.clock(),
    )


def row(office: Office, start: str) -> DraftSentence:
    return next(item for item in office.revision.sentences.in_order() if start in item.shown)


def edit(office: Office, start: str, new: str) -> None:
    found = row(office, start)
    actions.edit_sentence(
        sentence_id=found.public_id, text=new, version=found.version, by=office.analyst, at=office.clock()
    )


def waiting(office: Office) -> covering.Pending:
    step = office.revision.steps.get()
    step.revision = office.revision
    return covering.pending(step, actions.items_now(office.revision), office.revision.content_hash)


def read_what_changed(office: Office, by: User) -> Snapshot:
    found = waiting(office)
    read = {item.ref: item.digest for item in (*found.to_read, *found.mechanical)}
    assert read
    actions.approve_items(step_id=office.step_id(), read=read, by=by, at=office.clock())
    return newest(office)


def newest(office: Office) -> Snapshot:
    return office.revision.snapshots.order_by("-pk")[0]


def unpacked(data: bytes) -> str:
    """Return all the words in a file, without marks."""
    if data.startswith(b"%PDF"):
        return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages).split())
    parts = [data]
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = [archive.read(name) for name in archive.namelist()]
    told = " ".join(part.decode(errors="replace") for part in parts)
    return " ".join(told.replace("&quot;", '"').split())


def contents(office: Office, values: Any) -> Iterator[Content]:
    framework = content.framework_of(office.revision)
    for audience in Audience:
        yield Content(values, framework, audience)


def test_every_file_for_every_audience_flags_an_override(office: Office) -> None:
    office.statistic(3, evidence=(office.evidence(),))
    office.answer_all()
    office.submit()
    override(office)
    values = snapshots.opened(newest(office))
    for made in contents(office, values):
        is_public = made.audience is Audience.PUBLIC
        for slug, chosen in FORMATS.items():
            told = unpacked(chosen.write(made))
            if slug in ("csv", "xlsx"):
                assert "approved by override" in told, (slug, made.audience)
            elif slug == "json" and not is_public:
                assert f'"override":"{WHY}"' in told
            else:
                assert (IN_PUBLIC if is_public else IN_OFFICE) in told, (slug, made.audience)
            assert not is_public or "Cora" not in told, slug
        for slug, write in ANNEXES.items():
            assert "approved by override" in unpacked(write(made.annex)), (slug, made.audience)
        house = Content(values, made.framework, made.audience, template=starter())
        assert "approved by override" in unpacked(FORMATS["docx"].write(house))


def test_an_approved_text_without_override_says_nothing_of_one(office: Office) -> None:
    office.statistic(3, evidence=(office.evidence(),))
    office.answer_all()
    office.submit()
    office.approve()
    for made in contents(office, snapshots.opened(newest(office))):
        for slug, chosen in FORMATS.items():
            # The descriptor of the data says what the word means; no row has it.
            told = unpacked(chosen.write(made)).replace("approved by override, where a coordinator", "")
            assert "approved by override" not in told, (slug, made.audience)


def test_ways_of_copying_flag_it_too(office: Office) -> None:
    office.statistic(3, evidence=(office.evidence(),))
    office.answer_all()
    office.submit()
    working = actions.make_working_snapshot(revision_id=office.revision_id, by=office.analyst, at=office.clock())
    override(office)
    snapshot, client = newest(office), Client()
    client.force_login(office.coordinator)
    for name in ("copy", "word", "snapshot"):
        page = client.get(reverse(f"assessments:{name}", args=[snapshot.public_id])).content.decode()
        assert "approved by override of" in page, name
    redline = client.get(
        reverse("assessments:redline", args=[office.assessment.public_id]),
        {"old": working.public_id, "new": snapshot.public_id},
    )
    assert IN_PUBLIC in unpacked(redline.content)


def test_readers_are_told_of_it_and_not_by_whom(office: Office) -> None:
    office.statistic(3, evidence=(office.evidence(),))
    office.answer_all()
    office.submit()
    override(office)
    office.release()
    client = Client()
    client.force_login(office.reader)
    page = client.get(reverse("assessments:snapshot", args=[newest(office).public_id])).content.decode()
    assert IN_PUBLIC in page
    assert "Cora" not in page
    assert WHY not in page


def test_approving_only_what_changed_leaves_the_rest_approved_by_override(overridden: Office) -> None:
    edit(overridden, "Observers", "Two officials fled.")
    overridden.submit()
    snapshot = read_what_changed(overridden, overridden.reviewer)
    values = snapshots.opened(snapshot)
    (approval,) = values["approvals"]
    (under,) = approval["rests_on_overrides"]
    parts = len(actions.items_now(overridden.revision)) - 1
    assert (approval["by"], approval["override"], under["by"], under["reason"], int(under["items"])) == (
        "Rita Reviewer",
        "",
        "Cora Coordinator",
        WHY,
        parts,
    )
    (said,) = overrides(values)
    assert said.endswith(f"at “Review” {IN_OFFICE}")
    for made in contents(overridden, values):
        for slug, chosen in FORMATS.items():
            if slug != "json" or made.audience is Audience.PUBLIC:
                assert "approved by override" in unpacked(chosen.write(made)), (slug, made.audience)
    client = Client()
    client.force_login(overridden.reviewer)
    page = client.get(reverse("assessments:review", args=[overridden.assessment.public_id])).content.decode()
    assert "of the text by override of Cora Coordinator: The reviewer left." in page
    assert verification.verify(json_file.export(values)).holds


def test_a_mechanical_change_of_overridden_words_stays_overridden(overridden: Office) -> None:
    edit(overridden, "Observers", "Observers saw no change")
    overridden.submit()
    actions.reconfirm(
        step_id=overridden.step_id(),
        content_hash=overridden.revision.content_hash,
        by=overridden.reviewer,
        at=overridden.clock(),
    )
    (approval,) = snapshots.opened(newest(overridden))["approvals"]
    assert int(approval["rests_on_overrides"][0]["items"]) == len(actions.items_now(overridden.revision))


def test_whoever_reads_the_whole_text_ends_the_override(overridden: Office) -> None:
    edit(overridden, "Observers", "Two officials fled.")
    overridden.submit()
    overridden.approve(overridden.reviewer)
    values = snapshots.opened(newest(overridden))
    assert list(overrides(values)) == []
    assert "rests_on_overrides" not in values["approvals"][0]
    standing = ApprovedItem.objects.filter(withdrawn_at__isnull=True)
    assert {item.digest for item in actions.items_now(overridden.revision)} <= set(
        standing.filter(way="read").values_list("digest", flat=True)
    )
    assert "approved by override" not in str(document_of(values, Audience.PUBLIC))


def test_a_text_read_before_is_not_overridden_by_what_is_overridden_later(office: Office) -> None:
    office.statistic(3, evidence=(office.evidence(),))
    office.answer_all()
    office.submit()
    office.approve()
    actions.reopen(revision_id=office.revision_id, reason="x", by=office.coordinator, at=office.clock())
    edit(office, "convict", "Courts convicted three officials.")
    office.submit()
    override(office)
    step = office.revision.steps.get()
    found = covering.by_override(step, actions.items_now(office.revision))
    assert [item.text for item in found] == ["Courts convicted three officials."]
