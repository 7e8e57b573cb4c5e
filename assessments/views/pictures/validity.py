"""Released findings beside reference data, for the method's owner: agreement and disagreements. No rating."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import HttpResponse
from django.views.decorators.http import require_GET

from assessments import policies
from assessments.core.association import gamma
from assessments.models import Figures
from assessments.views.page import UserRequest, guarded
from assessments.views.pictures import give, rows
from assessments.views.pictures.rows import Versions
from frameworks.models import ChildSoldierListing, Country, PolicyOrPatternYear, TierRecord

TIERS = ("1", "2", "2WL", "3")
GRADED = frozenset({"1", "3"})
"""Tiers that a finding can contradict."""
POLICY = "policy-or-pattern"
SOLDIERS = "pof-child-soldiers"
SHOWN = 60
"""Disagreements on the page; the file has all."""
ALL = 100_000
"""Rows taken at once: more than there are."""
COLUMNS = (
    "report_year",
    "country",
    "framework",
    "concern_level",
    "accountability_level",
    "category",
    "levels",
    "is_demonstration",
)


@dataclass(frozen=True, slots=True)
class Disagreement:
    """One country-year in which finding and reference differ, and how."""

    year: int
    iso3: str
    name: str
    kind: str
    told: str


class Judged:
    """All released country-years beside what reference data says of them; counted in one pass over plain values."""

    def __init__(self, figures: QuerySet[Figures]) -> None:
        """Read and count; seven queries, whatever there is."""
        known = TierRecord.objects.order_by().values_list("country", "report_year", "tier")
        tiers = {(iso3, year): tier for iso3, year, tier in known.iterator(chunk_size=ALL)}
        policy = set(PolicyOrPatternYear.objects.values_list("country", "report_year"))
        listed = set(ChildSoldierListing.objects.values_list("country", "year"))
        names = dict(Country.objects.values_list("iso3", "name"))
        values = list(figures.order_by().values_list(*COLUMNS).iterator(chunk_size=ALL))
        self.versions = Versions(line[2] for line in values)
        self.limits = _limits(self.versions)
        question = next((item for item in self.versions.questions() if item.slug == SOLDIERS), None)
        places = question.places if question else {}
        self.soldiers_from = self.limits.get("stop_item_child_soldiers_level", 1)
        grave = "12345"[self.soldiers_from - 1 :]
        self.is_demonstration = any(line[-1] for line in values)
        self.compared = len(values)
        # Counted by the library in one go each: the loop below runs for every country and year.
        judged = [(tiers.get((line[1], line[0]), ""), line[3], line[4]) for line in values]
        self.concern = Counter((tier, concern) for tier, concern, _ in judged)
        self.accountability = Counter((tier, accountability) for tier, _, accountability in judged)
        self.policy = Agreed("Policy or pattern", policy)
        self.soldiers = Agreed("Child soldier list", listed)
        self.apart: list[Disagreement] = []
        policy_span, soldiers_span = self.policy.span, self.soldiers.span
        for (year, iso3, version, concern, accountability, category, letters, _), (tier, _, _) in zip(
            values, judged, strict=True
        ):
            is_policy = category == POLICY
            if tier in GRADED or is_policy:
                found = self._tier(tier, concern, accountability, is_policy=is_policy)
                if found:
                    self.apart.append(Disagreement(year, iso3, names[iso3], *found))
            if year in policy_span:
                found = self.policy.add(iso3, year, holds=is_policy)
                if found:
                    self.apart.append(Disagreement(year, iso3, names[iso3], *found))
            if year in soldiers_span and version in places:
                found = self.soldiers.add(iso3, year, holds=letters[places[version]] in grave)
                if found:
                    self.apart.append(Disagreement(year, iso3, names[iso3], *found))

    def _tier(
        self, tier: str, concern: int | None, accountability: int | None, *, is_policy: bool
    ) -> tuple[str, str] | None:
        """Say how a tier and a finding contradict each other; None where they do not."""
        if concern is None:
            return None
        is_grave = concern >= self.limits["tier_warning_concern"]
        is_unanswered = (accountability or 0) <= self.limits["tier_warning_accountability"]
        if tier == "1" and is_grave and is_unanswered:
            level = "none" if accountability is None else accountability
            return "Tier 1, grave finding", f"Tier 1; concern {concern}, accountability {level}"
        if tier == "3" and concern <= 1:
            return "Tier 3, light finding", f"Tier 3; concern {concern}"
        if is_policy and tier in {"1", "2", "2WL"}:
            return "Policy or pattern, not Tier 3", f"{dict(rows.TIERS)[tier]}; determination approved"
        return None


class Agreed:
    """How far findings agree with a list, over the years that the list is on file for."""

    def __init__(self, name: str, reference: set[tuple[str, int]]) -> None:
        """Begin with nothing counted."""
        self.name, self.reference = name, reference
        self.span = {year for _, year in reference}
        self.seen: list[tuple[bool, bool]] = []

    @property
    def pairs(self) -> Counter[tuple[bool, bool]]:
        """How often the reference names a country-year and the findings hold it, by both."""
        return Counter(self.seen)

    def add(self, iso3: str, year: int, *, holds: bool) -> tuple[str, str] | None:
        """Count one country-year of the span; return the disagreement, if it is one."""
        on = (iso3, year) in self.reference
        self.seen.append((on, holds))
        if on == holds:
            return None
        if on:
            return f"{self.name}: in the reference only", "named there, no finding here"
        return f"{self.name}: in the findings only", "found here, not named there"

    def counts(self) -> dict[str, object]:
        """Return the counts, and their shares in percent; None where nothing could be compared."""
        pairs = self.pairs
        both, neither = pairs[True, True], pairs[False, False]
        total = len(self.seen)
        either = total - neither
        return {
            "name": self.name,
            "both": both,
            "reference": pairs[True, False],
            "ours": pairs[False, True],
            "neither": neither,
            "percent": (both + neither) * 100 // total if total else None,
            "overlap": both * 100 // either if either else None,
            "years": f"{min(self.span)} to {max(self.span)}" if self.span else "",
        }


@require_GET
@guarded
def page(request: UserRequest, ending: str = "") -> HttpResponse:
    """Show how far findings and reference data go together; a tier is no measure of a finding, nor the reverse."""
    policies.check_can_see_validity(request.user)
    judged = Judged(policies.judged_figures(request.user))
    if ending == "csv":
        heads = ("country", "country_name", "report_year", "kind", "disagreement")
        cells = ((item.iso3, item.name, item.year, item.kind, item.told) for item in judged.apart)
        return give.csv_file("validity", heads, cells)
    concern, accountability = _cross(judged.concern), _cross(judged.accountability)
    context = {
        "compared": judged.compared,
        "with_tier": sum(map(sum, concern)) + sum(judged.concern[tier, None] for tier in TIERS),
        "crosses": [
            ("Concern level by recorded tier", "c", concern, gamma(concern)),
            ("Accountability level by recorded tier", "r", accountability, gamma(accountability)),
        ],
        "lists": [judged.policy.counts(), judged.soldiers.counts()],
        "kinds": sorted(Counter(item.kind for item in judged.apart).items()),
        "apart": sorted(judged.apart, key=lambda item: (-item.year, item.name))[:SHOWN],
        "more": max(0, len(judged.apart) - SHOWN),
        "versions": judged.versions,
        "soldiers_from": judged.soldiers_from,
        "is_demonstration": judged.is_demonstration,
    }
    return give.shown(request, "validity", "validity", context)


def _limits(versions: Versions) -> dict[str, int]:
    """Return from where on a tier contradicts a finding, as the newest version says."""
    names = ("tier-warning-accountability", "tier-warning-concern", "stop-item-child-soldiers-level")
    framework = next(iter(versions.compiled.values()), None)
    return {name.replace("-", "_"): framework.value(name) for name in names} if framework else {}


def _cross(counted: Counter[tuple[str, int | None]]) -> list[list[int]]:
    """Return country-years by tier (rows) and level 0 to 5 (columns)."""
    return [[counted[tier, level] for level in range(6)] for tier in TIERS]
