"""A draw can be repeated from its seed, and takes its share of every stratum."""

from hypothesis import given
from hypothesis import strategies as st

from assessments.core.sampling import Stratum, draw

NAMES = {"g1": [f"a{n}" for n in range(20)], "g2": ["b1"], "g3": []}


def test_a_seed_draws_the_same_names_whatever_their_order() -> None:
    drawn = draw(NAMES, seed="2024", percent=15)
    backwards = {name: list(reversed(members)) for name, members in NAMES.items()}
    assert draw(backwards, seed="2024", percent=15) == drawn
    assert [(stratum.name, stratum.of, len(stratum.drawn)) for stratum in drawn] == [
        ("g1", 20, 3),
        ("g2", 1, 1),
        ("g3", 0, 0),
    ]
    assert draw(NAMES, seed="2025", percent=15) != drawn


def test_by_hand() -> None:
    # SHA-256 of "s\na" begins 009f, of "s\nc" a953, of "s\nb" cd85: a comes first, then c.
    assert draw({"g": ["a", "b", "c"]}, seed="s", percent=50) == (Stratum(name="g", of=3, drawn=("a", "c")),)


@given(st.lists(st.text(min_size=1), unique=True, max_size=40), st.integers(1, 100), st.text(min_size=1))
def test_a_share_is_rounded_up_and_never_more(names: list[str], percent: int, seed: str) -> None:
    (stratum,) = draw({"g": names}, seed=seed, percent=percent)
    assert set(stratum.drawn) <= set(names)
    assert len(names) * percent <= len(stratum.drawn) * 100 < len(names) * percent + 100
