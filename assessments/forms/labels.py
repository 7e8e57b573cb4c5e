"""What the forms say: label, help and place of every field of a record, as data.

The comments in core/sheets.py give the grammatical form a text takes inside a sentence; the help gives the same with an
example. Help is written here and nowhere else: crispy prints it unescaped, so nothing from a row may enter it.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from assessments.core import sheets, types
from assessments.core.values import STATISTIC_STAGES, Choice


@dataclass(frozen=True)
class Words:
    """How one field is asked for.

    `terms` names the framework's vocabulary its slugs come from, or "indicator", "factor", "part" or "provision";
    `refs` the list of records it points at; `only` the members of a closed list that make sense here; `answers` the
    words for yes, no and not known; `rows` the height of a text.
    """

    label: str
    help: str = ""
    terms: str = ""
    refs: str = ""
    only: tuple[Choice, ...] = ()
    answers: tuple[str, str, str] = ("yes", "no", "not known")
    rows: int = 0


@dataclass(frozen=True)
class Group:
    """Fields that stand together under a name; the first of a form is always open, one with `fold` opens on demand."""

    title: str
    names: tuple[str, ...]
    note: str = ""
    fold: bool = True


NO_NAMES = (
    "There is no field for names. Victims and accused persons are never named here: rank, role and agency carry the "
    "narrative, and an accusation stays with a person for life."
)
DATE = "A day, a month or a year, as precise as it is known: 2022-05-14, 2022-05 or 2022."
EVIDENCE = Words("Evidence", "What shows this. Only the permitted attribution of a source ever reaches the text.")
NOTE = Words("Note for colleagues", "Never part of a sentence.", rows=2)

_CONDUCT: dict[str, Words] = {
    "acts": Words("Acts", "What the officials did or are said to have done.", terms="act"),
    "text": Words(
        "In words",
        "A phrase with -ing, at most 20 words: <i>taking bribes to ease illegal migration</i>. Empty: the acts above "
        "supply the words.",
    ),
    "mode": Words("Part played", terms="mode"),
    "form": Words("Form of corruption", terms="form"),
    "attribution_level": Words("Whose conduct", "Kept apart from how grave it is."),
    "capacity": Words("Acting in office"),
    "deployment": Words("Where they served"),
    "sectors": Words("Sectors", terms="sector"),
    "sector_text": Words("Sector in closer words", "A noun: <i>cotton</i>, <i>brick kilns</i>."),
    "setting": Words("Setting", "With its preposition: <i>at a government shelter</i>."),
    "leverage": Words("Leverage used", terms="leverage"),
    "place": Words("Place, coarsely", "With its preposition: <i>in one province</i>, <i>at the border</i>."),
    "countries": Words("Other countries involved", "One name or three-letter code a line.", rows=2),
    "victims": Words("Victims"),
    "victim_group": Words("Who they were", "A plural: <i>foreign workers</i>, <i>children</i>. " + NO_NAMES),
    "link": Words("Tie to trafficking"),
    "crime": Words("Kind of trafficking", "Names it in the acts above.", terms="crime"),
    "frequency": Words("How often"),
    "manners": Words("In which manner", terms="manner"),
    "motives": Words("To what end", "As the source sees it; told with its hedge.", terms="motive"),
}

WORDS: Mapping[type, Mapping[str, Words]] = {
    sheets.Source: {
        "title": Words("Title", "Shown to those who may know the source."),
        "source_class": Words("Class of source"),
        "publisher": Words("Publisher or author"),
        "url": Words("Address on the web"),
        "published": Words("Published", DATE),
        "read_on": Words("Read on", DATE),
        "language": Words("Language"),
        "reliability": Words("Reliability of the source"),
        "protection": Words("Who may know this source"),
        "attributions": Words(
            "Permitted attributions",
            "How a text may name it, one a line: <i>an NGO</i>, <i>observers</i>, <i>media</i>. The narrative uses "
            "these words only.",
            rows=2,
        ),
        "note": NOTE,
    },
    sheets.Evidence: {
        "source": Words("Source", refs="sources"),
        "excerpt": Words("Excerpt as found", "Word for word. It stays inside the office for ever.", rows=4),
        "edited": Words("In our own words", "What the excerpt shows; no names of persons.", rows=3),
        "pinpoint": Words("Where in the source", "<i>p. 14, para. 3</i>"),
        "source_class": Words("Who speaks", "Only where it differs from the source: a report that cites a court."),
        "attribution": Words("Attribution used", "One of those the source permits. Empty: the class decides."),
        "credibility": Words("Credibility of this item"),
        "origin": Words(
            "Origin", "Items of one origin count once: name the report that others repeat. Empty: this source."
        ),
        "official_record": Words("An official or judicial record", "A judgment, register, indictment or decree."),
        "dated": Words("Dated", DATE),
        "original_language": Words("Original language"),
        "translation": Words("Translation", rows=3),
        "translator": Words("Translated by"),
        "set_aside": Words("Looked at and not used, because", rows=2),
        "indicators": Words("Attached to these questions", terms="indicator"),
    },
    sheets.SearchNote: {
        "searched": Words(
            "What was searched", "Sources, dates and terms, so that level 0 means: searched, nothing found.", rows=4
        ),
        "on": Words("Searched on", DATE),
        "indicators": Words("For these questions", terms="indicator"),
    },
    sheets.InformationGap: {
        "text": Words("What is not known", "As a question somebody could answer; no names of persons.", rows=2),
        "indicators": Words("For these questions", terms="indicator"),
        "stages": Words("A figure on", "Where a number is missing.", only=STATISTIC_STAGES),
        "noted_on": Words("Noted on", DATE),
        "tried": Words("Where somebody looked already", rows=2),
        "closed_on": Words("Closed on", DATE),
        "outcome": Words("How it was closed", "What is known now, or why it stays unknown.", rows=2),
        "note": NOTE,
    },
    sheets.OfficialGroup: {
        "role": Words("Role", "Singular, without article: <i>police officer</i>, <i>mayor</i>; never a name."),
        "plural": Words("Plural", "Only where adding s is wrong: <i>heads of unit</i>."),
        "category": Words("Category", terms="official"),
        "count": Words("How many"),
        "rank": Words("Rank", terms="rank"),
        "former": Words("Formerly in office"),
        "standing": Words("Standing", "Beyond rank: <i>influential</i>.", terms="standing"),
        "agency": Words("Agency", "As it reads after “of”: <i>National Police</i>."),
        "abbreviation": Words("Abbreviation"),
        "accomplices": Words("Others charged with them", "<i>three recruiters</i>"),
    },
    sheets.Sanction: {
        "kind": Words("What was imposed"),
        "minimum": Words("Shortest term", "A single term stands here alone."),
        "maximum": Words("Longest term"),
        "unit": Words("Unit"),
        "amount": Words("Amount"),
        "currency": Words("Currency", "Plural, as in a text: <i>Moldovan lei</i>."),
        "usd": Words("In U.S. dollars"),
        "served": Words("Served"),
        "persons": Words("Imposed on how many", "Where not on all."),
        "severity": Words("How severe", "Only where the length is not on record.", terms="severity"),
        "note": NOTE,
    },
    sheets.Proceeding: {
        "stage": Words("Step"),
        "date": Words("Date", DATE),
        "count": Words("How many of the officials", "Empty: all of them."),
        "statute": Words("Kind of law"),
        "charge": Words("Charge", "A noun: <i>labor trafficking</i>."),
        "lesser_offense": Words("In place of a graver charge"),
        "body": Words("Court or authority", "With its article: <i>a district court</i>."),
        "reason": Words("Reason", "After “for” or “due to”: <i>lack of evidence</i>."),
        "jurisdiction": Words(
            "Where", "Another country or place, with its preposition: <i>in a neighboring country</i>."
        ),
        "status": Words("At the end of the period"),
        "motives": Words("To what end, as somebody sees it", terms="motive"),
        "alleged_motive": Words("The same in words", "<i>to stop further inquiry</i>"),
        "evidence": EVIDENCE,
    },
    sheets.Statistic: {
        "stage": Words("Stage", only=STATISTIC_STAGES),
        "unit": Words("Of what"),
        "count": Words(
            "Count",
            "“None took place”, “not reported” and “unknown” are three different statements; the draft shows "
            "what each would say.",
        ),
        "about": Words("Of whom", "Figures on all accused persons stand apart and move no rating."),
        "crime": Words("Kind of trafficking", "Empty: of any kind.", terms="crime"),
        "change": Words("Against the period before", "Only as the source says: a number alone is compared by itself."),
        "finished": Words("Counts what was finished, not what was begun"),
        "cohort_from": Words("Begun in the years from"),
        "cohort_to": Words("to"),
        "sanction": Words("Sentences of one kind only"),
        "notability": Words("Cases that stand out", terms="notability"),
        "reported_by": Words("Reported by only so many"),
        "reported_by_unit": Words("parts of the country of this kind"),
        "scope": Words("Limited to", "With its preposition: <i>over the border case of 2015</i>."),
        "agency": Words("Of one agency only", "<i>National Police</i>"),
        "jurisdiction": Words("Place", "Coarse, with its preposition: <i>in the capital</i>."),
        "statute": Words("Kind of law"),
        "period_basis": Words("Twelve months covered"),
        "period": Words("Which year", "Where it is not the reporting period: 2022."),
        "new": Words("Of these, new"),
        "continued": Words("Of these, carried over"),
        "of_total": Words("Out of a total of"),
        "of_total_noun": Words("Total of what", "A plural: <i>defendants</i>."),
        "previous": Words("The period before"),
        "previous_basis": Words("On which months"),
        "previous_stage": Words("At another stage", "Where the period before had something else: investigations only."),
        "previous_detail": Words("What is known of it"),
        "previous_note": Words("The same in words"),
        "gap_reason": Words("Why there is no figure", "A noun: <i>the lack of a data system</i>."),
        "streak": Words("What repeats"),
        "streak_years": Words("For how many years"),
        "streak_since": Words("Since", DATE),
        "streak_event": Words("Of what"),
        "stated_by_government": Words("Said by the government", "Otherwise it is attributed to the evidence's source."),
        "evidence": EVIDENCE,
        "note": NOTE,
    },
    sheets.OfficialCase: {
        **_CONDUCT,
        "relation": Words("Against the reporting period"),
        "opened": Words("Opened", DATE),
        "counted_in": Words("Already counted in", refs="statistics"),
        "institution": Words(
            "Inquiry into a place", "Instead of officials, with its article: <i>a state-funded shelter</i>."
        ),
        "immunity": Words("Immunity"),
        "left_host_state": Words("The official left the host country"),
        "recruiter": Words("Recruiter or company", "Protected: never in a text."),
        "docket": Words("Docket number", "Protected: never in a text."),
        "evidence": EVIDENCE,
        "note": NOTE,
    },
    sheets.Allegation: {
        **_CONDUCT,
        "modality": Words("How it is said"),
        "repeated": Words("The source speaks of repeated reports"),
        "date": Words("When", DATE),
        "in_period": Words("In the reporting period"),
        "response": Words("What the authorities did"),
        "response_text": Words("Their response in words", "With -ing: <i>blaming private employers</i>."),
        "effects": Words("What it hindered", terms="effect"),
        "effect": Words("The same in words", "A noun: <i>inspections</i>."),
        "results": Words(
            "What followed, step by step",
            "A chain: the first led to the second. Told as the source's account.",
            terms="effect",
        ),
        "effect_strength": Words("How strongly"),
        "case": Words("The case it became", refs="cases"),
        "motive": Words("To what end, in words", "As the source sees it: <i>to keep the bribes flowing</i>"),
        "recruiter": Words("Recruiter or company", "Protected: never in a text."),
        "evidence": EVIDENCE,
        "note": NOTE,
    },
    sheets.PolicyElement: {
        "factor": Words("Factor", terms="factor"),
        "kind": Words("Policy or pattern"),
        "sector": Words("Sector", terms="part"),
        "conducts": Words("What was done", terms="state-conduct"),
        "continues": Words("It went on from before"),
        "banned_nationally": Words("National law forbids it"),
        "objects": Words(
            "For or in what", "Nouns, one a line: <i>the national service</i>, <i>the cotton harvest</i>.", rows=2
        ),
        "term": Words("Legal limit of a service"),
        "term_unit": Words("in"),
        "trend": Words("Against the period before", "As the source says."),
        "remedies": Words("Remedial steps", terms="remedy"),
        "conduct": Words(
            "The same in words",
            "Past tense, without its subject: <i>mobilized adults and children for the cotton harvest</i>.",
        ),
        "organ": Words("Organ", "Subject with article. Empty: the government."),
        "organ_abbreviation": Words("Abbreviation"),
        "means": Words("Means", "Nouns, one a line: <i>threats of dismissal</i>, <i>quotas</i>.", rows=3),
        "legal_basis": Words("Legal basis", "<i>an article of the labor code</i>"),
        "purpose": Words("What the government calls it", "<i>a training program</i>"),
        "places": Words("Places"),
        "period": Words("Period"),
        "scale": Words("Scale"),
        "scale_noun": Words("Of whom", "A plural: <i>public workers</i>."),
        "scale_basis": Words("Basis of the figure"),
        "groups": Words("People affected", "A plural. " + NO_NAMES),
        "force": Words("Armed force or group", "With article: <i>the national army</i>."),
        "force_allied": Words("Supported by the government, not its own"),
        "roles": Words("What children were used for", "<i>combat and support roles</i>"),
        "verified_by": Words("Verified by", "<i>an international organization</i>"),
        "benefit": Words("Benefit to the state"),
        "remedial": Words("The same in words", "Past tense, without its subject: <i>bought harvesting machines</i>."),
        "evidence": EVIDENCE,
        "note": NOTE,
    },
    sheets.Measure: {
        "kind": Words("Kind"),
        "text": Words("What was done", "Past tense, without its subject: <i>adopted guidance on corruption cases</i>."),
        "stage": Words("How far", "Promises and drafts never move a level."),
        "indicator": Words("Bears on", terms="indicator"),
        "body": Words("Who", "Subject with article. Empty: the government."),
        "body_abbreviation": Words("Abbreviation"),
        "date": Words("Date", DATE),
        "legal_basis": Words("Legal basis"),
        "coverage": Words("Coverage"),
        "amount": Words("Amount"),
        "currency": Words("Currency", "Plural: <i>Moldovan lei</i>."),
        "usd": Words("In U.S. dollars"),
        "usd_rate_date": Words("Rate of", DATE),
        "cases": Words("Cases"),
        "output": Words("Result"),
        "is_effort": Words("In the text", answers=("an effort", "a shortfall", "neither")),
        "evidence": EVIDENCE,
        "note": NOTE,
    },
    sheets.Commitment: {
        "instrument": Words("Instrument", terms="instrument"),
        "status": Words("Status"),
        "date": Words("Date", DATE),
        "reservation": Words("Reservation"),
        "provision": Words("Provision", terms="provision"),
        "domestic_law": Words("Law that carries it out"),
        "used_in_case": Words("Used in a case"),
        "review_cycle": Words("Review cycle"),
        "recommendation": Words("Recommendation received"),
        "recommendation_status": Words("What became of it"),
        "evidence": EVIDENCE,
        "note": NOTE,
    },
    sheets.DataRequest: {
        "asked_on": Words("Asked on", DATE),
        "channel": Words("Channel", "<i>the embassy</i>"),
        "addressee": Words("Addressee", "An office, not a person: <i>the Ministry of Justice</i>."),
        "items": Words("What was asked for", rows=3),
        "stages": Words("Stages asked for", only=STATISTIC_STAGES),
        "replied_on": Words("Replied on", DATE),
        "supplied": Words("What came back", rows=3),
        "capacity": Words("Capacity to obtain such data", "What shows that the government's capacity grows.", rows=2),
        "presumption_proposed": Words(
            "Propose the statutory presumption",
            "A government that has the capacity and gives no data is presumed not to have acted. Two other people "
            "must approve it.",
        ),
        "evidence": EVIDENCE,
        "note": NOTE,
    },
    sheets.Statement: {
        "kind": Words("Kind"),
        "section": Words("Stands in"),
        "observations": Words("What was found", terms="observation"),
        "crime": Words("Kind of trafficking", "Empty: of any kind.", terms="crime"),
        "other_crime": Words("Compared with", terms="crime"),
        "frequency": Words("How often"),
        "qualities": Words("Quality of steps", terms="quality"),
        "extents": Words("How far", terms="extent"),
        "manners": Words("In which manner", terms="manner"),
        "manner_frequency": Words("Manner: how often"),
        "levels": Words("Levels of government", terms="level"),
        "groups": Words("People concerned", "A plural: <i>foreign victims</i>. " + NO_NAMES),
        "sectors": Words("Sectors", terms="sector"),
        "scale": Words("How many"),
        "magnitude": Words("Or of what order", "Where nobody counted."),
        "is_share": Words("The number is a percentage"),
        "results": Words("What followed, step by step", "A chain: the first led to the second.", terms="effect"),
        "text": Words(
            "In words",
            "Only where nothing above says it. Effort and shortfall: past tense, without its subject, "
            "<i>opened a shelter for men</i>. Others: a clause "
            "with its subject.",
            rows=2,
        ),
        "subject": Words("Subject", "With article. Empty: the government."),
        "topics": Words("What it is about", terms="topic"),
        "topic": Words("The same in words", "A noun, for a concern or an effect."),
        "grade": Words("Grade the source gives"),
        "persists": Words("“Remained”", "Needs last year's record or the source's own word."),
        "scope": Words("How far, in words", "With its preposition: <i>at all levels of government</i>."),
        "effects": Words("What it hindered", terms="effect"),
        "objects": Words(
            "Things concerned, in words", "Nouns, one a line: <i>victim identification</i>, <i>the harvest</i>.", rows=2
        ),
        "strength": Words("How strongly"),
        "modality": Words("How it is said"),
        "explains": Words("Explains the figure", refs="statistics"),
        "about_officials": Words("About officials"),
        "unattributed": Words("Stated by the office itself, on evidence"),
        "date": Words("Date", DATE),
        "evidence": EVIDENCE,
        "note": NOTE,
    },
    sheets.Trend: {
        "section": Words("Of which section", "Empty: overall."),
        "direction": Words("Efforts"),
        "reason": Words("Because", "A noun or clause after “because”."),
        "stated_by": Words("Who says so"),
        "evidence": EVIDENCE,
    },
    types.Decision: {
        "tier": Words("Tier decided", "Recorded, never computed."),
        "tier_reason": Words("Reason given", rows=3),
        "tier_decided_by": Words("Decided by", "An office: <i>the Secretary of State</i>."),
        "tier_decided_on": Words("Decided on", DATE),
        "tier_source": Words("Source"),
        "tier_mark": Words("Mark from the reference data", "<i>unverified</i>, <i>derived</i>"),
        "tier_released": Words("Released", "An unreleased tier is shown only to the people named for it."),
        "previous_tier": Words("Tier of the year before", "Empty: not known."),
        "watch_list_ground": Words("Ground for the Watch List"),
        "watch_list_years": Words("Years on the Watch List, this one included"),
        "waiver": Words("Waiver granted"),
        "waiver_years": Words("Years of waiver"),
        "secretary_decided_on": Words("Secretary's policy-or-pattern decision of", DATE + " Empty: not on record."),
        "recognized": Words("Recognized as the government"),
        "authority": Words("Its own name, where it is not"),
    },
    types.Determination: {
        "factor": Words("Factor", terms="factor"),
        "sector": Words("Sector", "For forced labor only.", terms="part"),
        "kind": Words("Finding"),
        "elements": Words("Elements it rests on", refs="elements"),
    },
}

_WHAT = Group(
    "What happened",
    ("acts", "crime", "text", "mode", "form", "link", "sectors", "sector_text"),
)
_HOW = Group("Manner and aim", ("frequency", "manners", "motives"))
_AROUND = Group(
    "Place, people and circumstances",
    (
        "setting",
        "place",
        "countries",
        "victims",
        "victim_group",
        "leverage",
        "attribution_level",
        "capacity",
        "deployment",
    ),
)

GROUPS: Mapping[type, tuple[Group, ...]] = {
    sheets.Source: (
        Group("The source", ("title", "source_class", "publisher", "url", "published", "read_on", "language")),
        Group("How far it can be used", ("reliability", "protection", "attributions", "note"), fold=False),
    ),
    sheets.Evidence: (
        Group("The excerpt", ("source", "pinpoint", "excerpt", "edited", "dated")),
        Group(
            "Grades",
            ("credibility", "source_class", "attribution", "origin", "official_record"),
            fold=False,
        ),
        Group("Translation", ("original_language", "translation", "translator")),
        Group("Questions", ("indicators",)),
        Group("Not used", ("set_aside",)),
    ),
    sheets.SearchNote: (Group("The search", ("searched", "on", "indicators")),),
    sheets.InformationGap: (
        Group("What is missing", ("text", "indicators", "stages", "noted_on", "tried")),
        Group("How it ended", ("closed_on", "outcome", "note"), fold=False),
    ),
    sheets.OfficialGroup: (
        Group("", ("role", "count", "agency", "category", "rank")),
        Group("More about these officials", ("plural", "abbreviation", "former", "standing", "accomplices")),
    ),
    sheets.Sanction: (
        Group("", ("kind", "minimum", "maximum", "unit")),
        Group("More about this sanction", ("amount", "currency", "usd", "served", "persons", "severity", "note")),
    ),
    sheets.Proceeding: (
        Group("", ("stage", "status", "date", "statute", "charge", "count", "evidence")),
        Group(
            "More about this step", ("body", "jurisdiction", "reason", "lesser_offense", "motives", "alleged_motive")
        ),
        Group("Sanctions of this step", ("sanctions",)),
    ),
    sheets.Statistic: (
        Group("The figure", ("stage", "unit", "count", "stated_by_government", "evidence")),
        Group(
            "What it covers",
            ("period_basis", "period", "scope", "agency", "jurisdiction", "statute", "gap_reason"),
            fold=False,
        ),
        Group(
            "General figures and parts of them",
            (
                "about",
                "crime",
                "change",
                "sanction",
                "notability",
                "finished",
                "cohort_from",
                "cohort_to",
                "reported_by",
                "reported_by_unit",
            ),
            note="For figures beyond officials, rates, cohorts of earlier years, and figures of part of the country.",
        ),
        Group("Parts and totals", ("new", "continued", "of_total", "of_total_noun")),
        Group(
            "The period before", ("previous", "previous_basis", "previous_stage", "previous_detail", "previous_note")
        ),
        Group("What repeats", ("streak", "streak_years", "streak_since", "streak_event")),
        Group("Note", ("note",)),
    ),
    sheets.OfficialCase: (
        Group("The officials", ("officials",), note=NO_NAMES),
        _WHAT,
        Group("Proceedings and sanctions", ("proceedings",), note="In the order things happened.", fold=False),
        Group("The case", ("relation", "opened", "counted_in", "evidence"), fold=False),
        _AROUND,
        _HOW,
        Group("Inquiry into a place, immunity", ("institution", "immunity", "left_host_state")),
        Group("Protected and internal", ("recruiter", "docket", "note")),
    ),
    sheets.Allegation: (
        Group("The officials", ("officials",), note=NO_NAMES),
        _WHAT,
        Group("Who says so", ("modality", "repeated", "date", "in_period", "evidence"), fold=False),
        Group("The response", ("response", "response_text", "case"), fold=False),
        Group("Its effect", ("effects", "effect_strength", "effect", "results", "motive")),
        _AROUND,
        _HOW,
        Group("Protected and internal", ("recruiter", "note")),
    ),
    sheets.PolicyElement: (
        Group("The element", ("factor", "kind", "sector", "conducts", "objects", "groups", "organ", "evidence")),
        Group("How it works", ("means", "legal_basis", "purpose", "benefit"), fold=False),
        Group(
            "More about the conduct",
            ("conduct", "continues", "banned_nationally", "term", "term_unit", "trend", "organ_abbreviation"),
        ),
        Group("Scale", ("scale", "scale_noun", "scale_basis", "places", "period")),
        Group("Armed forces and children", ("force", "force_allied", "roles", "verified_by")),
        Group("Steps to stop it, and note", ("remedies", "remedial", "note")),
    ),
    sheets.Measure: (
        Group("The measure", ("kind", "text", "body", "stage", "is_effort", "date", "evidence")),
        Group("Reach", ("indicator", "legal_basis", "coverage", "cases", "output", "body_abbreviation")),
        Group("Money", ("amount", "currency", "usd", "usd_rate_date")),
        Group("Note", ("note",)),
    ),
    sheets.Commitment: (
        Group("The commitment", ("instrument", "status", "date", "evidence")),
        Group("How far it is carried out", ("provision", "domestic_law", "used_in_case", "reservation"), fold=False),
        Group("Review", ("review_cycle", "recommendation", "recommendation_status", "note")),
    ),
    sheets.DataRequest: (
        Group("The request", ("asked_on", "channel", "addressee", "stages", "items")),
        Group("The reply", ("replied_on", "supplied", "capacity", "evidence"), fold=False),
        Group("The presumption", ("presumption_proposed", "note"), fold=False),
    ),
    sheets.Statement: (
        Group("The statement", ("kind", "section", "observations", "subject", "text", "evidence")),
        Group("Concern or effect", ("topics", "grade", "persists", "effects", "strength", "topic", "objects")),
        Group(
            "More about it",
            (
                "crime",
                "other_crime",
                "frequency",
                "qualities",
                "manners",
                "manner_frequency",
                "extents",
                "levels",
                "scope",
                "results",
            ),
        ),
        Group("People and numbers", ("groups", "scale", "magnitude", "is_share", "sectors", "explains")),
        Group("How it is said", ("modality", "unattributed", "about_officials", "date", "note"), fold=False),
    ),
    sheets.Trend: (Group("", ("section", "direction", "reason", "stated_by", "evidence")),),
    types.Decision: (
        Group(
            "Tier",
            ("tier", "previous_tier", "tier_reason", "tier_decided_by", "tier_decided_on", "tier_source"),
            note="Indicia records the tier that was decided. It never computes one.",
        ),
        Group("Mark and release", ("tier_mark", "tier_released"), fold=False),
        Group("Trend", ("trends",), note="One for each section, and one overall.", fold=False),
        Group("Watch List and waiver", ("watch_list_ground", "watch_list_years", "waiver", "waiver_years")),
        Group("Secretary's decision and recognition", ("secretary_decided_on", "recognized", "authority")),
    ),
    types.Determination: (Group("The determination", ("factor", "kind", "sector", "elements")),),
}

ONE: Mapping[type, str] = {
    sheets.OfficialGroup: "Officials",
    sheets.Proceeding: "Step",
    sheets.Sanction: "Sanction",
    sheets.Trend: "Trend",
}
"""What one entry of a repeated group is called."""


@dataclass(frozen=True)
class Sheet:
    """One list of records as a page: its number in the margin, its name, what one entry is, and what it is for."""

    name: str  # of the list in the interchange file
    number: str
    title: str
    one: str
    purpose: str
    record: type


SHEETS: Mapping[str, Sheet] = {
    sheet.name: sheet
    for sheet in (
        Sheet(
            "statistics",
            "F1a",
            "Statistics on officials",
            "figure",
            "How many were investigated, tried, convicted, or the word that there is no figure.",
            sheets.Statistic,
        ),
        Sheet(
            "cases", "F1b", "Cases against officials", "case", "One case, carried over the years.", sheets.OfficialCase
        ),
        Sheet(
            "allegations",
            "F2",
            "Allegations",
            "allegation",
            "Conduct somebody reports, without a proceeding on record.",
            sheets.Allegation,
        ),
        Sheet(
            "elements",
            "F3",
            "Elements of a policy or pattern",
            "element",
            "What the government itself does or directs.",
            sheets.PolicyElement,
        ),
        Sheet(
            "measures", "F4", "Institutional measures", "measure", "Laws, bodies, training, seizures.", sheets.Measure
        ),
        Sheet(
            "commitments",
            "F5",
            "Commitments",
            "commitment",
            "Treaties and how far they are carried out.",
            sheets.Commitment,
        ),
        Sheet(
            "requests",
            "F6",
            "Data requests",
            "request",
            "What the government was asked for, and what came back.",
            sheets.DataRequest,
        ),
        Sheet(
            "statements", "S", "Statements", "statement", "Dated statements that fit no other sheet.", sheets.Statement
        ),
        Sheet(
            "search_notes",
            "N",
            "Search notes",
            "search note",
            "Where somebody looked and found nothing.",
            sheets.SearchNote,
        ),
        Sheet(
            "information_gaps",
            "G",
            "Information gaps",
            "gap",
            "What the office does not know and would have to.",
            sheets.InformationGap,
        ),
    )
}
"""The fact sheets in the order of the page."""
