"""What is on file on countries: names, treaty status, and where past reports listed them. Facts with their marks."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Max, Min, OuterRef, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from frameworks.models import Country, TierRecord, TreatyStatus
from frameworks.models.reference import Mark
from frameworks.source_notes import explained
from frameworks.views.page import Missing, shown
from frameworks.views.strip import strip
from frameworks.views.words import BUREAUS, INSTRUMENTS

FIRST_YEAR = 2001  # the first Report


@dataclass(frozen=True, slots=True)
class Standing:
    """A country's standing towards one instrument, in words."""

    short: str
    title: str
    row: TreatyStatus | None

    @property
    def support(self) -> str:
        """Say how well the status is supported."""
        if self.row is None:
            return "no row on file"
        told = self.row.status_verified
        if told.startswith("as of "):
            return f"verified {told}; no later change was found"
        words = {"yes": "verified", "totals": "derived from dated official totals", "no": "unverified"}
        return words.get(told, told)

    @property
    def is_dated_by_source(self) -> bool:
        """Tell whether a source gives the date."""
        return self.row is not None and self.row.date_verified == "yes"


@shown
def listing(request: HttpRequest) -> HttpResponse:
    """Show every country with its latest recorded tier and what it is party to."""
    latest = TierRecord.objects.filter(country=OuterRef("country")).order_by("-report_year").values("report_year")[:1]
    tiers = {row.country_id: row for row in TierRecord.objects.filter(report_year=Subquery(latest))}
    treaties: defaultdict[str | None, dict[str, TreatyStatus]] = defaultdict(dict)
    for row in TreatyStatus.objects.exclude(country=None):
        treaties[row.country_id][row.instrument] = row
    rows = [
        (country, tiers.get(country.iso3), [treaties[country.iso3].get(slug) for slug in INSTRUMENTS])
        for country in Country.objects.all()
    ]
    letters: dict[str, str] = {}
    for country, _, _ in rows:
        letters.setdefault(country.sort_name[:1].upper(), country.iso3)
    context = {
        "part": "countries",
        "rows": rows,
        "instruments": INSTRUMENTS.values(),
        "letters": letters.items(),
        "bureaus": BUREAUS.items(),
    }
    return render(request, "frameworks/countries.html", context)


@shown
def country(request: HttpRequest, iso3: str) -> HttpResponse:
    """Show all that is on file on one country, each row with its source and mark."""
    found = Country.objects.filter(iso3=iso3.upper()).first()
    if found is None:
        raise Missing(f'There is no country with the code "{iso3.upper()}" in the reference data.')
    tiers = list(found.tier_records.order_by("-report_year"))
    years = TierRecord.objects.aggregate(first=Min("report_year"), last=Max("report_year"))
    treaties = {row.instrument: row for row in found.treaty_statuses.all()}
    listings = list(found.child_soldier_listings.order_by("year"))
    patterns = list(found.policy_or_pattern_years.order_by("report_year"))
    context = {
        "part": "countries",
        "country": found,
        "bureau": BUREAUS.get(found.bureau, ""),
        "tiers": tiers,
        "strip": strip(tiers, FIRST_YEAR, max(years["last"] or FIRST_YEAR, FIRST_YEAR)),
        "tier_marks": sorted({row.mark for row in tiers} - {Mark.VERIFIED}),
        "treaties": [Standing(short, title, treaties.get(slug)) for slug, (short, title) in INSTRUMENTS.items()],
        "listings": listings,
        "patterns": patterns,
        "sources": explained(_sources(found, (*tiers, *treaties.values(), *listings, *patterns))),
    }
    return render(request, "frameworks/country.html", context)


def _sources(found: Country, rows: Iterable[object]) -> list[str]:
    return [*(str(getattr(row, "source", "")) for row in rows), found.adjective_source, found.government_phrase_source]
