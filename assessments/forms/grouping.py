"""Which fields of a record stand together in its form, in the order of the page."""

from collections.abc import Mapping

from assessments.core import sheets, types
from assessments.forms.asked import NO_NAMES, Group

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
        Group("Its effect", ("effects", "effect_strength", "effect", "results")),
        _AROUND,
        Group(_HOW.title, (*_HOW.names, "motive")),
        Group("Protected and internal", ("recruiter", "note")),
    ),
    sheets.PolicyElement: (
        Group("The element", ("factor", "kind", "sector", "conducts", "objects", "groups", "organ", "evidence")),
        Group("How it works", ("means", "legal_basis", "purpose", "benefit"), fold=False),
        Group(
            "More about the conduct",
            ("conduct", "continues", "banned_nationally", "term", "term_unit", "trend", "organ_abbreviation"),
        ),
        Group("Where, when, and how many", ("places", "period", "scale", "scale_noun", "scale_basis")),
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
        Group("People and numbers", ("groups", "scale", "magnitude", "is_share", "sectors")),
        Group("For a limit: the figure it explains", ("explains",)),
        Group("Attribution and date", ("modality", "unattributed", "date", "about_officials", "note"), fold=False),
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
