"""Drawings that compare: each dot and square stands where the numbers say, in their looks, on page and in file."""

import csv
import io
import re
from collections import Counter, defaultdict
from typing import Any
from xml.etree import ElementTree

from django.test import Client

from assessments.core.drawing import apart, dumbbells, squares
from assessments.core.drawing.look import CONCERN, RESPONSE
from assessments.models import Figures, RatingRecord
from tests.assessments import factories
from tests.assessments.pictures.test_drawings import kind
from tests.assessments.picturing import make_years, one_table, table_of, url

COLORS = {"c": CONCERN, "r": RESPONSE}


def pictures_of(client: Client, address: str, name: str) -> list[ElementTree.Element]:
    """Return the drawings of a page of this class."""
    page = client.get(address).content.decode()
    found = re.findall(rf'<svg class="picture {name}".*?</svg>', page, re.DOTALL)
    return [ElementTree.fromstring(drawn) for drawn in found]


def shapes(picture: ElementTree.Element, tag: str) -> list[ElementTree.Element]:
    return [node for node in picture.iter() if kind(node) == tag]


def said(node: ElementTree.Element) -> str:
    """Return what a shape is called for those who point at it."""
    return next((child.text or "" for child in node if kind(child) == "title"), "")


def x_of(scale: str, level: str) -> float:
    left = next(left for letter, left, _ in dumbbells.SCALES if letter == scale)
    return dumbbells.at(left, int(level) if level else None)


def test_changes_are_drawn_from_last_years_level_to_this_years(years: None, client: Client) -> None:
    lines = {row["country_name"]: row for row in table_of(client, "changes-csv", "year=2025")}
    drawn: dict[str, dict[str, dict[str, Any]]] = defaultdict(dict)
    for picture in pictures_of(client, f"{url('changes')}?year=2025", "dumbbells"):
        circles = shapes(picture, "circle")
        for node in circles:
            if name := said(node):
                country, _, told = name.rpartition(": ")
                scale = told[0].replace("a", "r")
                same = [one for one in circles if one.get("class") == "was" and one.get("cy") == node.get("cy")]
                mine = [
                    float(one.get("cx", "0")) for one in same if (float(one.get("cx", "0")) > 150) == (scale == "r")
                ]
                drawn[country][scale] = {"now": float(node.get("cx", "0")), "look": node.get("class"), "was": mine}
    assert set(drawn) == set(lines) != set()
    for country, row in lines.items():
        for scale, name in (("c", "concern"), ("r", "accountability")):
            new, old = row[f"{name}_level"], row[f"{name}_before"]
            assert drawn[country][scale] == {
                "now": x_of(scale, new),
                "look": f"{scale}{new}" if new else "su",
                "was": [x_of(scale, old)] if old != new else [],
            }, (country, scale)
    colors = [
        node.get("fill", "")
        for node in shapes(ElementTree.fromstring(client.get(f"{url('changes-svg')}?year=2025").content), "circle")
        if node.get("r") == "8"
    ]
    wanted = [COLORS["c"][int(row["concern_level"])] for row in lines.values() if row["concern_level"]]
    wanted += [COLORS["r"][int(row["accountability_level"])] for row in lines.values() if row["accountability_level"]]
    assert sorted(color for color in colors if color != "#ffffff") == sorted(wanted)


def test_many_changes_stand_in_several_drawings_and_in_one_file(reference: None, client: Client) -> None:
    make_years(70, 2)
    lines = table_of(client, "changes-csv", "year=2025")
    assert len(lines) > 16
    found = pictures_of(client, f"{url('changes')}?year=2025", "dumbbells")
    assert len(found) == -(-len(lines) // 16)
    named = [node.text for picture in found for node in shapes(picture, "text") if node.get("class") == "word"]
    assert named == [row["country_name"] for row in lines]
    whole = ElementTree.fromstring(client.get(f"{url('changes-svg')}?year=2025").content)
    assert sum(node.get("r") == "8" for node in shapes(whole, "circle")) == 2 * len(lines)


def test_the_file_of_changes_names_reasons_to_those_who_may_read_them(years: None, client: Client) -> None:
    (line, *_) = [row for row in table_of(client, "changes-csv", "year=2025") if row["answers_moved"]]
    code = line["answers_moved"].split()[0]
    figures = Figures.objects.get(country=line["country"], report_year=2025, is_released=True)
    rating = RatingRecord.objects.filter(revision=figures.revision, indicator__code=code, part="")
    assert rating.update(reason="=Two courts ruled.") == 1
    found = {row["country"]: row["reasons"] for row in table_of(client, "changes-csv", "year=2025")}
    assert f"{code}: =Two courts ruled." in found[line["country"]]
    stranger = Client()
    stranger.force_login(factories.user(factories.Role.READER))
    assert all(not row["reasons"] for row in table_of(stranger, "changes-csv", "year=2025"))


def test_the_consistency_review_is_drawn_with_the_countries_of_each_level(reference: None, client: Client) -> None:
    make_years(60, 1)
    wanted = Counter(
        (row["indicator_code"], row["level"], len(row["countries"].split("; ")))
        for row in table_of(client, "consistency-csv", "year=2025")
    )
    (picture,) = pictures_of(client, f"{url('consistency')}?year=2025", "apart")
    drawn: defaultdict[float, dict[float, str]] = defaultdict(dict)
    numbers: defaultdict[float, dict[float, str]] = defaultdict(dict)
    codes = {}
    for node in picture.iter():
        x, y = float(node.get("cx") or node.get("x") or 0), float(node.get("cy") or float(node.get("y") or 4) - 4)
        if kind(node) == "circle":
            drawn[y][x] = (node.get("class") or "")[1:]
        elif kind(node) == "text" and re.fullmatch(r"n[0-5]", node.get("class", "")):
            numbers[y][x] = node.text or ""
        elif kind(node) == "text" and node.get("class") == "word":
            codes[y] = node.text
    shown = Counter(
        (codes[y], level, int(numbers[y][x]))
        for y, dots in drawn.items()
        for x, level in dots.items()
        if x == apart.at(int(level))
    )
    assert len(codes) == len(drawn) <= 40
    assert shown == wanted
    assert wanted
    assert client.get(f"{url('consistency-svg')}?year=2025").status_code == 200


def test_squares_of_validity_have_the_area_of_the_numbers(years: None, client: Client) -> None:
    found = pictures_of(client, url("validity"), "squares")
    whole = ElementTree.fromstring(client.get(url("validity-svg")).content)
    in_file = [
        round(float(node.get("width", "0")), 1) for node in shapes(whole, "rect") if node.get("fill") != "#ffffff"
    ]
    on_page = []
    for picture, name in zip(found, ("Concern", "Accountability"), strict=True):
        table = one_table(client, url("validity"), f"{name} level by recorded tier")[1:]
        counts = {(row, level): int(cell) for row, line in enumerate(table) for level, cell in enumerate(line[1:])}
        most = max(counts.values())
        scale = name[0].lower().replace("a", "r")
        wanted = {key: f"{squares.side(number, most):.1f}" for key, number in counts.items() if number}
        drawn = {}
        for node in shapes(picture, "rect"):
            long = float(node.get("width", "0"))
            level = round((float(node.get("x", "0")) + long / 2 - squares.LEFT - squares.WIDE / 2) / squares.WIDE)
            row = int((float(node.get("y", "0")) - squares.TOP - 6) // squares.HIGH)
            assert (node.get("class"), node.get("height")) == (f"{scale}{level}", node.get("width"))
            drawn[row, level] = node.get("width")
            on_page.append(long)
        assert drawn == wanted
    assert sorted(on_page) == sorted(in_file)


def test_drawings_of_nothing_are_not_drawn(reference: None, client: Client) -> None:
    for name in ("changes", "consistency", "validity"):
        assert pictures_of(client, url(name), r"\w+") == []
        answer = client.get(url(f"{name}-csv"))
        assert list(csv.DictReader(io.StringIO(answer.content.decode()))) == []
        assert client.get(url(f"{name}-svg")).status_code == 200
