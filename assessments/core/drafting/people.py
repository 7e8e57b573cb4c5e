"""Officials as noun phrases: count, role and agency, and their short form on second mention. Never a name."""

import re
from collections.abc import Iterable
from dataclasses import replace

from assessments.core.agencies import adds_nothing
from assessments.core.drafting.desk import Desk
from assessments.core.grammar import (
    article,
    clean,
    count_words,
    figures,
    head_noun,
    is_office,
    number,
    plural,
    shared_noun,
)
from assessments.core.sheets import OfficialGroup
from assessments.core.values import UNKNOWN_COUNT, Count, CountKind


def is_one(count: Count) -> bool:
    """Say whether a count is exactly one."""
    return count.kind is CountKind.EXACT and count.value == 1


def counted(desk: Desk, count: Count, singular: str, several: str) -> str:
    """Return a count with its noun: "one official", "at least three officials", "some officials", "officials"."""
    if count.kind is CountKind.REPORTED_ZERO:
        return desk.wording.phrase("none-of", list=several)
    noun = singular if count.value == 1 else several
    return f"{count_words(count)} {noun}".lstrip()


def people_count(desk: Desk, count: Count, group: str) -> str:
    """Return a count of people by their plural noun: "44 women", "one of the foreign workers"."""
    if count.value == 1:
        return desk.wording.phrase("part-of-the", count=count_words(count), officials=group)
    return counted(desk, count, group, group)


def _role(desk: Desk, group: OfficialGroup, *, is_plural: bool) -> str:
    role = clean(group.role) or "official"
    noun = (clean(group.plural) or plural(role)) if is_plural else role
    is_new = group.former and not role.casefold().startswith("former")
    noun = desk.wording.phrase("former", officials=noun) if is_new else noun
    term = desk.term("standing", group.standing) if group.standing else None
    return f"{term.phrase} {noun}" if term else noun


def group_phrase(
    desk: Desk,
    group: OfficialGroup,
    *,
    role: str = "",
    with_agency: bool = True,
    with_count: bool = True,
    in_words: bool = False,
    told: str = "",
) -> str:
    """Return one group: "two immigration officers from the Bureau of Immigration (BI)", "a mayor".

    `role` stands for the group's own where several share their noun. `with_count` False leaves out "some" or
    "several", where the group before it has said it for both. `in_words`: "one mayor" instead of "a mayor".
    `told` is the one agency the sentence has named already: "from the same bureau".
    """
    one = is_one(group.count) and not in_words
    is_new = bool(clean(group.abbreviation)) or not adds_nothing(desk.style, clean(group.agency), clean(group.role))
    is_shown = with_agency and bool(clean(group.agency)) and is_new
    role = role or _role(desk, _bare(desk, group) if is_shown else group, is_plural=group.count.value != 1)
    if one:
        phrase = article(role)
    else:
        words = count_words(group.count) if with_count else ""
        phrase = f"{words} {role}" if words else role
    if is_shown:
        link = desk.style.of_agency if is_office(role) else desk.style.from_agency
        is_told = told and clean(group.agency) == told and not clean(group.abbreviation)
        agency = _same(desk, told) if is_told else desk.agency(group.agency, group.abbreviation)
        phrase = f"{phrase} {link} {agency}"
    accomplices = clean(group.accomplices)
    return desk.wording.phrase("together-with", officials=phrase, list=accomplices) if accomplices else phrase


def _bare(desk: Desk, group: OfficialGroup) -> OfficialGroup:
    """Return a group without what its agency says of its role again: "officers" from the Bureau of Immigration."""
    role = clean(group.role)
    kind, _, head = role.rpartition(" ")
    is_usual = not clean(group.plural) or clean(group.plural) == plural(role)
    if not kind or not is_usual or head not in desk.wording.spec.words["bare-role"]:
        return group
    is_said = set(kind.casefold().split()) <= set(clean(group.agency).casefold().split())
    return replace(group, role=head, plural="") if is_said else group


def _same(desk: Desk, agency: str) -> str:
    """Return an agency named before in the same sentence: "the same bureau"."""
    bodies = desk.wording.spec.words["same-body"]
    word = next((bodies[word] for word in agency.casefold().split() if word in bodies), bodies["other"])
    return desk.wording.phrase("the-same", body=word)


def agencies_of(desk: Desk, groups: Iterable[OfficialGroup]) -> set[str]:
    """Return the agencies that a phrase on officials names."""
    return {
        clean(group.agency)
        for group in groups
        if clean(group.agency) and not adds_nothing(desk.style, clean(group.agency), clean(group.role))
    }


def officials_phrase(desk: Desk, groups: Iterable[OfficialGroup], *, with_some: bool = True, told: str = "") -> str:
    """Return all officials of a case or an allegation; without any on record, "officials".

    It ends with a comma where the people beside them come last. `with_some` False leaves out "some", which says no
    more than the plural where people are the object of a verb.
    """
    listed = list(groups)
    if not listed:
        return desk.wording.word("people", "officials")
    if len(listed) == 1:
        group = listed[0]
        is_counted = with_some or group.count.kind is not CountKind.SOME
        phrase = group_phrase(desk, group, with_count=is_counted, told=told)
        return f"{phrase}," if clean(group.accomplices) else phrase
    phrases: list[str] = []
    before: OfficialGroup | None = None
    for members in _sharing(desk, listed):
        group, last = members[0], members[-1]
        place = listed.index(last) + 1
        is_told_later = place < len(listed) and clean(listed[place].agency) == clean(last.agency)
        is_some = group.count.kind is CountKind.SOME
        is_counted = before is not None and _is_vague(group) and before.count == group.count
        role = (
            shared_noun([_role(desk, each, is_plural=True) for each in members], desk.join) if len(members) > 1 else ""
        )
        phrases.append(
            group_phrase(
                desk,
                last,
                role=role,
                with_agency=not is_told_later,
                with_count=not is_counted and (with_some or not is_some),
            )
        )
        before = last
    several = list(dict.fromkeys(phrases))
    if not any(clean(group.accomplices) for group in listed):
        return desk.join(several)
    end = "," if clean(listed[-1].accomplices) else ""
    return f"{joined_by_commas(desk, several)}{end}"


def joined_by_commas(desk: Desk, parts: list[str]) -> str:
    """Join phrases that hold commas or "and" themselves: "a, together with b, and c"."""
    if len(parts) < 2:
        return "".join(parts)
    return desk.wording.phrase("list-by-commas", list=", ".join(parts[:-1]), object=parts[-1])


def _is_vague(group: OfficialGroup) -> bool:
    return group.count.kind in {CountKind.SOME, CountKind.SEVERAL}


def _sharing(desk: Desk, groups: list[OfficialGroup]) -> Iterable[list[OfficialGroup]]:
    """Put groups side by side that can share their noun: "municipal and provincial officials"."""
    waiting: list[OfficialGroup] = []
    for group in groups:
        if waiting and not _can_share(desk, waiting, group):
            yield waiting
            waiting = []
        waiting.append(group)
    if waiting:
        yield waiting


def _can_share(desk: Desk, waiting: list[OfficialGroup], group: OfficialGroup) -> bool:
    first = waiting[0]
    alike = (first.count, clean(first.agency), first.former) == (group.count, clean(group.agency), group.former)
    is_bare = not (clean(first.accomplices) or clean(group.accomplices) or first.standing or group.standing)
    if not (alike and is_bare and _is_vague(group)):
        return False
    roles = [_role(desk, each, is_plural=True) for each in (*waiting, group)]
    return len(set(roles)) == len(roles) and bool(shared_noun(roles, " ".join))


def known_people(desk: Desk, groups: tuple[OfficialGroup, ...]) -> str:
    """Return officials that were counted just before, with what is new about them in apposition.

    "the official", "the two former officials", "the official, a mayor,".
    """
    several, first = are_several(groups), groups[0]
    is_general = len(groups) == 1 and clean(first.role).casefold() in desk.style.general_roles
    named = clean(first.agency) and not adds_nothing(desk.style, clean(first.agency), clean(first.role))
    word = desk.wording.word
    if is_general and not named:
        if not first.former:
            return the_officials(desk, groups)
        phrase = desk.wording.phrase
        role = phrase("former", officials=word("people", "officials" if several else "official"))
        return phrase("the", officials=f"{count_words(first.count)} {role}" if several else role)
    uncounted = (
        tuple(replace(group, count=UNKNOWN_COUNT) for group in groups) if len(groups) == 1 and several else groups
    )
    return f"{the_officials(desk, groups)}, {officials_phrase(desk, uncounted)},"


def counted_people(desk: Desk, groups: tuple[OfficialGroup, ...]) -> str:
    """Return officials as a figure counts them: "one official", "two former mayors and one judge"."""
    general = desk.wording.word("people", "official")
    bare = [
        replace(group, role=general, plural="") if clean(group.role).casefold() in desk.style.general_roles else group
        for group in groups
    ]
    return desk.join(group_phrase(desk, group, in_words=True) for group in bare)


def the_officials(desk: Desk, groups: tuple[OfficialGroup, ...]) -> str:
    """Return officials that were counted before, by no more than that: "the official", "the officials"."""
    word = desk.wording.word("people", "officials" if are_several(groups) else "official")
    return desk.wording.phrase("the", officials=word)


def known_one(desk: Desk, groups: tuple[OfficialGroup, ...]) -> str:
    """Return officials that a sentence told before: one person as "the former mayor", others as at first."""
    if are_several(groups):
        return officials_phrase(desk, groups)
    return desk.wording.phrase("the", officials=_role(desk, groups[0], is_plural=False))


def total(groups: tuple[OfficialGroup, ...]) -> int | None:
    """Return how many officials there are in all; None where one group is not counted exactly."""
    if not groups or any(group.count.kind is not CountKind.EXACT for group in groups):
        return None
    return sum(group.count.value or 0 for group in groups)


def are_several(groups: tuple[OfficialGroup, ...]) -> bool:
    """Say whether a second mention needs the plural."""
    return len(groups) != 1 or not is_one(groups[0].count)


def short_phrase(groups: tuple[OfficialGroup, ...]) -> str:
    """Return the second mention: "the officer", "the officers", "the officials"."""
    nouns = {head_noun(clean(group.role) or "official") for group in groups}
    noun = nouns.pop() if len(nouns) == 1 else "official"
    return f"the {plural(noun) if are_several(groups) else noun}"


def some_of(desk: Desk, count: Count, groups: tuple[OfficialGroup, ...]) -> str:
    """Return a part of the officials: "two of the officers"; all of them where the count covers them."""
    short = short_phrase(groups)
    total = groups[0].count if len(groups) == 1 else None
    if not are_several(groups) or count.kind is CountKind.UNKNOWN or (total is not None and total == count):
        return short
    words = count_words(count) or desk.wording.word("people", "some")
    return desk.wording.phrase("part-of", count=words, officials=short)


def states_figure(text: str, count: Count) -> bool:
    """Say whether recorded words hold a count's figure already."""
    if count.value is None:
        return False
    words = set(re.findall(r"[\w,]+", text.casefold()))
    return bool(words & {number(count.value), figures(count.value), str(count.value)})
