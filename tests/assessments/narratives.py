"""Texts of countries as documents, made without a database: what tests of files of many countries write."""

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


def narrative(name: str, number: int, audience: Audience, *, short: bool = False) -> Document:
    """Return the text of a country: three sections, notes, recommendations, a table where it is not short."""
    blocks: list[Any] = [Title(text=f"{name}, report year 2024"), Note(text=f"Measured in {name}.")]
    for place, section in enumerate(("prosecution", "protection", "prevention")):
        lines = tuple(
            Line(
                public_id=f"{number:08x}-{place:04x}-4000-8000-{each:012x}",
                text=f"The government of {name} reported {each + 2} investigations of officials for {section}.",
                citations=(Citation(source="S", evidence="E", text=f"Ministry of {name}, report {each}"),),
            )
            for each in range(2 if short else 12)
        )
        blocks += [Heading(text=section.capitalize(), section=section), Paragraph(lines=lines)]
    items = tuple(Item(id=f"R-{each}", text=f"Investigate officials of agency {each} in {name}.") for each in range(3))
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
