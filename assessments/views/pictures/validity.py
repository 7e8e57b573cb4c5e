"""Released findings beside reference data, for the method's owner: agreement and disagreements. No rating."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from html import escape

from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpResponse
from django.utils.safestring import SafeString
from django.views.decorators.http import require_GET

from assessments import policies
from assessments.core.association import gamma
from assessments.core.drawing.look import stacked
from assessments.core.drawing.squares import squares
from assessments.models import Figures
from assessments.views.page import UserRequest, guarded
from assessments.views.pictures import give, rows, seen
from assessments.views.pictures.rows import Versions
from frameworks.models import ChildSoldierListing, Country, FrameworkVersion, PolicyOrPatternYear, TierRecord

TIERS = ("1", "2", "2WL", "3")
GRADED = frozenset({"1", "3"})
"""Tiers that derived levels can contradict."""
NOT_WORST = frozenset({"1", "2", "2WL"})
NOT_THREE = "Policy or pattern, not Tier 3"
WORDS = dict(rows.TIERS)
POLICY = "policy-or-pattern"
SOLDIERS = "pof-child-soldiers"
SHOWN = 60
"""Disagreements on the page; the file has all."""
PART = 500
"""Rows taken at once."""
COLUMNS = ("report_year", "country", "framework", "concern_level", "accountability_level", "category", "levels")
Key = tuple[str, int]
"""A country-year, as reference data names it."""
Apart = tuple[Key, str, str]
"""A country-year in which finding and reference differ: which, the kind, and what differs."""
Standing = tuple[str, int | None, int | None]
"""Recorded tier ("" where there is none), concern level and accountability level."""


@dataclass(frozen=True, slots=True)
class Disagreement:
    """One country-year in which finding and reference differ, and how."""

    year: int
    iso3: str
    name: str
    kind: str
    told: str


class Judged:
    """All released country-years beside what reference data says of them.

    Read in small parts and counted at once: 25 years are some thousand rows, and holding them all costs more time, in
    Python's collector of what is unused, than counting them.
    """

    def __init__(self, figures: QuerySet[Figures]) -> None:
        """Read and count; nine queries, whatever there is."""
        self.names = dict(Country.objects.values_list("iso3", "name"))
        self.is_demonstration = figures.filter(is_demonstration=True).exists()
        used = FrameworkVersion.objects.filter(Exists(figures.filter(framework=OuterRef("pk"))))
        self.versions = Versions(used.values_list("pk", flat=True))
        self.limits = _limits(self.versions)
        self.policy = Agreed("Policy or pattern", PolicyOrPatternYear.objects.values_list("country", "report_year"))
        self.soldiers = Agreed("Child soldier list", ChildSoldierListing.objects.values_list("country", "year"))
        self.standings: Counter[Standing] = Counter()
        self.apart: list[Apart] = []  # of findings and tiers
        self.years = self._count(figures)
        self.compared = self.standings.total()

    def all_apart(self) -> list[Apart]:
        """Return every disagreement."""
        return [*self.apart, *self.policy.apart(), *self.soldiers.apart()]

    @cached_property
    def kinds(self) -> dict[str, int]:
        """How many disagreements of each kind there are, by its name."""
        found = Counter(kind for _, kind, _ in self.apart)
        for item in (self.policy, self.soldiers):
            found.update({kind: len(keys) for kind, _, keys in item.sides if keys})
        return dict(sorted(found.items()))

    def _count(self, figures: QuerySet[Figures]) -> list[int]:
        """Go once through all country-years; return the years they or tiers are of."""
        recorded: defaultdict[int, dict[str, str]] = defaultdict(dict)
        known = TierRecord.objects.order_by().values_list("country", "report_year", "tier")
        for iso3, year, tier in known.iterator(chunk_size=PART):
            recorded[year][iso3] = tier
        question = next((item for item in self.versions.questions() if item.slug == SOLDIERS), None)
        places = question.places if question else {}
        grave = frozenset("12345"[self.soldiers_from - 1 :])
        standings, policy, soldiers = self.standings, self.policy, self.soldiers
        told: dict[Standing, tuple[str, str] | None] = {}
        for year, iso3, version, concern, accountability, category, letters in (
            figures.order_by().values_list(*COLUMNS).iterator(chunk_size=PART)
        ):
            tier = recorded[year].get(iso3, "")
            standing = (tier, concern, accountability)
            standings[standing] += 1
            if standing not in told:
                told[standing] = self._tier(*standing)
            if found := told[standing]:
                self.apart.append(((iso3, year), *found))
            is_policy = category == POLICY
            if is_policy and tier in NOT_WORST:
                self.apart.append(((iso3, year), NOT_THREE, f"{WORDS[tier]}; determination approved"))
            if year in policy.span:
                policy.add(iso3, year, holds=is_policy)
            if year in soldiers.span and version in places:
                soldiers.add(iso3, year, holds=letters[places[version]] in grave)
        return list(recorded)

    @property
    def soldiers_from(self) -> int:
        """From which level on I14 counts as a finding on child soldiers."""
        return self.limits.get("stop_item_child_soldiers_level", 1)

    def named(self, apart: Iterable[Apart]) -> list[Disagreement]:
        """Return disagreements with their countries' names."""
        return [Disagreement(year, iso3, self.names[iso3], kind, told) for (iso3, year), kind, told in apart]

    @cached_property
    def newest(self) -> SafeString:
        """The first of the disagreements, newest years first, by name in a year, as rows of a table."""
        found: list[Disagreement] = []
        for year in sorted(self.years, reverse=True):
            if len(found) >= SHOWN:
                break
            here = [one for one in self.apart if one[0][1] == year]
            here += [one for item in (self.policy, self.soldiers) for one in item.apart(year)]
            found += sorted(self.named(here), key=lambda one: (one.name, one.kind))
        return give.safe("".join(_line(item) for item in found[:SHOWN]))

    @cached_property
    def crosses(self) -> list[tuple[str, str, list[list[int]], float | None]]:
        """Title, scale, country-years by tier and level, and how far both go together, of both derived levels."""
        named = (("Concern level by recorded tier", "c", 1), ("Accountability level by recorded tier", "r", 2))
        return [(title, scale, counts := self._by_tier(place), gamma(counts)) for title, scale, place in named]

    def _by_tier(self, place: int) -> list[list[int]]:
        """Return country-years by tier (rows) and level 0 to 5 (columns); the level is at this place of a standing."""
        counts: Counter[tuple[str, int | None]] = Counter()
        for standing, number in self.standings.items():
            counts[standing[0], standing[place]] += number  # type: ignore[index]
        return [[counts[tier, level] for level in range(6)] for tier in TIERS]

    def _tier(self, tier: str, concern: int | None, accountability: int | None) -> tuple[str, str] | None:
        """Say how a tier and the derived levels contradict each other; None where they do not."""
        if concern is None or tier not in GRADED:
            return None
        is_unanswered = (accountability or 0) <= self.limits["tier_warning_accountability"]
        if tier == "1" and concern >= self.limits["tier_warning_concern"] and is_unanswered:
            level = "none" if accountability is None else accountability
            return "Tier 1, grave finding", f"Tier 1; concern {concern}, accountability {level}"
        if tier == "3" and concern <= 1:
            return "Tier 3, light finding", f"Tier 3; concern {concern}"
        return None


class Agreed:
    """How far findings agree with a list, over the years that the list is on file for."""

    def __init__(self, name: str, reference: Iterable[Key]) -> None:
        """Begin with what the list names; nothing is counted yet."""
        self.name, self.reference = name, frozenset(reference)
        self.span = frozenset(year for _, year in self.reference)
        self.total = 0
        self.listed: set[Key] = set()
        self.found: set[Key] = set()

    def add(self, iso3: str, year: int, *, holds: bool) -> None:
        """Count one country-year of the span, and say whether findings hold it."""
        self.total += 1
        if holds:
            self.found.add((iso3, year))
        if (iso3, year) in self.reference:
            self.listed.add((iso3, year))

    @property
    def sides(self) -> tuple[tuple[str, str, set[Key]], tuple[str, str, set[Key]]]:
        """The country-years in which they differ, by kind and by what differs."""
        return (
            (f"{self.name}: in the reference only", "named there, no finding here", self.listed - self.found),
            (f"{self.name}: in the findings only", "found here, not named there", self.found - self.listed),
        )

    def apart(self, year: int | None = None) -> Iterator[Apart]:
        """Yield the country-years in which they differ, of one year or of all, with the kind and what differs."""
        for kind, told, keys in self.sides:
            for key in keys:
                if year is None or key[1] == year:
                    yield key, kind, told

    def counts(self) -> dict[str, object]:
        """Return the counts, and their shares in percent; None where nothing could be compared."""
        both, either, total = len(self.listed & self.found), len(self.listed | self.found), self.total
        neither = total - either
        return {
            "name": self.name,
            "both": both,
            "reference": len(self.listed) - both,
            "ours": len(self.found) - both,
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
    figures = seen.judged(request.user)
    judged = figures.once(("validity",), lambda: Judged(figures.figures))
    if ending == "csv":
        heads = ("country", "country_name", "report_year", "kind", "disagreement")
        found = judged.named(sorted(judged.all_apart()))
        cells = ((item.iso3, item.name, item.year, item.kind, item.told) for item in found)
        return give.csv_file("validity", heads, cells)
    if ending == "svg":
        title = "Derived levels by recorded tier, released country-years"
        return give.svg_file("validity", _squares(judged), title, ["Never used for rating."])
    context = {
        "drawn": [give.safe(_square(*cross[:3])) for cross in judged.crosses],
        "compared": judged.compared,
        "with_tier": sum(number for standing, number in judged.standings.items() if standing[0] in TIERS),
        "crosses": judged.crosses,
        "lists": [judged.policy.counts(), judged.soldiers.counts()],
        "kinds": judged.kinds.items(),
        "apart": judged.newest,
        "more": max(0, sum(judged.kinds.values()) - SHOWN),
        "versions": judged.versions,
        "soldiers_from": judged.soldiers_from,
        "is_demonstration": judged.is_demonstration,
    }
    return give.shown(request, "validity", "validity", context)


def _square(title: str, scale: str, counts: list[list[int]]) -> str:
    """Draw one derived level beside the tiers."""
    label = f"{title}: how many country-years have which. The table has the same numbers."
    return squares(counts, [WORDS[tier] for tier in TIERS], scale=scale, title=title, label=label)


def _squares(judged: Judged) -> str:
    """Draw both beneath each other, as one picture."""
    return stacked([_square(*cross[:3]) for cross in judged.crosses])


def _limits(versions: Versions) -> dict[str, int]:
    """Return from where on a tier contradicts a finding, as the newest version says."""
    names = ("tier-warning-accountability", "tier-warning-concern", "stop-item-child-soldiers-level")
    framework = next(iter(versions.compiled.values()), None)
    return {name.replace("-", "_"): framework.value(name) for name in names} if framework else {}


def _line(item: Disagreement) -> str:
    """Write one row; a template takes ten times as long for it."""
    return (
        f"<tr><th scope=row>{escape(item.name)}</th><td data-label=Year>{item.year}</td>"
        f"<td data-label=Kind>{escape(item.kind)}</td><td>{escape(item.told)}</td></tr>"
    )
