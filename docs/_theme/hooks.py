"""What the site takes from elsewhere in the project: pages of its root, settings, the app's colours and faces."""

import html
import itertools
import re
import shutil
from pathlib import Path
from typing import Any

from mkdocs.structure.files import File, Files

ROOT = Path(__file__).resolve().parents[2]
FROM_ROOT = {
    "contributing.md": "CONTRIBUTING.md",
    "security.md": "SECURITY.md",
    "changelog.md": "CHANGELOG.md",
    "third-party.md": "THIRD-PARTY.md",
}
FIND = "find.md"
_TABLES = re.compile(r"<table>.*?</table>", re.DOTALL)
_DIAGRAM = re.compile(r'<pre><code class="language-mermaid">.*?</code></pre>', re.DOTALL)


def on_files(files: Files, config: Any) -> Files:
    """Add the pages that stand in the root, where people look for them in a checkout, and the list of subjects."""
    for address, name in FROM_ROOT.items():
        text = (ROOT / name).read_text(encoding="utf-8").replace("](docs/", "](")
        files.append(File.generated(config, address, content=text))
    files.append(File.generated(config, "settings.md", content=settings()))
    files.append(File.generated(config, FIND, content="# Find a subject\n"))
    return files


def settings() -> str:
    """Return the page of the settings, which stand in README.md."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8").replace("](docs/", "](")
    return "# Settings\n" + readme.split("\n## Settings\n", 1)[1].split("\n## ", 1)[0]


def on_page_content(content: str, **_: Any) -> str:
    """Let wide tables and code be scrolled by keyboard too, and name the columns that have no name."""

    numbers = itertools.count(1)

    def scrolled(found: re.Match[str]) -> str:
        table = re.sub(r"<th([^>]*)></th>", r"<td\1></td>", found[0])
        return f'<div class="wide" tabindex="0" role="region" aria-label="Table {next(numbers)}">{table}</div>'

    content = _TABLES.sub(scrolled, content)
    diagram = r"<details><summary>The same as a diagram, in the language of Mermaid</summary>\g<0></details>"
    content = _DIAGRAM.sub(diagram, content)
    return content.replace("<pre>", '<pre tabindex="0">')


def on_env(env: Any, files: Files, **_: Any) -> Any:
    """Fill the list of subjects: every heading of every page, in the order of the alphabet."""
    found: list[tuple[str, str, str]] = []
    for file in files.documentation_pages():
        page = file.page
        if page is None or file.src_uri == FIND or file.src_uri.startswith("examples/2"):
            continue
        found.append((str(page.title), page.url, ""))
        below = (item for top in page.toc.items for item in ((top,) if top.level > 1 else top.children))
        found += [(item.title, page.url + item.url, str(page.title)) for item in below if not item.title[:4].isdigit()]
    for file in files.documentation_pages():
        if file.src_uri == FIND and file.page is not None:
            lines = [
                f'<li><a href="{address}">{title}</a>'
                + (f' <span class="where">in {html.escape(where)}</span>' if where else "")
                + "</li>"
                for title, address, where in sorted(found, key=lambda each: (each[0].lower(), each[1]))
            ]
            explained = "<p>Every heading of every page. Your browser's own search finds words in it.</p>"
            listed = "\n".join(lines)
            file.page.content = f'{file.page.content}\n{explained}\n<ul class="find">\n{listed}\n</ul>'
    return env


def on_post_build(config: Any) -> None:
    """Copy colours and faces; the site fetches nothing from anywhere else."""
    site, static = Path(config.site_dir), ROOT / "static"
    tokens = (static / "css" / "tokens.css").read_text(encoding="utf-8")
    (site / "css" / "tokens.css").write_text(tokens, encoding="utf-8")
    for address in re.findall(r'url\("\.\./(vendor/[^"]+)"\)', tokens):
        target = site / address
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(static / address, target)
        shutil.copyfile((static / address).parent / "LICENSE", target.parent / "LICENSE")
    (site / "img").mkdir(exist_ok=True)
    shutil.copyfile(static / "img" / "indicia.svg", site / "img" / "indicia.svg")
