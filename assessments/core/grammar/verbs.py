"""Verb forms, as far as recorded clauses need them: "taking bribes" to "took bribes", "adopted" to "adopt"."""

import re

_IRREGULAR = """
be was been | become became become | begin began begun | bind bound bound | break broke broken | bring brought brought
build built built | buy bought bought | catch caught caught | choose chose chosen | come came come | cut cut cut
deal dealt dealt | do did done | draw drew drawn | drive drove driven | fall fell fallen | feed fed fed
fight fought fought | find found found | flee fled fled | forbid forbade forbidden | freeze froze frozen
get got gotten | give gave given | go went gone | grow grew grown | have had had | hide hid hidden | hit hit hit
hold held held | keep kept kept | know knew known | lead led led | leave left left | lend lent lent
let let let | lose lost lost | make made made | mean meant meant | meet met met | oversee oversaw overseen
pay paid paid | put put put | read read read | ride rode ridden | rise rose risen | run ran run | say said said
see saw seen | seek sought sought | sell sold sold | send sent sent | set set set | show showed shown
shut shut shut | sit sat sat | speak spoke spoken | spend spent spent | stand stood stood | steal stole stolen
strike struck struck | take took taken | teach taught taught | tell told told | think thought thought
throw threw thrown | understand understood understood | undergo underwent undergone
withdraw withdrew withdrawn | withhold withheld withheld | win won won | write wrote written | beat beat beaten
lie lied lied
"""
"""Base, past and participle."""

_DOUBLING = """
abet abut admit ban bar beg commit compel control cut defer deter drop expel get grab hit job let map nab occur
omit permit plan plot prefer put refer regret run set ship shut slip stop strip submit tip traffic transfer
transmit trap
"""
"""Verbs that double their last consonant."""

_REGULAR = """
perpetrate abandon abduct abet abuse accept accompany admit adopt advise aid allege allow alter amend announce appoint
approve arrange arrest assault assign assist attack attempt authorize avoid back ban beg block borrow bribe
bypass cancel charge cheat check claim clear coach coerce collaborate collect collude command commit compel
complete conceal condone conduct confiscate consult continue control convene convict convince cooperate coordinate
create cross dangle deceive decline deduct defraud delay demand deny deploy deport deprive destroy detain
develop direct discard discharge disclose discourage dismiss dispatch dissuade divert divulge drop earn ease
employ enable encourage endorse enforce engage enlist enroll ensure enter entice escort establish evade exchange
exclude exempt expand expel exploit export extort fabricate facilitate fail falsify fight fine fire force forge
fund furnish grab grant guard hamper hand harass harbor help hinder hire house ignore impede implement imprison
inflate influence inform instruct intercept interfere interrupt intervene intimidate invest investigate invite
involve issue join kidnap kill launch launder lease license listen lobby look lure maintain manage manipulate
mediate misuse mobilize monitor move neglect negotiate notify obstruct obtain offer open operate order organize
overlook own participate pass perform permit persuade pimp plan plant play post practice press pressure prevent
procure produce profit promise promote prosecute protect provide publish punish purchase push question raid rape receive
recruit refer refuse register reject release remove rent repeal request rescue resolve retaliate return reveal
review revise reward rob save secure seize serve settle share shelter shield ship side sign silence skim smuggle
solicit solve sponsor staff stage start stop strengthen subject submit supply support suppress suspend swap
tamper target threaten tip tolerate torture trade traffic train transfer transport trap treat turn undermine use
utilize verify visit wait waive walk warn watch weaken welcome work
"""


def _words(text: str) -> list[str]:
    return text.split()


_FORMS = [tuple(_words(entry)) for line in _IRREGULAR.strip().splitlines() for entry in line.split("|")]
_PAST = {base: past for base, past, _ in _FORMS}
_BASE = {past: base for base, past, _ in _FORMS}
_PARTICIPLE = {past: participle for _, past, participle in _FORMS}
_DOUBLED = frozenset(_words(_DOUBLING)) | {"begin", "win", "sit"}
_COORDINATED = re.compile(r"((?:,|\band|\bor|\bbut)\s+(?:\w+ly\s+)?)([a-z]+ing)\b")
_ING = re.compile(r"\b[a-z]+ing\b")
_DERIVED = re.compile(r"\w{3,}(?:iz|is|at|ify)ing")
"""Gerunds of verbs on -ize, -ise, -ate and -ify, which all form their past alike."""
_ADVERB = r"(?:(?:\w+ly|at times|sometimes|often|also|repeatedly|in some cases|again) )?"
_FIRST = re.compile(rf"({_ADVERB})([a-z]+)(.*)", re.DOTALL)
_NOUNS = frozenset({"trafficking", "building", "clothing", "housing", "funding", "training", "fishing", "mining"}) | {
    "laundering",
    "smuggling",
    "evening",
    "morning",
    "during",
    "including",
    "nothing",
    "anything",
    "something",
    "logging",
    "farming",
    "shipping",
    "wrongdoing",
    "proceeding",
    "hearing",
    "meeting",
    "king",
    "ring",
    "begging",
}
"""Words on -ing that are nouns or prepositions where they follow a verb."""


def _regular_past(base: str) -> str:
    if base == "traffic":
        return "trafficked"
    if base.endswith("e"):
        return f"{base}d"
    if base.endswith("y") and base[-2:-1] not in "aeiou":
        return f"{base[:-1]}ied"
    return f"{base}{base[-1]}ed" if base in _DOUBLED else f"{base}ed"


def _gerund(base: str) -> str:
    if base == "traffic":
        return "trafficking"
    if base == "lie":
        return "lying"
    if base.endswith("e") and not base.endswith(("ee", "oe", "ye")):
        return f"{base[:-1]}ing"
    return f"{base}{base[-1]}ing" if base in _DOUBLED else f"{base}ing"


_GERUNDS = {_gerund(base): base for base in (*_words(_REGULAR), *_PAST)}
_PASTS = {_regular_past(base): base for base in _words(_REGULAR)}


def _past(base: str) -> str:
    return _PAST.get(base) or _regular_past(base)


def _base_of_gerund(verb: str) -> str | None:
    """Return the base of a gerund that is known, or whose ending leaves no doubt: "minimizing" gives "minimize"."""
    known = _GERUNDS.get(verb)
    if known or not _DERIVED.fullmatch(verb):
        return known
    stem = verb.removesuffix("ing")
    return stem if stem.endswith("ify") else f"{stem}e"


def past_of_gerund(phrase: str, *, is_plural: bool = True) -> str:
    """Return a gerund phrase as a past-tense clause: "taking bribes" gives "took bribes".

    Every coordinated gerund is turned ("taking bribes and letting people pass" gives "took ... and let ..."). A verb
    that is not known, or a phrase in which a further gerund may hang on another word, keeps its form: "were taking".
    """
    adverb, verb, rest = _first_verb(phrase)
    base = _base_of_gerund(verb)
    further = [match[2] for match in _COORDINATED.finditer(rest) if match[2] not in _NOUNS]
    hanging = [word for word in _ING.findall(rest) if word not in _NOUNS]
    is_clear = not further or (len(further) == len(hanging) and all(_base_of_gerund(verb) for verb in further))
    if base is None or not is_clear:
        return f"{'were' if is_plural else 'was'} {phrase}"
    past = _past(base)
    if base == "be":
        past = "were" if is_plural else "was"
    turned = _COORDINATED.sub(
        lambda match: match[1] + _past(_base_of_gerund(match[2]) or "") if match[2] not in _NOUNS else match[0], rest
    )
    return f"{adverb}{past}{turned}"


def base_of_past(clause: str) -> str | None:
    """Return a past-tense clause with its verb in the base form ("adopted a law": "adopt a law"), or None."""
    adverb, verb, rest = _first_verb(clause)
    base = _BASE.get(verb) or _PASTS.get(verb)
    return f"{adverb}{base}{rest}" if base else None


def gerund_of_past(clause: str) -> str | None:
    """Return a past-tense clause as a gerund phrase ("adopted a law": "adopting a law"), or None."""
    adverb, verb, rest = _first_verb(clause)
    base = _BASE.get(verb) or _PASTS.get(verb)
    return f"{adverb}{_gerund(base)}{rest}" if base else None


def participle_of_past(clause: str) -> str | None:
    """Return a past-tense clause with its verb as a participle ("took steps": "taken steps"), or None."""
    adverb, verb, rest = _first_verb(clause)
    participle = _PARTICIPLE.get(verb) or (verb if verb in _PASTS else None)
    return f"{adverb}{participle}{rest}" if participle else None


def _first_verb(phrase: str) -> tuple[str, str, str]:
    match = _FIRST.match(phrase)
    return (match[1], match[2], match[3]) if match else ("", phrase, "")
