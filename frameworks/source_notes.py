"""What the short names of sources in the reference data stand for. None of these was read from the live web: each is a
stored copy of a public page or a public collection, so a date is that of the copy or of the edition."""

from collections.abc import Iterable

_COPY = "a dated copy of a public page that collects the Department's ratings"
_FACTBOOK = "The World Factbook, trafficking field"

NOTES: dict[str, str] = {
    "canada-report-2005": "Canadian report to Parliament, 2005",
    "child-soldiers-intl-2014": "article of 2014 quoting the list of that year",
    "crs-r44953": "Congressional Research Service, R44953 (special cases 2019)",
    "de-justice-2014": "statement of the German ministry of justice, 2014",
    "discerning-islam-2021": (
        "a copy of the whole list without a year, identified as that of 2021; an advocacy page, from which only the "
        "official list was used"
    ),
    "elimination": "derived: no list was found for this row; the note says what it follows from",
    "factbook": "The World Factbook, nationality field",
    "factbook-2021": f"{_FACTBOOK}, July 2021",
    "factbook-2023": f"{_FACTBOOK}, June 2023",
    "factbook-2024": f"{_FACTBOOK}, June 2024",
    "factbook-2024b": f"{_FACTBOOK}, September 2025, with the list of 2024",
    "factbook-2026": f"{_FACTBOOK}, early 2026",
    "gvnet-2009": f"{_COPY}, 2009",
    "gvnet-2020": f"{_COPY}, 2020",
    "gvnet-2023": f"{_COPY}, 2023",
    "hawkeye-2025": "a transcription of the list of September 29, 2025",
    "heiss-panel": "replication data of Heiss and Kelley, 2017: tiers by country and year",
    "hrw-2017": "Human Rights Watch on the list of 2017",
    "hrw-2018": "Human Rights Watch on the list of 2018, as quoted elsewhere",
    "inview": "a Dutch legal database: parties to the TIP Protocol with entry into force, about 2024 (A to D only)",
    "knowyourcountry-2024": "a copy of the Tier 1 list and the first names of Tier 2 without a year; it fits only 2024",
    "looptonga-2020": "news article of 2020 on Tonga",
    "nevispages-2024": "news article of 2024 on St. Kitts and Nevis",
    "news-2024": "article of mid-2024 naming the policy-or-pattern governments",
    "news-breitbart-2017": "article of 2017 quoting the list of that year",
    "news-cnn-2019": "news article of 2019",
    "news-dawn-2021": "reports of July 2, 2021, of the list of that year",
    "news-incyprus-2021": "news article of 2021",
    "news-kbs-yonhap": "news articles on the Republic of Korea",
    "news-nepal-2022": "news article of 2022 on Nepal",
    "news-rtt-2025": "article of January 2025 on the list of 2024",
    "news-sbs-2022": "news article of 2022",
    "news-sputnik-2021": "article of July 1, 2021, naming the policy-or-pattern governments",
    "oecd-2017": "press release of the OECD, 2017",
    "oecd-2023": "press release of the OECD, 2023",
    "oecd-observer-2001": "OECD Observer, no. 225, 2001",
    "oecd-wgb": "page of the OECD Working Group on Bribery (46 parties)",
    "pattern": "built by pattern from the name, as most phrases of the report are; check before use",
    "pd-2011-4": "Presidential Determination 2011-4 (waivers for the list of 2010)",
    "ris-2019": "Austrian federal law database, list of parties, 2019 (first part of the alphabet only)",
    "state-405c-2020": "Department of State, report under section 405(c) and (d) of the CSPA, July 17, 2020",
    "state-405c-2021-quote": "a page quoting the Department's report under section 405(c) of the CSPA, 2021",
    "state-waiver-2020": "Department of State, memorandum of justification for the report of 2020",
    "stimson-2022": "Stimson Center on the list of 2022",
    "sure2018": (
        "a collection of tiers by country of 2018: Department of State pages for 2002 to 2010, an encyclopedia's table "
        "for 2011 to 2017"
    ),
    "tip2018-narratives": "text of the narratives of the 2018 report",
    "unodc-bhutan-2023": "announcement of the UN Office on Drugs and Crime on Bhutan's accession, 2023",
    "untc-scrape": "United Nations Treaty Collection, tables of January 27, 2014 (UNCAC: July 10, 2014)",
    "unverified": "no source: from general knowledge",
    "voa-2015": "article of 2015 quoting the list of that year",
    "voa-dari-2025": "article of autumn 2025 naming the policy-or-pattern governments",
    "waivers-2011-15": "a published list of waivers, 2011 to 2015",
    "watchlist-2016": "article of 2016 quoting the list of that year",
    "whatconvention": "a public table of parties to the TIP Protocol (169 parties)",
    "worldvision-2013": "press release of 2013 quoting the list of that year",
}


def names(source: str) -> list[str]:
    """Take apart a source as a row gives it: "heiss-panel+sure2018" names two; remarks after a name are left off."""
    first = [part.strip().replace(",", " ").split(" ") for part in source.split("+")]
    return [words[0] for words in first if words[0]]


def explained(sources: Iterable[str]) -> list[tuple[str, str]]:
    """Return every source named, once, in order of its name, with what it is; a name without a note says so."""
    found = sorted({name for source in sources for name in names(source)})
    return [(name, NOTES.get(name, "no note on file")) for name in found]
