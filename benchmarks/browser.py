"""How long a browser is deaf while a whole Report's heat map is sorted and filtered; part of `benchmarks.pictures`.

A real Chromium clicks as a person would, on the app as it is served. The longest task is the longest time in which the
page answered to nothing, by the clock, so other programs count. What it cost to draw (styles and layout) is of the
browser's own work (CPU). A second round slows the processor down to a quarter, as an old office machine has it.
"""

import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from statistics import median

from django.conf import settings
from django.test import Client
from playwright.sync_api import CDPSession, Page, sync_playwright

from accounts.models import User
from benchmarks.served import serving

LONGEST = 200
"""Milliseconds that a page may be deaf on a plain machine: the goal."""
SETTLED = 300
"""Milliseconds after which a page has drawn what it draws."""
WATCH = """
window.longTasks = [];
new PerformanceObserver((list) => { for (const entry of list.getEntries()) window.longTasks.push(entry.duration); })
  .observe({ type: "longtask", buffered: true });
"""


def table(person: User, tries: int) -> str:
    """Return the results as Markdown, or one line that says why there are none."""
    program = next((found for name in ("chromium", "chromium-browser") if (found := shutil.which(name))), None)
    if program is None:
        return "No Chromium is on PATH; nothing was measured in a browser."
    client = Client()
    client.force_login(person)
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    lines = [
        "| in Chromium | slow-down | longest task ms | worst of all | drawing, CPU ms |",
        "| --- | --: | --: | --: | --: |",
    ]
    with tempfile.TemporaryDirectory() as folder, serving(Path(folder)) as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-gpu"])
        for slower in (1, 4):
            context = browser.new_context(base_url=f"http://127.0.0.1:{server.port}")
            context.add_cookies(
                [{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": f"http://127.0.0.1:{server.port}"}]
            )
            found = _measured(context.new_page, tries, slower)
            context.close()
            for name, tasks, drawn in found:
                lines.append(f"| {name} | {slower} | {median(tasks):.0f} | {max(tasks):.0f} | {median(drawn):.0f} |")
        browser.close()
    return "\n".join(
        [
            *lines,
            "",
            f"Longest task of a sort or filter: the middle of {tries} tries; the goal is {LONGEST} ms at most.",
        ]
    )


def _measured(opened: Callable[[], Page], tries: int, slower: int) -> list[tuple[str, list[float], list[float]]]:
    """Return for each act its longest tasks and what it cost to draw, a fresh page each time."""
    return [
        (name, *map(list, zip(*(_once(opened(), act, slower) for _ in range(tries)), strict=True)))
        for name, act in ACTS.items()
    ]


def _once(page: Page, act: Callable[[Page], None], slower: int) -> tuple[float, float]:
    page.add_init_script(WATCH)
    page.goto("/pictures/compare/")
    session = page.context.new_cdp_session(page)
    session.send("Emulation.setCPUThrottlingRate", {"rate": slower})
    session.send("Performance.enable", {"timeDomain": "threadTicks"})
    page.wait_for_timeout(SETTLED)
    before = _drawn(session)
    with page.expect_navigation(wait_until="load"):
        act(page)
    page.wait_for_timeout(SETTLED * slower)
    longest = max([0.0, *page.evaluate("() => window.longTasks")])
    cost = _drawn(session) - before
    page.close()
    return longest, cost


def _drawn(session: CDPSession) -> float:
    """Return what styles and layout took of the processor so far, in ms."""
    found = {item["name"]: item["value"] for item in session.send("Performance.getMetrics")["metrics"]}
    return float(found["RecalcStyleDuration"] + found["LayoutDuration"]) * 1000


def _sort(head: str) -> Callable[[Page], None]:
    return lambda page: page.get_by_role("columnheader", name=head).get_by_role("link").click()


def _filter(label: str, value: str) -> Callable[[Page], None]:
    def act(page: Page) -> None:
        page.get_by_label(label).select_option(value)
        page.get_by_role("button", name="Show").click()

    return act


ACTS: dict[str, Callable[[Page], None]] = {
    "sort by an indicator": _sort("I07"),
    "sort by concern level": _sort("CL"),
    "filter by bureau": _filter("Bureau", "AF"),
    "filter taken off": _filter("Bureau", ""),
}
