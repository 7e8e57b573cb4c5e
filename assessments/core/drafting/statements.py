"""Concerns, effects, efforts, shortfalls, limits and context, as somebody stated them (claim-types.md Q1 to X4).

A strength word is told where the source said it, or where the finding's level carries it; else a weaker word stands
and the gap is noted.
"""

from collections.abc import Iterable

from assessments.core.drafting.conduct import act_indicators
from assessments.core.drafting.desk import Desk
from assessments.core.drafting.observations import Said, said, topic_of
from assessments.core.drafting.people import joined_by_commas
from assessments.core.drafting.periods import when
from assessments.core.drafting.speakers import Speaker
from assessments.core.drafting.terms import phrases, so_that
from assessments.core.grammar import clean
from assessments.core.sheets import Statement
from assessments.core.values import NUMBERED, ConcernGrade, Section, StatementKind

_COMMONEST = "bribery-influence-and-abuse-of-functions"
_STATE = "proof-of-failure"
_WEIGHED = frozenset({StatementKind.CONCERN, StatementKind.EFFECT})
_MOST = 3
_PAIR = 2
_LONGEST = 32  # words of efforts and shortfalls told in one sentence
_ADDING = "including "
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
    """Write the concern sentences: those of one source side by side, concern and effect of one topic together."""
    items = of_kind(desk, section, StatementKind.CONCERN, StatementKind.EFFECT)
    groups: dict[object, list[Statement]] = {}
    for item in items:
        speaker = speaker_of(desk, item)
        can_join = not (clean(item.text) or item.observations)
        voice = (speaker.name if speaker else "", item.modality, item.date)
        key = (item.topics, item.crime, clean(item.topic), *voice) if can_join else item.id
        groups.setdefault(key, []).append(item)
    by_speaker: dict[str, list[list[Statement]]] = {}
    for members in groups.values():
        for part in _pairs(members):
            speaker = speaker_of(desk, part[0])
            by_speaker.setdefault(speaker.name if speaker else "", []).append(part)
    for passage in _passages(desk, (part for parts in by_speaker.values() for part in parts)):
        _concern(desk, section, passage)


def _pairs(members: list[Statement]) -> Iterable[list[Statement]]:
    """Join one concern with the effects of its topic; a second concern stands alone."""
    concerns = [item for item in members if item.kind is StatementKind.CONCERN]
    effects = [item for item in members if item.kind is StatementKind.EFFECT]
    first = concerns[:1]
    if first or effects:
        yield [*first, *effects]
    for item in concerns[1:]:
        yield [item]


def _passages(desk: Desk, parts: Iterable[list[Statement]]) -> Iterable[list[list[Statement]]]:
    """Put concerns into one sentence that one speaker voices, or that the office itself grades alike."""
    waiting: list[list[Statement]] = []
    for part in parts:
        if waiting and (len(waiting) == _MOST or _voice(desk, waiting[0]) != _voice(desk, part)):
            yield waiting
            waiting = []
        waiting.append(part)
    if waiting:
        yield waiting


def _voice(desk: Desk, part: list[Statement]) -> object:
    """Return what concerns must share to stand in one sentence: who says it, how, of when, and in words of fields."""
    first, speaker = part[0], speaker_of(desk, part[0])
    if any(clean(item.text) or item.observations for item in part):
        return first.id
    if speaker:
        return (speaker.name, speaker.verb(first.modality), first.date)
    is_bare = not (clean(first.scope) or first.extents or first.results or _added(desk, first))
    is_plain = len(part) == 1 and first.kind is StatementKind.CONCERN and is_bare and first.unattributed
    return (concerns_of(desk, first, is_own=True), first.persists, first.date) if is_plain else first.id


def _together(desk: Desk, passage: list[list[Statement]], *, is_own: bool) -> str:
    """Return the clauses of a passage as one: topics graded alike share their verb, clauses of a speaker go on."""
    clauses = [concern_clause(desk, part, is_own=is_own) for part in passage]
    if len(clauses) == 1:
        return clauses[0]
    first = passage[0][0]
    if is_own:
        topics = [near_topic(desk, part[0]) for part in passage]
        said = desk.join(topics)
        if any(" and " in topic for topic in topics):
            if len(passage) == _PAIR:
                name = "as-did" if first.persists else "as-was"
                return desk.wording.phrase(name, clause=clauses[0], verb=be(desk, passage[1][0]), topic=topics[1])
            said = f"{joined_by_commas(desk, topics)},"
        verb = desk.wording.word("be", "still" if first.persists else "many")
        return f"{said} {verb} {concerns_of(desk, first, is_own=True)}"
    further = [desk.wording.phrase("that", clause=clause) for clause in clauses[1:-1]]
    mark = "," if further or any("," in clause for clause in clauses) else ""
    return f"{', '.join([clauses[0], *further])}{mark} {desk.wording.phrase('and-that', clause=clauses[-1])}"


def _concern(desk: Desk, section: Section, passage: list[list[Statement]]) -> None:
    members = [item for part in passage for item in part]
    first = members[0]
    speaker = speaker_of(desk, first)
    slots = {
        "when": when(first.date),
        "clause": _together(desk, passage, is_own=speaker is None),
        **desk.voice(section, speaker, first.modality),
    }
    if speaker is None and not first.unattributed and not desk.speaker(first.evidence).name:
        slots["clause"] = desk.wording.phrase("reportedly", clause=slots["clause"])
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


def concern_clause(desk: Desk, members: list[Statement], *, is_own: bool) -> str:
    """Return a concern and its effects as one clause, in words that level or source carries."""
    first = members[0]
    own = said(desk, first)
    if own.predicate:
        return own.clause(desk.gov)
    parts = [part for item in members if (part := _predicate(desk, item, is_own=is_own))]
    reach = [*phrases(desk, "extent", first.extents), *phrases(desk, "level", first.levels), clean(first.scope)]
    is_concern = all(item.kind is StatementKind.CONCERN for item in members)
    topic = near_topic(desk, first) if is_concern else topic_of(desk, first)[0]
    clause = f"{topic} {desk.join(parts)}"
    for phrase in reach:
        if phrase and phrase.casefold() not in clause.casefold():
            clause = f"{clause}{',' if phrase.startswith('including ') else ''} {phrase}"
    return so_that(desk, tuple(slug for item in members for slug in item.results), before=clause)


def near_topic(desk: Desk, item: Statement) -> str:
    """Return what a concern is about, with the level it is of: "the lack of will at the highest level"."""
    levels = [phrase for phrase in phrases(desk, "level", item.levels) if not phrase.startswith(_ADDING)]
    return " ".join([topic_of(desk, item)[0], *levels])


def _added(desk: Desk, item: Statement) -> list[str]:
    """Return levels that only add to a topic: "including at the senior level"."""
    return [phrase for phrase in phrases(desk, "level", item.levels) if phrase.startswith(_ADDING)]


def _predicate(desk: Desk, item: Statement, *, is_own: bool) -> str:
    if item.kind is StatementKind.CONCERN:
        verb = desk.wording.word("be", "still") if item.persists else be(desk, item)
        return f"{verb} {_grade(desk, item, is_own=is_own)}"
    objects = desk.join([*phrases(desk, "effect", item.effects), *filter(None, map(clean, item.objects))])
    return f"{_strength(desk, item, is_own=is_own)} {objects or desk.wording.word('usual', 'object')}"


def be(desk: Desk, item: Statement) -> str:
    """Return "were" for a topic of several things, "was" for one."""
    return desk.wording.word("be", "many" if topic_of(desk, item)[1] else "one")


def concerns_of(desk: Desk, item: Statement, *, is_own: bool) -> str:
    """Return a concern as a plural noun ("serious concerns"); empty where a source's grade is no noun ("endemic")."""
    word, level = desk.wording.word, _level(desk)
    grade = item.grade or ConcernGrade.CONCERN
    if not is_own:
        return word("concerns", grade)
    if item.grade and level >= int(word("grade-level", grade)) and (said := word("concerns", grade)):
        return said
    return desk.wording.strength(min(level, 4)).concerns


def _level(desk: Desk) -> int:
    return desk.finding.concern.level or 0


def _grade(desk: Desk, item: Statement, *, is_own: bool) -> str:
    word = desk.wording.word
    level = _level(desk)
    if not is_own:
        return word("grade", item.grade or ConcernGrade.CONCERN)
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
        return word("effect", item.strength) if item.strength else word("usual", "effect")
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
        gap = f"the concern level does not carry the recorded strength of {what} {item.id}"
        desk.gap(item.section, gap, facts=(item.id,))
    else:
        gap = f"rate {waiting.code} to state the strength of {what}"
        desk.gap(item.section, gap, indicator=waiting.slug, facts=(item.id,))


def write_body(desk: Desk, section: Section) -> None:
    """Write efforts, shortfalls and context of a section, each in the words on record."""
    for members in _runs(desk, of_kind(desk, section, *_BODY)):
        _statement(desk, section, members)


def _runs(desk: Desk, items: Iterable[Statement]) -> Iterable[list[Statement]]:
    """Put side by side what the government did and did not do, so that one sentence names it once."""
    waiting: list[Statement] = []
    for item in items:
        if waiting and not _goes_on(desk, waiting, item):
            yield waiting
            waiting = []
        waiting.append(item)
    if waiting:
        yield waiting


def _goes_on(desk: Desk, waiting: list[Statement], item: Statement) -> bool:
    """Say whether a statement goes on from those before: "took some steps but did not investigate the reports"."""
    group = [*waiting, item]
    told = [said(desk, each) for each in group]
    words = sum(len(each.predicate.split()) for each in told)
    is_plain = all(
        each.kind is not StatementKind.CONTEXT
        and own.predicate
        and not (own.subject or own.opening or each.results or each.date or speaker_of(desk, each))
        for each, own in zip(group, told, strict=True)
    )
    turns = [each.kind for each in group]
    return is_plain and len(group) <= _MOST and words <= _LONGEST and turns == sorted(turns, key=_BODY.index)


def _told(desk: Desk, section: Section, members: list[Statement]) -> str:
    """Return statements as one clause about the government, or about whom else they concern."""
    own = [said(desk, item) for item in members]
    is_free = any(each.subject or each.is_whole or clean(item.text) for each, item in zip(own, members, strict=True))
    if is_free or speaker_of(desk, members[0]):
        who = desk.gov
    else:
        who = desk.government(section, " ".join(each.predicate for each in own))
    return own[0].clause(who) if len(members) == 1 else _run_clause(desk, members, who)


def _run_clause(desk: Desk, members: list[Statement], who: str) -> str:
    """Return a run as one clause: efforts with "and", then "but" with what was not done."""
    efforts = [said(desk, item).predicate for item in members if item.kind is StatementKind.EFFORT]
    shortfalls = [said(desk, item).predicate for item in members if item.kind is not StatementKind.EFFORT]
    parts = [_joined(desk, texts) for texts in (efforts, shortfalls) if texts]
    if len(parts) == 1:
        return f"{who} {parts[0]}"
    mark = "," if any("," in part for part in parts) else ""
    return f"{who} {desk.wording.phrase('but', efforts=parts[0] + mark, shortfalls=parts[1])}"


def _joined(desk: Desk, texts: list[str]) -> str:
    has_commas = len(texts) > 2 or any("," in text for text in texts)
    return joined_by_commas(desk, texts) if has_commas else desk.join(texts)


def clause_of(desk: Desk, item: Statement) -> str:
    """Return a statement as a clause: efforts, shortfalls and findings get their subject."""
    return said(desk, item).clause(desk.gov)


def own_words(desk: Desk, item: Statement) -> Said:
    """Return who a statement is about and what it says of them."""
    return said(desk, item)


def _statement(desk: Desk, section: Section, members: list[Statement]) -> None:
    item = members[0]
    clause = _told(desk, section, members)
    if not clause:
        desk.gap(section, f"choose what was found, or say in words what {item.id} states", facts=(item.id,))
        return
    speaker = speaker_of(desk, item)
    if speaker and speaker.is_government and clause.startswith(f"{desk.gov} "):
        clause = f"{desk.style.government_short} {clause.removeprefix(f'{desk.gov} ')}"
    slots = {
        "when": when(item.date),
        "clause": clause,
        **desk.voice(section, speaker, item.modality),
    }
    desk.say(
        "NP-58",
        "attributed" if speaker else "plain",
        slots,
        section=section,
        subjects=[each.id for each in members],
        basis=desk.basis([each.id for each in members], [ref for each in members for ref in each.evidence]),
        choice="a statement on record: " + " and ".join(dict.fromkeys(each.kind.label for each in members)),
    )


def write_limits(desk: Desk, section: Section) -> None:
    """Write limits of what is known, beside the figure each explains."""
    statistics = {item.id: item for item in desk.record.statistics}
    for item in of_kind(desk, section, StatementKind.LIMIT):
        clause = _told(desk, section, [item])
        if not clause:
            desk.gap(section, f"say in words what {item.id} states", facts=(item.id,))
            continue
        speaker = speaker_of(desk, item)
        explained = statistics.get(item.explains or "")
        is_figure = explained is not None and explained.count.kind in NUMBERED
        data = (
            desk.wording.phrase("of-officials", stages=desk.wording.stage(explained.stage).nouns) if explained else ""
        )
        desk.say(
            "NP-39" if is_figure else "NP-38",
            "quality" if is_figure else "limit",
            {
                "clause": clause,
                "data": data,
                **desk.voice(section, speaker, item.modality),
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
        clause = clause_of(desk, item) if item.kind is StatementKind.PROFILE else ""
        if not clause:
            continue
        speaker = speaker_of(desk, item)
        desk.say(
            "NP-48",
            "attributed" if speaker else "plain",
            {
                "clause": clause,
                **desk.voice(Section.PROFILE, speaker, item.modality),
            },
            section=Section.PROFILE,
            subjects=[item.id],
            basis=desk.basis([item.id], item.evidence),
            choice="a long-standing situation on record",
        )
