"""A language model as a tree, in which one number is left open, and its most likely sequence.

An edge carries log p(w_t | w_0 … w_{t-1}), in nats; it is named by the words that lead to it. How probable
"a" is as the first word is not known: x = log p(a). What follows is proved for every x.

Improbable branches are not drawn. It is assumed of them that a sequence which is not drawn is at most as
probable as any drawn one of the same length: it falls short of the least of these by some s >= 0.
"""

from fractions import Fraction

from lemmata import calc, counterpart, define, exp, log, scalar, theorem
from numerics.decoding import exhaustive, tree_model

x = scalar("x")
s = scalar("s", nonnegative=True)


def edges(x):
    """The edges that are drawn, by their words."""
    return {
        "the": Fraction("-1.5"),
        "a": x,
        "the green": Fraction("-3.4"),
        "the red": Fraction("-3.1"),
        "a blue": Fraction("-4.3") - x,
        "a red": Fraction("-4.5") - x,
        "the green rectangle": Fraction("-3.3"),
        "the red rectangle": Fraction("-4.5"),
        "a blue ellipse": Fraction("-5.4"),
        "a blue square": Fraction("-5.0"),
        "a red circle": Fraction("-4.9"),
        "a red square": Fraction("-5.1"),
    }


def edge(words, log_probability):
    """A name for the log-probability of the last word after the others."""
    *before, last = words.split()
    given = rf" \mid \text{{{' '.join(before)}}}" if before else ""
    return define(words.replace(" ", "_"), log_probability, latex=rf"\ell(\text{{{last}}}{given})")


named = {words: x if words == "a" else edge(words, value) for words, value in edges(x).items()}
the = named["the"]


def score(words):
    """The log-probability of a sequence, the sum of its edges."""
    parts = words.split()
    first, *others = (named[" ".join(parts[: number + 1])] for number in range(len(parts)))
    return sum(others, first)


first_words_add_up = exp(the) + exp(x) <= 1
words_after_a_add_up = exp(named["a blue"]) + exp(named["a red"]) <= 1
admissible = [first_words_add_up, words_after_a_add_up]


def most_likely(at):
    """The greatest log-probability of three words, by looking at all."""
    return exhaustive(tree_model(edges(at(x))), 3).log_prob


@theorem(exp(the) < 1, source="question 2.4")
def the_is_not_certain():
    """The probability of "the" is below 1."""
    return calc(exp(the)).lt(exp(0), by=the).eq(1)


@theorem(1 - exp(the) > 0, source="question 2.4")
def something_is_left_beside_the():
    """So something is left for the other first words."""
    return calc(0).lt(1 - exp(the), by=the_is_not_certain)


@theorem(exp(x) <= 1 - exp(the), given=[first_words_add_up], source="question 2.4")
def what_is_left_for_a():
    """The probability of "a" is at most what "the" leaves."""
    return calc(exp(x)).le(1 - exp(the), by=first_words_add_up)


greatest = log(1 - exp(the))


@theorem(x <= greatest, given=[first_words_add_up], source="question 2.4")
def x_is_at_most():
    """The probabilities of the first words add up to at most 1, so x is at most about -0.25."""
    return calc(x).eq(log(exp(x))).le(greatest, by=[what_is_left_for_a, something_is_left_beside_the])


@theorem(exp(x) <= 1 - exp(the), given=[x <= greatest], source="question 2.4")
def up_to_there_first_words_add_up():
    """Every such x leaves the first words with probabilities that add up to at most 1."""
    return (
        calc(exp(x))
        .le(exp(greatest), by=["hypotheses", something_is_left_beside_the])
        .eq(1 - exp(the), by=something_is_left_beside_the)
    )


both_after_a = exp(Fraction("-4.3")) + exp(Fraction("-4.5"))
least = log(both_after_a)


@theorem(both_after_a <= exp(x), given=[words_after_a_add_up], source="question 2.4")
def what_a_needs():
    """The probability of "a" is at least that of its two drawn continuations."""
    after = exp(named["a blue"]) + exp(named["a red"])
    return (
        calc(both_after_a)
        .eq(exp(x) * after, by=[named["a blue"], named["a red"]])
        .le(exp(x) * after + exp(x) * (1 - after), by=words_after_a_add_up)
        .eq(exp(x))
    )


@theorem(least <= x, given=[words_after_a_add_up], source="question 2.4")
def x_is_at_least():
    """The probabilities after "a" add up to at most 1, so x is at least about -3.70."""
    return calc(least).le(log(exp(x)), by=what_a_needs).eq(x)


@theorem(both_after_a <= exp(x), given=[least <= x], source="question 2.4")
def from_there_words_after_a_add_up():
    """Every such x leaves the words after "a" with probabilities that add up to at most 1."""
    return calc(both_after_a).eq(exp(least)).le(exp(x), by="hypotheses")


@theorem(score("a blue ellipse") - s < score("the green rectangle"), source="question 2.4.a")
def most_likely_sequence():
    """The six drawn sequences, and below them all others: "the green rectangle" is the most likely one."""
    return (
        calc(score("a blue ellipse") - s)
        .le(score("a blue ellipse"))
        .lt(score("a red square"), by="definitions")
        .lt(score("a red circle"), by="definitions")
        .lt(score("a blue square"), by="definitions")
        .lt(score("the red rectangle"), by="definitions")
        .lt(score("the green rectangle"), by="definitions")
    )


@theorem(
    score("the green rectangle") == Fraction("-8.2"),
    source="question 2.4.a",
    computed_by=counterpart(exhaustive, most_likely, given=admissible),
)
def greatest_log_likelihood():
    """Its log-likelihood."""
    return calc(score("the green rectangle")).eq(Fraction("-8.2"), by="definitions")
