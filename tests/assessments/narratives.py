"""Texts of countries as documents, made without a database: what tests and measurements of many files write."""

from collections.abc import Mapping
from typing import Any

from assessments.core.document import (
    Audience,
    Citation,
    Document,
    Heading,
    Item,
    Line,
    Note,
    NumberedList,
    Paragraph,
    Table,
    Title,
)

ENTRIES = [("aaa-2024", "Country A"), ("bbb-2024", "Country B & <C>"), ("ccc-2024", "Country C")]


SENTENCES = {"prosecution": 12, "protection": 12, "prevention": 12}
SHORT = {"prosecution": 2, "protection": 2, "prevention": 2}


def narrative(
    name: str,
    number: int,
    audience: Audience,
    *,
    short: bool = False,
    sentences: Mapping[str, int] | None = None,
    cited: int = 1,
    points: int = 3,
) -> Document:
    """Return the text of a country: sections, notes, recommendations, a table where it is not short.

    `sentences` are counted by section; one in `cited` has a citation.
    """
    sentences = sentences or (SHORT if short else SENTENCES)
    blocks: list[Any] = [Title(text=f"{name}, report year 2024"), Note(text=f"Measured in {name}.")]
    for place, (section, count) in enumerate(sentences.items()):
        lines = tuple(
            Line(
                public_id=f"{number:08x}-{place:04x}-4000-8000-{each:012x}",
                text=f"The government of {name} reported {each + 2} investigations of officials for {section}.",
                citations=(Citation(source="S", evidence="E", text=f"Ministry of {name}, report {each}"),)
                if each % cited == cited - 1
                else (),
            )
            for each in range(count)
        )
        blocks += [Heading(text=section.capitalize(), section=section), Paragraph(lines=lines)]
    items = tuple(
        Item(id=f"R-{each}", text=f"Investigate officials of agency {each} in {name}.") for each in range(points)
    )
    blocks.append(NumberedList(heading="Recommendations", items=items))
    blocks.append(Note(text="This text concerns official complicity."))
    if not short:
        blocks.append(Table(caption=f"Answers of {name}", columns=("Question", "Level"), rows=(("I01", "2"),)))
    return Document(
        blocks=tuple(blocks),
        audience=audience,
        country=name,
        report_year=2024,
        is_draft=False,
        digest=f"d{number}",
        at="2024-06-01T12:00:00+00:00",
    )


def some(audience: Audience = Audience.PUBLIC) -> list[Document]:
    """Return the texts of the three countries."""
    return [narrative(name, number, audience) for number, (_, name) in enumerate(ENTRIES)]
