"""A real browser for the journeys: Debian's Chromium, driven by Playwright against a live server.

Every page a journey visits is held to this: no request leaves the server's own origin, nothing breaks the content
security policy, no script fails, nothing is logged as an error. What a journey provokes on purpose it names first
with `problems.allow(...)`.
"""

import os
import shutil
from collections.abc import Callable, Iterator

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, BrowserType, Page, expect, sync_playwright
from pytest_django.live_server_helper import LiveServer

from accounts.models import User
from tests.journeys.checks import DESKTOP, Problems

PATIENCE = 30_000  # milliseconds; other tests run beside these, and a slow page is no fault that they look for
PROGRAMS = ("chromium", "chromium-browser", "google-chrome")
FLAGS = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
)

# What the browser refuses by the policy of the page, said on its console in words that no journey may allow.
REPORT_VIOLATIONS = """
document.addEventListener("securitypolicyviolation", event => console.error(
  `POLICY ${event.effectiveDirective} refused ${event.blockedURI} at ${event.sourceFile}:${event.lineNumber}`));
"""


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for the whole run."""
    # Playwright keeps an event loop in this thread, which Django would otherwise take for asynchronous code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        chromium = launched(playwright.chromium)
        yield chromium
        chromium.close()


def launched(kind: BrowserType, *more: str) -> Browser:
    """Start Debian's Chromium, with more switches where a test needs them."""
    program = next((found for name in PROGRAMS if (found := shutil.which(name))), None)
    if program is None:
        pytest.fail("The journeys need Chromium, and none is on PATH; install it with: apt-get install chromium")
    flags = [*FLAGS, *more, *(["--no-sandbox"] if os.geteuid() == 0 else [])]
    return kind.launch(executable_path=program, args=flags)


@pytest.fixture
def listening(browser: Browser, live_server: LiveServer) -> Iterator[Browser]:
    """A second Chromium, as it is where somebody hears the page: it describes all of it to assistive programs."""
    made = launched(browser.browser_type, "--force-renderer-accessibility")
    yield made
    made.close()


@pytest.fixture
def problems(live_server: LiveServer) -> Problems:
    """What the browser complains of in this journey."""
    return Problems(origin=live_server.url)


@pytest.fixture
def context(browser: Browser, live_server: LiveServer, problems: Problems) -> Iterator[BrowserContext]:
    """A browser profile of its own, at the size of a plain office screen; `page.goto("/path/")` works."""
    width, height = DESKTOP
    made = browser.new_context(
        base_url=live_server.url,
        viewport={"width": width, "height": height},
        locale="en-US",
        timezone_id=settings.OFFICE_ZONE,
        reduced_motion="reduce",
    )
    made.set_default_timeout(PATIENCE)
    made.add_init_script(REPORT_VIOLATIONS)
    made.on("page", problems.watch)
    yield made
    for one in made.pages:
        problems.settle(one)
    made.close()
    assert problems.unexpected() == []


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """A page of that profile, signed in as nobody."""
    return context.new_page()


@pytest.fixture
def sign_in(context: BrowserContext, live_server: LiveServer) -> Callable[[User], None]:
    """Sign this person in without going through the form."""

    def sign_in_as(user: User) -> None:
        client = Client()
        client.force_login(user)
        cookie = client.cookies[settings.SESSION_COOKIE_NAME]
        context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server.url}])

    return sign_in_as
