"""Files that come back from Word: each change and remark on its sentence, and nothing dropped."""

import copy
from collections.abc import Callable

import pytest

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
    Title,
)
from assessments.core.returned import Expected, Kinds, Reading, read_back
from assessments.core.typography import folded
from assessments.exporters import docx
from assessments.exporters.docx_body import POINT_MARK, bookmark_of
from assessments.importers import word
from tests.assessments.wordedits import WHEN, Edited

SENTENCES = {
    "a": "The government reported 3 convictions of officials.",
    "b": "Observers said prosecutors’ work was slow.",
    "c": "Courts acquitted two officials on 4 May 2023.",
    "d": "Police identified 40 victims.",
    "e": "An NGO reported that officials took bribes at the border.",
}
IDS = {key: f"0000000{key}-0000-4000-8000-000000000000" for key in SENTENCES}
POINT = "Investigate and prosecute officials."


def line(key: str) -> Line:
    source = Citation(source="S", evidence="E", text="Ministry, 2023")
    return Line(public_id=IDS[key], text=SENTENCES[key], citations=(source,) if key in "ad" else ())


DOCUMENT = Document(
    blocks=(
        Title(text="Examplia, report year 2024"),
        Heading(text="Prosecution", section="prosecution"),
        Paragraph(lines=(line("a"), line("b"), line("c"))),
        Heading(text="Protection", section="protection"),
        Paragraph(lines=(line("d"), line("e"))),
        NumberedList(heading="Recommendations", items=(Item(id="R-01", text=POINT),)),
        Note(text="Measured by a framework."),
    ),
    audience=Audience.CLEARANCE,
)
OTHERS = ("Examplia, report year 2024", "Prosecution", "Protection", "Recommendations", "Measured by a framework.")
KNOWN = frozenset(map(folded, (*OTHERS, "Ministry, 2023.")))
EXPECTED = (
    *(Expected(id=IDS[key], text=text, mark=bookmark_of(IDS[key])) for key, text in SENTENCES.items()),
    Expected(id="", text=POINT, mark=f"{POINT_MARK}R_01", code="R-01"),
)


def fresh() -> Edited:
    return Edited(docx.export(DOCUMENT))


def reading(file: Edited) -> Reading:
    return read_back(word.read(file.data), EXPECTED, KNOWN)


def told(file: Edited) -> list[tuple[str, str, str]]:
    """Return kind, sentence and words of all that a file says."""
    keys = {value: key for key, value in IDS.items()} | {"": ""}
    return [(item.kind.value, item.code or keys[item.id], item.text) for item in reading(file).items]


@pytest.fixture(params=["with bookmarks", "without"])
def file(request: pytest.FixtureRequest) -> Edited:
    """The file as people get it, or as it is once something took the bookmarks out."""
    found = fresh()
    if request.param == "without":
        found.drop_bookmarks()
    return found


def test_an_untouched_file_says_nothing(file: Edited) -> None:
    assert told(file) == []
    assert reading(file).found == len(EXPECTED)


def test_a_tracked_change_is_other_words_for_its_sentence(file: Edited) -> None:
    file.replace("3 convictions", "5 convictions")
    file.replace("slow", "“very slow”")
    file.author = "Bo Bureau"
    file.replace("was ", "")
    (first, second) = reading(file).items
    assert (first.kind, first.id, first.text) == (
        Kinds.WORDING,
        IDS["a"],
        "The government reported 5 convictions of officials.",
    )
    assert (first.author, first.at, first.is_tracked, first.quote) == ("Carla Clearance", WHEN, True, SENTENCES["a"])
    assert second.text == "Observers said prosecutors’ work “very slow”."
    assert second.author == "Bo Bureau; Carla Clearance"


def test_words_typed_without_tracking_are_found_and_said_to_be_so(file: Edited) -> None:
    file.retype("two officials", "three officials")
    (item,) = reading(file).items
    assert (item.kind, item.id, item.is_tracked) == (Kinds.WORDING, IDS["c"], False)
    assert item.text == "Courts acquitted three officials on 4 May 2023."


def test_words_put_in_at_the_edge_of_a_sentence_belong_to_it(file: Edited) -> None:
    file.insert_after("officials took bribes at the border.", " at night")
    file.insert_after("on 4 May 2023", ", after appeal")
    assert told(file) == [
        ("wording", "c", "Courts acquitted two officials on 4 May 2023, after appeal."),
        ("wording", "e", "An NGO reported that officials took bribes at the border. at night"),
    ]


def test_a_sentence_of_its_own_is_listed_with_where_it_stands() -> None:
    file = fresh()
    file.paragraph("Police").append(file.inserted(" The ministry denied it."))
    (item,) = reading(file).items
    assert (item.kind, item.id, item.text, item.where) == (Kinds.ADDED, "", "The ministry denied it.", SENTENCES["e"])
    assert item.author == "Carla Clearance"


def test_a_sentence_taken_out_is_said_on_it(file: Edited) -> None:
    file.replace(SENTENCES["b"], "")
    assert told(file) == [("removal", "b", "")]


def test_a_sentence_cut_without_tracking_is_missed() -> None:
    file = fresh()
    run = file.run_with(SENTENCES["b"])
    run.getparent().remove(run)
    (item,) = reading(file).items
    assert (item.kind, item.id, item.is_tracked) == (Kinds.REMOVAL, IDS["b"], False)


def test_split_and_merged_paragraphs_keep_their_sentences(file: Edited) -> None:
    file.split_before("Courts acquitted")
    file.merge_with_next("Police")
    assert told(file) == []


def test_a_sentence_cut_in_two_is_one_suggestion(file: Edited) -> None:
    file.replace(" on 4 May", ". This was on 4 May")
    file.split_before("2023.")
    assert told(file) == [("wording", "c", "Courts acquitted two officials. This was on 4 May 2023.")]


def test_a_paragraph_moved_with_tracking_says_so_on_each_sentence() -> None:
    file = fresh()
    run = file.run_with(SENTENCES["c"])
    gone = file.change("moveFrom")
    run.addprevious(gone)
    gone.append(run)
    file.paragraph("Police").append(file.inserted(f" {SENTENCES['c']}", tag="moveTo"))
    (item,) = reading(file).items
    assert (item.kind, item.id, item.text) == (Kinds.MOVED, IDS["c"], SENTENCES["e"])


def test_a_paragraph_moved_without_tracking_is_seen(file: Edited) -> None:
    paragraph = file.paragraph("Police")
    file.paragraph("The government").addprevious(paragraph)
    assert {(kind, key) for kind, key, _ in told(file)} == {("moved", "d"), ("moved", "e")}


def test_a_recommendation_has_its_own_line(file: Edited) -> None:
    file.replace("Investigate and prosecute", "Prosecute")
    assert told(file) == [("point", "R-01", "Prosecute officials.")]


def test_a_change_of_a_heading_or_a_footnote_is_listed(file: Edited) -> None:
    file.replace("Protection", "Protecting victims")
    assert told(file) == [("added", "", "Protecting victims")]
    assert [item.quote for item in reading(file).items] == ["Protection"]


def test_a_tracked_change_within_a_title_is_one_thing(file: Edited) -> None:
    file.replace("report year", "year of report")
    (item,) = reading(file).items
    assert (item.kind, item.quote, item.text) == (
        Kinds.ADDED,
        "Examplia, report year 2024",
        "Examplia, year of report 2024",
    )
    assert (item.author, item.is_tracked, item.where) == ("Carla Clearance", True, "")


def test_untracked_text_is_listed() -> None:
    file = fresh()
    file.retype("Prosecution", "Law enforcement")
    assert [(item.kind, item.text) for item in reading(file).items] == [(Kinds.UNTRACKED, "Law enforcement")]


def test_what_one_put_in_and_another_took_out_is_no_change(file: Edited) -> None:
    file.insert_after("40 victims", " and witnesses")
    node = next(node for node in file.root.iter() if node.tag.endswith("}ins"))
    inner = file.change("del")
    for run in list(node):
        inner.append(run)
    node.append(inner)
    assert told(file) == []


def test_remarks_hang_on_their_sentence_and_words(file: Edited) -> None:
    file.comment("40 victims", "Which victims?")
    file.comment("Protection", "Rename this.")
    first, second = reading(file).items
    assert (first.kind, first.id, first.text, first.quote) == (Kinds.REMARK, IDS["d"], "Which victims?", "40 victims")
    assert (second.id, second.text, second.quote, second.author) == (
        "",
        "Rename this.",
        "Protection",
        "Carla Clearance",
    )


def test_a_copied_bookmark_name_is_not_a_second_sentence() -> None:
    file = fresh()
    paragraph = file.paragraph("Police")
    paragraph.addnext(copy.deepcopy(paragraph))
    kinds = [item.kind for item in reading(file).items]
    assert Kinds.WORDING not in kinds
    assert kinds  # what was pasted is listed


@pytest.mark.parametrize(
    "edit",
    [
        lambda file: file.replace("3 convictions", "5 convictions"),
        lambda file: file.insert_after("40 victims", " in Capital City"),
        lambda file: file.replace("Measured by", "Made by"),
        lambda file: file.replace("bribes", "money"),
    ],
)
def test_no_word_that_was_put_in_is_ever_lost(edit: Callable[[Edited], None]) -> None:
    for drop in (False, True):
        file = fresh()
        if drop:
            file.drop_bookmarks()
        edit(file)
        put_in = ["".join(node.itertext()).strip() for node in file.root.iter() if node.tag.endswith("}ins")]
        said = " ".join(item.text for item in reading(file).items)
        assert put_in
        assert all(words in said for words in put_in)
