"""The journeys see what a page's own security policy refuses: else an empty report would prove nothing."""

from playwright.sync_api import Page

from tests.journeys.checks import Problems


def test_a_refused_script_style_or_request_is_seen(page: Page, problems: Problems) -> None:
    page.goto("/sign-in/")
    page.evaluate(
        """() => {
          const script = document.createElement("script");
          script.textContent = "window.ran = true";
          document.body.append(script);
          document.body.setAttribute("style", "color: red");
          const image = document.createElement("img");
          image.src = "https://elsewhere.example.org/pixel.png";
          document.body.append(image);
        }"""
    )
    page.wait_for_timeout(200)
    found = " ".join(problem for problem in problems.found if "POLICY " in problem)
    assert [kind in found for kind in ("script-src-elem", "style-src-attr", "img-src")] == [True, True, True]
    assert page.evaluate("() => window.ran") is None
    problems.allowed.append("POLICY ")
    assert problems.unexpected() != [], "nobody can allow it"
    problems.found.clear()
