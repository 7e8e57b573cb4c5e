"""Looking instead of reading, at a whole Report's size: on a desk, a phone, in the dark, on paper, by keyboard."""

import re
from collections.abc import Callable

import pytest
from django.core.management import call_command
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from accounts.models import Role, User
from frameworks import loader, reference_data, wording_loader
from frameworks.models import Country
from tests.assessments.factories import user
from tests.frameworks.conftest import FOLDER, REFERENCE, WORDING
from tests.image import remembered
from tests.journeys.checks import DESKTOP, PHONE, assert_accessible, assert_fits, keep, screenshot

COUNTRIES, YEARS = 189, 2
ELEMENTS = 11_000
"""Parts of the largest page at most: a cell is one."""
DRAWN = 90
"""Rows of the heat map that a browser draws at once at most: those in sight and some around them."""
PAGES = {
    "compare": "/pictures/compare/",
    "side": "/pictures/side-by-side/?c=AFG&c=AGO&c=ALB",
    "levels": "/pictures/levels/",
    "changes": "/pictures/changes/",
    "consistency": "/pictures/consistency/",
    "map": "/pictures/map/",
    "map-tier": "/pictures/map/?show=tier",
    "trends": "/pictures/trends/?by=bureau",
    "validity": "/pictures/validity/",
    "country": "/pictures/countries/AFG/",
}
ROWS = "table.heat tbody tr"
IN_SIGHT = """rows => rows.map(row => row.firstElementChild.checkVisibility({contentVisibilityAuto: true}))"""


@remembered()
def stored() -> None:
    """Store what the program comes with."""
    loader.store(loader.read(FOLDER), by=None, at=timezone.now())
    wording_loader.store(wording_loader.read(WORDING), by=None, at=timezone.now())
    reference_data.store(reference_data.read(REFERENCE))


@remembered()
def whole_report() -> None:
    """Generate two years of every country, once for all tests."""
    stored()
    call_command("make_demo_years", countries=COUNTRIES, years=YEARS, verbosity=0)


@remembered()
def dozen() -> None:
    """Generate two years of a dozen countries: every kind of cell is among them, and axe reads each several times."""
    stored()
    call_command("make_demo_years", countries=12, years=YEARS, verbosity=0)


@pytest.fixture
def signed_in(transactional_db: None, settings: object, sign_in: Callable[[User], None]) -> Callable[[], None]:
    """Sign somebody in, once there is a database to read, who may see every picture."""
    settings.DEMO = True
    return lambda: sign_in(user(Role.COORDINATOR, Role.REVIEWER, name="Cora Coordinator"))


@pytest.fixture
def report(signed_in: Callable[[], None]) -> None:
    """Pictures of every country."""
    whole_report()
    signed_in()


@pytest.fixture
def few(signed_in: Callable[[], None]) -> None:
    """Pictures of a dozen countries."""
    dozen()
    signed_in()


def test_every_picture_is_reachable_by_everybody_at_every_size(page: Page, few: None) -> None:
    for name, url in PAGES.items():
        page.emulate_media(color_scheme="light", media="screen")
        page.set_viewport_size({"width": DESKTOP[0], "height": DESKTOP[1]})
        page.goto(url)
        assert_accessible(page)
        assert_fits(page)
        page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
        assert_fits(page)
        assert_accessible(page)
        screenshot(page, f"pictures-{name}")
        page.emulate_media(color_scheme="dark", reduced_motion="reduce")
        assert_accessible(page)
        keep(page, f"pictures-{name}-dark")
        page.set_viewport_size({"width": 624, "height": 864})  # a letter page within its margins
        page.emulate_media(color_scheme="light", media="print")
        assert_fits(page)
        keep(page, f"pictures-{name}-print")


def cells(page: Page, column: int) -> list[str]:
    """Return what stands in a column of the heat map, from the first row to the last, in sight or not."""
    return page.locator(f"{ROWS} > :nth-child({column})").evaluate_all("cells => cells.map(c => c.textContent.trim())")


def levels(page: Page, head: str) -> list[str]:
    """Return the signs in the column with this head."""
    heads = page.locator("table.heat thead th").all_inner_texts()
    return cells(page, [text.rstrip("▲▼") for text in heads].index(head) + 1)


def assert_sorted(page: Page, head: str) -> None:
    """Hold a column to its order: told levels from the highest, then those without one."""
    expect(page.get_by_role("columnheader", name=head)).to_have_attribute("aria-sort", "descending")
    found = levels(page, head)
    told = [text for text in found if text.isdigit()]
    assert len(found) == COUNTRIES
    assert found[: len(told)] == sorted(told, reverse=True)


def test_a_whole_report_is_sorted_and_filtered(page: Page, report: None) -> None:
    page.goto(PAGES["compare"])
    names = cells(page, 1)
    assert len(names) == COUNTRIES
    for head in ("I07", "CL"):
        page.get_by_role("columnheader", name=head).get_by_role("link").click()
        page.wait_for_url("**/pictures/compare/?*sort=*")
        assert_sorted(page, head)
        assert sorted(cells(page, 1)) == sorted(names)
    page.get_by_label("Bureau").select_option("AF")
    page.get_by_role("button", name="Show").click()
    page.wait_for_url("**bureau=AF**")
    african = set(Country.objects.filter(bureau="AF").values_list("name", flat=True))
    assert set(cells(page, 1)) == african & set(names)
    assert len(african) > 40


def test_a_whole_report_is_light_for_a_browser(page: Page, report: None) -> None:
    """What makes a sort and a filter quick; `python -m benchmarks.pictures` takes the time."""
    page.goto("/pictures/levels/")
    scripts = "() => [...document.scripts].map(script => script.src)"
    plain = page.evaluate(scripts)
    page.goto(PAGES["compare"])
    assert page.evaluate(scripts) == plain  # sorting and filtering are the server's
    assert page.evaluate("() => document.getElementsByTagName('*').length") <= ELEMENTS
    rows, frame = page.locator(ROWS), page.locator(".heat-frame")
    frame.scroll_into_view_if_needed()
    expect(rows.first).to_be_visible()
    drawn = rows.evaluate_all(IN_SIGHT)
    assert drawn[:20] == [True] * 20
    assert sum(drawn) <= DRAWN
    rows.last.scroll_into_view_if_needed()
    expect(rows.last.get_by_role("checkbox")).to_be_in_viewport()
    drawn = rows.evaluate_all(IN_SIGHT)
    assert (drawn[0], drawn[-1]) == (False, True)
    assert sum(drawn) <= DRAWN
    head = page.get_by_role("columnheader", name="I07").bounding_box()
    name = rows.last.locator("th").bounding_box()
    frame.evaluate("frame => frame.scrollTo(200, frame.scrollHeight)")
    assert page.get_by_role("columnheader", name="I07").bounding_box()["y"] == head["y"]  # the head stays above
    assert rows.last.locator("th").bounding_box()["x"] == name["x"]  # and the names at the left


def test_rows_out_of_sight_are_heard_found_and_printed(page: Page, report: None, listening: Browser) -> None:
    page.goto(PAGES["compare"])
    columns = page.locator("table.heat thead th").count()
    last = page.locator(ROWS).last
    name, box = last.get_by_role("link").text_content(), last.get_by_role("checkbox")
    box.focus()
    expect(box).to_be_in_viewport()
    page.emulate_media(media="print")
    assert all(page.locator(ROWS).evaluate_all(IN_SIGHT))
    hearing = listening.new_context(storage_state=page.context.storage_state())
    told = hearing.new_page()
    told.goto(page.url)
    session = hearing.new_cdp_session(told)
    session.send("Accessibility.enable")

    def heard(selector: str, role: str) -> list[str]:
        found = session.send("Runtime.evaluate", {"expression": f"document.querySelector('{selector}')"})["result"]
        asked = {"objectId": found["objectId"], "role": role}
        nodes = session.send("Accessibility.queryAXTree", asked)["nodes"]
        return [node["name"]["value"] for node in nodes]

    assert heard(f"{ROWS}:last-child", "rowheader") == [f"Choose {name} {name}"]
    assert heard(f"{ROWS}:last-child", "cell") == [
        text.strip() for text in last.locator("td").evaluate_all("cells => cells.map(cell => cell.textContent)")
    ]
    assert len(heard("table.heat", "row")) == COUNTRIES + 1
    assert len(heard("table.heat", "columnheader")) == columns


def test_no_picture_takes_more_than_half_a_megabyte(page: Page, report: None) -> None:
    for name, url in PAGES.items():
        with page.expect_response(re.compile(r"/pictures/")) as waited:
            page.goto(url)
        assert len(waited.value.body()) < 500_000, name


def test_the_map_is_walked_by_keyboard_and_its_dots_can_be_hit(page: Page, report: None) -> None:
    page.goto(PAGES["map"])
    region = page.get_by_role("region", name="World map")
    region.focus()
    page.keyboard.press("Tab")
    focused = page.evaluate("() => document.activeElement.getAttribute('aria-label')")
    assert re.fullmatch(r".+: (\d|no level)", focused)
    sizes = page.evaluate(
        "() => [...document.querySelectorAll('.world circle.hit')].map((dot) => dot.getBoundingClientRect().width)"
    )
    assert len(sizes) > 30
    assert min(sizes) >= 24
    malta = page.locator(".world a[aria-label^='Malta']")
    box = malta.locator("circle.hit").bounding_box()
    page.mouse.click(box["x"] + box["width"] / 2 + 10, box["y"] + box["height"] / 2)
    expect(page).to_have_url(re.compile(r"/pictures/countries/MLT/$"))
    page.go_back()
    page.get_by_role("link", name="Kosovo", exact=False).first.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Kosovo")


def test_countries_ticked_in_the_heat_map_stand_side_by_side(page: Page, report: None) -> None:
    page.goto(PAGES["compare"])
    page.get_by_label("Choose Albania").check()
    page.get_by_label("Choose Angola").check()
    page.get_by_role("button", name="Side by side").click()
    heads = page.get_by_role("table", name="Levels of the chosen countries by indicator").get_by_role("columnheader")
    assert [text for text in heads.all_inner_texts() if text in {"Albania", "Angola"}] == ["Albania", "Angola"]
