"""What a journey asks of a page beside what it shows: reachable by everybody, within its width, free of errors."""

import json
import os
import re
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from playwright.sync_api import ConsoleMessage, Page, Request

TAKE_PICTURES = "JOURNEYS_TAKE_PICTURES"  # set by --pictures, so that workers of a parallel run see it
KEEP_SCREENSHOTS = "JOURNEYS_KEEP_SCREENSHOTS"  # set by --screenshots, likewise
SCREENSHOTS = Path(settings.BASE_DIR) / "var" / "screenshots"
PICTURES = Path(settings.BASE_DIR) / "docs" / "guide" / "img"
PICTURED = Path(settings.BASE_DIR) / "tests" / "data" / "guide_pictures.json"  # what each picture shows, in words
GUIDE = frozenset(
    {
        "assessments",
        "checks",
        "desk",
        "draft",
        "evidence",
        "facts",
        "log",
        "people",
        "question",
        "review-reviewer",
        "sign-in",
        "snapshot",
        "whole-report",
        "work-analyst",
        "work-coordinator",
        "work-reader",
        "work-reviewer",
    }
)
"""The pages whose pictures stand in the guide: `pytest tests/journeys --pictures` takes them anew."""
DESKTOP = (1366, 768)
PHONE = (360, 740)


LEFT = ("error: htmx:afterRequest", "error: htmx:sendError", "error: htmx:sendAbort")
"""What htmx says of a request whose page was left."""


@dataclass
class Problems:
    """What went wrong in the browser, in words; a journey fails at its end if anything did."""

    origin: str
    found: list[str] = field(default_factory=list)
    allowed: list[str] = field(default_factory=list)
    left_behind: int = 0  # requests that ended because their page was left
    on_the_way: int = 0  # requests that have no answer yet

    def allow(self, text: str) -> None:
        """Take any problem that contains this text as provoked on purpose, as in `allow("409")`."""
        self.allowed.append(text)

    def note(self, problem: str) -> None:
        """Remember a problem."""
        self.found.append(problem)

    def unexpected(self) -> list[str]:
        """Return the problems that nobody allowed; what the page's own policy refused is never allowed."""
        # htmx tells of a request that ended with its page as of one that failed, in two lines. One that was dropped
        # before it was sent, for a newer one or because its page was left, is no request for the browser.
        dropped = LEFT[::2] if any("htmx:sendAbort" in problem for problem in self.found) else ()
        allowed = [*self.allowed, *(LEFT if self.left_behind else dropped)]
        return [
            problem for problem in self.found if "POLICY " in problem or not any(text in problem for text in allowed)
        ]

    def watch(self, page: Page) -> None:
        """Listen to all that this page does."""
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.note(f"script failed: {error}"))
        page.on("request", self._request)
        page.on("requestfailed", lambda request: self._failed(request))
        page.on("requestfinished", lambda request: self._ended())

    def settle(self, page: Page) -> None:
        """Wait for what is still on the way: a journey that ends in the middle of an answer is no fault of a page."""
        for _ in range(40):
            if self.on_the_way <= 0 or page.is_closed():
                return
            page.wait_for_timeout(50)

    def _ended(self) -> None:
        self.on_the_way -= 1

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.note(f"{message.type}: {message.text}")

    def _request(self, request: Request) -> None:
        self.on_the_way += 1
        parts = urlsplit(request.url)
        if parts.scheme in ("http", "https", "ws", "wss") and f"{parts.scheme}://{parts.netloc}" != self.origin:
            self.note(f"request to another origin: {request.url}")

    def _failed(self, request: Request) -> None:
        self._ended()
        # A page left in the middle of a request, or a download, ends it; that is nobody's fault.
        if request.failure == "net::ERR_ABORTED":
            self.left_behind += 1
        else:
            self.note(f"request failed: {request.url} ({request.failure})")


def assert_accessible(page: Page) -> None:
    """Hold the page, as it is now, to WCAG 2.2 AA as far as a machine can: no violation of any weight, no id twice."""
    assert_ids_are_single(page)
    is_there = page.evaluate("'axe' in window")  # a page that was held before has read the half megabyte already
    results = (Axe(axe_script="0") if is_there else Axe()).run(page)
    assert results.violations_count == 0, f"{page.url}\n{results.generate_report()}"


def assert_ids_are_single(page: Page) -> None:
    """Hold the page to one element an id: a label would belong to the first of them only, and axe is silent."""
    ids = page.locator("[id]").evaluate_all("found => found.map(each => each.id)")
    twice = [name for name, times in Counter(ids).items() if times > 1]
    assert twice == [], f"{page.url} has two elements of {twice}"


def assert_fits(page: Page) -> None:
    """Hold the page to its own width: at no size does it scroll sideways."""
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0, f"{page.url} is {wide} px wider than its window of {page.viewport_size}"


def screenshot(page: Page, name: str) -> None:
    """Show the whole page as on a phone and on a desk, and keep both: NAME-360.png and NAME-desktop.png."""
    for suffix, (width, height) in (("360", PHONE), ("desktop", DESKTOP)):
        page.set_viewport_size({"width": width, "height": height})
        keep(page, f"{name}-{suffix}")
    if name in GUIDE:
        _hold_to_the_guide(page, name)


LABELS = """() => [...document.querySelectorAll("nav a, h1, h2, h3, th, label, legend, summary, button, a.btn")]
  .filter((each) => each.checkVisibility()).map((each) => each.innerText.trim()).filter((text) => text)"""


def _hold_to_the_guide(page: Page, name: str) -> None:
    """Take the picture of the guide anew where that was asked for; else hold the one there is to today's labels."""
    labels = sorted({re.sub(r"[\W\d_]+", " ", text).strip() for text in page.evaluate(LABELS)} - {""})
    known = json.loads(PICTURED.read_text()) if PICTURED.exists() else {}
    if not os.environ.get(TAKE_PICTURES):
        moved = sorted({*labels} ^ {*known.get(name, [])})
        assert moved == [], f"{name}.png shows another screen, by {moved}: pytest tests/journeys --pictures"
        return
    PICTURES.mkdir(parents=True, exist_ok=True)
    width, height = DESKTOP
    end = page.evaluate("document.querySelector('footer')?.getBoundingClientRect().bottom") or height
    clip = {"x": 0, "y": 0, "width": width, "height": min(height, end)}
    page.screenshot(path=PICTURES / f"{name}.png", clip=clip)
    PICTURED.write_text(json.dumps(known | {name: labels}, indent=1, sort_keys=True, ensure_ascii=False) + "\n")


def keep(page: Page, name: str) -> None:
    """Keep the whole page as it looks now in var/screenshots/, where that was asked for.

    Nothing is held to these pictures but eyes, and taking them all is a quarter of the time of the journeys.
    """
    if os.environ.get(KEEP_SCREENSHOTS):
        SCREENSHOTS.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=SCREENSHOTS / f"{name}.png", full_page=True)
