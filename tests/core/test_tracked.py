"""Two texts with tracked changes between them: accepted it is the new one, refused the old one, whatever moved."""

from hypothesis import given
from hypothesis import strategies as st

from assessments.core.comparison import Said, Text, compare
from assessments.core.redline import Kind
from assessments.core.tracked import Tracked, tracked

WORDS = (
    "Three officials were charged.",
    "Two judges were convicted.",
    "No funds were given.",
    "Courts freed one.",
)
SECTIONS = ("prosecution", "protection", "recommendations")


def sides(sections: tuple[Tracked, ...]) -> tuple[dict[str, str], dict[str, str]]:
    """Return what each section reads when all is refused, and when all is accepted."""
    old = {
        part.section: "".join(piece.text for piece in part.flowing if piece.kind is not Kind.INSERTED)
        for part in sections
        if part.in_old
    }
    new = {
        part.section: "".join(piece.text for piece in part.flowing if piece.kind is not Kind.DELETED)
        for part in sections
        if part.in_new
    }
    return old, new


def read(text: Text) -> dict[str, str]:
    names = dict.fromkeys(said.section for said in text.sentences)
    return {name: " ".join(said.text for said in text.sentences if said.section == name) for name in names}


sentences = st.builds(
    Said,
    public_id=st.sampled_from(["", "a", "b", "c", "d"]),
    section=st.sampled_from(SECTIONS),
    text=st.sampled_from(WORDS) | st.text(alphabet="ab .“’\u00a0", min_size=1, max_size=20),
)
texts = st.lists(sentences, max_size=7).map(lambda found: Text(sentences=tuple(found)))


@given(old=texts, new=texts)
def test_accepted_is_new_and_refused_is_old(old: Text, new: Text) -> None:
    made = tracked(old, new, compare(old, new, same_period=True))
    assert sides(made) == (read(old), read(new))
    assert list(sides(made)[1]) == list(read(new))


def test_a_sentence_that_moved_is_taken_out_and_put_in_and_the_rest_is_left_alone() -> None:
    one, two, three = (
        Said(public_id=name, section="prosecution", text=text) for name, text in zip("abc", WORDS[:3], strict=True)
    )
    old, new = Text(sentences=(one, two, three)), Text(sentences=(two, three, one))
    (section,) = tracked(old, new, compare(old, new, same_period=True))
    assert [[(piece.kind.value, piece.text) for piece in sentence] for sentence in section.sentences] == [
        [("deleted", one.text)],
        [("same", two.text)],
        [("same", three.text)],
        [("inserted", one.text)],
    ]


def test_what_is_done_to_every_sentence_is_done_before_words_are_compared() -> None:
    old = Text(sentences=(Said(public_id="a", section="tier", text="On Tier 1."),))
    new = Text(sentences=(Said(public_id="a", section="tier", text="On Tier 2."),))
    (section,) = tracked(
        old,
        new,
        compare(old, new, same_period=True),
        finish=lambda text: text.replace(" ", "_"),
    )
    assert "".join(piece.text for piece in section.flowing if piece.kind is not Kind.DELETED) == "On_Tier_2."
