"""What the site takes from elsewhere in the project: pages of its root, and the app's own colours and faces."""

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


def on_files(files: Files, config: Any) -> Files:
    """Add the pages that stand in the root, where people look for them in a checkout."""
    for address, name in FROM_ROOT.items():
        files.append(File.generated(config, address, content=(ROOT / name).read_text(encoding="utf-8")))
    return files


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
