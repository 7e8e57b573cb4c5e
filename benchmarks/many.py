"""`.venv/bin/python -m benchmarks.many`: how long a report of many countries takes, and how much memory, by format.

Each figure is of a process of its own, which writes the narrative of one demo case, drawn out to two pages, over and
over as that of another country. Memory is the most the process held (ru_maxrss) above what it held before it began:
where it stays the same from 10 to 189 countries it is bounded by one country. What the process
apart does for a PDF or a Word file (assessments/apart) is done here, so that it is counted. No database.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from assessments.core.document import Document
    from assessments.exporters.front import Front
    from assessments.exporters.registry import Join

ROOT = Path(__file__).resolve().parent.parent
CASE = ROOT / "fixtures" / "demo" / "2017-moldova.json"
TIMES = 4  # so often each sentence stands in a country, to make two pages: some 1,100 words
FORMATS = ("docx", "html", "txt", "md", "pdf")
COUNTRIES = (10, 50, 189)


def main() -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.many", description=__doc__)
    parser.add_argument("--format", choices=FORMATS, action="append", help="only this format")
    parser.add_argument("--countries", type=int, action="append", help="so many countries, instead of 10, 50 and 189")
    parser.add_argument("--one", nargs=2, metavar=("FORMAT", "COUNTRIES"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        print(json.dumps(_measure(options.one[0], int(options.one[1]))))
        return
    print("| format | countries | seconds | ms a country | file, MB | memory above the start, MB |")
    print("| --- | ---: | ---: | ---: | ---: | ---: |")
    for form in options.format or FORMATS:
        for countries in options.countries or COUNTRIES:
            command = [sys.executable, "-m", "benchmarks.many", "--one", form, str(countries)]
            done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
            found = json.loads(done.stdout.splitlines()[-1])
            each = 1000 * found["seconds"] / countries
            print(
                f"| {form} | {countries} | {found['seconds']:.2f} | {each:.1f} | {found['file'] / 1e6:.1f} | "
                f"{found['memory'] / 1e3:.0f} |",
                flush=True,
            )


def _measure(form: str, countries: int) -> dict[str, float]:
    """Write one report and return seconds of processor time, bytes of the file, and kilobytes of memory."""
    os.environ |= {"INDICIA_DEMO": "true", "DJANGO_SETTINGS_MODULE": "config.settings"}
    import django

    django.setup()
    from assessments.core.document import Audience, Document, Line, Paragraph, Title, from_result
    from assessments.core.engine import run
    from assessments.exporters import docx_report
    from assessments.exporters.front import Front
    from assessments.exporters.registry import FORMATS as KNOWN
    from assessments.importers.unstored import case_of

    read = case_of(CASE.read_bytes())
    document = replace(from_result(read.case, run(read.case), status=""), is_draft=False, audience=Audience.CLEARANCE)
    entries = [(f"c{number:03}-2024", f"Country {number}") for number in range(countries)]

    def drawn_out(lines: tuple[Line, ...], number: int) -> tuple[Line, ...]:
        return tuple(
            replace(line, public_id=f"{number:04}{turn}{line.public_id[5:]}") for turn in range(TIMES) for line in lines
        )

    def all_of_them() -> Iterator[Document]:
        for number, (_, name) in enumerate(entries):
            blocks = [
                Title(text=f"{name}, report year 2024")
                if isinstance(block, Title)
                else replace(block, lines=drawn_out(block.lines, number))
                if isinstance(block, Paragraph)
                else block
                for block in document.blocks
            ]
            yield replace(document, blocks=tuple(blocks))

    join = _pdf() if form == "pdf" else docx_report.join if form == "docx" else KNOWN[form].join
    assert join is not None
    with tempfile.TemporaryFile() as warm:  # faces and templates are read once a process, whatever the number
        join(Front("Warm", Audience.CLEARANCE, entries[:1]), list(all_of_them())[:1], warm)
    before = resource.getrusage(resource.RUSAGE_SELF)
    with tempfile.TemporaryFile() as out:
        began = time.process_time()
        join(Front("The report", Audience.CLEARANCE, entries), all_of_them(), out)
        seconds = time.process_time() - began
        size = out.seek(0, os.SEEK_END)
    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before.ru_maxrss
    return {"seconds": seconds, "file": size, "memory": held}


def _pdf() -> "Join":
    """Return what joins the countries into one PDF, with the work of the process apart done in this one."""
    from assessments.exporters import html, pdf_report
    from assessments.exporters.pdf_engine import Engine
    from assessments.exporters.pdf_joined import join as joined

    engine = Engine(html.stylesheet(for_paper=True))

    def join(front: "Front", documents: Iterable["Document"], out: BinaryIO) -> None:
        joined(engine, pdf_report.parts(front, documents), out)

    return join


if __name__ == "__main__":
    main()
