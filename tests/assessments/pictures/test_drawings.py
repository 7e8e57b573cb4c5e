"""Drawings are parsed and each shape is found at the place and in the look of the number in the data release."""

import csv
import io
import re
from collections import defaultdict
from typing import Any
from xml.etree import ElementTree

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Role
from assessments.core.drawing import heat, profile
from assessments.core.drawing.look import CONCERN, RESPONSE
from frameworks.models import Country, TierRecord
from frameworks.spec.base import Direction
from tests.assessments import factories
from tests.assessments.picturing import SIGNS, by_year, make_years, one_table, table_of, url

WORDS = {"?": "?", "n": "not assessed", "q": "no request", "k": "no known cases", "–": "–", "·": "no answer"}
"""What the profile writes beside a scale without a level, by the sign of its state."""


def picture_of(client: Client, address: str, name: str) -> ElementTree.Element:
    """Return a drawing of a page by its class."""
    page = client.get(address).content.decode()
    begin = page.index(f'<svg class="{name}"' if name == "strip" else f'<svg class="picture {name}"')
    return ElementTree.fromstring(page[begin : page.index("</svg>", begin) + 6])


def kind(node: ElementTree.Element) -> str:
    return node.tag.rpartition("}")[2]


def rows_of(picture: ElementTree.Element) -> dict[str, dict[str, Any]]:
    """Return what the profile shows of each indicator by its code: level, look, numeral, level before, words."""
    codes = {
        float(node.get("y", "0")) - 14: node.text or ""
        for node in picture.iter()
        if kind(node) == "text" and node.get("x") == "0" and re.fullmatch(r"I\d\d", node.text or "")
    }
    found: dict[str, dict[str, Any]] = {code: {} for code in codes.values()}
    for node in picture.iter():
        y = float(node.get("y", "-1"))
        if kind(node) == "rect" and node.get("class") == "before":
            level = (float(node.get("x", "0")) - 2 - profile.LEFT) / profile.BOX
            found[codes[y - 4]]["before"] = int(level) if level == int(level) else level
        elif kind(node) == "rect":
            level = (float(node.get("x", "0")) - profile.LEFT) / profile.BOX
            found[codes[y - 2]] |= {"level": int(level) if level == int(level) else level, "look": node.get("class")}
        elif kind(node) == "text" and re.fullmatch(r"n[0-5]", node.get("class", "")):
            found[codes[y - 14]]["numeral"] = node.text
        elif kind(node) == "text" and node.get("class") == "small":
            found[codes[y - 14]]["words"] = node.text
    return found


def scales() -> dict[str, tuple[str, int]]:
    """Return the letter of each indicator's scale and its last level, by code."""
    return {
        item.code: ("c" if item.direction is Direction.CONCERN else "r", item.scale_top)
        for item in factories._framework_spec().indicators
    }


def test_the_profile_of_a_country_has_the_levels_of_the_release_and_of_the_year_before(
    years: None, client: Client
) -> None:
    now, before, scale = by_year(2025), by_year(2024), scales()
    states = set()
    for iso3 in now:
        shown = rows_of(picture_of(client, url("country", iso3), "profile"))
        assert set(shown) == set(now[iso3][1])
        for code, told in now[iso3][1].items():
            old, row = before[iso3][1][code], shown[code]
            if told.isdigit():
                wanted: dict[str, Any] = {"level": int(told), "look": f"{scale[code][0]}{told}", "numeral": told}
            else:
                wanted = {"words": WORDS[told]}
                states.add(told)
            if old.isdigit() and old != told:
                wanted["before"] = int(old)
            assert row == wanted, (iso3, code)
    assert states  # scales without a level are among them


def test_the_profile_ends_each_scale_where_it_ends(years: None, client: Client) -> None:
    iso3 = sorted(by_year(2025))[0]
    picture = picture_of(client, url("country", iso3), "profile")
    boxes = [node.get("d", "").count("z") for node in picture.iter() if kind(node) == "path"]
    spec = factories._framework_spec()
    order = [item.code for group in spec.groups for item in spec.indicators if item.group == group.slug]
    assert boxes == [scales()[code][1] + 1 for code in order]


def test_the_profile_as_a_file_has_the_same_levels_in_color(years: None, client: Client) -> None:
    scale = scales()
    for iso3, (finding, told) in by_year(2025).items():
        picture = ElementTree.fromstring(client.get(url("country-profile", iso3)).content)
        colors = sorted(
            node.get("fill", "")
            for node in picture.iter()
            if kind(node) == "rect" and float(node.get("width", "0")) == profile.BOX
        )
        wanted = [
            (CONCERN if scale[code][0] == "c" else RESPONSE)[int(sign)] for code, sign in told.items() if sign.isdigit()
        ]
        assert colors == sorted(wanted)
        title = next(node.text or "" for node in picture.iter() if kind(node) == "title")
        assert finding["country_name"] in title


def cells_of(picture: ElementTree.Element) -> tuple[dict[tuple[int, int], str], dict[tuple[int, int], str]]:
    """Return the colors and the signs of a heat map's cells by row and column."""
    colors, signs = {}, {}
    for node in picture.iter():
        if kind(node) == "path":
            for x, y in re.findall(r"M([\d.]+) ([\d.]+)h", node.get("d", "")):
                place = (float(y) - heat.TOP) / heat.HIGH, (float(x) - heat.LEFT) / heat.WIDE
                assert place[0].is_integer()
                assert place[1].is_integer()
                colors[int(place[0]), int(place[1])] = node.get("fill", "")
        elif kind(node) == "text" and float(node.get("y", "0")) > heat.TOP:
            row = (float(node.get("y", "0")) - 11 - heat.TOP) / heat.HIGH
            places = node.get("x", "").split()
            if row.is_integer() and places != ["0"] and len(places) == len(node.text or ""):
                for x, sign in zip(places, node.text or "", strict=True):
                    signs[int(row), round((float(x) - heat.LEFT) / heat.WIDE - 0.5)] = sign
    return colors, signs


@pytest.mark.parametrize("query", ["year=2025", "year=2024&sort=concern&down=1", "year=2025&group=accountability"])
def test_every_cell_of_the_heat_map_as_a_file_is_the_level_in_the_release(
    years: None, client: Client, query: str
) -> None:
    known = {finding["country_name"]: (finding, told) for finding, told in by_year(int(query[5:9])).values()}
    picture = ElementTree.fromstring(client.get(f"{url('heat-svg')}?{query}").content)
    names = [
        node.text or ""
        for node in picture.iter()
        if kind(node) == "text" and node.get("x") == "0" and (node.text or "") in known
    ]
    head, *body = one_table(client, f"{url('heat')}?{query}", "Levels of")
    assert names == [row[0] for row in body]  # in the order of the page
    colors, signs = cells_of(picture)
    scale = scales()
    codes = [cell.rstrip("▲▼") for cell in head[4:]]
    assert len(colors) == len(signs) == len(names) * (len(codes) + 2)
    for row, name in enumerate(names):
        finding, told = known[name]
        derived = ("concern_level", CONCERN), ("accountability_level", RESPONSE)
        for column, (field, palette) in enumerate(derived):
            level = finding[field]
            assert signs[row, column] == ("·" if level is None else str(level))
            assert level is None or colors[row, column] == palette[level]
        for column, code in enumerate(codes, start=2):
            sign = told[code]
            assert signs[row, column] == sign, (name, code)
            palette = CONCERN if scale[code][0] == "c" else RESPONSE
            if sign.isdigit():
                assert colors[row, column] == palette[int(sign)]
            else:
                assert sign in SIGNS.values()
                assert colors[row, column] == "#ffffff"


def links_of(client: Client, query: str) -> dict[str, tuple[str, str, str]]:
    """Return look, sign and name of each country of the map by its code."""
    picture = picture_of(client, f"{url('map')}?{query}", "world")
    found = {}
    for node in picture.iter():
        if kind(node) == "a":
            iso3 = node.get("href", "").rstrip("/").rpartition("/")[2]
            parts = [
                part for part in node if kind(part) in {"path", "circle"} and part.get("class") not in {"way", "hit"}
            ]
            signs = [part.text or "" for part in node if kind(part) == "text"]
            looks = {part.get("class", "") for part in parts}
            assert len(looks) == 1
            found[iso3] = (looks.pop(), "".join(signs), node.get("aria-label", ""))
    return found


def test_every_shape_of_the_map_has_the_look_of_its_level(years: None, client: Client) -> None:
    for measure, letter in (("concern", "c"), ("accountability", "r")):
        shown = links_of(client, f"year=2025&show={measure}")
        known = by_year(2025)
        assert set(shown) == set(known)
        for iso3, (finding, _) in known.items():
            level = finding[f"{measure}_level"]
            look, sign, name = shown[iso3]
            assert look == ("si" if level is None else f"{letter}{level}")
            assert sign in {"", "?" if level is None else str(level)}  # large enough to hold it, or not
            assert name == f"{finding['country_name']}: {'no level' if level is None else level}"


def test_the_map_of_progress_has_the_numbers_of_the_coordinators_file(reference: None) -> None:
    make_years(8, 1)
    client = Client()
    client.force_login(factories.user(Role.COORDINATOR))
    answer = client.get(reverse("assessments:desk-file", args=[2025])).content.decode()
    known = {row["iso3"]: row for row in csv.DictReader(io.StringIO(answer, newline=""))}
    shown = links_of(client, "show=progress&year=2025")
    lines = {row["country"]: row for row in table_of(client, "map-csv", "show=progress&year=2025")}
    cells = dict(one_table(client, f"{url('map')}?show=progress&year=2025", "Core indicators answered")[1:])
    assert set(shown) == set(lines) == set(known)
    names = dict(Country.objects.values_list("iso3", "name"))
    steps = defaultdict(list)
    for iso3, row in known.items():
        answered, expected = int(row["core_answered"]), int(row["core_expected"])
        share = answered * 100 // expected
        words = f"{answered} of {expected} core indicators ({share} percent)"
        look, sign, name = shown[iso3]
        assert name == f"{names[iso3]}: {words}"
        assert (lines[iso3]["words"], lines[iso3]["progress"], lines[iso3]["values"]) == (words, str(share), "working")
        assert words in cells[names[iso3]]
        assert sign in {"", str(share)}
        steps[look].append(share)
    floors = {"r0": (0, 0), "r1": (1, 24), "r2": (25, 49), "r3": (50, 74), "r4": (75, 99), "r5": (100, 100)}
    for look, shares in steps.items():
        assert floors[look][0] <= min(shares) <= max(shares) <= floors[look][1]


def test_the_strip_of_tiers_has_the_tiers_on_record(years: None, client: Client) -> None:
    for iso3 in ("AFG", "KIR", "XKX"):
        known = {row.report_year: (row.tier, row.basis) for row in TierRecord.objects.filter(country=iso3)}
        page = picture_of(client, url("country", iso3), "strip")
        file = ElementTree.fromstring(client.get(url("country-tiers", iso3)).content)
        for picture in (page, file):
            texts = [node for node in picture.iter() if kind(node) == "text"]
            middles = {
                node.get("x"): int(node.text or "0") for node in texts if re.fullmatch("20[0-9]{2}", node.text or "")
            }
            lanes = {float(node.get("y", "0")) - 17: node.text for node in texts if node.get("x") == "0"}
            shown = {
                middles[str(int(float(box.get("x", "0"))) + 14)]: lanes[float(box.get("y", "0")) - 2]
                for box in picture.iter()
                if kind(box) == "rect" and box.get("width") == "28"
            }
            assert shown == {year: LANES[tier] for year, (tier, _) in known.items()}
            told = {
                middles[node.get("x")]: "".join(node.itertext())
                for node in texts
                if node.get("y") != "14" and node.get("x") in middles
            }
            assert told == {
                year: NUMERALS[tier] + {"derived": "d", "conflict": "c"}.get(basis, "")
                for year, (tier, basis) in known.items()
            }
        lines = table_of(client, "country-tiers-csv", args=(iso3,))
        assert {int(line["report_year"]): line["tier"] for line in lines} == {
            year: tier for year, (tier, _) in known.items()
        }


LANES = {"1": "Tier 1", "2": "Tier 2", "2WL": "Watch List", "3": "Tier 3", "SC": "Special case"}
NUMERALS = {"1": "1", "2": "2", "2WL": "2W", "3": "3", "SC": "SC"}
