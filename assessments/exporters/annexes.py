"""Annexes behind the text: levels and reasons for the office, sources for all who clear it, none in public."""

from collections.abc import Iterator, Mapping
from typing import Any

from assessments.core.document import Audience, Block, Heading, Table
from assessments.core.values import Confidence, RatingState, Reliability, SourceClass
from assessments.exporters.citations import is_open, named


def annexes(values: Mapping[str, Any], audience: Audience) -> Iterator[Block]:
    """Yield the annexes an audience reads."""
    if audience is Audience.PUBLIC:
        return
    yield from _under("Annex: sources", _sources(values))
    if audience is Audience.INTERNAL:
        yield from _under("Annex: levels", _levels(values))
        yield from _under("Annex: why in this order", _reasons(values))


def _under(heading: str, table: Table) -> Iterator[Block]:
    if table.rows:
        yield Heading(text=heading)
        yield table


def _sources(values: Mapping[str, Any]) -> Table:
    rows = tuple(
        (
            item["id"],
            named(item),
            SourceClass(item["source_class"]).label,
            Reliability(item.get("reliability", "F")).label,
            "named" if is_open(item) else f"identity withheld, {item['protection']}",
        )
        for item in values["record"].get("sources", ())
    )
    return Table(
        caption="Sources on record, as they may be named",
        columns=("Source", "Name", "Class", "Reliability", "Identity"),
        rows=rows,
    )


def _levels(values: Mapping[str, Any]) -> Table:
    known = {item["key"]: item for item in values["indicators"]}
    rows = []
    for rating in values["record"].get("ratings", ()):
        part = rating.get("part", "")
        asked = known.get(f"{rating['indicator']}/{part}" if part else rating["indicator"])
        if asked is None:
            continue
        level = rating.get("level")
        sure = rating.get("confidence")
        rows.append(
            (
                asked["code"],
                f"{asked['title']} ({part})" if part else asked["title"],
                RatingState(rating["state"]).label.split(":")[0] if level is None else str(level),
                asked["descriptor"] or "",
                Confidence(sure).label if sure and level is not None else "",
            )
        )
    return Table(
        caption="Answers on record",
        columns=("Code", "Question", "Level", "Descriptor met", "Confidence"),
        rows=tuple(sorted(rows)),
    )


def _reasons(values: Mapping[str, Any]) -> Table:
    ranked = sorted(values["recommendations"], key=lambda item: int(item["rank"]))
    return Table(
        caption="Recommendations and what put them in their place",
        columns=("Code", "Place", "Reason"),
        rows=tuple((item["code"], str(item["rank"]), item["reason"]) for item in ranked),
    )
