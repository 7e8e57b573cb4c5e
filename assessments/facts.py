"""Rows in, plain values out: the only way into the rules. No row gets past here."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from typing import Any

from django.db.models import QuerySet

from assessments.core import sheets
from assessments.core.types import (
    AssessmentRecord,
    Case,
    CountryForms,
    Decision,
    Determination,
    Endorsement,
    HumanSentence,
    PastPeriod,
    PastRating,
    Rating,
    VersionRef,
)
from assessments.core.values import CountKind, Section
from assessments.enums import SentenceState
from assessments.mapping import column_names, from_columns
from assessments.models import (
    SHEETS,
    DecisionRecord,
    DeterminationApproval,
    EvidenceLink,
    PresumptionApproval,
    Revision,
    SourceUse,
    link_ref,
)
from assessments.planned import Planned
from frameworks.models import Country
from frameworks.spec.compiled import CompiledFramework
from frameworks.spec.wording import CompiledWording

Links = Mapping[tuple[str, str], tuple[str, ...]]
"""Evidence by sheet and ref, in the order the record names it."""


def collect(revision: Revision, *, framework: CompiledFramework, wording: CompiledWording) -> Case:
    """Read a revision into plain values, one query a table, in an order both databases agree on.

    Withdrawn entries, facts held back after the cut-off, ratings that are not effective, lapsed endorsements and claims
    of imported files are left out; so is what people wrote in the draft, which the rules must not see.
    """
    row = _head(revision)
    return Case(
        record=_record(row, for_file=False),
        country=country_forms(row.assessment.country),
        framework=framework,
        wording=wording,
    )


def collect_again(
    revision: Revision,
    before: AssessmentRecord,
    *,
    lists: Collection[str],
    framework: CompiledFramework,
    wording: CompiledWording,
) -> Case:
    """Return what `collect` returns, with only these lists of the record read anew.

    The caller knows that `before` is what stands in the rows in every other list: under the revision's lock, and by the
    digest of what was last derived. "ratings" stands for endorsements too. `revision` comes with its country.
    """
    links = _links(revision) if {*lists} - _WITHOUT_LINKS else {}
    read: dict[str, Any] = {}
    for name in lists:
        match name:
            case "evidence":
                read[name] = _evidence(revision)
            case "sources":
                read[name] = _sources(revision)
            case "decision":
                row = DecisionRecord.objects.filter(revision=revision).first()
                read[name] = Decision() if row is None else _decision_of(row)
            case "ratings":
                read |= {name: _ratings(revision, links), "endorsements": _endorsements(revision, for_file=False)}
            case "requests":
                read[name] = _requests(revision, links, for_file=False)
            case _:
                read[name] = _sheet(revision, name, links)
    return Case(
        record=replace(before, **read),
        country=country_forms(revision.assessment.country),
        framework=framework,
        wording=wording,
    )


_WITHOUT_LINKS = frozenset({"evidence", "sources", "decision", "search_notes", "information_gaps"})


def file_record(revision: Revision) -> AssessmentRecord:
    """Read a revision as it goes into an interchange file: with what people wrote, and with what a file claimed."""
    return _record(_head(revision), for_file=True)


def past_period(revision: Revision) -> PastPeriod:
    """Return what a later period's history says about this revision: tier, statistics, effective levels, sentences."""
    row = _head(revision)
    record = _record(row, for_file=False)
    shares = tuple(
        sheets.Share(stage=item.stage, unit=item.unit, count=item.count, period_basis=item.period_basis)
        for item in record.official_statistics
        if item.count.kind is not CountKind.UNKNOWN
    )
    ratings = tuple(
        PastRating(indicator=item.indicator, part=item.part, state=item.state, level=item.level)
        for item in record.ratings
    )
    shown = row.sentences.in_order().exclude(state=SentenceState.REMOVED.value)
    return PastPeriod(
        report_year=record.report_year,
        tier=record.decision.tier,
        statistics=shares,
        ratings=ratings,
        recommendations=tuple(row.recommendations.filter(is_top=True).values_list("code", flat=True)),
        sentences=tuple(sentence.shown for sentence in shown if sentence.shown),
        source=f"{row.assessment.period.title}, revision {row.number}",
    )


def country_forms(country: Country) -> CountryForms:
    """Return the forms of a country's name a text needs."""
    return CountryForms(
        iso3=country.iso3,
        name=country.name,
        in_text=country.name_in_text,
        government=country.government_phrase,
        adjective=country.adjective,
    )


def _head(revision: Revision) -> Revision:
    return Revision.objects.select_related(
        "assessment__country", "assessment__period", "framework", "wording", "decision"
    ).get(pk=revision.pk)


def _record(row: Revision, *, for_file: bool) -> AssessmentRecord:
    links = _links(row)
    facts: dict[str, Any] = {name: _sheet(row, name, links) for name in SHEETS if name != "requests"}
    wording = VersionRef(code=row.wording.code, version=row.wording.version) if row.wording_named else None
    return AssessmentRecord(
        country=row.assessment.country.iso3,
        report_year=row.assessment.period.report_year,
        framework=VersionRef(code=row.framework.code, version=row.framework.version),
        wording=wording,
        demonstration=row.assessment.is_demonstration,
        decision=_decision(row),
        sources=_sources(row),
        evidence=_evidence(row),
        requests=_requests(row, links, for_file=for_file),
        ratings=_ratings(row, links),
        determinations=_determinations(row, for_file=for_file),
        endorsements=_endorsements(row, for_file=for_file),
        history=_history(row),
        sentences=_sentences(row) if for_file else (),
        note=row.note,
        **facts,
    )


def links(revision: Revision) -> list[tuple[str, str, str]]:
    """Return the sheet and ref of each record with the ref of each of its evidence, in the order given; one query."""
    return _links_of(revision=revision.pk)


@Planned
def _links_of(*, revision: int) -> "QuerySet[EvidenceLink, tuple[str, str, str]]":
    return EvidenceLink.objects.of(revision).values_list("sheet", "ref", "evidence__ref")


def _links(row: Revision) -> Links:
    found: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for sheet, ref, evidence in links(row):
        found[sheet, ref].append(evidence)
    return {key: tuple(refs) for key, refs in found.items()}


def _decision(row: Revision) -> Decision:
    decision = getattr(row, "decision", None)
    if decision is None:
        return Decision()
    return _decision_of(decision)


def _decision_of(row: DecisionRecord) -> Decision:
    return from_columns(Decision, {name: getattr(row, name) for name in column_names(Decision)})


def _sources(row: Revision) -> tuple[sheets.Source, ...]:
    names = column_names(sheets.Source)
    uses = SourceUse.objects.filter(revision=row).order_by("position", "pk")
    return tuple(
        from_columns(sheets.Source, {name: values[f"source__{name}"] for name in names}, id=values["ref"])
        for values in uses.values("ref", *(f"source__{name}" for name in names))
    )


def _evidence(row: Revision) -> tuple[sheets.Evidence, ...]:
    rows = row.evidence.filter(withdrawn_at__isnull=True).order_by("position", "pk")
    return tuple(
        from_columns(sheets.Evidence, values, id=values["ref"], source=values["use__ref"])
        for values in rows.values("ref", "use__ref", *column_names(sheets.Evidence))
    )


def _rows(row: Revision, name: str, *extra: str) -> Iterable[dict[str, Any]]:
    model: Any = SHEETS[name]
    rows = model.objects.filter(revision=row, withdrawn_at__isnull=True, held=False).order_by("position", "pk")
    found: Iterable[dict[str, Any]] = rows.values("pk", "ref", *extra, *column_names(model.record))
    return found


def _sheet(row: Revision, name: str, links: Links) -> tuple[Any, ...]:
    record: Any = SHEETS[name].record
    if record in (sheets.SearchNote, sheets.InformationGap):
        return tuple(from_columns(record, values, id=values["ref"]) for values in _rows(row, name))
    return tuple(
        from_columns(record, values, id=values["ref"], evidence=links.get((name, values["ref"]), ()))
        for values in _rows(row, name)
    )


def _requests(row: Revision, links: Links, *, for_file: bool) -> tuple[sheets.DataRequest, ...]:
    approvals = PresumptionApproval.objects.filter(request__revision=row)
    people = _people_by(approvals, "request_id")
    return tuple(
        from_columns(
            sheets.DataRequest,
            values,
            id=values["ref"],
            evidence=links.get(("requests", values["ref"]), ()),
            presumption_approved_by=_claimed_first(
                values["claimed_approvers"] if for_file else (), people.get(values["pk"], ())
            ),
        )
        for values in _rows(row, "requests", "claimed_approvers")
    )


def _ratings(row: Revision, links: Links) -> tuple[Rating, ...]:
    columns = column_names(Rating)
    rows = row.ratings.effective()
    found = []
    names = ("indicator__code", "indicator__slug", "round", "coder_id", "stated_rater", "rated_by__name")
    # Sorted here: databases differ in where a hyphen stands.
    for values in sorted(rows.values(*names, *columns), key=lambda values: (values["indicator__code"], values["part"])):
        slug, part = values["indicator__slug"], values["part"]
        ref = link_ref(f"{slug}/{part}" if part else slug, values["round"], values["coder_id"])
        rater = values["stated_rater"] or values["rated_by__name"] or ""
        evidence = links.get(("ratings", ref), ())
        found.append(from_columns(Rating, values, indicator=slug, rated_by=rater, evidence=evidence))
    return tuple(found)


def _determinations(row: Revision, *, for_file: bool) -> tuple[Determination, ...]:
    approvals = DeterminationApproval.objects.filter(determination__revision=row)
    people = _people_by(approvals, "determination_id")
    rows = row.determinations.filter(withdrawn_at__isnull=True).order_by("position", "pk")
    columns = ("pk", "ref", "stated_proposer", "proposed_by__name", "claimed_approvers", *column_names(Determination))
    return tuple(
        from_columns(
            Determination,
            values,
            id=values["ref"],
            proposed_by=values["stated_proposer"] or values["proposed_by__name"] or "",
            approved_by=_claimed_first(values["claimed_approvers"] if for_file else (), people.get(values["pk"], ())),
        )
        for values in rows.values(*columns)
    )


def _people_by(approvals: Any, owner: str) -> dict[int, tuple[str, ...]]:
    """Name approvers by what they approved; two people of one name are told apart by their addresses."""
    found: defaultdict[int, dict[object, str]] = defaultdict(dict)
    for values in approvals.order_by("at", "pk").values(
        owner, "name", "approver_id", "approver__name", "approver__email"
    ):
        names = found[values[owner]]
        name = values["name"] or values["approver__name"]
        if name in names.values():
            name = f"{name} ({values['approver__email']})"
        names[values["approver_id"] or values["name"]] = name
    return {key: tuple(names.values()) for key, names in found.items()}


def _claimed_first(claims: Iterable[str], people: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*claims, *people)))


def _endorsements(row: Revision, *, for_file: bool) -> tuple[Endorsement, ...]:
    rows = row.endorsements.filter(lapsed_at__isnull=True) if for_file else row.endorsements.standing()
    names = ("indicator__code", "indicator__slug", "name", "endorser__name")
    ordered = sorted(
        rows.order_by("pk").values(*names, *column_names(Endorsement)),
        key=lambda values: (values["indicator__code"], values["part"], values["level"]),
    )
    return tuple(
        from_columns(
            Endorsement,
            values,
            indicator=values["indicator__slug"],
            endorsed_by=values["name"] or values["endorser__name"],
        )
        for values in ordered
    )


def _history(row: Revision) -> tuple[PastPeriod, ...]:
    rows = row.history.order_by("report_year")
    return tuple(from_columns(PastPeriod, values) for values in rows.values(*column_names(PastPeriod)))


def _sentences(row: Revision) -> tuple[HumanSentence, ...]:
    # What somebody wrote by hand and removed again has nothing left to say in a file.
    rows = row.sentences.human().exclude(family__isnull=True, state=SentenceState.REMOVED.value).in_order()
    return tuple(
        HumanSentence(
            section=Section(values["section"]),
            family=values["family"],
            subjects=tuple(values["subjects"]),
            text=None if values["state"] == SentenceState.REMOVED else values["text"],
            evidence=tuple(values["stated_evidence"] if values["family"] else values["basis"].get("evidence", ())),
            judgement=values["judgement"],
            author=values["stated_author"] or values["author__name"] or "",
        )
        for values in rows.values(
            "section",
            "family",
            "subjects",
            "text",
            "state",
            "basis",
            "stated_evidence",
            "judgement",
            "stated_author",
            "author__name",
        )
    )
