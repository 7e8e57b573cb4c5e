"""What forms offer: evidence under permitted names, sources as far as the person may know them, other records."""

from collections.abc import Mapping
from typing import Any

from assessments import policies
from assessments.core.protected import WITHHELD
from assessments.core.sheets import Evidence
from assessments.core.types import Case
from assessments.core.values import SourceClass
from assessments.forms.fields import Choices
from assessments.forms.labels import WORDS
from assessments.forms.records import Offer, kinds
from assessments.models import SHEETS, SourceUse
from assessments.views.bench import Bench
from assessments.views.looks import note_views
from frameworks.models import Country

SHORT = 90


def offer(bench: Bench, record: type) -> Offer:
    """Load what a form of this record type may offer; one query for each list it needs."""
    wanted = {words.refs for words in WORDS[record].values() if words.refs}
    refs: dict[str, Choices] = {"evidence": evidence_choices(bench)} if _names_evidence(record) else {}
    for name in wanted:
        refs[name] = source_choices(bench) if name == "sources" else _records(bench, name)
    has_countries = any(kind.name == "countries" for kind in kinds(record))
    return Offer(framework=bench.framework, refs=refs, countries=country_names() if has_countries else {})


def _names_evidence(record: type) -> bool:
    return any(kind.name in ("evidence", "trends") for kind in kinds(record))


def country_names() -> Mapping[str, str]:
    """Return the names of all countries by code."""
    return dict(Country.objects.values_list("iso3", "name"))


def evidence_choices(bench: Bench) -> Choices:
    """Return this assessment's evidence, each item by its number, who speaks, and what it shows in our own words.

    No field that is protected enters a label: neither the excerpt nor what identifies a source.
    """
    case = bench.case
    return [
        (item.id, f"{item.id}  {_speaker(case, item)}: {cut(item.edited or item.pinpoint or 'no summary yet')}")
        for item in case.record.evidence
    ]


def _speaker(case: Case, item: Evidence) -> str:
    return item.attribution or (item.source_class or case.sources[item.source].source_class).label


def source_choices(bench: Bench) -> Choices:
    """Return the sources of this assessment under what the person may know of them."""
    uses = list(SourceUse.objects.filter(revision=bench.revision).select_related("source").order_by("position", "pk"))
    views = policies.source_views([use.source for use in uses], bench.user)
    note_views(bench.user, views.values())
    return [(use.ref, f"{use.ref}  {source_label(views[use.source_id])}") for use in uses]


def source_label(view: policies.SourceView) -> str:
    """Return the title of a source, or its class where the title is withheld."""
    kind = SourceClass(view.source.source_class).label
    return f"{kind} ({WITHHELD.lower()})" if not view.is_known and view.title == WITHHELD else view.title


def _records(bench: Bench, name: str) -> Choices:
    from assessments.mapping import column_names, from_columns
    from assessments.views.summaries import row

    model: Any = SHEETS[name]
    rows = model.objects.filter(revision=bench.revision, withdrawn_at__isnull=True).order_by("position", "pk")
    found = []
    for values in rows.values("ref", *column_names(model.record)):
        line = row(from_columns(model.record, values, id=values["ref"]), bench.framework)
        found.append((line.ref, cut(f"{line.ref}  {line.what}: {line.status}")))
    return found


def cut(text: str) -> str:
    """Return a label of at most 90 characters."""
    return text if len(text) <= SHORT else text[: SHORT - 1].rstrip() + "…"
