"""Words of the reference pages for what the data names by slugs."""

from frameworks.spec.base import Origin

MARKS = {
    "verified": ("v", "checked"),
    "unverified": ("m", "from memory"),
    "proposal": ("p", "our proposal"),
}
"""The framework's marks: the letter that stands at a fact, and its words."""

MARK_MEANINGS = (
    ("v", "checked", "read in a text of the source"),
    ("m", "from memory", "from general knowledge, not yet checked against the source: do so before relying on it"),
    ("p", "our proposal", "the office's own method; neither law nor practice"),
)

VOCABULARIES = {
    "mode": "Modes of involvement",
    "act": "Acts",
    "form": "Forms of corruption",
    "official": "Officials",
    "rank": "Ranks",
    "sector": "Sectors",
    "leverage": "Leverage used",
    "effect": "Effects",
    "body": "Bodies",
    "source": "Sources of the framework",
    "instrument": "Instruments",
    "concept": "Concepts",
    "evidence": "Kinds of evidence",
    "addressee": "Addressees",
    "source-class": "Classes of sources",
    "attribution-level": "Levels of attribution",
    "mechanism": "Mechanisms",
    "place": "Places",
    "force": "Forces",
    "crime": "Kinds of trafficking",
    "topic": "Subjects of concerns",
    "observation": "What was found",
    "state-conduct": "Conduct of a state",
    "remedy": "Remedial steps",
    "manner": "Manners",
    "motive": "Motives",
    "level": "Levels of government",
    "extent": "Extents",
    "quality": "Qualities of steps",
    "severity": "Severity of sentences",
    "standing": "Standing of officials",
    "notability": "Notability of cases",
}

ORIGINS = {
    Origin.SEED: "seed document",
    Origin.STATUTE: "statute",
    Origin.PRACTICE: "reporting practice",
    Origin.METHOD: "method",
}

ORIGIN_MEANINGS = (
    ("seed document", "the seed states it; a row of the seed map points at it"),
    ("statute", "added because the law needs it"),
    ("reporting practice", "added from published narratives"),
    ("method", "the method itself needs it"),
)

SHEETS = {
    "f1": "F1 accountability fact",
    "f2": "F2 allegation",
    "f3": "F3 policy-or-pattern element",
    "f4": "F4 institutional measure",
    "f5": "F5 commitment",
    "f6": "F6 data request",
}

OBLIGATIONS = (
    ("M", "mandatory", "a party must do it"),
    ("Q", "mandatory with a qualifier", "a party must do it within the limit that the text itself states"),
    ("C", "to be considered or optional", "a party considers it or may do it"),
    ("", "definition", "says what a word means; nobody can fall short of it"),
    ("", "U.S. law", "binds the Department's assessment, not the government assessed"),
)

KINDS = {
    "seed": "one of the seed's bullets",
    "standing": "standing recommendation of the seed",
    "practice": "from published narratives",
}

PRECEDENCE = {
    1: "first, where a policy or pattern is determined",
    2: "second, accountability of officials",
    3: "third, by size of the gap",
}

INSTRUMENTS = {
    "uncac": ("UNCAC", "United Nations Convention against Corruption"),
    "untoc": ("UNTOC", "United Nations Convention against Transnational Organized Crime"),
    "tip-protocol": ("TIP Protocol", "Protocol to Prevent, Suppress and Punish Trafficking in Persons"),
    "oecd-abc": ("OECD Convention", "OECD Anti-Bribery Convention"),
}
"""The four instruments of the treaty status, in the order they are shown."""

BUREAUS = {
    "AF": "African Affairs",
    "EAP": "East Asian and Pacific Affairs",
    "EUR": "European and Eurasian Affairs",
    "NEA": "Near Eastern Affairs",
    "SCA": "South and Central Asian Affairs",
    "WHA": "Western Hemisphere Affairs",
}
