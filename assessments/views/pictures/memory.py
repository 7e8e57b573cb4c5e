"""Recommendations of a country with their past: first made in, repeated without a break, done with evidence."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from accounts.models import User
from assessments import policies
from assessments.core.checks.asks_for_what_is_done import DONE
from assessments.core.values import MeasureKind, MeasureStage
from assessments.models import CommitmentRecord, EvidenceLink, MeasureRecord, Revision
from assessments.snapshots import opened
from assessments.views.pictures.rows import Versions
from frameworks.spec.compiled import CompiledFramework

Done = dict[str, list[str]]


class Made(Protocol):
    """One year's recommendations, and the text they are of."""

    @property
    def year(self) -> int:
        """Report year."""

    @property
    def framework(self) -> int:
        """Key of the framework version."""

    @property
    def recommendations(self) -> list[dict[str, Any]]:
        """What was recommended, top ones first."""

    @property
    def snapshot(self) -> Any:
        """Public id of the snapshot; None: as the assessment stands."""

    @property
    def assessment(self) -> Any:
        """Public id of the assessment."""


@dataclass(frozen=True, slots=True)
class Memory:
    """One recommendation: its words now, when it was first made, and how often since without a break."""

    code: str
    text: str
    first: int
    since: int  # the first year of the unbroken run that ends this year
    times: int  # years of that run
    is_top: bool
    done: tuple[str, ...]


def remembered(user: User, years: Sequence[Made], versions: Versions) -> list[Memory]:
    """Return the newest recommendations with their past, top ones first; their words come from the text itself."""
    if not years:
        return []
    made = {
        year.year: {code for item in year.recommendations for code in (item["code"], *item["merged"])} for year in years
    }
    last = years[-1]
    texts, done = _words(user, last, versions.compiled[last.framework])
    found = []
    for item in last.recommendations:
        with_it = [year for year in made if item["code"] in made[year]]
        since = last.year
        while since - 1 in made and item["code"] in made[since - 1]:
            since -= 1
        found.append(
            Memory(
                item["code"],
                texts.get(item["code"], ""),
                min(with_it),
                since,
                last.year - since + 1,
                item["top"],
                tuple(done.get(item["code"], ())),
            )
        )
    return found


def _words(user: User, year: Made, framework: CompiledFramework) -> tuple[dict[str, str], Done]:
    """Return words of recommendations, and what is on record as done about them with evidence, by code."""
    if year.snapshot is None:
        return _working_words(year, framework)
    snapshot = policies.visible_snapshots(user).filter(public_id=year.snapshot).first()
    if snapshot is None:
        return {}, {}
    values = opened(snapshot)
    record = values["record"]
    steps = [
        (
            item.get("recommendation", ""),
            item.get("recommendation_status") or item.get("status", ""),
            item.get("evidence"),
        )
        for item in record.get("commitments", ())
    ]
    measures = [
        (item.get("indicator") or "", item.get("stage", ""), item.get("kind", ""), item.get("evidence"))
        for item in record.get("measures", ())
        if item.get("is_effort") is not False
    ]
    return {item["code"]: item["text"] for item in values["recommendations"]}, _done(framework, steps, measures)


def _working_words(year: Made, framework: CompiledFramework) -> tuple[dict[str, str], Done]:
    """Return the same of a text as it stands; four queries."""
    revision = Revision.objects.get(assessment__public_id=year.assessment, is_open=True)
    texts = {item.code: item.shown for item in revision.recommendations.all()}
    held = {(link.sheet, link.ref) for link in EvidenceLink.objects.of(revision)}
    steps = [
        (item.recommendation, item.recommendation_status or item.status, ("commitments", item.ref) in held)
        for item in CommitmentRecord.objects.current().filter(revision=revision)
    ]
    measures = [
        (item.indicator or "", item.stage, item.kind, ("measures", item.ref) in held)
        for item in MeasureRecord.objects.current().filter(revision=revision).exclude(is_effort=False)
    ]
    return texts, _done(framework, steps, measures)


def _done(framework: CompiledFramework, steps: Iterable[Sequence[Any]], measures: Iterable[Sequence[Any]]) -> Done:
    """Say by code what is on record as done, with evidence: a commitment that names it, a measure that answers it."""
    found: Done = {}
    for code, status, evidence in steps:
        if code and evidence:
            found.setdefault(code, []).append(str(status).replace("-", " "))
    in_force = [item for item in measures if item[3] and item[1] in {stage.value for stage in DONE}]
    for spec in framework.recommendations:
        for indicator, stage, kind, _ in in_force:
            if indicator in spec.answers:
                words = f"{MeasureKind(kind).label}, {MeasureStage(stage).label}"
                found.setdefault(spec.code, []).append(words)
    return found
