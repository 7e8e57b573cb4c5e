"""Text, Markdown and JSON of a snapshot: what stands on them whatever they say."""

import json
from typing import Any

import pytest

from assessments import actions, snapshots
from assessments.core.document import METHOD, Audience
from assessments.core.parts import demonstration_notice
from assessments.exporters import json as json_file
from assessments.exporters import text
from assessments.exporters.document import document_of, open_digest
from assessments.exporters.markdown import escaped
from assessments.exporters.registry import FORMATS, Content
from frameworks.loader import compiled
from frameworks.models import FrameworkVersion
from tests.assessments.office import Office, take_case
from tests.image import remembered_step

DEMO_NOTICE = (
    "Demonstration, encoded from partly seen public text of report year 2021; ratings are ours; "
    "not an assessment by any government."
)


WRITTEN = ("txt", "md", "html")
"""Formats that can be read as text."""


def written(slug: str, values: dict[str, Any], audience: Audience = Audience.PUBLIC) -> bytes:
    """Write a snapshot in a format, by the framework it was measured by."""
    return FORMATS[slug].write(Content(values, compiled(FrameworkVersion.objects.get()), audience))


@pytest.fixture
@remembered_step
def values(office: Office) -> dict[str, Any]:
    """A working snapshot of a real case."""
    take_case(office, "2021-philippines")
    made = actions.make_working_snapshot(revision_id=office.revision_id, by=office.analyst, at=office.clock())
    return snapshots.opened(made)


def unwrapped(data: bytes) -> str:
    return " ".join(data.decode().split())


@pytest.mark.parametrize("slug", WRITTEN)
def test_a_draft_says_so_at_the_top_and_above_every_section(values: dict[str, Any], slug: str) -> None:
    told = written(slug, values).decode().split("<body>")[-1]
    sections = {sentence["section"] for sentence in values["sentences"]}
    lists = 2 if any(item["for_others"] for item in values["recommendations"]) else 1
    assert told.count("Draft, not approved") == 1 + len(sections) + lists + 1  # top, sections, lists, finding
    approved = written(slug, values | {"kind": "approved"}).decode().split("<body>")[-1]
    assert "Draft" not in approved


@pytest.mark.parametrize("slug", [*WRITTEN, "json"])
def test_method_demonstration_version_and_hash_stand_on_every_format(values: dict[str, Any], slug: str) -> None:
    told = unwrapped(written(slug, values))
    assert METHOD in told
    assert DEMO_NOTICE in told
    assert "official-complicity" in told
    assert "2026.1" in told
    assert "2026-01-01" in told or "January 1, 2026" in told
    assert open_digest(values) in told


def test_all_sentences_and_recommendations_come_in_their_order(values: dict[str, Any]) -> None:
    told = text.export(document_of(values)).decode()
    listed = [sentence["text"] for sentence in values["sentences"]]
    own = [item["text"] for item in values["recommendations"] if not item["for_others"]]
    for found in (listed, own):
        places = [told.index(words) for words in found]
        assert places == sorted(places)
    assert len(listed) > 5
    assert len(own) > 2


def test_approvals_are_named_where_they_cover_the_text(values: dict[str, Any]) -> None:
    approval = {"step": "Review", "by": "Rita Reviewer", "at": "2024-05-02T10:00:00Z"}
    approvals = [approval | {"content_hash": values["content_hash"]}, approval | {"by": "Old", "content_hash": "0"}]
    approved = values | {"approvals": approvals}
    told = unwrapped(text.export(document_of(approved, Audience.CLEARANCE)))
    assert "Review: approved by Rita Reviewer on May 2, 2024." in told
    assert "Old" not in told
    public = unwrapped(text.export(document_of(approved)))  # people of the office are not named to the public
    assert "Review: approved on May 2, 2024." in public
    assert "Rita" not in public


def test_a_correction_says_what_it_corrects(values: dict[str, Any]) -> None:
    assessment = values["assessment"] | {"corrects": 1, "reason": "A number was wrong."}
    assert "Corrects revision 1: A number was wrong." in unwrapped(
        text.export(document_of(values | {"assessment": assessment}))
    )


def test_what_is_no_demonstration_has_no_notice_of_one(values: dict[str, Any]) -> None:
    real = values | {"assessment": values["assessment"] | {"demonstration": False}}
    for slug in (*WRITTEN, "json"):
        assert "Demonstration" not in written(slug, real).decode()


def test_a_file_says_the_same_every_time(values: dict[str, Any]) -> None:
    for slug in FORMATS:
        assert written(slug, values) == written(slug, values), slug
    assert json.loads(json_file.export(values))["sha256"] == open_digest(values)


@pytest.mark.parametrize(
    ("words", "safe"),
    [
        ("<script>*x*</script> & [a](b)", r"\<script\>\*x\*\</script\> &amp; \[a\](b)"),
        ("# Heading", r"\# Heading"),
        ("1. Item", r"1\. Item"),
        ("- item", r"\- item"),
        ("Plain words, 12 of them.", "Plain words, 12 of them."),
    ],
)
def test_words_never_become_markup(words: str, safe: str) -> None:
    assert escaped(words) == safe


def test_a_document_begins_with_its_title_and_notices(values: dict[str, Any]) -> None:
    first, *rest = document_of(values).blocks
    assert first.text.endswith("report year 2021 (April 1, 2020 to March 31, 2021)")
    assert [block.text for block in rest[:2]] == ["Draft, not approved.", demonstration_notice(2021)]
