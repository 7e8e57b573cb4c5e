"""Concerns, effects, efforts, shortfalls, limits and context, as somebody stated them (claim-types.md Q1 to X4).

A strength word is told where the source said it, or where the finding's level carries it; else a weaker word stands
and the gap is noted.
"""

import re
from collections.abc import Iterable

from assessments.core.drafting.conduct import act_indicators
from assessments.core.drafting.desk import Desk
from assessments.core.drafting.periods import when
from assessments.core.drafting.speakers import Speaker
from assessments.core.grammar import clean, definite
from assessments.core.sheets import Statement
from assessments.core.values import NUMBERED, Modality, Section, StatementKind

_COMMONEST = "bribery-influence-and-abuse-of-functions"
_STATE = "proof-of-failure"
_WEIGHED = frozenset({StatementKind.CONCERN, StatementKind.EFFECT})
_PREPOSITION = re.compile(r" (?:of|in|at|by|among|within|on|for|to|with) ")
_BODY = (StatementKind.EFFORT, StatementKind.SHORTFALL, StatementKind.CONTEXT)


def speaker_of(desk: Desk, statement: Statement) -> Speaker | None:
    """Return who is said to state it; None where it stands as the office's own, on its evidence."""
    if statement.unattributed:
        return None
    speaker = desk.speaker(statement.evidence)
    if not speaker.name:
        return None
    is_own = not speaker.is_spoken and statement.kind not in _WEIGHED
    is_admitted = speaker.is_government and statement.kind is StatementKind.SHORTFALL
    return None if is_own or is_admitted else speaker


def of_kind(desk: Desk, section: Section, *kinds: StatementKind) -> list[Statement]:
    """Return a section's statements of some kinds, those about officials first."""
    found = [item for item in desk.record.statements if item.section is section and item.kind in kinds]
    return sorted(found, key=lambda item: (kinds.index(item.kind), not item.about_officials, item.id))


def write_concerns(desk: Desk, section: Section) -> None:
    """Write the concern sentences: concern and effect of one topic and source are told together."""
    items = of_kind(desk, section, StatementKind.CONCERN, StatementKind.EFFECT)
    groups: dict[object, list[Statement]] = {}
    for item in items:
        speaker = speaker_of(desk, item)
        can_join = not clean(item.text)
        key = (clean(item.topic), speaker.name if speaker else "", item.modality, item.date) if can_join else item.id
        groups.setdefault(key, []).append(item)
    for members in groups.values():
        for part in _pairs(members):
            _concern(desk, section, part)


def _pairs(members: list[Statement]) -> Iterable[list[Statement]]:
    """Join one concern with the effects of its topic; a second concern stands alone."""
    concerns = [item for item in members if item.kind is StatementKind.CONCERN]
    effects = [item for item in members if item.kind is StatementKind.EFFECT]
    first = concerns[:1]
    if first or effects:
        yield [*first, *effects]
    for item in concerns[1:]:
        yield [item]


def _concern(desk: Desk, section: Section, members: list[Statement]) -> None:
    first = members[0]
    speaker = speaker_of(desk, first)
    slots = {
        "when": when(first.date),
        "clause": concern_clause(desk, members, is_own=speaker is None),
        "source": speaker.name if speaker else "",
        "verb": _verb(speaker, first.modality) if speaker else "",
    }
    if speaker is None and not first.unattributed and not desk.speaker(first.evidence).name:
        slots["clause"] = _reportedly(slots["clause"])
        desk.gap(
            section, f"name the evidence of {first.id}, so that the text can say whose view it is", facts=(first.id,)
        )
    desk.say(
        "NP-21",
        "attributed" if speaker else "plain",
        slots,
        section=section,
        subjects=[item.id for item in members],
        basis=desk.basis(
            [item.id for item in members],
            [ref for item in members for ref in item.evidence],
            ratings=desk.finding.concern.basis if speaker is None and desk.finding.concern.level else (),
        ),
        choice="a concern or effect on record" + ("" if speaker else ", as the office's own"),
        family="concern",
    )


def _reportedly(clause: str) -> str:
    return f"reportedly, {clause}"


def _verb(speaker: Speaker, modality: Modality) -> str:
    return speaker.verb(modality)


def concern_clause(desk: Desk, members: list[Statement], *, is_own: bool) -> str:
    """Return a concern and its effects as one clause, in words that level or source carries."""
    first = members[0]
    text = clean(first.text)
    if text:
        return text
    topic = clean(first.topic) or "official complicity"
    parts = [part for item in members if (part := _predicate(desk, item, is_own=is_own))]
    scope = clean(first.scope)
    clause = f"{topic} {desk.join(parts)}"
    if not scope or scope.casefold() in clause.casefold():
        return clause
    return f"{clause}{',' if scope.startswith('including ') else ''} {scope}"


def _predicate(desk: Desk, item: Statement, *, is_own: bool) -> str:
    if item.kind is StatementKind.CONCERN:
        was = "were" if " and " in _PREPOSITION.split(clean(item.topic), maxsplit=1)[0] else "was"
        verb = "remained" if item.persists else was
        return f"{verb} {_grade(desk, item, is_own=is_own)}"
    objects = desk.join([clean(each) for each in item.objects if clean(each)])
    return f"{_strength(desk, item, is_own=is_own)} {objects or 'efforts against trafficking'}"


def _level(desk: Desk) -> int:
    return desk.finding.concern.level or 0


def _grade(desk: Desk, item: Statement, *, is_own: bool) -> str:
    word = desk.wording.word
    level = _level(desk)
    if not is_own:
        return word("grade", item.grade) if item.grade else "a concern"
    if item.grade and level >= int(word("grade-level", item.grade)):
        return word("grade", item.grade)
    if item.grade is None and level >= 1:
        return desk.wording.strength(level).concern
    if item.grade is None or int(word("grade-level", item.grade)) > 0:
        _ask(desk, item, "concern")
    return desk.wording.strength(min(level, 4)).concern


def _strength(desk: Desk, item: Statement, *, is_own: bool) -> str:
    word = desk.wording.word
    level = _level(desk)
    if not is_own:
        return word("effect", item.strength) if item.strength else "affected"
    if item.strength and level >= int(word("effect-level", item.strength)):
        return word("effect", item.strength)
    _ask(desk, item, "effect")
    return desk.wording.strength(min(level, 4)).verb


def _ask(desk: Desk, item: Statement, what: str) -> None:
    """Note which indicator to rate, so that the strength of a statement can be told."""
    rated = {rating.indicator for rating in desk.record.ratings if rating.level is not None}
    bearing = frozenset().union(*(act_indicators(desk, conduct) for conduct in desk.conducts))
    concerns = [indicator for indicator in desk.framework.core if indicator.direction == "concern"]
    concerns.sort(key=lambda each: (each.slug not in bearing, each.slug != _COMMONEST, each.group == _STATE, each.code))
    waiting = next((indicator for indicator in concerns if indicator.slug not in rated), None)
    if waiting is None:
        text = f"the concern level does not carry the recorded strength of {what} {item.id}"
        desk.gap(item.section, text, facts=(item.id,))
    else:
        text = f"rate {waiting.code} to state the strength of {what}"
        desk.gap(item.section, text, indicator=waiting.slug, facts=(item.id,))


def write_body(desk: Desk, section: Section) -> None:
    """Write efforts, shortfalls and context of a section, each in the words on record."""
    for item in of_kind(desk, section, *_BODY):
        _statement(desk, section, item)


def clause_of(desk: Desk, item: Statement) -> str:
    """Return a statement as a clause: efforts and shortfalls get their subject."""
    text = clean(item.text)
    if item.kind not in {StatementKind.EFFORT, StatementKind.SHORTFALL}:
        return text
    if not text:
        return ""
    return f"{definite(clean(item.subject)) or desk.gov} {text}"


def _statement(desk: Desk, section: Section, item: Statement) -> None:
    clause = clause_of(desk, item)
    if not clause:
        desk.gap(section, f"say in words what {item.id} states", facts=(item.id,))
        return
    speaker = speaker_of(desk, item)
    if speaker and speaker.is_government and clause.startswith(f"{desk.gov} "):
        clause = f"it {clause.removeprefix(f'{desk.gov} ')}"
    slots = {
        "when": when(item.date),
        "clause": clause,
        "source": speaker.name if speaker else "",
        "verb": _verb(speaker, item.modality) if speaker else "",
    }
    desk.say(
        "NP-58",
        "attributed" if speaker else "plain",
        slots,
        section=section,
        subjects=[item.id],
        basis=desk.basis([item.id], item.evidence),
        choice=f"a statement on record: {item.kind.label}",
    )


def write_limits(desk: Desk, section: Section) -> None:
    """Write limits of what is known, beside the figure each explains."""
    statistics = {item.id: item for item in desk.record.statistics}
    for item in of_kind(desk, section, StatementKind.LIMIT):
        clause = clean(item.text)
        if not clause:
            desk.gap(section, f"say in words what {item.id} states", facts=(item.id,))
            continue
        speaker = speaker_of(desk, item)
        explained = statistics.get(item.explains or "")
        is_figure = explained is not None and explained.count.kind in NUMBERED
        data = f"{desk.wording.stage(explained.stage).nouns} of officials" if explained else ""
        desk.say(
            "NP-39" if is_figure else "NP-38",
            "quality" if is_figure else "limit",
            {
                "clause": clause,
                "data": data,
                "source": speaker.name if speaker else "",
                "verb": _verb(speaker, item.modality) if speaker else "",
            },
            section=section,
            subjects=[item.id],
            basis=desk.basis([item.id, *([explained.id] if explained else [])], item.evidence),
            choice="a limit of what is known is on record",
            family="limit",
        )


def write_profile(desk: Desk) -> None:
    """Write the profile sentences, wherever the analyst filed them, and other statements of that section."""
    for item in sorted(desk.record.statements, key=lambda each: (not each.about_officials, each.id)):
        clause = clean(item.text)
        if item.kind is not StatementKind.PROFILE or not clause:
            continue
        speaker = speaker_of(desk, item)
        desk.say(
            "NP-48",
            "attributed" if speaker else "plain",
            {
                "clause": clause,
                "source": speaker.name if speaker else "",
                "verb": _verb(speaker, item.modality) if speaker else "",
            },
            section=Section.PROFILE,
            subjects=[item.id],
            basis=desk.basis([item.id], item.evidence),
            choice="a long-standing situation on record",
        )
