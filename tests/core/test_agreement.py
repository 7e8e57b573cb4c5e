"""Agreement of coders: published worked examples, hand-calculated tables, and what is not defined."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.core.agreement import Agreement, Metric, alpha, linear, quadratic, weighted_kappa

# Krippendorff (2011), "Computing Krippendorff's Alpha-Reliability", example C: four observers, twelve units.
OBSERVERS = (
    (1, 2, 3, 3, 2, 1, 4, 1, 2, None, None, None),
    (1, 2, 3, 3, 2, 2, 4, 1, 2, 5, None, 3),
    (None, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, None),
    (1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, None),
)


@pytest.mark.parametrize(
    ("metric", "published"), [(Metric.NOMINAL, 0.743), (Metric.ORDINAL, 0.815), (Metric.INTERVAL, 0.849)]
)
def test_alpha_of_four_observers_with_missing_values_is_as_published(metric: Metric, published: float) -> None:
    found = alpha(zip(*OBSERVERS, strict=True), metric)
    assert found.coefficient is not None
    assert (round(found.coefficient, 3), found.units) == (published, 11)


# Krippendorff (2011), examples A (two observers, binary) and B (two observers, nominal).
MEG, OWEN = (0, 1, 0, 0, 0, 0, 0, 0, 1, 0), (1, 1, 1, 0, 0, 1, 0, 0, 0, 0)
BEN, GERRY = "aabbdcccedda", "babbbccceddd"


def test_alpha_of_two_observers_with_binary_values_is_as_published() -> None:
    found = alpha(zip(MEG, OWEN, strict=True), Metric.NOMINAL)
    assert found.coefficient is not None
    assert (round(found.coefficient, 3), found.units) == (0.095, 10)


def test_alpha_of_two_observers_with_nominal_values_is_as_published() -> None:
    found = alpha(zip(BEN, GERRY, strict=True), Metric.NOMINAL)
    assert found.coefficient is not None
    assert (round(found.coefficient, 3), found.units) == (0.692, 12)


# Cohen (1968): 200 patients, two judges, three diagnoses; disagreements weigh 1 (1/2), 3 (1/3) and 6 (2/3).
COHEN = {(1, 1): 88, (1, 2): 10, (1, 3): 2, (2, 1): 14, (2, 2): 40, (2, 3): 6, (3, 1): 18, (3, 2): 10, (3, 3): 12}
PATIENTS = [pair for pair, count in COHEN.items() for _ in range(count)]


def test_weighted_kappa_is_as_published() -> None:
    weights = {(1, 2): 1.0, (1, 3): 3.0, (2, 3): 6.0}
    found = weighted_kappa(
        PATIENTS, lambda one, other: 0.0 if one == other else weights[min(one, other), max(one, other)]
    )
    assert found.coefficient is not None
    assert (round(found.coefficient, 3), found.units) == (0.348, 200)
    plain = weighted_kappa(PATIENTS, lambda one, other: float(one != other))
    assert plain.coefficient == pytest.approx(0.492, abs=0.0005)


def test_linear_and_quadratic_weights_on_the_same_table_by_hand() -> None:
    # Observed over expected disagreement, in proportions: linear .40 / .76, quadratic .60 / 1.10.
    assert weighted_kappa(PATIENTS, linear).coefficient == pytest.approx(1 - 0.40 / 0.76)
    assert weighted_kappa(PATIENTS, quadratic).coefficient == pytest.approx(1 - 0.60 / 1.10)


def test_by_hand_on_four_units() -> None:
    # Pairs 0-0, 1-1, 2-2, 0-2: linear observed 2/4, expected 16/16; quadratic observed 4/4, expected 26/16.
    pairs = [(0, 0), (1, 1), (2, 2), (0, 2)]
    assert weighted_kappa(pairs).coefficient == pytest.approx(1 - 0.5 / 1.0)
    assert weighted_kappa(pairs, quadratic).coefficient == pytest.approx(1 - 1 / 1.625)


@pytest.mark.parametrize("pairs", [[], [(3, 3)], [(2, 2), (2, 2), (2, 2)]])
def test_without_variation_nothing_can_be_said(pairs: list[tuple[int, int]]) -> None:
    assert weighted_kappa(pairs) == Agreement(coefficient=None, units=len(pairs))
    assert alpha(pairs) == Agreement(coefficient=None, units=len(pairs))


def test_a_unit_that_one_coder_left_out_is_not_compared() -> None:
    assert alpha([(1, None), (None, None)]) == Agreement(coefficient=None, units=0)
    assert alpha([(1, 1), (2, 2), (3, None)]) == Agreement(coefficient=1.0, units=2)


LEVELS = st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), max_size=30)


@given(LEVELS)
def test_never_above_one_and_the_same_for_exchanged_coders(pairs: list[tuple[int, int]]) -> None:
    exchanged = [(other, one) for one, other in pairs]
    measures = [weighted_kappa, lambda p: weighted_kappa(p, quadratic), alpha, lambda p: alpha(p, Metric.INTERVAL)]
    for measure in measures:
        found, again = measure(pairs), measure(exchanged)
        assert found.units == again.units == len(pairs)
        assert (found.coefficient is None) == (again.coefficient is None)
        if found.coefficient is not None and again.coefficient is not None:
            assert found.coefficient == pytest.approx(again.coefficient)
            assert found.coefficient <= 1 + 1e-9
            if all(one == other for one, other in pairs):
                assert found.coefficient == pytest.approx(1)
