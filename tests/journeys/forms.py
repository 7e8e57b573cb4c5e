"""Types a record into its form as a person would, field by field, from the values the interchange file holds."""

from collections.abc import Mapping
from typing import Any

from playwright.sync_api import Locator, Page, Response, expect

COUNTS = frozenset({"count", "new", "continued", "of_total", "previous", "victims", "scale", "cases", "persons"})
LINES = frozenset({"attributions", "means", "objects"})


def is_save(response: Response) -> bool:
    """Say whether this is the answer to a save that a person asked for; what the page saves by itself is not."""
    if response.request.method != "POST" or response.url.endswith(("/preview/", "/presence/")):
        return False
    sent = response.request.post_data or ""
    return "autosave=1" not in sent and "autosave=first" not in sent


def save(page: Page, button: str = "Save") -> None:
    """Press save and wait for the server's word."""
    with page.expect_response(is_save) as answer:
        page.get_by_role("button", name=button, exact=True).first.click()
    assert answer.value.status == 200, page.locator("#errors").inner_text()
    expect(page.locator("#status")).to_contain_text("Saved")


def unfold(page: Page) -> None:
    """Open every folded group of the form."""
    page.evaluate("document.querySelectorAll('#bench-main form.saves details').forEach(each => { each.open = true })")


def fill(page: Page, values: Mapping[str, Any], prefix: str = "") -> None:
    """Type what a record holds. Of records inside, those are typed that have a group on the page; see `enter`."""
    for name, value in values.items():
        if name in {"id", "demonstration"}:
            continue
        if isinstance(value, list) and value and isinstance(value[0], dict):
            _fill_inside(page, f"{prefix}{name}", value)
        elif isinstance(value, dict):
            page.locator(f'[name="{prefix}{name}_kind"]').select_option(value["kind"])
            if "value" in value:
                page.locator(f'[name="{prefix}{name}_value"]').fill(str(value["value"]))
        else:
            _fill_one(page, f"{prefix}{name}", value)


def _fill_inside(page: Page, name: str, values: list[dict[str, Any]]) -> None:
    for number, value in enumerate(values):
        prefix = f"{name}-{number}-"
        if page.locator(f'[name^="{prefix}"]').count():
            fill(page, value, prefix)


def _fill_one(page: Page, name: str, value: Any) -> None:
    found = page.locator(f'[name="{name}"]')
    if isinstance(value, list):
        if found.first.evaluate("element => element.type") == "checkbox":
            for item in value:
                _choose(page, name, item).check()
        else:
            found.fill("\n".join(value))
        return
    kind = found.first.evaluate("element => element.type")
    if kind == "checkbox":
        found.set_checked(bool(value))
    elif kind == "radio":
        _choose(page, name, {True: "yes", False: "no"}.get(value, value)).check()
    elif kind == "select-one":
        found.select_option(str(value))
    else:
        found.fill(str(value))


def _choose(page: Page, name: str, value: object) -> Locator:
    return page.locator(f'[name="{name}"][value="{value}"]')


def _depth(values: Mapping[str, Any]) -> int:
    """Return how often the form must be saved until every record inside has its group on the page."""
    inside = [value for value in values.values() if isinstance(value, list) and value and isinstance(value[0], dict)]
    return max((max(len(value), *(_depth(item) for item in value)) for value in inside), default=1)


def enter(page: Page, address: str, values: Mapping[str, Any]) -> None:
    """Make a new record of these values; where it holds several others, save and go on with the next empty group."""
    page.goto(address)
    for _ in range(_depth(values)):
        unfold(page)
        fill(page, values)
        save(page)
