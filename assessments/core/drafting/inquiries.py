"""Inquiries into a place instead of persons, and what became of an official's immunity (F1b; claim-types.md 3)."""

from collections.abc import Iterable

from assessments.core.drafting.conduct import details, gerund
from assessments.core.drafting.desk import Desk
from assessments.core.drafting.people import joined_by_commas, short_phrase
from assessments.core.drafting.periods import when
from assessments.core.drafting.states import evidence_of
from assessments.core.grammar import clean, date_phrase
from assessments.core.sheets import OfficialCase, Proceeding
from assessments.core.values import CaseStatus, Modality, PeriodRelation, Section, Stage

_INQUIRY = frozenset({Stage.ALLEGATION, Stage.INVESTIGATION, Stage.ACTION, Stage.ADMINISTRATIVE})


def is_inquiry(case: OfficialCase) -> bool:
    """Say whether a case is an inquiry into a place: no official stands in it."""
    return bool(clean(case.institution)) and not case.officials


def write_inquiries(desk: Desk, section: Section, cases: Iterable[OfficialCase]) -> None:
    """Write one sentence for each step of each inquiry, with its outcome."""
    for case in sorted(cases, key=lambda each: each.id):
        for position, step in enumerate(case.proceedings, start=1):
            _step(desk, section, case, step, is_first=position == 1, is_last=position == len(case.proceedings))


def _step(desk: Desk, section: Section, case: OfficialCase, step: Proceeding, *, is_first: bool, is_last: bool) -> None:
    speaker = desk.speaker(step.evidence or case.evidence)
    is_told = speaker.attributes_facts
    slots = {
        "opening": desk.opening_again(section, _opening(desk, case, step) if is_first else when(step.date)),
        "body": _body(desk, step),
        "step": _verb(desk, step),
        "object": _object(desk, case, step),
        "status": _status(desk, step) if is_last else "",
        **desk.voice(section, speaker if is_told else None, Modality.REPORTED),
    }
    desk.say(
        "NP-22",
        "attributed" if is_told else "step",
        slots,
        section=section,
        subjects=[case.id],
        basis=desk.basis([case.id], evidence_of(desk, [case])),
        choice=f"an inquiry into a place stands at {step.stage.label}",
        family="case" if is_first else f"case-{step.stage.value}",
    )


def _opening(desk: Desk, case: OfficialCase, step: Proceeding) -> str:
    date = when(step.date)
    if case.relation is PeriodRelation.CURRENT:
        return date
    opened = desk.wording.phrase("case-opened-in", date=date_phrase(case.opened)) if case.opened else ""
    return ", ".join(part for part in (date, opened or desk.wording.phrase("earlier-case")) if part)


def _body(desk: Desk, step: Proceeding) -> str:
    name = clean(step.body)
    usual = desk.wording.stage(Stage.INVESTIGATION if step.stage in _INQUIRY else step.stage).body
    body = (desk.agency(name) if name[:1].isupper() else name) or usual
    return f"{body} {clean(step.jurisdiction)}".rstrip()


def _verb(desk: Desk, step: Proceeding) -> str:
    """Return what was done: an inquiry that ended was completed, any other was opened."""
    if step.stage is Stage.INVESTIGATION:
        return desk.wording.phrase("completed" if step.status is CaseStatus.ENDED else "inquired")
    return desk.wording.stage(step.stage).past


def _object(desk: Desk, case: OfficialCase, step: Proceeding) -> str:
    act = gerund(desk, case)
    parts = [clean(case.institution), f"{desk.wording.hedge(step.stage).act} {act}" if act else "", details(desk, case)]
    text = " ".join(part for part in parts if part)
    return desk.wording.phrase("due-to", object=text, reason=clean(step.reason)) if clean(step.reason) else text


def _status(desk: Desk, step: Proceeding) -> str:
    match step.status:
        case CaseStatus.PENDING:
            return desk.at_the_end(desk.wording.word("status", "investigation"))
        case CaseStatus.NO_PROGRESS:
            return desk.wording.phrase("no-progress", gov=desk.gov, case=desk.wording.word("which", "case"))
        case CaseStatus.NOT_REPORTED:
            return desk.wording.phrase("no-outcome", gov=desk.gov, case=desk.wording.word("which", "case"))
        case CaseStatus.ON_APPEAL:
            return desk.at_the_end(desk.wording.word("status", "appeal"))
        case _:
            return ""


def immunity_of(desk: Desk, case: OfficialCase) -> str:
    """Return what became of immunity, and a departure, as a clause; empty where neither is on record."""
    parts = []
    if case.immunity:
        parts.append(desk.wording.phrase(f"immunity-{case.immunity.value}", gov=desk.gov))
    if case.left_host_state:
        parts.append(desk.wording.phrase("left-host-state", officials=short_phrase(case.officials)))
    return joined_by_commas(desk, parts)


def write_immunity(desk: Desk, section: Section, case: OfficialCase) -> None:
    """Say what became of immunity, where that is on record."""
    clause = immunity_of(desk, case)
    if clause:
        desk.say(
            "NP-62",
            "state",
            {"clause": clause},
            section=section,
            subjects=[case.id],
            basis=desk.basis([case.id], evidence_of(desk, [case])),
            choice="what became of immunity is on record",
            family="case-immunity",
        )
