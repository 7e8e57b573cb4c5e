"""The first fact, five minutes in: one line makes a source, its evidence, a fact and a sentence (design.md)."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from accounts.models import User
from assessments import policies
from assessments.actions.derive import rederive
from assessments.actions.door import Invalid, Saved, action, lock
from assessments.actions.facts import write_evidence
from assessments.actions.rows import save_row
from assessments.actions.sources import create_source, take_in
from assessments.actions.validation import validated_source
from assessments.core.sheets import (
    Allegation,
    Evidence,
    OfficialCase,
    OfficialGroup,
    Phrase,
    Proceeding,
    Source,
    Statistic,
)
from assessments.core.values import (
    GROUP_KINDS,
    CaseStatus,
    Count,
    Credibility,
    Modality,
    Slug,
    SourceClass,
    Stage,
    TraffickingLink,
    Unit,
    record,
)
from assessments.models import SHEETS, Revision

UNNAMED = "official"


@record
class Line:
    """One typed line about officials: what was done to how many of whom for what, and who says so.

    A line that names an act or a role is an allegation or a case; one that names neither, or says that something was
    not reported, is a statistic.
    """

    stage: Stage
    count: Count
    role: Phrase = ""  # singular noun phrase: "police officer"
    category: Slug = "other-official"
    agency: Phrase = ""
    act: Slug | None = None
    text: Phrase = ""  # gerund phrase, where no act of the framework says it
    source_title: Phrase
    source_url: str = ""
    source_class: SourceClass
    attribution: Phrase = ""
    pinpoint: Phrase = ""


@action
def quick_fact(*, revision_id: UUID, line: Line, by: User, at: datetime) -> Saved:
    """Record one line: its source (found again by title and address), its evidence, and the fact it states.

    Returns the fact's ref and the sentences it caused. Raises NotAllowed and Invalid; then nothing is written.
    """
    revision = lock(revision_id)
    policies.check_can_edit(revision, by)
    source = _source(revision, line, by, at)
    item = Evidence(
        id="new",
        source=source,
        attribution=line.attribution,
        pinpoint=line.pinpoint,
        credibility=Credibility.POSSIBLE,
    )
    evidence = write_evidence(revision, None, item, None, by, at).ref
    sheet, fact = fact_of(line, evidence)
    saved = save_row(revision, SHEETS[sheet], ref=None, record=fact, version=None, by=by, at=at, action="save_fact")
    return replace(saved, changed=rederive(revision, at=at, changed={"sources", "evidence", sheet}))


def _source(revision: Revision, line: Line, by: User, at: datetime) -> str:
    """Return the id in this revision of the line's source: one this person may know, or a new one."""
    if not line.source_title.strip():
        raise Invalid({"source_title": ["Name the source: without one the line would be nobody's word."]})
    known = (
        policies.visible_sources(by)
        .filter(title=line.source_title, url=line.source_url, withdrawn_at__isnull=True)
        .order_by("pk")
        .first()
    )
    if known is None:
        source = Source(
            id="new",
            title=line.source_title,
            url=line.source_url,
            source_class=line.source_class,
            attributions=(line.attribution,) if line.attribution else (),
            read_on=at.date().isoformat(),
        )
        known = create_source(validated_source(source), by, at)
    return take_in(revision, known, by, at).ref


_GOES_ON = frozenset({Stage.ARREST, Stage.INVESTIGATION, Stage.INDICTMENT, Stage.CHARGE, Stage.TRIAL, Stage.APPEAL})


def _status(stage: Stage) -> CaseStatus:
    """Take a step that another one follows for pending, unless somebody says how it ended."""
    return CaseStatus.PENDING if stage in _GOES_ON else CaseStatus.ENDED


def fact_of(line: Line, evidence: str) -> tuple[str, Statistic | OfficialCase | Allegation]:
    """Return the sheet and the record that a line is."""
    is_about_people = bool(line.act or line.text or line.role)
    if not is_about_people or line.count.kind not in GROUP_KINDS:
        statistic = Statistic(
            id="new",
            stage=line.stage,
            unit=Unit.PERSONS,
            count=line.count,
            agency=line.agency,
            evidence=(evidence,),
        )
        return "statistics", statistic
    group = OfficialGroup(role=line.role or UNNAMED, category=line.category, count=line.count, agency=line.agency)
    acts = (line.act,) if line.act else ()
    if line.stage is Stage.ALLEGATION:
        allegation = Allegation(
            id="new",
            officials=(group,),
            acts=acts,
            text=line.text,
            modality=Modality.REPORTED,
            link=TraffickingLink.TRAFFICKING,
            evidence=(evidence,),
        )
        return "allegations", allegation
    case = OfficialCase(
        id="new",
        officials=(group,),
        acts=acts,
        text=line.text,
        proceedings=(Proceeding(stage=line.stage, status=_status(line.stage), evidence=(evidence,)),),
        evidence=(evidence,),
    )
    return "cases", case
