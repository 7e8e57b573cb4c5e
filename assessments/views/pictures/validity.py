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
        self.concern: Counter[tuple[str, int | None]] = Counter()
        self.accountability: Counter[tuple[str, int | None]] = Counter()
        self.policy = Agreed("Policy or pattern", policy)
        self.soldiers = Agreed("Child soldier list", listed)
        self.apart: list[Disagreement] = []
        for year, iso3, version, concern, accountability, category, letters, _ in values:
            tier, is_policy = tiers.get((iso3, year), ""), category == POLICY
            self.concern[tier, concern] += 1
            self.accountability[tier, accountability] += 1
            found = []
            if tier in {"1", "3"} or is_policy:
                found.append(self._tier(tier, concern, accountability, is_policy=is_policy))
            if year in self.policy.span:
                found.append(self.policy.add(iso3, year, holds=is_policy))
            if year in self.soldiers.span and version in places:
                found.append(self.soldiers.add(iso3, year, holds=letters[places[version]] in grave))
            for kind, told in filter(None, found):
                self.apart.append(Disagreement(year, iso3, names[iso3], kind, told))

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
        self.pairs: Counter[tuple[bool, bool]] = Counter()

    def add(self, iso3: str, year: int, *, holds: bool) -> tuple[str, str] | None:
        """Count one country-year of the span; return the disagreement, if it is one."""
        on = (iso3, year) in self.reference
        self.pairs[on, holds] += 1
        if on == holds:
            return None
        if on:
            return f"{self.name}: in the reference only", "named there, no finding here"
        return f"{self.name}: in the findings only", "found here, not named there"

    def counts(self) -> dict[str, object]:
        """Return the counts, and their shares in percent; None where nothing could be compared."""
        both, neither = self.pairs[True, True], self.pairs[False, False]
        total = sum(self.pairs.values())
        either = total - neither
        return {
            "name": self.name,
            "both": both,
            "reference": self.pairs[True, False],
            "ours": self.pairs[False, True],
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
