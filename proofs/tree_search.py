"""What greedy decoding and beams of each width find in the tree of a language model.

x = log p(a) is left open. Only the answer of greedy decoding needs a condition: x <= -1.5, so that it begins
with "the". A width B is enough to find the most likely sequence where B >= 4.
"""

from fractions import Fraction

from lemmata import calc, counterpart, figure, theorem
from numerics.decoding import beam_search, exhaustive, greedy, tree_model
from proofs.tree import admissible, edges, most_likely, named, s, score, the, x


def by_greedy(at):
    """The log-probability of what greedy decoding finds."""
    return greedy(tree_model(edges(at(x))), 3).log_prob


def by_beam(at, width, rank=1):
    """That of a sequence which a beam of this width finds, the best being of rank 1."""
    return beam_search(tree_model(edges(at(x))), width, 3).log_prob[rank - 1]


@theorem(named["the green"] < named["the red"], source="question 2.4.b")
def greedy_goes_on_with_red():
    """Where "the" is the first word, greedy decoding goes on with "red"."""
    return calc(named["the green"]).lt(named["the red"], by="definitions")


@theorem(
    score("the red rectangle") == Fraction("-9.1"),
    source="question 2.4.b",
    computed_by=counterpart(greedy, by_greedy, given=[*admissible, x <= the]),
)
def greedy_log_likelihood():
    """If x <= -1.5, greedy decoding finds "the red rectangle".

    At x = -1.5 the first words are equally probable, and the one that comes first is taken.
    """
    return calc(score("the red rectangle")).eq(Fraction("-9.1"), by="definitions")


@theorem(
    score("a blue square") == Fraction("-9.3"),
    source="question 2.4.b",
    computed_by=counterpart(greedy, by_greedy, given=[*admissible, the < x]),
)
def greedy_log_likelihood_where_a_is_likelier():
    """If x > -1.5, greedy decoding begins with "a" and finds "a blue square"."""
    return calc(score("a blue square")).eq(Fraction("-9.3"), by="definitions")


@theorem(score("the green") - s < score("a blue"), source="question 2.4.c")
def beam_after_two_words():
    """The sequences of two words: a beam of width 2 keeps "a blue" and "a red", whatever x is."""
    return (
        calc(score("the green") - s)
        .le(score("the green"))
        .lt(score("the red"), by="definitions")
        .lt(score("a red"), by="definitions")
        .lt(score("a blue"), by="definitions")
    )


@theorem(score("a blue ellipse") - s < score("a blue square"), source="question 2.4.c")
def beam_after_three_words():
    """What these two lead to: "a blue square" is found first, then "a red circle"."""
    return (
        calc(score("a blue ellipse") - s)
        .le(score("a blue ellipse"))
        .lt(score("a red square"), by="definitions")
        .lt(score("a red circle"), by="definitions")
        .lt(score("a blue square"), by="definitions")
    )


@theorem(
    score("a blue square") == Fraction("-9.3"),
    source="question 2.4.c",
    computed_by=counterpart(beam_search, lambda at: by_beam(at, 2), given=admissible),
)
def first_log_likelihood_of_the_beam():
    """The log-likelihood of the first."""
    return calc(score("a blue square")).eq(Fraction("-9.3"), by="definitions")


@theorem(
    score("a red circle") == Fraction("-9.4"),
    source="question 2.4.c",
    computed_by=counterpart(beam_search, lambda at: by_beam(at, 2, rank=2), given=admissible),
)
def second_log_likelihood_of_the_beam():
    """The log-likelihood of the second."""
    return calc(score("a red circle")).eq(Fraction("-9.4"), by="definitions")


@theorem(
    score("a blue square") < score("the red rectangle"),
    source="question 2.4.d",
    computed_by=[
        counterpart(beam_search, lambda at: (by_beam(at, 2), by_beam(at, 1)), given=[*admissible, x <= the]),
        counterpart(beam_search, lambda at: (by_beam(at, 2), by_beam(at, 3)), given=admissible),
    ],
)
def wider_beam_may_find_less():
    """A beam of width 2 finds less than greedy decoding, which is width 1, and than a beam of width 3."""
    return calc(score("a blue square")).lt(score("the red rectangle"), by="definitions")


@theorem(
    score("the red rectangle") < score("the green rectangle"),
    source="question 2.4.d",
    computed_by=[
        counterpart(greedy, lambda at: (by_greedy(at), most_likely(at)), given=[*admissible, x <= the]),
        counterpart(beam_search, lambda at: (by_beam(at, 3), by_beam(at, 4)), given=admissible),
    ],
)
def width_three_misses_the_most_likely():
    """Greedy decoding and a beam of width 3 miss the most likely sequence; one of width 4 finds it."""
    return calc(score("the red rectangle")).lt(score("the green rectangle"), by="definitions")


#: The pictures are the same for every x from -3.70 to -1.5.
DRAWN_AT = -2.0
PLAIN, KEPT, BEST = "0.6", "#0072b2", "#e69f00"


@figure("The tree with the beam of width 2", source="question 2.4.c", size=(8.0, 4.8))
def tree_with_the_beam(axes):
    """The tree, with log p(w_t | w_0 … w_{t-1}) on its edges and the sum from the root below each word.

    After each word a beam of width 2 keeps two sequences, ranked (1) and (2). At the second word it loses the
    most likely one.
    """
    tree = tree_model(edges(DRAWN_AT))
    kept = {
        tree.text(states): rank
        for length in (1, 2, 3)
        for rank, states in enumerate(beam_search(tree, 2, length).states, 1)
    }
    best = tree.text(exhaustive(tree, 3).states)
    places = nodes_of_the_tree()
    axes.set_axis_off()
    axes.set_xlim(-0.2, 3.35)
    axes.set_ylim(-5.6, 0.5)
    for words, place in places.items():
        draw_word(axes, words, place, kept.get(words))
        if words:
            before = places[words.rpartition(" ")[0]]
            draw_edge(axes, before, place, words in kept, f"{best} ".startswith(f"{words} "))
            write_log_probability(axes, words, before, place)
    axes.plot([], [], color=KEPT, linewidth=2, label="kept by the beam")
    axes.plot([], [], color=BEST, linewidth=9, alpha=0.45, label="most likely sequence")
    axes.legend(loc="lower left", frameon=False)


def nodes_of_the_tree():
    """Where the words stand: each sequence of three in a row, a word in the middle of what follows it."""
    drawn = list(edges(DRAWN_AT))
    rows = {words: -number for number, words in enumerate(w for w in drawn if w.count(" ") == 2)}
    places = {}
    for words in ("", *drawn):
        below = [row for leaf, row in rows.items() if not words or f"{leaf} ".startswith(f"{words} ")]
        places[words] = len(words.split()), sum(below) / len(below)
    return places


def draw_word(axes, words, place, rank):
    """A word with the sum from the root, in a blue box where the beam keeps it."""
    column, row = place
    box = {"boxstyle": "round,pad=0.35", "facecolor": "#d6e8f5" if rank else "white"}
    box["edgecolor"] = KEPT if rank else PLAIN
    axes.text(
        column, row, words.split()[-1] if words else "BOS", ha="center", va="center", bbox=box, zorder=3
    )
    if words:
        path = words.split()
        drawn = edges(DRAWN_AT)
        whole = sum(drawn[" ".join(path[: number + 1])] for number in range(len(path)))
        said = "x" if words == "a" else minus(whole)
        if rank:
            said = f"{said}  ({rank})"
        color = KEPT if rank else "0.3"
        axes.text(column, row - 0.3, said, ha="center", va="top", fontsize=8, color=color, zorder=3)


def draw_edge(axes, start, end, kept, best):
    """The edge to a word, with a broad band under it on the way to the most likely sequence."""
    columns, rows = zip(start, end, strict=True)
    if best:
        axes.plot(columns, rows, color=BEST, linewidth=9, alpha=0.45, solid_capstyle="butt", zorder=0)
    axes.plot(columns, rows, color=KEPT if kept else PLAIN, linewidth=2 if kept else 1, zorder=1)


def write_log_probability(axes, words, start, end):
    """The number on an edge."""
    said = {"a": "x", "a blue": "−4.3 − x", "a red": "−4.5 − x"}.get(words) or minus(edges(DRAWN_AT)[words])
    box = {"boxstyle": "round,pad=0.15", "facecolor": "white", "edgecolor": "none"}
    middle = [(first + last) / 2 for first, last in zip(start, end, strict=True)]
    axes.text(*middle, said, ha="center", va="center", fontsize=8, bbox=box, zorder=2)


def minus(value):
    """A number with one decimal and a real minus."""
    return f"{float(value):.1f}".replace("-", "−")


@figure("The best score by the width of the beam", source="question 2.4.d")
def best_score_by_width(axes):
    """The log-likelihood of the best sequence which a beam finds, by its width, where x <= -1.5. Width 1 is
    greedy decoding; width 2 finds less; from width 4 on the most likely sequence is found."""
    widths = range(1, 7)
    tree = tree_model(edges(DRAWN_AT))
    found = [beam_search(tree, width, 3).log_prob[0] for width in widths]
    greatest = exhaustive(tree, 3).log_prob
    axes.axhline(greatest, color=BEST, linewidth=6, alpha=0.45, label="most likely sequence")
    axes.plot(widths, found, "o", color=KEPT, label="best of the beam")
    for width, value in zip(widths, found, strict=True):
        axes.annotate(minus(value), (width, value), (0, -16), textcoords="offset points", ha="center")
    axes.set_ylim(-9.8, -7.9)
    axes.set_xticks(list(widths))
    axes.set_xlabel("beam width B")
    axes.set_ylabel("log-likelihood (nats)")
    axes.legend(loc="lower right", frameon=False)
