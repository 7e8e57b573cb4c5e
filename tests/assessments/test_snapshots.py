"""Snapshots: what is frozen, what is left out, and the proof of it on another machine."""

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from assessments import actions, content, events, snapshots, verification
from assessments.core.document import Audience
from assessments.core.protected import PROTECTED, WITHHELD
from assessments.core.sheets import Allegation, Evidence, OfficialCase, OfficialGroup, Proceeding, Source
from assessments.core.types import Decision
from assessments.core.values import Count, CountKind, Credibility, Protection, SourceClass, Stage, Tier
from assessments.enums import Subject
from assessments.exporters import json as json_file
from assessments.exporters import markdown, text
from assessments.exporters.document import document_of
from assessments.exporters.registry import ANNEXES, FORMATS, Content
from assessments.models import Event, Snapshot, StoredValue
from tests.assessments.office import Office, take_case

CANARY = "CANARY-93bd"


def working(office: Office) -> Snapshot:
    return actions.make_working_snapshot(revision_id=office.revision_id, by=office.analyst, at=office.clock())


def record_canaries(office: Office) -> None:
    """Fill every protected field there is with a canary."""
    source = office.source(
        title=f"{CANARY} title",
        publisher=CANARY,
        url=f"https://example.org/{CANARY}",
        published="2023",
        note=CANARY,
        attributions=("an NGO",),
        protection=Protection.CONFIDENTIAL,
    )
    evidence = office.evidence(source, excerpt=CANARY, translation=CANARY, translator=CANARY)
    group = OfficialGroup(role="police officer", count=Count(kind=CountKind.EXACT, value=2))
    office.fact(
        "cases",
        OfficialCase(
            id="x",
            officials=(group,),
            acts=("accept-bribe",),
            proceedings=(Proceeding(stage=Stage.CONVICTION),),
            recruiter=f"{CANARY} recruiter",
            docket=f"{CANARY}/2022",
            evidence=(evidence,),
        ),
    )
    office.fact(
        "allegations",
        Allegation(
            id="x", officials=(group,), acts=("tip-off-raid",), recruiter=f"{CANARY} agency", evidence=(evidence,)
        ),
    )


def test_every_protected_field_is_covered_by_the_canaries() -> None:
    assert {
        Source: {"title", "publisher", "url", "published", "note"},
        Evidence: {"excerpt", "translation", "translator"},
        OfficialCase: {"recruiter", "docket"},
        Allegation: {"recruiter"},
    } == PROTECTED


def test_no_protected_word_leaves_the_office(office: Office) -> None:
    record_canaries(office)
    snapshot = working(office)
    values = snapshots.opened(snapshot)
    for told in (
        snapshot.open_part,
        text.export(document_of(values)).decode(),
        markdown.export(document_of(values)).decode(),
        json_file.export(values).decode(),
        json_file.export(snapshots.with_tier(snapshot)).decode(),
        "\n".join(events.sentence(event) for event in Event.objects.select_related("by")),
        "\n".join(StoredValue.objects.filter(protection=Protection.OPEN.value).values_list("value", flat=True)),
        json.dumps(office.revision.result.checks),
        json.dumps(office.revision.result.finding),
        str(list(office.revision.sentences.values())),
    ):
        assert CANARY not in told
    assert WITHHELD in snapshot.open_part
    sealed = json.loads(snapshot.sealed_part.body)["protected"]
    assert set(values["protected"]) == set(sealed)
    assert {path.rpartition("/")[2] for path in sealed} == {name for names in PROTECTED.values() for name in names}
    assert all(CANARY in entry["value"] or entry["value"] == "2023" for entry in sealed.values())


def unpacked(data: bytes) -> bytes:
    """Return a file with all that is packed in it laid open: archives, and the streams and properties of a PDF."""
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return data + b"".join(name.encode() + archive.read(name) for name in archive.namelist())
    if data.startswith(b"%PDF"):
        reader = PdfReader(io.BytesIO(data))
        pages = "".join(page.extract_text() for page in reader.pages)
        return data + f"{pages}{reader.metadata}{reader.outline}".encode()
    return data


def test_no_file_for_anybody_has_a_protected_word(office: Office) -> None:
    record_canaries(office)
    frozen = working(office)
    framework = content.framework_of(office.revision)
    for values in (snapshots.opened(frozen), snapshots.with_tier(frozen)):
        for audience in Audience:
            made = Content(values, framework, audience)
            for slug, chosen in FORMATS.items():
                told = unpacked(chosen.write(made))
                assert CANARY.encode() not in told, (slug, audience)
                assert not any(
                    item["id"].encode() in told for item in values["sentences"] if audience is Audience.PUBLIC
                )
            for slug, write in ANNEXES.items():
                assert CANARY.encode() not in unpacked(write(made.annex)), (slug, audience)


def test_a_sealed_value_is_proved_by_its_salted_digest(office: Office) -> None:
    from frameworks.spec.canonical import canonical_json, digest

    record_canaries(office)
    snapshot = working(office)
    stated, sealed = snapshots.opened(snapshot)["protected"], json.loads(snapshot.sealed_part.body)["protected"]
    for path, entry in sealed.items():
        assert digest(entry["salt"].encode() + canonical_json(entry["value"])) == stated[path]


def test_a_snapshot_verifies_without_what_was_sealed(office: Office) -> None:
    record_canaries(office)
    verdict = verification.verify(json_file.export(snapshots.opened(working(office))))
    assert verdict == verification.Verdict(
        holds=True, recomputed=True, text="Identical: hash, levels, findings, sentences and recommendations."
    )


# --- The tier ----------------------------------------------------------------------------------------------------


def decide(office: Office, *, released: bool) -> Snapshot:
    office.statistic(3, evidence=(office.evidence(),))
    actions.save_decision(
        revision_id=office.revision_id,
        decision=Decision(tier=Tier.WATCH_LIST, previous_tier=Tier.TWO, tier_source="Minutes", tier_released=released),
        by=office.analyst,
        at=office.clock(),
    )
    return working(office)


def test_an_unreleased_tier_is_sealed(office: Office) -> None:
    snapshot = decide(office, released=False)
    values = snapshots.opened(snapshot)
    assert office.revision.sentences.filter(section="tier", generated_text__contains="Watch List").exists()
    assert "Watch List" not in snapshot.open_part
    assert values["tier_withheld"]
    assert "tier" not in values["record"]["decision"]
    assert "The tier is not released and is left out." in text.export(document_of(values)).decode()
    assert verification.verify(json_file.export(values)).holds
    allowed = snapshots.with_tier(snapshot)
    assert allowed["record"]["decision"]["tier"] == "2WL"
    assert "Watch List" in text.export(document_of(allowed, Audience.INTERNAL)).decode()
    assert verification.verify(json_file.export(allowed)).holds


def test_a_released_tier_is_open(office: Office) -> None:
    snapshot = decide(office, released=True)
    values = snapshots.opened(snapshot)
    assert values["record"]["decision"]["tier"] == "2WL"
    assert not values["tier_withheld"]
    assert snapshots.with_tier(snapshot) == values


# --- Proof -------------------------------------------------------------------------------------------------------


@pytest.fixture
def exported(office: Office) -> bytes:
    """A working snapshot of a real case, as a file."""
    return json_file.export(snapshots.opened(working(take_case(office, "2021-philippines"))))


def test_a_real_case_verifies(exported: bytes) -> None:
    assert verification.verify(exported).text.startswith("Identical")


def altered(data: bytes, change: Any) -> bytes:
    from frameworks.spec.canonical import canonical_json, parse_canonical

    file = parse_canonical(data)
    change(file)
    return canonical_json(file)


def test_an_altered_part_is_named(exported: bytes) -> None:
    def change_text(file: Any) -> None:
        file["snapshot"]["sentences"][1]["text"] += " And more."

    verdict = verification.verify(altered(exported, change_text))
    named = json.loads(exported)["snapshot"]["sentences"][1]["id"]
    assert verdict.text == f"The content does not match its hash: sentences/{named} was altered."

    def change_level(file: Any) -> None:
        file["snapshot"]["derived"]["finding"]["concern"]["level"] = 0

    assert verification.verify(altered(exported, change_level)).text.endswith("derived/finding was altered.")

    def drop(file: Any) -> None:
        del file["snapshot"]["record"]["sources"][0]

    assert "record/sources/" in verification.verify(altered(exported, drop)).text


def test_a_forged_hash_does_not_survive_the_rules(exported: bytes) -> None:
    from assessments.core.parts import digest_of, parts

    def forge(file: Any) -> None:
        snapshot = file["snapshot"]
        snapshot["derived"]["finding"]["title"] = "No known complicity"
        file["sha256"], file["parts"] = digest_of(snapshot), parts(snapshot)

    verdict = verification.verify(altered(exported, forge))
    assert verdict.text == "The hash holds, but the rules now give another finding/title."

    def forge_text(file: Any) -> None:
        snapshot = file["snapshot"]
        snapshot["sentences"][0]["text"] = "All is well."
        file["sha256"], file["parts"] = digest_of(snapshot), parts(snapshot)

    verdict = verification.verify(altered(exported, forge_text))
    assert verdict.text == "The hash holds, but the approved content is another."


def test_other_rules_verify_by_hash_alone(exported: bytes) -> None:
    from assessments.core.parts import digest_of, parts

    def older(file: Any) -> None:
        snapshot = file["snapshot"]
        snapshot["program"]["rules"] = "0"
        file["sha256"], file["parts"] = digest_of(snapshot), parts(snapshot)

    verdict = verification.verify(altered(exported, older))
    assert (verdict.holds, verdict.recomputed) == (True, False)
    assert verdict.text.startswith("The hash holds. Made by rules 0")


@settings(max_examples=50)
@given(data=st.binary(max_size=60) | st.text(max_size=60).map(str.encode))
def test_anything_else_is_no_snapshot(data: bytes) -> None:
    assert not verification.verify(data).holds


@pytest.mark.parametrize("data", [b"{}", b"[]", b"1", b'{"snapshot":{},"sha256":"","parts":{}}', b"\xff"])
def test_what_is_almost_a_snapshot_is_none(data: bytes) -> None:
    assert not verification.verify(data).holds


def test_one_changed_byte_anywhere_is_found(exported: bytes) -> None:
    for place in range(40, len(exported), 997):
        changed = exported[:place] + bytes([exported[place] ^ 1]) + exported[place + 1 :]
        assert not verification.verify(changed).holds, place


def test_the_command_says_identical_or_fails(exported: bytes, tmp_path: Path, capsys: Any) -> None:
    good, bad = tmp_path / "good.json", tmp_path / "bad.json"
    good.write_bytes(exported)
    bad.write_bytes(exported.replace(b"official", b"0fficial", 1))
    call_command("verify_snapshot", str(good))
    assert "Identical" in capsys.readouterr().out
    with pytest.raises(CommandError, match="1 of 2 did not hold"):
        call_command("verify_snapshot", str(good), str(bad))
    with pytest.raises(CommandError, match="No such file"):
        call_command("verify_snapshot", str(tmp_path / "none.json"))


def test_a_snapshot_stays_as_it_was(office: Office) -> None:
    office.statistic(3, evidence=(office.evidence(),))
    before = working(office)
    office.statistic(2, stage=Stage.ARREST, evidence=("e1",))
    after = working(office)
    assert Snapshot.objects.get(pk=before.pk).open_digest == before.open_digest != after.open_digest
    assert Credibility.PROBABLE.value in before.open_part
    assert SourceClass.D.value in before.open_part


def test_a_log_cut_at_its_end_is_found_by_its_snapshots(office: Office) -> None:
    snapshot = working(office)
    seen = snapshots.opened(snapshot)["log"]
    assert list(events.verify_all()) == []
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM assessments_event WHERE sequence >= %s", [int(seen["sequence"])])
    assert events.verify(Subject.ASSESSMENT, office.assessment.public_id) is None
    (broken,) = events.verify_all()
    assert (broken.sequence, broken.why) == (
        int(seen["sequence"]),
        "a snapshot was made when it was there, and it is gone or another.",
    )
