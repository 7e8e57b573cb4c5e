"""Pictures as text: well formed, true to their numbers, without a style of their own on a page, with one in a file."""

import importlib.util
import itertools
import json
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.core.association import gamma
from assessments.core.consistency import Answers, apart, unlike
from assessments.core.drawing.bars import bars
from assessments.core.drawing.heat import heat
from assessments.core.drawing.look import standalone
from assessments.core.drawing.plane import Place, plane
from assessments.core.drawing.profile import Group, Line, profile
from assessments.core.drawing.stacks import stacks
from assessments.core.drawing.world import HIT, Colored, world
from assessments.core.figures import encode, level_of, state_of

ROOT = Path(__file__).parents[2]
WORLD = ROOT / "fixtures" / "world"
SHAPES = json.loads((WORLD / "shapes.json").read_text(encoding="utf-8"))
POLICY = json.loads((WORLD / "boundaries.json").read_text(encoding="utf-8"))
_spec = importlib.util.spec_from_file_location("world_build", WORLD / "build.py")
build = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(build)

DRAWN = {
    "plane": plane([Place(2023, 3, 2), Place(2024, 4, None), Place(2025, 2, 3)], "Where <it> stands"),
    "profile": profile(
        [
            Group(
                "A & B",
                (
                    Line("I01", "Officials", False, 5, "3", "2"),
                    Line("I10", "x", True, 5, "i", ""),
                ),
            )
        ],
        "P",
    ),
    "heat": heat([("I01", False), ("I10", True)], [("Côte <d'Ivoire>", "3i", 4, None)], "Heat"),
    "bars": bars([("I01", False, {"3": 5, "n": 1}), ("I10", True, {"0": 2})], "Bars"),
    "stacks": stacks({2024: {"3": 2, "u": 1}}, [2024, 2025], scale="c", title="All", label="Stacks", breaks=[2025]),
    "world": world(
        SHAPES, [Colored("FRA", "c3", "3", "France: 3", "/x/"), Colored("MLT", "c1", "1", "Malta: 1", "/y/")], "Map"
    ),
}


@pytest.mark.parametrize("name", sorted(DRAWN))
def test_a_picture_is_well_formed_named_and_has_classes_alone(name: str) -> None:
    found = ElementTree.fromstring(DRAWN[name])
    assert found.get("aria-label")
    for element in found.iter():
        assert not {"style", "fill", "stroke", "onclick"} & set(element.keys())
        assert element.tag not in {"style", "script", "image", "foreignObject"}
    assert not re.search(r"https?:", DRAWN[name])


@pytest.mark.parametrize("name", sorted(DRAWN))
def test_a_file_has_its_colors_in_its_elements_and_nothing_from_elsewhere(name: str) -> None:
    data = standalone(DRAWN[name], "A title & more", ["Boundaries are not necessarily authoritative."]).decode()
    found = ElementTree.fromstring(data)
    assert all("class" not in element for element in found.iter())
    assert "A title &amp; more" in data
    assert "not necessarily authoritative" in data
    assert re.findall(r"https?://[^\"<]+", data) == ["http://www.w3.org/2000/svg"]
    painted = [e for e in found.iter() if e.tag.endswith(("rect", "path", "circle", "polygon"))]
    assert painted
    assert all(e.get("fill") for e in painted)


def test_the_arrow_leads_from_last_year_to_this() -> None:
    found = ElementTree.fromstring(plane([Place(2024, 1, 1), Place(2025, 4, 4)], "x"))
    (line,) = list(found.iter("line"))
    years = {
        e.text: (float(e.get("x")), float(e.get("y")) - 3)
        for e in found.iter("text")
        if e.get("class") in {"year", "yearhere"}
    }
    start, end = years["24"], years["25"]
    assert abs(float(line.get("x1")) - start[0]) < 12
    assert abs(float(line.get("x2")) - end[0]) < 24
    assert end[0] > start[0]
    assert end[1] < start[1]
    titles = [e.text for e in found.iter("title")]
    assert titles == ["2024: concern 1, accountability 1", "2025: concern 4, accountability 4"]


@given(st.lists(st.tuples(st.integers(0, 5), st.none() | st.integers(0, 5)), min_size=1, max_size=25))
def test_every_year_has_a_spot_of_its_own(levels: list[tuple[int, int | None]]) -> None:
    drawn = plane([Place(2001 + n, *pair) for n, pair in enumerate(levels)], "x")
    spots = re.findall(r'<circle class="\w+" cx="([\d.]+)" cy="([\d.]+)"', drawn)
    assert len(set(spots)) == len(levels)


# --- The map -----------------------------------------------------------------------------------------------------


def rings(path: str) -> list[list[tuple[int, int]]]:
    found = []
    for part in path.split("z"):
        if not part:
            continue
        start, _, rest = part[1:].partition("l")
        x, y = map(int, start.split(","))
        points = [(x, y)]
        for step in rest.split():
            dx, dy = map(int, step.split(","))
            x, y = x + dx, y + dy
            points.append((x, y))
        found.append(points)
    return found


def owners(longitude: float, latitude: float) -> set[str]:
    x, y = build.placed(longitude, latitude)
    return {
        iso3
        for iso3, shape in SHAPES["shapes"].items()
        if sum(build.inside(points, x + 0.01, y + 0.01) for points in rings(shape["d"])) % 2
    }


@pytest.mark.parametrize("place", POLICY["within"], ids=lambda place: place["place"])
def test_a_place_lies_in_the_country_the_policy_says(place: dict[str, object]) -> None:
    assert owners(place["longitude"], place["latitude"]) == {place["country"]}


def test_crimea_is_part_of_ukraine() -> None:
    assert owners(34.1, 44.95) == {"UKR"}  # Simferopol
    assert owners(33.37, 45.19) <= {"UKR"}  # Yevpatoria
    assert "RUS" not in owners(36.0, 45.2)  # Kerch side


def test_every_country_of_the_report_is_on_the_map() -> None:
    codes = {line.split(",")[1] for line in (ROOT / "fixtures/reference/countries.csv").read_text().splitlines()[1:]}
    assert set(SHAPES["shapes"]) == codes
    assert all(shape["d"] or "dot" in shape for shape in SHAPES["shapes"].values())
    assert len(SHAPES["disputed"]) > 100


def test_no_shape_crosses_the_map() -> None:
    for iso3, shape in SHAPES["shapes"].items():
        for points in rings(shape["d"]):
            for (x1, _), (x2, _) in itertools.pairwise(points):
                assert abs(x2 - x1) < 300, iso3  # a shape not cut at the 180th meridian would jump


def test_dots_can_be_hit_each_alone() -> None:
    dots = [shape["dot"] for shape in SHAPES["shapes"].values() if "dot" in shape]
    assert len(dots) > 30
    pixels = 1000 / SHAPES["width"]  # the least width the style sheet gives the map
    assert 2 * HIT * pixels >= 24
    for n, (x, y) in enumerate(dots):
        for other_x, other_y in dots[n + 1 :]:
            assert ((x - other_x) ** 2 + (y - other_y) ** 2) ** 0.5 >= 2 * HIT


def test_the_map_prints_the_value_and_leads_to_the_country() -> None:
    found = ElementTree.fromstring(DRAWN["world"])
    links = {e.get("aria-label"): (e.get("href"), "".join(t.text for t in e.iter("text"))) for e in found.iter("a")}
    assert links == {"France: 3": ("/x/", "3"), "Malta: 1": ("/y/", "1")}


# --- Numbers -----------------------------------------------------------------------------------------------------


def test_an_indicator_in_parts_has_the_highest_level_of_its_parts() -> None:
    ratings = [
        {"indicator": "a", "part": "x", "state": "rated", "level": 1, "confidence": "low"},
        {"indicator": "a", "part": "y", "state": "rated", "level": 3, "confidence": "high"},
        {"indicator": "a", "part": "z", "state": "not-assessed", "level": None},
        {"indicator": "b", "state": "insufficient-information"},
    ]
    found = encode(["a", "b", "c"], ratings)
    assert (found.levels, found.confidences) == ("3iu", "h..")
    assert found.parts == {"a/x": "1l", "a/y": "3h", "a/z": "n."}
    assert [level_of(letter) for letter in found.levels] == [3, None, None]
    assert [state_of(letter) for letter in found.levels] == ["rated", "insufficient-information", "unanswered"]


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=2, max_size=30))
def test_gamma_counts_pairs(values: list[tuple[int, int]]) -> None:
    table = [[sum(pair == (i, j) for pair in values) for j in range(4)] for i in range(4)]
    same = sum((a - c) * (b - d) > 0 for n, (a, b) in enumerate(values) for c, d in values[n + 1 :])
    opposite = sum((a - c) * (b - d) < 0 for n, (a, b) in enumerate(values) for c, d in values[n + 1 :])
    expected = (same - opposite) / (same + opposite) if same + opposite else None
    assert gamma(table) == expected


def test_countries_alike_but_for_one_question_are_found() -> None:
    countries = [
        Answers("A", "332", (3, 2)),
        Answers("B", "312", (3, 2)),
        Answers("C", "322", (2, 2)),
        Answers("D", "nnn", (1, 1)),
    ]
    (found,) = apart(countries, [0, 1, 2])
    assert (found.question, found.distance) == (1, 2)
    assert found.by_level == {"1": ("B",), "2": ("C",), "3": ("A",)}


def test_equal_answers_with_other_derived_levels_are_found() -> None:
    countries = [
        Answers("A", "33", (3, 2)),
        Answers("B", "33", (4, 2)),
        Answers("C", "31", (2, 2)),
        Answers("D", "31", (2, 2)),
    ]
    (found,) = unlike(countries, [0, 1])
    assert found.by_derived == {(3, 2): ("A",), (4, 2): ("B",)}
