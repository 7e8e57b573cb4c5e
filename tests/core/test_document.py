"""One run from facts to document: blocks in printing order, nothing that may not be printed."""

from assessments.core import document, engine
from assessments.core.document import Heading, Note, Notice, NumberedList, Paragraph, Title
from assessments.core.merge import State, handwritten
from assessments.core.sheets import Statistic
from assessments.core.types import Decision
from assessments.core.values import Count, CountKind, Section, Stage
from tests.core.factories import core_at, make_case

SILENT = (Statistic(id="f", stage=Stage.TRIAL, count=Count(kind=CountKind.NOT_REPORTED)),)


def test_one_fact_gives_a_document_with_its_sentence() -> None:
    case = make_case(statistics=SILENT, demonstration=True)
    result = engine.run(case)
    made = document.from_result(case, result)
    assert made.title == "Examplia, report year 2024 (April 1, 2023 to March 31, 2024)"
    assert [block.text for block in made.blocks if isinstance(block, Notice)] == [
        document.demonstration_notice(2024),
        document.UNREVIEWED,
    ]
    assert [block.text for block in made.blocks if isinstance(block, Paragraph)] == [
        "The government did not report prosecuting officials for complicity in trafficking."
    ]
    assert [block.text for block in made.blocks if isinstance(block, Heading)] == ["Prosecution", "Finding"]
    assert isinstance(made.blocks[0], Title)
    assert any(isinstance(block, Note) and "minimum standards" in block.text for block in made.blocks)


def test_recommendations_stand_under_their_heading_in_order() -> None:
    case = make_case(core_at(3))
    result = engine.run(case)
    made = document.from_result(case, result, status="")
    lists = [block for block in made.blocks if isinstance(block, NumberedList)]
    assert lists[0].heading == "Complicity and corruption items, in order"
    own = sorted((item for item in result.draft.recommendations if not item.for_others), key=lambda item: item.rank)
    assert [item.text for item in lists[0].items] == [item.text for item in own]
    assert document.UNREVIEWED not in [block.text for block in made.blocks if isinstance(block, Notice)]


def test_an_unrecognized_authority_has_its_notice() -> None:
    case = make_case(decision=Decision(recognized=False, authority="the Interim Council"))
    notices = [block.text for block in document.from_result(case, engine.run(case)).blocks if isinstance(block, Notice)]
    assert any("the Interim Council" in text for text in notices)


def test_a_second_run_with_the_first_changes_nothing_and_keeps_own_sentences() -> None:
    case = make_case(core_at(3), statistics=SILENT)
    first = engine.run(case)
    own = handwritten("own", Section.PROSECUTION, "Own words.", evidence=("e-ngo",), position=len(first.sentences))
    second = engine.run(case, (*first.sentences, own))
    third = engine.run(case, second.sentences)
    assert third == second
    assert [item.shown for item in third.sentences if item.state is State.HANDWRITTEN] == ["Own words."]
    assert engine.run(case) == first
