"""What is still to be said of cases that a figure tells: their sentence and how they stood; and who served a term."""

from assessments.core.drafting.desk import Desk
from assessments.core.drafting.people import are_several, joined_by_commas, the_officials, total
from assessments.core.drafting.sanctions import imposed, served
from assessments.core.drafting.steps import Chapter
from assessments.core.sheets import OfficialCase, Sanction
from assessments.core.values import CaseStatus, Section, Stage

_PAIR = 2


def write_folded(desk: Desk, section: Section, statistic: str, *, is_alone: bool) -> None:
    """Write, right behind a figure, what is on record of the cases it tells beyond that figure.

    `is_alone`: the sentence before told this figure only, so that "the officials" can be no others.
    """
    for case in desk.folded.get(statistic, ()):
        noun = the_officials(desk, case.officials)
        who = noun if is_alone else _told_people(desk, case, noun)
        is_pair = is_alone and total(case.officials) == _PAIR
        _sentence(
            desk,
            section,
            case,
            desk.wording.phrase("both", officials=desk.wording.word("people", "officials")) if is_pair else who,
        )
        if case.id not in desk.told_states:
            _state(desk, section, case, "" if is_alone else who)
        write_served(desk, section, case)


def still_pending(desk: Desk, statistic: str) -> tuple[OfficialCase, ...]:
    """Return the cases a figure tells, where all of them remained pending and nothing else is to be said of them."""
    cases = desk.folded.get(statistic, ())
    is_plain = all(each.proceedings[-1].status is CaseStatus.PENDING and not _sanctions(each) for each in cases)
    return cases if is_plain else ()


def _sentence(desk: Desk, section: Section, case: OfficialCase, who: str) -> None:
    phrases = imposed(desk, _sanctions(case), case.officials, first=who)
    if not phrases:
        return
    desk.say(
        "NP-24",
        "sentence",
        {
            "body": desk.wording.stage(Stage.SENTENCE).body,
            "sanction": joined_by_commas(desk, phrases),
        },
        section=section,
        subjects=[case.id],
        basis=desk.basis([case.id], evidence_of(desk, [case])),
        choice="a figure tells the case; this is what was imposed",
        family="case",
    )


def _state(desk: Desk, section: Section, case: OfficialCase, who: str) -> None:
    """Say how a case stood that a figure's sentence has told otherwise; `who` is empty where no other is in sight."""
    step = case.proceedings[-1]
    several = are_several(case.officials)
    phrase, which = desk.wording.phrase, desk.wording.word("which", "cases" if several else "case")
    which = phrase("case-against", case=which, officials=who) if who else which
    slots = {"gov": desk.gov, "case": which, "status": ""}
    match step.status:
        case CaseStatus.ENDED:
            return
        case CaseStatus.NOT_REPORTED:
            pattern, form = "NP-28", "outcome"
        case CaseStatus.NO_PROGRESS:
            pattern, form = "NP-29", "progress"
        case _:
            pattern, form = "NP-23", "state"
            is_appeal = step.status is CaseStatus.ON_APPEAL
            name = f"appeal{'s' if several else ''}-in" if is_appeal else "pending-case"
            slots["status"] = phrase(name, case=which)
            slots["period"] = desk.style.period
    desk.say(
        pattern,
        form,
        slots,
        section=section,
        subjects=[case.id],
        basis=desk.basis([case.id], evidence_of(desk, [case])),
        choice="a figure tells the case; this is how it stood",
        family="case-status",
    )


def _told_people(desk: Desk, case: OfficialCase, noun: str) -> str:
    """Return the officials of a figure told before: "the officials prosecuted"."""
    statistic = next((item for item in desk.record.statistics if item.id == case.counted_in), None)
    past = desk.wording.stage(statistic.stage).past if statistic else ""
    return f"{noun} {past}" if past and " " not in past else noun


def write_served(desk: Desk, section: Section, case: OfficialCase) -> None:
    """Say whether terms were served."""
    clauses = served(desk, _sanctions(case), case.officials)
    if clauses:
        desk.say(
            "NP-25",
            "served",
            {"clause": desk.join(clauses)},
            section=section,
            subjects=[case.id],
            basis=desk.basis([case.id], evidence_of(desk, [case])),
            choice="the record says whether a term was served",
            family="case-served",
        )


def _sanctions(case: OfficialCase) -> list[Sanction]:
    return [each for step in case.proceedings for each in step.sanctions]


def evidence_of(desk: Desk, group: list[OfficialCase], chapter: Chapter | None = None) -> list[str]:
    """Return what a sentence on cases rests on; for one case only the steps told."""
    ids = {case.id for case in group}
    became = [ref for item in desk.record.allegations if item.case in ids for ref in item.evidence]
    own = [ref for case in group for ref in case.evidence]
    if len(group) == 1 and chapter:
        return [*own, *chapter.evidence, *became]
    return [*own, *(ref for case in group for step in case.proceedings for ref in step.evidence), *became]
