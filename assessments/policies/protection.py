"""What a person may see of a source, of the evidence taken from it, and of protected fields (decisions.md 13).

An open source is open to the office. The identity of a restricted one is for the people assigned to a country whose
assessments use it. That of a confidential one is for who entered it and the people named on it; others see its class,
grades and permitted attributions only. Excerpts stay internal, and follow their source.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.models import Role, User
from assessments.core.protected import PROTECTED, PROTECTED_TEXTS, WITHHELD
from assessments.core.values import Protection
from assessments.enums import Part, Subject
from assessments.models import Assessment, Assignment, Evidence, Source, SourceReader, SourceUse, StoredValue

PROTECTED_FIELDS: Mapping[type, frozenset[str]] = {**PROTECTED, **PROTECTED_TEXTS}
"""Protected fields by record type; the canary test walks this list."""

OPEN_OF_CONFIDENTIAL = frozenset({"source_class", "reliability", "protection", "attributions", "demonstration"})
"""All that others see of a confidential source."""

STAFF = (Part.ANALYST, Part.REVIEWER, Part.SECOND_CODER)


@dataclass(frozen=True)
class SourceView:
    """What one person may see of one source. `fields` has every field, withheld ones as None or `WITHHELD`."""

    source: Source
    is_known: bool  # whether the identity may be seen
    fields: Mapping[str, Any]

    @property
    def title(self) -> str:
        """The title, or the word that stands for it."""
        return str(self.fields["title"])

    @property
    def withheld(self) -> frozenset[str]:
        """Names of the fields that are not shown."""
        return frozenset() if self.is_known else hidden_fields(self.source)


SOURCE_FIELDS = (
    "title",
    "source_class",
    "publisher",
    "url",
    "published",
    "read_on",
    "language",
    "reliability",
    "protection",
    "attributions",
    "demonstration",
    "note",
)


def hidden_fields(source: Source) -> frozenset[str]:
    """Return the fields of a source that are for the people who may know it."""
    if source.protection == Protection.OPEN:
        return frozenset()
    if source.protection == Protection.RESTRICTED:
        return PROTECTED[Source.record]
    return frozenset(SOURCE_FIELDS) - OPEN_OF_CONFIDENTIAL


def visible_sources(user: User) -> QuerySet[Source]:
    """Sources whose identity a person may know: the only ones that a library or a search may show them."""
    if not user.is_active:
        return Source.objects.none()
    mine = Q(entered_by=user) | Q(Exists(SourceReader.objects.filter(source=OuterRef("pk"), user=user)))
    staff = Q(protection=Protection.RESTRICTED.value) & Q(_used_by_staff(user))
    if user.has_role(Role.ANALYST, Role.REVIEWER, Role.COORDINATOR):
        staff |= Q(protection=Protection.OPEN.value)
    return Source.objects.filter(mine | staff)


def _used_by_staff(user: User) -> Exists:
    """Say whether an assessment of a country a person is assigned to uses the source."""
    countries = (
        Assignment.objects.filter(user=user, ended_at__isnull=True, part__in=[part.value for part in STAFF])
        .order_by()
        .values("assessment__country")
    )
    return Exists(SourceUse.objects.filter(source=OuterRef("pk"), revision__assessment__country__in=countries))


def source_views(sources: Iterable[Source], user: User) -> dict[int, SourceView]:
    """Return what a person may see of each source, by primary key; one query however many there are."""
    rows = list(sources)
    guarded = [row.pk for row in rows if row.protection != Protection.OPEN]
    known = set(visible_sources(user).filter(pk__in=guarded).values_list("pk", flat=True)) if guarded else set()
    return {row.pk: _view(row, row.protection == Protection.OPEN or row.pk in known) for row in rows}


def source_view(source: Source, user: User) -> SourceView:
    """Return what a person may see of one source."""
    return source_views([source], user)[source.pk]


def _view(source: Source, is_known: bool) -> SourceView:
    hidden = frozenset() if is_known else hidden_fields(source)
    fields = {name: None if name in hidden else getattr(source, name) for name in SOURCE_FIELDS}
    if "title" in hidden:
        fields["title"] = WITHHELD
    return SourceView(source=source, is_known=is_known, fields=fields)


def evidence_views(rows: Iterable[Evidence], user: User) -> dict[int, Mapping[str, Any]]:
    """Return the fields of each item a person may see, by primary key; excerpts follow their source.

    Rows must come with `use__source`; whom and what they point at is not among the fields. A withheld field is None.
    The caller shows only evidence of an assessment whose facts the person may read.
    """
    items = list(rows)
    views = source_views({item.use.source_id: item.use.source for item in items}.values(), user)
    names = [field.name for field in Evidence._meta.concrete_fields if not field.is_relation and field.name != "id"]
    found: dict[int, Mapping[str, Any]] = {}
    for item in items:
        hidden = frozenset() if views[item.use.source_id].is_known else PROTECTED[Evidence.record]
        found[item.pk] = {name: None if name in hidden else getattr(item, name) for name in names}
    return found


def can_see_protected_facts(assessment: Assessment, user: User) -> bool:
    """Say whether recruiters' names and docket numbers may be seen: by the people assigned to the assessment."""
    if not user.is_active:
        return False
    return Assignment.objects.filter(
        assessment=assessment, user=user, ended_at__isnull=True, part__in=[part.value for part in STAFF]
    ).exists()


def visible_values(user: User, values: QuerySet[StoredValue]) -> QuerySet[StoredValue]:
    """Keep the values of events that may be shown: protected ones only where their source may be known today."""
    if not user.is_active:
        return values.none()
    known = visible_sources(user).order_by().values("public_id")
    of_source = Q(subject_kind=Subject.SOURCE.value)
    return values.filter((Q(protection=Protection.OPEN.value) & ~of_source) | (of_source & Q(subject_id__in=known)))
