"""Legal records with words as people write them, of countries and offices quite unlike the trial cases."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any

from hypothesis import strategies as st

from assessments.core.types import AssessmentRecord, CountryForms
from tests.core.records import records

COUNTRIES = (
    CountryForms(iso3="XAA", name="Gambia, The", in_text="the Gambia", government="the Government of the Gambia"),
    CountryForms(iso3="XAB", name="Côte d’Or", in_text="Côte d’Or", government="the Government of Côte d’Or"),
    CountryForms(iso3="XAC", name="Isles", in_text="the Isles", government="the Government of the Isles"),
    CountryForms(iso3="XAD", name="Oland", in_text="Oland", government="the Government of Oland"),
)
WORDS: Mapping[str, tuple[str, ...]] = {
    "role": (
        *("attaché", "honorary consul", "EU border guard", "hospital director", "ombudsman", "FBI liaison officer"),
        *(
            "heir to a chief",
            "university rector",
            "brigadier general",
            "official",
            "head of unit",
            "municipal councilman",
        ),
        *("member of parliament", "orphanage manager", "utility inspector", "governor", "official of the port"),
    ),
    "plural": ("",),
    "agency": ("", "National Gendarmerie", "Ministry of Interior", "port authority", "army", "Office of the Ombudsman"),
    "abbreviation": ("", "NG", "MOI"),
    "accomplices": ("", "three recruiters", "an accountant"),
    "charge": ("", "labor trafficking", "abuse of office", "aiding an unlawful adoption"),
    "body": ("", "a district court", "the Supreme Court", "an appeals court", "military prosecutors"),
    "reason": ("", "lack of evidence", "an expired statute of limitations"),
    "alleged_motive": ("", "to stop further inquiry"),
    "text": ("", "issuing adoption papers", "taking kickbacks and hiding logbooks", "selling visas to recruiters"),
    "sector_text": ("", "kelp farms", "on offshore rigs"),
    "setting": ("", "in an orphanage", "aboard fishing vessels"),
    "place": ("", "in one province", "along the eastern coast"),
    "victim_group": ("", "deckhands", "orphans", "women from abroad"),
    "scope": ("", "over the fishing fleet", "including at the highest level"),
    "jurisdiction": ("", "in the northern province", "in another country"),
    "of_total_noun": ("", "defendants"),
    "previous_note": ("", "one inquiry into an attaché"),
    "gap_reason": ("", "the lack of a data system"),
    "streak_event": ("", "the fleet was sold"),
    "response_text": ("", "blaming foreign owners"),
    "effect": ("", "inspections at sea"),
    "motive": ("", "to keep a license"),
    "conduct": ("", "sent cadets to private farms", "did not free conscripts"),
    "organ": ("", "the Youth Service", "the navy"),
    "organ_abbreviation": ("", "YS"),
    "legal_basis": ("", "a decree on service"),
    "purpose": ("", "a training program"),
    "places": ("", "on state farms"),
    "period": ("", "during the harvest"),
    "scale_noun": ("", "cadets"),
    "scale_basis": ("", "a survey"),
    "groups": ("", "cadets and clerks"),
    "force": ("", "the navy", "a militia"),
    "roles": ("", "support roles"),
    "verified_by": ("", "an international organization"),
    "benefit": ("", "cheap labor"),
    "remedial": ("", "freed some cadets"),
    "body_abbreviation": ("", "CA"),
    "coverage": ("", "all ports"),
    "output": ("", "two reports"),
    "currency": ("", "crowns"),
    "reservation": ("", "one article"),
    "domestic_law": ("", "an act on bribery"),
    "review_cycle": ("", "the second cycle"),
    "recommendation": ("", "whistleblowers"),
    "recommendation_status": ("", "under way"),
    "topic": ("official complicity", "corruption and neglect", "an owner’s influence on inspectors"),
    "subject": ("", "the navy", "courts"),
    "watch_list_ground": ("", "the lack of rising efforts"),
    "authority": ("the island council",),
    "addressee": ("",),
    "channel": ("",),
}
LISTS: Mapping[str, tuple[str, ...]] = {
    "means": ("kept passports", "threats of dismissal", "unpaid wages"),
    "objects": ("inspections at sea", "the identification of victims"),
}
SAID = ("adopted an act on recruiters", "did not inspect any orphanage", "trained inspectors", "held a hearing")
CLAUSES = ("no vessel was searched", "orphanages stayed without oversight", "records were lost")


def realistic() -> st.SearchStrategy[AssessmentRecord]:
    """Return legal records in which every free field holds words of its kind."""
    return st.builds(_worded, records(), st.integers(0, 10_000))


def _worded(record: AssessmentRecord, seed: int) -> AssessmentRecord:
    return _reworded(record, seed, "")  # type: ignore[no-any-return]


def _reworded(value: Any, seed: int, kind: str) -> Any:
    if isinstance(value, tuple):
        return tuple(_reworded(item, seed + place, kind) for place, item in enumerate(value))
    if not is_dataclass(value) or isinstance(value, type):
        return value
    changed: dict[str, Any] = {}
    for place, field in enumerate(fields(value)):
        old, name, pick = getattr(value, field.name), field.name, seed * 31 + place * 7
        if name == "text" and type(value).__name__ in {"Measure", "Statement"}:
            is_deed = type(value).__name__ == "Measure" or value.kind.value in {"effort", "shortfall"}
            pool = SAID if is_deed else CLAUSES if value.kind.value not in {"concern", "effect"} else ("",)
            changed[name] = pool[pick % len(pool)]
        elif name in LISTS:
            changed[name] = LISTS[name][: pick % 3]
        elif name == "period" and type(value).__name__ == "Statistic":
            continue  # a date
        elif isinstance(old, str) and name in WORDS:
            changed[name] = WORDS[name][pick % len(WORDS[name])]
        elif isinstance(old, tuple) or is_dataclass(old):
            changed[name] = _reworded(old, seed + place, name)
    return replace(value, **changed)
