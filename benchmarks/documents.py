"""`.venv/bin/python -m benchmarks.documents`: files of 189 two-page narratives, beside the engines alone.

Word: our exporter against python-docx writing the same paragraphs, list, footnote texts and tables. PDF: ours against
WeasyPrint given the finished page. Both take turns on every document, so that a busy machine slows both alike; times
are of the processor, so that waiting does not count.
"""

import os
import time
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from statistics import median

COUNTRIES = 189
PDFS = 24
"""A PDF takes a hundred times as long; as many as tell the ratio within a few percent."""
SENTENCES = {"prosecution": 22, "protection": 24, "prevention": 10}
"""By section: two pages."""


def documents() -> list[object]:
    """Return the narratives: two pages each, a footnote behind every second sentence, eight recommendations."""
    from assessments.core.document import Audience
    from tests.assessments.narratives import narrative

    return [
        narrative(f"Country {number}", number, Audience.INTERNAL, short=True, sentences=SENTENCES, cited=2, points=8)
        for number in range(COUNTRIES)
    ]


def plain_word(document: object) -> bytes:
    """Write the same blocks with python-docx alone, in its own template: a run for each sentence, a list, no notes."""
    import docx as python_docx

    from assessments.core.document import Document, Heading, Note, NumberedList, Paragraph, Title

    assert isinstance(document, Document)
    word = python_docx.Document()
    for block in document.blocks:
        match block:
            case Title(text=text):
                word.add_paragraph(text, style="Title")
            case Heading(text=text, level=level):
                word.add_heading(text, level)
            case Paragraph(lines=lines):
                paragraph = word.add_paragraph(style="Body Text")
                for line in lines:
                    paragraph.add_run(f"{line.text} ")
            case NumberedList(heading=heading, items=items):
                word.add_heading(heading, 1)
                for item in items:
                    word.add_paragraph(item.text, style="List Number")
            case Note(text=text):
                word.add_paragraph(text)
            case _:
                pass
    out = BytesIO()
    word.save(out)
    return out.getvalue()


def used() -> float:
    """Return the milliseconds of the processor that this process used, with the one that makes its files if any."""
    from assessments.apart.process import MAKER

    apart = sum(int(Path(f"/proc/{pid}/schedstat").read_text().split()[0]) for pid in MAKER.pids)
    return time.process_time() * 1000 + apart / 1e6


def timed(work: Callable[[], object]) -> float:
    """Return how many milliseconds of the processor some work takes, here and in the process apart."""
    began = used()
    work()
    return used() - began


def beside(
    ours: Callable[[object], object], theirs: Callable[[object], object], what: list[object]
) -> tuple[float, float]:
    """Return the medians of both, taken in turns, after one of each that does not count."""
    ours(what[0])
    theirs(what[0])
    mine, others = [], []
    for document in what:
        mine.append(timed(lambda document=document: ours(document)))  # type: ignore[misc]
        others.append(timed(lambda document=document: theirs(document)))  # type: ignore[misc]
    return median(mine), median(others)


def engine_alone() -> Callable[[object], bytes]:
    """Return WeasyPrint in this process, with our style and faces read before; it is given the whole page."""
    import weasyprint

    from assessments.exporters import html
    from assessments.exporters.pdf_engine import VARIANT, Engine

    ready = Engine(html.stylesheet(for_paper=True))

    def write(source: object) -> bytes:
        out = BytesIO()
        weasyprint.HTML(string=str(source)).write_pdf(
            out, pdf_variant=VARIANT, stylesheets=[ready.style], font_config=ready.fonts
        )
        return out.getvalue()

    pages: dict[int, str] = {}

    def of(document: object) -> bytes:
        return write(pages[id(document)])

    def prepare(document: object) -> None:
        parts = (html.head("x", styled=False), html.article(document), html.TAIL)  # type: ignore[arg-type]
        pages[id(document)] = "".join(parts)

    of.prepare = prepare  # type: ignore[attr-defined]
    return of


def main() -> None:
    """Measure and print as Markdown."""
    os.environ.setdefault("INDICIA_DEMO", "true")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django

    django.setup()
    from assessments.exporters import pdf, word

    made = documents()
    rows = [("Word", COUNTRIES, *beside(word.export, plain_word, made))]  # type: ignore[arg-type]
    engine = engine_alone()
    for document in made[:PDFS]:
        engine.prepare(document)  # type: ignore[attr-defined]
    rows.append(("PDF", PDFS, *beside(pdf.export, engine, made[:PDFS])))  # type: ignore[arg-type]
    print("| files of two pages | how many | ours, ms each | the engine alone, ms each | ratio |")
    print("| --- | --: | --: | --: | --: |")
    for name, count, ours, theirs in rows:
        print(f"| {name} | {count} | {ours:.1f} | {theirs:.1f} | {ours / theirs:.2f} |")


if __name__ == "__main__":
    main()
