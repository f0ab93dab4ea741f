"""The means and variances of the tensor printed in question 4.1, as exact fractions, and what was printed of
their decimals."""

from fractions import Fraction

from lemmata import array, calc, define, family, index, ones, theorem
from proofs.moments import BATCH, INSTANCE, LAYER, of_all, of_example, parts

k, q = index("k", 4), index("q", 2)
printed = array(
    [
        [[1, 3, 2], [1, 2, 3]],
        [[3, 3, 2], [2, 4, 4]],
        [[4, 2, 2], [1, 2, 4]],
        [[3, 3, 2], [3, 3, 2]],
    ]
)
T = define("T", printed[k], over=k)
of_T = parts(T, k, 4, 2, 3)


def exact(*rows):
    """Fractions, from text: one row for each channel, or for each example."""
    found = [[Fraction(entry) for entry in row.split()] for row in rows]
    return array(found[0]) if len(found) == 1 else family([array(row) for row in found])[k]


BATCH_MEAN, BATCH_VARIANCE = exact("5/2 31/12"), exact("7/12 155/144")
LAYER_MEAN, LAYER_VARIANCE = exact("2 3 5/2 8/3")[k], exact("2/3 2/3 5/4 2/9")[k]
INSTANCE_MEAN = exact("2 2", "8/3 10/3", "8/3 7/3", "8/3 8/3")
INSTANCE_VARIANCE = exact("2/3 2/3", "2/9 8/9", "8/9 14/9", "2/9 2/9")


@theorem(of_T.batch_mean == BATCH_MEAN, source="question 4.1", computed_by=of_all(T, BATCH, "mean"))
def batch_mean():
    """Batch normalisation: the means of the two channels."""
    return calc(of_T.batch_mean).eq(BATCH_MEAN, by="definitions")


@theorem(
    of_T.batch_variance == BATCH_VARIANCE,
    source="question 4.1",
    computed_by=of_all(T, BATCH, "variance"),
)
def batch_variance():
    """Batch normalisation: the variances of the two channels."""
    return calc(of_T.batch_variance).eq(BATCH_VARIANCE, by="definitions")


@theorem(
    of_T.layer_mean[k] == LAYER_MEAN,
    source="question 4.1",
    computed_by=of_example(T, k, LAYER, "mean"),
)
def layer_mean():
    """Layer normalisation: the means of the four examples."""
    return calc(of_T.layer_mean[k]).eq(LAYER_MEAN, by="definitions")


@theorem(
    of_T.layer_variance[k] == LAYER_VARIANCE,
    source="question 4.1",
    computed_by=of_example(T, k, LAYER, "variance"),
)
def layer_variance():
    """Layer normalisation: the variances of the four examples."""
    return calc(of_T.layer_variance[k]).eq(LAYER_VARIANCE, by="definitions")


@theorem(
    of_T.instance_mean[k] == INSTANCE_MEAN,
    source="question 4.1",
    computed_by=of_example(T, k, INSTANCE, "mean"),
)
def instance_mean():
    """Instance normalisation: the means of the two channels of each example."""
    return calc(of_T.instance_mean[k]).eq(INSTANCE_MEAN, by="definitions")


@theorem(
    of_T.instance_variance[k] == INSTANCE_VARIANCE,
    source="question 4.1",
    computed_by=of_example(T, k, INSTANCE, "variance"),
)
def instance_variance():
    """Instance normalisation: the variances of the two channels of each example."""
    return calc(of_T.instance_variance[k]).eq(INSTANCE_VARIANCE, by="definitions")


# The printed decimals are cut off after two places, not rounded: printed <= exact < printed + 1/100.
LAST = Fraction(1, 100)
batch_parts = family([of_T.batch_mean, of_T.batch_variance])[q]
layer_parts = family([of_T.layer_mean[k], of_T.layer_variance[k]])[q]
instance_parts = family([of_T.instance_mean[k], of_T.instance_variance[k]])[q]
batch_exact = family([BATCH_MEAN, BATCH_VARIANCE])[q]
layer_exact = family([LAYER_MEAN, LAYER_VARIANCE])[q]
instance_exact = family([INSTANCE_MEAN, INSTANCE_VARIANCE])[q]
batch_decimals = family([exact("250 258"), exact("58 107")])[q] / 100
layer_decimals = family([exact("200 300 250 266")[k], exact("66 66 125 22")[k]])[q] / 100
printed_means = exact("200 200", "266 333", "266 233", "266 266")
printed_variances = exact("66 66", "22 88", "88 155", "22 22")
instance_decimals = family([printed_means, printed_variances])[q] / 100


@theorem(batch_decimals <= batch_parts, source="question 4.1")
def batch_decimals_are_below():
    """The printed mean and variance (q = 1, 2) of each channel are at most the exact ones, ..."""
    return calc(batch_decimals).le(batch_exact, by="algebra").eq(batch_parts, by=[batch_mean, batch_variance])


@theorem(batch_parts < batch_decimals + LAST * ones(2), source="question 4.1")
def batch_decimals_are_cut_off():
    """... and less than 1/100 below them."""
    return (
        calc(batch_parts)
        .eq(batch_exact, by=[batch_mean, batch_variance])
        .lt(batch_decimals + LAST * ones(2), by="algebra")
    )


@theorem(layer_decimals <= layer_parts, source="question 4.1")
def layer_decimals_are_below():
    """The printed mean and variance (q = 1, 2) of each example are at most the exact ones, ..."""
    return calc(layer_decimals).le(layer_exact, by="algebra").eq(layer_parts, by=[layer_mean, layer_variance])


@theorem(layer_parts < layer_decimals + LAST, source="question 4.1")
def layer_decimals_are_cut_off():
    """... and less than 1/100 below them."""
    return (
        calc(layer_parts)
        .eq(layer_exact, by=[layer_mean, layer_variance])
        .lt(layer_decimals + LAST, by="algebra")
    )


@theorem(instance_decimals <= instance_parts, source="question 4.1")
def instance_decimals_are_below():
    """The same of each channel of each example: the printed ones are at most the exact ones, ..."""
    return (
        calc(instance_decimals)
        .le(instance_exact, by="algebra")
        .eq(instance_parts, by=[instance_mean, instance_variance])
    )


@theorem(instance_parts < instance_decimals + LAST * ones(2), source="question 4.1")
def instance_decimals_are_cut_off():
    """... and less than 1/100 below them."""
    return (
        calc(instance_parts)
        .eq(instance_exact, by=[instance_mean, instance_variance])
        .lt(instance_decimals + LAST * ones(2), by="algebra")
    )


@theorem(of_T.batch_variance[2] > array([1075]) / 1000, source="question 4.1")
def rounding_gives_another_decimal():
    """155/144 = 1.0763... is rounded to 1.08; the printed 1.07 is cut off.

    Rounding differs, too, for 2/3 (0.67), 8/9 (0.89), 14/9 (1.56) and 8/3 (2.67); not for 2/9, 7/12, 7/3,
    31/12 and 10/3.
    """
    return calc(of_T.batch_variance[2]).gt(array([1075]) / 1000, by="definitions")
