"""False variants of the means and variances of question 4.1, for every tensor and for the printed one."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import pytest

from lemmata import array, family, had, norm, ones, theorem, total
from lemmata.language.errors import NotANumber, ShapeError
from lemmata.language.expr import Statement
from proofs import moments, moments_printed
from proofs.moments import B, C, F, X, b, v_batch, v_instance, v_layer, μ_batch, μ_instance, μ_layer
from proofs.moments_printed import T, exact, k, of_T
from tests.proofs.claims import claim
from tests.proofs.judged import judged


def squared(deviation: object) -> object:
    return had(deviation, deviation)


#: for every tensor
WRONG_LAWS = [
    pytest.param(μ_layer[b] == ones(C).T @ μ_instance[b], id="a sum for a mean"),
    pytest.param(μ_layer[b] == 1 / F * ones(C).T @ μ_instance[b], id="F for C"),
    pytest.param(
        μ_layer[b] == 1 / C * ones(C).T @ μ_batch, id="the mean over the batch for one over channels"
    ),
    pytest.param(μ_batch == μ_instance[b], id="the mean of one example for that of the batch"),
    pytest.param(μ_batch == 1 / C * total(μ_instance[b], b), id="C for B"),
    pytest.param(v_layer[b] == 1 / C * ones(C).T @ v_instance[b], id="within the channels only"),
    pytest.param(v_batch == 1 / B * total(v_instance[b], b), id="within the examples only"),
    pytest.param(
        v_layer[b] == 1 / C * (ones(C).T @ v_instance[b] - norm(μ_instance[b] - μ_layer[b] * ones(C)) ** 2),
        id="the variance of the means is taken away",
    ),
    pytest.param(
        v_batch == 1 / B * total(v_instance[b] + squared(μ_instance[b]), b), id="means that are not centred"
    ),
    pytest.param(v_instance[b] == 1 / F * squared(X[b]) @ ones(F), id="the mean of the squares"),
    pytest.param(
        v_instance[b] == 1 / F * squared(X[b]) @ ones(F) + squared(μ_instance[b]), id="plus the squared mean"
    ),
    pytest.param(F * v_instance[b] == (F - 1) * v_instance[b], id="n - 1 for n"),
]

#: for the printed tensor
WRONG_NUMBERS = [
    pytest.param(of_T.batch_variance == exact("7/11 155/132"), id="n - 1 for n: batch"),
    pytest.param(of_T.layer_variance[k] == exact("4/5 4/5 3/2 4/15")[k], id="n - 1 for n: layer"),
    pytest.param(of_T.batch_mean == exact("250 258") / 100, id="the decimals are exact: means"),
    pytest.param(of_T.batch_variance == exact("58 107") / 100, id="the decimals are exact: variances"),
    pytest.param(of_T.batch_mean == exact("5/2 5/2"), id="the mean of the first channel for both"),
    pytest.param(of_T.batch_mean == exact("31/12 5/2"), id="the channels are exchanged"),
    pytest.param(of_T.layer_mean[k] == exact("2 3 5/2 2")[k], id="one mean is wrong"),
    pytest.param(of_T.layer_mean[k] == of_T.instance_mean[k][1], id="the first channel for the layer"),
    pytest.param(
        of_T.instance_mean[k] == family([array([2, 3]), array([2, 3]), array([2, 3]), array([2, 3])])[k],
        id="layer means for instance means",
    ),
    pytest.param(of_T.batch_variance[2] <= array([1075]) / 1000, id="155/144 is rounded to 1.07"),
    pytest.param(of_T.batch_variance[1] > array([585]) / 1000, id="7/12 is rounded to 0.59"),
    pytest.param(of_T.batch_variance >= exact("59 108") / 100, id="the decimals are rounded up"),
    pytest.param(of_T.layer_mean[k] <= exact("200 300 250 266")[k] / 100, id="nothing is cut off"),
    pytest.param(of_T.layer_mean[k] < exact("200 300 250 266")[k] / 100 + Fraction(1, 1000), id="1/1000"),
    pytest.param(exact("200 300 250 266")[k] / 100 < of_T.layer_mean[k], id="something is always cut off"),
]


@pytest.mark.parametrize("statement", WRONG_LAWS)
def test_wrong_law_is_refuted_for_a_small_tensor(statement: Statement) -> None:
    record = judged(claim(statement))
    assert record["outcome"] == "refuted"
    assert set(record["counterexample"]["dims"].values()) <= {1, 2}
    assert record["counterexample"]["left"] != record["counterexample"]["right"]


@pytest.mark.parametrize("statement", WRONG_NUMBERS)
def test_wrong_number_is_refuted(statement: Statement) -> None:
    record = judged(claim(statement))
    assert record["outcome"] == "refuted"
    assert record["counterexample"]["left"] and record["counterexample"]["right"]


def _counted_by(axes: object) -> dict[str, object]:
    """The theorem on the mean of an example, compared with `moments` over some axes."""
    source = moments.layer_mean_of_instance_means
    wrong = moments.of_example(X, b, axes, "mean")
    return theorem(source.statement, computed_by=wrong)(lambda: source.derivation).record()


def test_moments_over_the_axes_of_the_layer_agree() -> None:
    (compared,) = _counted_by(moments.LAYER)["counterparts"]  # type: ignore[misc]
    assert compared["agrees"]


@pytest.mark.parametrize("axes", [(0, 1), (0, 1, 2)], ids=str)
def test_moments_over_other_axes_are_found(axes: tuple[int, ...]) -> None:
    (compared,) = _counted_by(axes)["counterparts"]  # type: ignore[misc]
    assert not compared["agrees"]
    assert compared["difference"]


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        pytest.param(
            lambda: μ_batch == μ_layer[b], ShapeError, id="a mean of a channel for one of an example"
        ),
        pytest.param(lambda: of_T.batch_mean == exact("5/2"), ShapeError, id="one channel is left out"),
        pytest.param(lambda: array([2.5, 2.58]), NotANumber, id="decimals are floats"),
        pytest.param(lambda: array([[1, 3, 2], [1, 2]]), ShapeError, id="a number is left out"),
        pytest.param(lambda: μ_batch == T, ShapeError, id="a tensor is no mean"),
    ],
)
def test_what_has_no_meaning_is_invalid(wrong: Callable[[], object], error: type[Exception]) -> None:
    with pytest.raises(error):
        wrong()


def test_every_printed_decimal_is_accounted_for() -> None:
    """Both bounds are proved for batch, layer and instance, for means and variances at once."""
    bounds = [name for name in vars(moments_printed) if name.endswith(("_are_below", "_are_cut_off"))]
    assert len(bounds) == 6
    assert all(judged(getattr(moments_printed, name))["outcome"] == "proved" for name in bounds)
