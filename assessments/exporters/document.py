"""The open part of a snapshot as a document: the same blocks for every text format."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from pydantic import TypeAdapter

from assessments.core.document import (
    Audience,
    Block,
    Document,
    Header,
    Heading,
    Line,
    Note,
    Notice,
    NumberedList,
    build,
    demonstration_notice,
)
from assessments.core.grammar import date_words
from assessments.core.parts import digest_of
from assessments.core.types import Finding, RankedRecommendation
from assessments.core.values import Section
from assessments.core.words import capital, counted
from assessments.enums import SnapshotKind
from assessments.exporters.annexes import annexes
from assessments.exporters.citations import Cited, cited

DRAFT = "Draft, not approved"
WITHHELD_TIER = "The tier is not released and is left out."

_FINDING: TypeAdapter[Finding] = TypeAdapter(Finding)
_RECOMMENDATION: TypeAdapter[RankedRecommendation] = TypeAdapter(RankedRecommendation)


def frozen(values: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the open part as it was frozen, whatever was put back into it for a reader."""
    original: Mapping[str, Any] = values.get("frozen", values)
    return original


def open_digest(values: Mapping[str, Any]) -> str:
    """Return the SHA-256 of the open part as it was frozen."""
    return digest_of(frozen(values))


def document_of(values: Mapping[str, Any], audience: Audience = Audience.PUBLIC) -> Document:
    """Return the document of a snapshot for an audience; a draft is marked at the top and above every section.

    An unreleased tier that the policy let its maker see is for the internal audience only.
    """
    if audience is not Audience.INTERNAL:
        values = frozen(values)
    sources = cited(values, audience)
    finding = _FINDING.validate_python(_plain(values["derived"]["finding"]))
    built = build(_header(values), _lines(values["sentences"], sources), _recommendations(values), finding)
    made_of = open_digest(values)
    title, *rest = built.blocks
    blocks: list[Block] = [title, *(Notice(text=text) for text in _notices(values, audience)), *_marked(rest, values)]
    blocks += [Note(text=text) for text in _record_of(values, made_of, audience)]
    blocks += annexes(values, audience)
    return Document(
        blocks=tuple(blocks),
        audience=audience,
        country=values["country"]["name"],
        report_year=int(values["assessment"]["report_year"]),
        is_draft=values["kind"] != SnapshotKind.APPROVED,
        at=values["at"],
        digest=made_of,
        withheld=sources.withheld,
        warnings=sources.warnings,
    )


def _header(values: Mapping[str, Any]) -> Header:
    framework, wording = values["framework"], values["wording"]
    decision = values["record"].get("decision", {})
    recognized = decision.get("recognized", True)
    return Header(
        country=values["country"]["name"],
        report_year=int(values["assessment"]["report_year"]),
        framework=f"{framework['code']} {framework['version']}, in force from {date_words(framework['in_force_from'])}",
        wording=f"{wording['code']} {wording['version']}",
        demonstration=False,  # it has its place among the notices of a snapshot
        status="",
        authority="" if recognized else decision.get("authority") or "the authorities",
    )


def _notices(values: Mapping[str, Any], audience: Audience) -> Iterator[str]:
    assessment = values["assessment"]
    if values["kind"] != SnapshotKind.APPROVED:
        yield f"{DRAFT}."
    if assessment["demonstration"]:
        yield demonstration_notice(int(assessment["report_year"]))
    if assessment["corrects"] is not None:
        yield f"Corrects revision {assessment['corrects']}: {assessment['reason'].rstrip('.')}."
    if values["tier_withheld"]:
        yield WITHHELD_TIER
    yield from (overrides_in_public if audience is Audience.PUBLIC else overrides)(values)


def overrides(values: Mapping[str, Any]) -> Iterator[str]:
    """Yield a sentence for every step that a coordinator approved against the rule, in whole or in part, and why."""
    for step, by, why, items in _overridden(values):
        yield f"{_what(step, items)} approved by override of {by}, because: {why}."


def overrides_in_public(values: Mapping[str, Any]) -> Iterator[str]:
    """Yield the same for the public: who did it and why is the office's own."""
    for step, _, _, items in _overridden(values):
        yield f"{_what(step, items)} approved by override of the rule."


def is_overridden(values: Mapping[str, Any]) -> bool:
    """Say whether anything of the text stands approved by override."""
    return any(True for _ in _overridden(values))


def _what(step: str, items: int | None) -> str:
    if items is None:
        return f"“{step}” was"
    parts = capital(counted(items, "part of the text was", "parts of the text were"))
    return f"{parts} at “{step}”"


def _overridden(values: Mapping[str, Any]) -> Iterator[tuple[str, str, str, int | None]]:
    """Yield step, person and reason of each override in force; how many sentences and recommendations, None: all."""
    for approval in values["approvals"]:
        if approval["content_hash"] != values["content_hash"]:
            continue
        if approval.get("override"):
            yield approval["step"], approval["by"], approval["override"].rstrip("."), None
        for under in approval.get("rests_on_overrides", ()):
            yield approval["step"], under["by"], under["reason"].rstrip("."), int(under["items"])


def _marked(blocks: Iterable[Block], values: Mapping[str, Any]) -> Iterator[Block]:
    """Say above every section that the text is a draft, so that no page can be taken for approved."""
    is_draft = values["kind"] != SnapshotKind.APPROVED
    for block in blocks:
        if is_draft and isinstance(block, NumberedList):
            yield Notice(text=f"{DRAFT}.")
        yield block
        if is_draft and isinstance(block, Heading):
            yield Notice(text=f"{DRAFT}.")


def _lines(sentences: Iterable[Mapping[str, Any]], sources: Cited) -> list[tuple[Section, Line]]:
    return [
        (
            Section(item["section"]),
            Line(public_id=item["id"], text=item["text"], state=item["state"], citations=sources.of(item["id"])),
        )
        for item in sentences
    ]


def _recommendations(values: Mapping[str, Any]) -> list[RankedRecommendation]:
    return [
        _RECOMMENDATION.validate_python(
            {
                "id": item["code"],
                "rank": int(item["rank"]),
                "basis": _plain(item["basis"]),
                **{
                    name: item[name]
                    for name in (
                        "merged",
                        "text",
                        "is_top",
                        "reason",
                        "trigger",
                        "addressees",
                        "provisions",
                        "for_others",
                    )
                },
            }
        )
        for item in values["recommendations"]
    ]


def _record_of(values: Mapping[str, Any], made_of: str, audience: Audience) -> Iterator[str]:
    """Yield who approved the text, what made it, and its hash; people are not named to the public."""
    for approval in values["approvals"]:
        if approval["content_hash"] == values["content_hash"]:
            by = "" if audience is Audience.PUBLIC else f" by {approval['by']}"
            yield f"{approval['step']}: approved{by} on {date_words(approval['at'][:10])}."
    program = values["program"]
    assessment = values["assessment"]
    made = f"{program['name']} {program['version']}, rules {program['rules']}"
    yield f"Made by {made}, from revision {assessment['revision']}."
    yield f"SHA-256 of the snapshot: {made_of}"


def _plain(value: Any) -> Any:
    """Return values with numbers as Python has them; canonical JSON is read with all digits kept."""
    if isinstance(value, Mapping):
        return {key: _plain(member) for key, member in value.items()}
    if isinstance(value, list):
        return [_plain(member) for member in value]
    return value
