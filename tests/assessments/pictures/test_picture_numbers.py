"""The numbers in each picture are those of the data release: pages, files and drawings are read again."""

import re
from collections import Counter
from xml.etree import ElementTree

import pytest
from django.test import Client

from assessments.core.drawing import bars
from assessments.views.pictures.rows import TIERS
from frameworks import loader
from frameworks.models import ChildSoldierListing, Country, FrameworkVersion, PolicyOrPatternYear, TierRecord
from frameworks.spec.base import Direction
from tests.assessments import factories
from tests.assessments.picturing import (
    SIGNS,
    by_year,
    heat_of,
    make_years,
    one_table,
    released,
    table_of,
    tables_of,
    url,
)

# --- The same numbers as the data release ------------------------------------------------------------------------


def test_the_heat_map_has_the_numbers_of_the_data_release(years: None, client: Client) -> None:
    for year in (2023, 2024, 2025):
        shown = heat_of(client, f"year={year}")
        known = [(finding, levels) for finding, levels in released() if finding["report_year"] == year]
        assert set(shown) == {finding["country_name"] for finding, _ in known}
        for finding, levels in known:
            row = shown[finding["country_name"]]
            assert row["CL"] == ("·" if finding["concern_level"] is None else str(finding["concern_level"]))
            assert row["AL"] == (
                "·" if finding["accountability_level"] is None else str(finding["accountability_level"])
            )
            for item in levels:
                if not item["part"]:
                    told = SIGNS[item["state"]] if item["level"] is None else str(item["level"])
                    assert row[item["indicator_code"]] == told
            parts = [item["level"] for item in levels if item["part"] and item["level"] is not None]
            if parts:
                assert row["I12"] == str(max(parts))


def test_files_of_the_heat_map_have_them_too(years: None, client: Client) -> None:
    found = {(row["country"], row["indicator"]): row for row in table_of(client, "heat-csv", "year=2025")}
    for finding, levels in released():
        for item in levels:
            if finding["report_year"] == 2025 and not item["part"]:
                row = found[item["country"], item["indicator"]]
                assert (row["state"], row["level"]) == (
                    item["state"],
                    "" if item["level"] is None else str(item["level"]),
                )
                assert row["confidence"] == item["confidence"]


def test_map_trend_distribution_and_country_have_them(years: None, client: Client) -> None:
    known = {(f["country"], f["report_year"]): (f, levels) for f, levels in released()}
    page = client.get(f"{url('map')}?year=2025").content.decode()
    for (iso3, year), (finding, _) in known.items():
        if year == 2025:
            told = "no level" if finding["concern_level"] is None else finding["concern_level"]
            assert f'aria-label="{finding["country_name"]}: {told}"' in page
            assert f'href="{url("country", iso3)}"' in page
    for measure in ("concern", "accountability"):
        for row in table_of(client, "trends-csv", f"show={measure}"):
            counts = Counter(
                f[f"{measure}_level"] for f, _ in known.values() if str(f["report_year"]) == row["report_year"]
            )
            assert [int(row[f"level_{n}"]) for n in range(6)] == [counts[n] for n in range(6)]
            assert int(row["countries"]) == sum(counts.values())
    for row in table_of(client, "levels-csv", "year=2024"):
        levels = Counter(
            item["level"]
            for (_, year), (_, items) in known.items()
            for item in items
            if year == 2024 and item["indicator"] == row["indicator"] and not item["part"]
        )
        if row["indicator_code"] != "I12":
            assert [int(row[f"level_{n}"]) for n in range(6)] == [levels[n] for n in range(6)]
    iso3 = Country.objects.order_by("iso3")[0].iso3
    answer = client.get(url("country-standing", iso3)).content.decode()
    for (country, year), (finding, _) in known.items():
        if country == iso3 and finding["concern_level"] is not None:
            level = finding["accountability_level"]
            words = "no accountability level" if level is None else f"accountability {level}"
            assert f"<title>{year}: concern {finding['concern_level']}, {words}</title>" in answer


def test_a_trend_of_one_question_counts_what_the_release_says(years: None, client: Client) -> None:
    known = list(released())
    for row in table_of(client, "trends-csv", "show=officials-prosecuted&by=bureau"):
        bureau = dict(Country.objects.values_list("iso3", "bureau"))
        from frameworks.views.words import BUREAUS

        counts = Counter(
            item["level"]
            for finding, items in known
            for item in items
            if item["indicator"] == "officials-prosecuted"
            and str(finding["report_year"]) == row["report_year"]
            and BUREAUS[bureau[finding["country"]]] == row["split"]
        )
        assert [int(row[f"level_{n}"]) for n in range(6)] == [counts[n] for n in range(6)]


def shown(level: int | None) -> str:
    return "none" if level is None else str(level)


def test_countries_side_by_side_have_them(years: None, client: Client) -> None:
    known = by_year(2024)
    chosen = sorted(known)[1:4]
    head, *body = one_table(client, f"{url('side')}?year=2024&" + "&".join(f"c={iso3}" for iso3 in chosen), "Levels of")
    assert head[1:-1] == [known[iso3][0]["country_name"] for iso3 in chosen]
    rows = {row[0].split()[0] if row[0][0] == "I" else row[0]: row[1:] for row in body}
    derived = {"Concern level": "concern_level", "Accountability level": "accountability_level"}
    for title, name in derived.items():
        told = [re.sub(r"\D*(\d).*", r"\1", cell) for cell in rows[title][:-1]]
        assert [cell if cell.isdigit() else None for cell in told] == [
            None if known[iso3][0][name] is None else str(known[iso3][0][name]) for iso3 in chosen
        ]
    assert rows["Finding"][:-1] == [known[iso3][0]["finding_title"] for iso3 in chosen]
    for code in known[chosen[0]][1]:
        cells = [known[iso3][1][code] for iso3 in chosen]
        levels = [int(cell) for cell in cells if cell.isdigit()]
        assert rows[code] == [*cells, str(max(levels) - min(levels) if levels else 0)]
    lines = {row["indicator_code"]: row for row in table_of(client, "side-csv", f"year=2024&c={chosen[0]}")}
    assert {code: line[chosen[0]] for code, line in lines.items() if line[chosen[0]].isdigit()} == {
        code: told for code, told in known[chosen[0]][1].items() if told.isdigit()
    }


def test_countries_side_by_side_are_drawn_with_them(years: None, client: Client) -> None:
    known = by_year(2024)
    chosen = sorted(known)[1:4]
    query = "year=2024&" + "&".join(f"c={iso3}" for iso3 in chosen)
    picture = ElementTree.fromstring(client.get(f"{url('side-svg')}?{query}").content)
    texts = [node.text or "" for node in picture.iter() if node.tag.endswith("text")]
    assert {known[iso3][0]["country_name"] for iso3 in chosen} <= set(texts)
    heads = [line["indicator_code"].removeprefix("I") for line in table_of(client, "side-csv", query)]
    signs = Counter("".join(text for text in texts if re.fullmatch(r"[0-5?nqk–·]+", text)))
    lines = table_of(client, "side-csv", query)
    signs -= Counter("".join(head for head in heads if re.fullmatch("[0-5]+", head)))
    told = Counter(line[iso3] for line in lines for iso3 in chosen if line[iso3].isdigit())
    for iso3 in chosen:
        levels = (known[iso3][0][name] for name in ("concern_level", "accountability_level"))
        told += Counter(str(level) for level in levels if level is not None)
    assert {sign: signs[sign] for sign in "012345" if signs[sign]} == dict(told)


def test_changes_since_last_year_have_them(years: None, client: Client) -> None:
    now, before = by_year(2025), by_year(2024)
    lines = {row["country"]: row for row in table_of(client, "changes-csv", "year=2025")}
    names = ("concern_level", "accountability_level", "finding")
    moved = {iso3 for iso3 in now if any(now[iso3][0][name] != before[iso3][0][name] for name in names)}
    assert set(lines) == moved != set()
    for iso3, line in lines.items():
        for name in names:
            old = line[name.replace("_level", "") + "_before"]
            assert (line[name], old) == tuple(
                "" if value is None else str(value) for value in (now[iso3][0][name], before[iso3][0][name])
            )
        told = {answer.split()[0]: answer.split()[1::2] for answer in line["answers_moved"].split("; ") if answer}
        both = {code: (before[iso3][1][code], now[iso3][1][code]) for code in now[iso3][1]}
        assert set(told) == {code for code, (old, new) in both.items() if old != new}
        assert all(old == told[code][0] for code, (old, _) in both.items() if code in told and old.isdigit())
    page = one_table(client, f"{url('changes')}?year=2025", "Countries that changed")
    assert {row[0] for row in page[1:]} == {now[iso3][0]["country_name"] for iso3 in moved}


def test_the_distribution_has_them_on_its_page_and_as_a_picture(years: None, client: Client) -> None:
    known = by_year(2025)
    head, *body = one_table(client, f"{url('levels')}?year=2025", "Countries by level")
    for code, row in ((row[0].split()[0], dict(zip(head, row, strict=True))) for row in body):
        counts = Counter(told[code] for _, told in known.values())
        for level in range(6):
            assert int(row.get(f"level {level}", "0")) == counts[str(level)]


def drawn(client: Client, name: str, query: str, side: str) -> Counter[str]:
    """Return how much of a picture each look takes: the sum of one side of its boxes."""
    page = client.get(f"{url(name)}?{query}").content.decode()
    picture = ElementTree.fromstring(page[page.index('<svg class="picture') : page.index("</svg>") + 6])
    found: Counter[str] = Counter()
    for box in picture.iter():
        if box.tag.endswith("rect") and re.fullmatch(r"[crs]\w", box.get("class", "")):
            found[box.get("class", "")] += float(box.get(side, "0"))  # type: ignore[assignment]
    return found


def test_bars_are_as_long_as_the_numbers_are_high(years: None, client: Client) -> None:
    known = by_year(2025)
    counts: Counter[str] = Counter()
    concerning = {item.slug for item in factories._framework_spec().indicators if item.direction is Direction.CONCERN}
    for line in table_of(client, "levels-csv", "year=2025"):
        scale = "c" if line["indicator"] in concerning else "r"
        counts += Counter({f"{scale}{level}": int(line[f"level_{level}"]) for level in range(6)})
    longs = drawn(client, "levels", "year=2025", "width")
    unit = bars.WIDE / len(known)
    assert {look: round(longs[look] / unit) for look in counts} == dict(counts)


def test_columns_are_as_high_as_the_numbers(years: None, client: Client) -> None:
    counts = Counter(
        f"c{finding['concern_level']}" for finding, _ in released() if finding["concern_level"] is not None
    )
    highs = drawn(client, "trends", "", "height")
    assert {look: round(highs[look] / (150 / 6)) for look in counts} == dict(counts)


@pytest.mark.parametrize("measure", ["concern", "accountability", "tier"])
def test_each_map_has_them_in_its_shapes_its_table_and_its_file(years: None, client: Client, measure: str) -> None:
    known = by_year(2025)
    tiers = dict(TierRecord.objects.filter(report_year=2025).values_list("country", "tier"))
    address = f"year=2025&show={measure}"
    page = client.get(f"{url('map')}?{address}").content.decode()
    (table,) = [rows for caption, rows in tables_of(client, f"{url('map')}?{address}").items()]
    cells = {row[0]: row[1] for row in table[1:]}
    lines = {row["country"]: row for row in table_of(client, "map-csv", address)}
    assert set(lines) == set(known)
    for iso3, (finding, _) in known.items():
        name = finding["country_name"]
        if measure == "tier":
            words = dict(TIERS)[tiers[iso3]] if iso3 in tiers else "none on file"
            assert lines[iso3]["words"] == words
            assert words in cells[name]
        else:
            level = finding[f"{measure}_level"]
            words = "no level" if level is None else str(level)
            assert (lines[iso3]["words"], cells[name]) == (words, "?" if level is None else words)
        assert re.search(rf'aria-label="{re.escape(name)}: {words}[" ]', page)


def test_the_consistency_review_has_them(reference: None, client: Client) -> None:
    make_years(60, 1)
    known = by_year(2025)
    groups: dict[str, list[str]] = {}
    spec = factories._framework_spec()
    for item in spec.indicators:
        groups.setdefault(item.group, []).append(item.code)
    lines = table_of(client, "consistency-csv", "year=2025")
    told = {finding["country_name"]: levels for finding, levels in known.values()}
    for line in lines:
        code, names = line["indicator_code"], line["countries"].split("; ")
        others = [other for codes in groups.values() if code in codes for other in codes if other != code]
        assert {told[name][code] for name in names} == {line["level"]}
        assert len({tuple(told[name][other] for other in others) for name in names}) == 1
    assert lines


def test_validity_sets_them_beside_reference_data(years: None, client: Client) -> None:
    known = [finding for finding, _ in released()]
    soldiers = {
        (finding["country"], finding["report_year"]): next(
            item["level"] for item in levels if item["indicator"] == "pof-child-soldiers"
        )
        for finding, levels in released()
    }
    tiers = {
        (iso3, year): tier for iso3, year, tier in TierRecord.objects.values_list("country", "report_year", "tier")
    }
    page = tables_of(client, url("validity"))
    for scale in ("Concern", "Accountability"):
        (table,) = [rows for caption, rows in page.items() if caption.startswith(f"{scale} level by recorded tier")]
        for tier, row in zip(("1", "2", "2WL", "3"), table[1:], strict=True):
            levels = Counter(
                finding[f"{scale.lower()}_level"]
                for finding in known
                if tiers.get((finding["country"], finding["report_year"])) == tier
            )
            assert [int(cell) for cell in row[1:]] == [levels[level] for level in range(6)]
    framework = FrameworkVersion.objects.get()
    least = loader.compiled(framework).value("stop-item-child-soldiers-level")
    found = {
        "Policy or pattern": (
            {(one["country"], one["report_year"]) for one in known if one["finding"] == "policy-or-pattern"},
            set(PolicyOrPatternYear.objects.values_list("country", "report_year")),
        ),
        "Child soldier list": (
            {key for key, level in soldiers.items() if (level or 0) >= least},
            set(ChildSoldierListing.objects.values_list("country", "year")),
        ),
    }
    apart = {(row["country"], int(row["report_year"]), row["kind"]) for row in table_of(client, "validity-csv")}
    for name, *cells in page["Agreement with lists"][1:]:
        ours, reference = found[name]
        span = {year for _, year in reference}
        keys = {key for key in soldiers if key[1] in span}
        both, either = len(ours & reference & keys), len((ours | reference) & keys)
        assert [int(cell) for cell in cells[1:5]] == [
            both, len(reference & keys) - both, len(ours & keys) - both, len(keys) - either
        ]  # fmt: skip
        for kind, wanted in (("reference", reference - ours), ("findings", ours - reference)):
            assert {
                (iso3, year) for iso3, year, told in apart if told == f"{name}: in the {kind} only"
            } == wanted & keys
    limits = {name: loader.compiled(framework).value(f"tier-warning-{name}") for name in ("concern", "accountability")}
    for kind, tier, is_apart in (
        (
            "Tier 1, grave finding",
            "1",
            lambda one: (
                one["concern_level"] >= limits["concern"]
                and (one["accountability_level"] or 0) <= limits["accountability"]
            ),
        ),
        ("Tier 3, light finding", "3", lambda one: one["concern_level"] <= 1),
    ):
        wanted = {
            (one["country"], one["report_year"]) for one in known if one["concern_level"] is not None and is_apart(one)
        }
        listed = {(iso3, year) for iso3, year, told in apart if told == kind}
        assert listed == {key for key in wanted if tiers.get(key) == tier}


def test_validity_counts_every_country_year_once(years: None, client: Client) -> None:
    page = client.get(url("validity"))
    assert "Never used for rating" in page.content.decode()
    assert page.context["compared"] == 18
    assert sum(map(sum, page.context["crosses"][0][2])) <= page.context["with_tier"] <= 18
