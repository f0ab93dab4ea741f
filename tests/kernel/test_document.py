"""The document: what is written is read again, and what was not written by us is refused with a place."""

from __future__ import annotations

import json
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest

from lemmata.kernel import check, from_document, to_document, verify_text
from lemmata.kernel.certificate import (
    Absurd,
    AdditionTheorem,
    Attained,
    Between,
    BothSides,
    Cases,
    Certificate,
    Congruence,
    Continuous,
    Cut,
    Dense,
    DeterminantLaw,
    Differentiated,
    Discrete,
    Enclosed,
    EntryOfMaximum,
    Fermat,
    Floor,
    Flow,
    Frechet,
    Geometric,
    Increasing,
    Induction,
    Injective,
    Intertwine,
    InverseLaw,
    LimitOfQuotient,
    LimitValue,
    Maximiser,
    Monotone,
    OneSided,
    Penrose,
    PowerLaw,
    Primitive,
    Quotient,
    Range,
    Sine,
    SplitIntegral,
    Squeeze,
    Stretch,
    Tangent,
    Unit,
)
from lemmata.kernel.document import digest_of
from lemmata.kernel.errors import IllFormed, TooLarge
from lemmata.kernel.schema import RULES
from lemmata.kernel.terms import Lambda, Natural, Num
from tests.kernel.say import (
    add,
    apply,
    at,
    call,
    certificate,
    column,
    combine,
    context,
    count,
    delta,
    det,
    diff,
    eq,
    function,
    index,
    integral,
    inverse,
    largest,
    lemma_use,
    limit,
    matrix,
    mean,
    mul,
    power,
    ref,
    says,
    step,
    tensor,
    total,
    use,
    variable,
)

EVERY_TERM = add(
    Num(Fraction(-3, 7)),
    count("t-1"),
    ref("x"),
    total("i", "n", mul(delta("i", 1), power(ref("u", "i"), count("n")))),
    apply("σ", mean(ref("X")), 2),
    inverse(ref("A", "r", "s"), (1, 1)),
    det(ref("A", "r", "s"), dim="n"),
    call("f", tensor(ref("u", "i"), i="n"), by=((0, (1,)),)),
    diff("z", ref("z", 1), (1,), tensor(0, o=3)),
    limit(ref("z"), ref("x"), ""),
    limit(ref("z")),
    integral(ref("z"), ref("x")),
)
FULL = context(
    variable("x", positive=True, nonnegative=True),
    variable("u", "n"),
    variable("A", "n", "n", symmetric=True),
    variable("h", Natural(0), 3),
    variable("X", moments=2, random=True),
    variable("y"),
    dims="n",
    naturals=(("t", 1),),
    functions=(function("σ", 2), function("f", 1, (("n",),))),
    definitions=(("d", eq(ref("y"), EVERY_TERM)),),
    hypotheses=(("h1", says(ref("h", "s", 2), "<", EVERY_TERM, s=Natural(4), j="n")),),
)
TRIVIAL = eq(ref("x"), ref("x"))
EVERY_RULE = (
    step("a", TRIVIAL, combine(use("h1", 2, (("k", "n"),), s=7), slack=1, unfold=("d",), facts=("h1",))),
    step("b", TRIVIAL, Congruence("a", (), "o", ref("o"), ("a",))),
    step("c", TRIVIAL, Monotone("power", Fraction(1, 2), "a", ())),
    step("d", TRIVIAL, InverseLaw(inverse(ref("A", "r", "s"), (1, 1)), "left")),
    step(
        "e", TRIVIAL, Induction("t", "l", (step("f", TRIVIAL, combine()),), (step("f", TRIVIAL, combine()),))
    ),
    step(
        "g", TRIVIAL, Cases("l", TRIVIAL, (step("f", TRIVIAL, combine()),), (step("f", TRIVIAL, combine()),))
    ),
    step("h", TRIVIAL, DeterminantLaw("exchange", column("u"), column("u"))),
    step("i", TRIVIAL, OneSided("a", matrix("A"), matrix("A"))),
    step("j", TRIVIAL, Penrose("third", matrix("A"))),
    step("k", TRIVIAL, Dense("l", "A", (step("f", TRIVIAL, combine()),))),
    step("k2", TRIVIAL, Stretch("opnorm", matrix("A"), column("u"))),
    step("k3", TRIVIAL, Maximiser("eigmax", matrix("A"), "q", "l", "m", (step("f", TRIVIAL, combine()),))),
    step("k4", TRIVIAL, PowerLaw("left", matrix("A"))),
    step("k5", TRIVIAL, Differentiated((step("f", TRIVIAL, combine()),), ("a",))),
    step("k6", TRIVIAL, Fermat("a", (step("f", TRIVIAL, combine()),), ("a",))),
    step("l", TRIVIAL, EntryOfMaximum(largest("i", "n", ref("u", "i")), index(1))),
    step("m", TRIVIAL, Attained(largest("i", "n", ref("u", "i")), "a", "i", "o", ref("o"), ref("x"))),
    step("n", TRIVIAL, Between("a", "b")),
    step("o", TRIVIAL, Absurd("a", ("b",))),
    step("p", TRIVIAL, Unit("u", at("t", 1), "a", "i", "o", ref("o", 1), ref("x"))),
    step("q", TRIVIAL, Squeeze("t", "a", "b", "c")),
    step("r", TRIVIAL, Geometric(("a",))),
    step("s", TRIVIAL, Tangent(ref("x"), ("a",))),
    step("t", TRIVIAL, Quotient()),
    step("u", TRIVIAL, Continuous("t", "a", (("o", "b"),), ref("o"), ("a",))),
    step("w", TRIVIAL, LimitValue("h", ref("h"), ("a",), ("b",))),
    step("x", TRIVIAL, LimitOfQuotient("h", ref("h"), ref("h"), "a", ("b",))),
    step("y", TRIVIAL, BothSides("a", "b")),
    step(
        "z",
        TRIVIAL,
        Primitive("l", "q", ref("q"), ref("x"), "closed", ("a",), (step("f", TRIVIAL, combine()),)),
    ),
    step("v", TRIVIAL, SplitIntegral(ref("x"))),
    step("s2", TRIVIAL, Intertwine("a", matrix("A"), matrix("A"), matrix("A"))),
    step("s3", TRIVIAL, Frechet("a", "outer", matrix("A"), matrix("A"))),
    step("s4", TRIVIAL, Flow("τ", matrix("A"), matrix("A"), (step("f", TRIVIAL, combine()),))),
    step("t", TRIVIAL, Injective("power", Fraction(3), "a", ("b",))),
    step("u", TRIVIAL, Sine("a", "b", "c", "d", ("e",))),
    step("v", TRIVIAL, Range("atan", ref("x"), ("a",))),
    step("w", TRIVIAL, AdditionTheorem(ref("x"), ref("y"), ("a",))),
    step("x", TRIVIAL, Floor(ref("x"), ("a",))),
    step("y", TRIVIAL, Discrete("a", ("b",))),
    step("z", TRIVIAL, Enclosed((("x", "a", "b"),), 40, 2)),
    step(
        "A",
        TRIVIAL,
        Increasing(
            "s", ref("s"), ref("x"), ref("y"), "a", "l", "m", ("b",), (step("f", TRIVIAL, combine()),)
        ),
    ),
    step("B", TRIVIAL, Cut("a", "l", (step("f", TRIVIAL, combine()),))),
)
LEMMA = certificate(context(variable("y")), eq(ref("y"), ref("y")), combine(), name="lemma")
LAST = lemma_use(
    "lemma",
    dims={"n": 2},
    naturals={"t": "t+1"},
    tensors={"y": Lambda((), ref("x"))},
    functions={"σ": "σ"},
    premises={"h": "a"},
)
FULL_CERTIFICATE = certificate(FULL, TRIVIAL, *EVERY_RULE, LAST, lemmas=(LEMMA,))
SMALL = certificate(context(variable("x")), TRIVIAL, combine())


@pytest.mark.parametrize("cert", [FULL_CERTIFICATE, SMALL, LEMMA], ids=lambda cert: cert.name)
def test_round_trip(cert: Certificate) -> None:
    document = to_document(cert)
    assert from_document(document) == cert
    assert from_document(json.loads(json.dumps(document))) == cert
    assert to_document(from_document(document)) == document


def test_every_rule_is_among_them() -> None:
    proof = to_document(FULL_CERTIFICATE)["certificate"]["proof"]
    assert {step["by"][0] for step in proof} == set(RULES)


def test_digest_is_of_the_content() -> None:
    document = to_document(SMALL)
    assert document["digest"].startswith("sha256:")
    assert to_document(SMALL)["digest"] == document["digest"]
    assert to_document(LEMMA)["digest"] != document["digest"]
    assert check(SMALL, document["digest"]).digest == document["digest"]


def sealed(change: Callable[[dict[str, Any]], object]) -> str:
    """The small certificate, changed, with a digest that fits."""
    document = json.loads(json.dumps(to_document(SMALL)))
    change(document)
    document["digest"] = digest_of({key: document[key] for key in document if key != "digest"})
    return json.dumps(document)


def test_changed_certificate_needs_another_digest() -> None:
    document = to_document(SMALL)
    document["certificate"]["name"] = "another"
    assert "the digest does not fit" in verify_text(json.dumps(document)).reason
    assert verify_text(sealed(lambda d: d["certificate"].update(name="another"))).outcome == "proved"


def put(*path: Any, value: Any) -> Callable[[dict[str, Any]], object]:
    """A change: a value at a place of the certificate."""

    def change(document: dict[str, Any]) -> None:
        place = document["certificate"]
        for key in path[:-1]:
            place = place[key]
        place[path[-1]] = value

    return change


LEFT = ("statement", "left")
BAD: dict[str, tuple[Callable[[dict[str, Any]], object], str]] = {
    "another format": (lambda d: d.update(format="other"), "this kernel reads"),
    "another version": (lambda d: d.update(version=3), "this kernel reads"),
    "version true": (lambda d: d.update(version=True), "this kernel reads"),
    "a field too many": (lambda d: d.update(more=1), "a document has the fields"),
    "no certificate": (lambda d: d.update(certificate=None), "certificate: needs an object"),
    "a missing field": (lambda d: d["certificate"].pop("proof"), "needs an object with the fields"),
    "an unknown field": (put("axioms", value=[]), "needs an object with the fields"),
    "an unknown term": (put(*LEFT, value=["sorry"]), "begins with one of"),
    "a term without a tag": (put(*LEFT, value=[]), "begins with one of"),
    "a tag that is no text": (put(*LEFT, value=[["ref"], "x"]), "begins with one of"),
    "a term with too many parts": (put(*LEFT, value=["num", "1", "2"]), "`num` with 1 parts"),
    "a term that is a number": (put(*LEFT, value=1), "begins with one of"),
    "an unknown rule": (put("proof", 0, "by", value=["trust", "me"]), "begins with one of"),
    "a name that is a number": (put("name", value=1), "needs a text"),
    "an empty name": (put("name", value=""), "needs a text"),
    "a long name": (put("name", value="x" * 81), "needs a text"),
    "a name with an operator": (put(*LEFT, value=["ref", "x + y", []]), "needs a name"),
    "a name with #": (put("statement", "binders", value=[["#1", 3]]), "needs a name"),
    "a name with ·": (put(*LEFT, value=["ref", "·0", []]), "needs a name"),
    "a dimension 0": (put("statement", "binders", value=[["i", 0]]), "needs a dimension"),
    "a dimension true": (put("statement", "binders", value=[["i", True]]), "needs a dimension"),
    "a negative minimum": (put("context", "naturals", value=[["t", -1]]), "needs a natural number"),
    "a huge offset": (put(*LEFT, value=["count", ["", 10**7]]), "needs an integer"),
    "an offset that is a fraction": (put(*LEFT, value=["count", ["", 0.5]]), "needs an integer"),
    "a number as a number": (put(*LEFT, value=["num", 1]), "needs a fraction"),
    "a decimal": (put(*LEFT, value=["num", "0.5"]), "needs a fraction"),
    "a division by 0": (put(*LEFT, value=["num", "1/0"]), "needs a fraction"),
    "a sign below": (put(*LEFT, value=["num", "1/-2"]), "needs a fraction"),
    "two signs": (put(*LEFT, value=["num", "--1"]), "needs a fraction"),
    "an empty fraction": (put(*LEFT, value=["num", ""]), "needs a fraction"),
    "a fraction with spaces": (put(*LEFT, value=["num", " 1"]), "needs a fraction"),
    "a long fraction": (put(*LEFT, value=["num", "1" * 101]), "needs a fraction"),
    "other digits": (put(*LEFT, value=["num", "١"]), "needs a fraction"),
    "not a number": (put(*LEFT, value=["num", float("nan")]), "needs a fraction"),
    "a list for a context": (put("context", value=[]), "needs an object"),
    "an object for a proof": (put("proof", value={}), "needs a list"),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_document_is_invalid_with_its_place(name: str) -> None:
    change, reason = BAD[name]
    answer = verify_text(sealed(change))
    assert answer.outcome == "invalid"
    assert reason in answer.reason


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "null",
        "[]",
        "1",
        '"a"',
        "NaN",
        "{}",
        "[" * 100_000,
        '{"a":' * 5000,
        "9" * 5000,
        "\x00",
        "\ufeff{}",
    ],
    ids=lambda text: text[:8],
)
def test_no_document_is_invalid(text: str) -> None:
    answer = verify_text(text)
    assert answer.outcome == "invalid"
    assert answer.reason


def nested(depth: int) -> object:
    term: object = ["num", "1"]
    for _ in range(depth):
        term = ["mul", [term]]
    return term


def test_limits() -> None:
    deep = put(*LEFT, value=nested(80))
    assert "150 deep" in verify_text(sealed(deep)).reason
    wide = put(*LEFT, value=["add", [["num", "1"]] * 100_001])
    assert "at most 100000 values" in verify_text(sealed(wide)).reason
    assert "at most 2000000 characters" in verify_text(" " * 4_000_001).reason


def test_within_the_limits() -> None:
    assert verify_text(sealed(put(*LEFT, value=["mul", [["ref", "x", []], nested(60)]]))).outcome == "proved"


def test_errors_of_from_document() -> None:
    with pytest.raises(IllFormed, match="digest"):
        from_document({**to_document(SMALL), "digest": "sha256:0"})
    with pytest.raises(TooLarge):
        from_document(json.loads(sealed(put(*LEFT, value=nested(80)))))


def test_name_that_is_no_text_in_utf8() -> None:
    """Half of a surrogate pair is a letter to Python and to JSON, and cannot be printed."""

    def rename(document: dict[str, Any]) -> None:
        document["certificate"]["context"]["variables"][0].update(name="\ud800", shape=[2])
        square = ["sum", "i", 2, ["mul", [["ref", "\ud800", [["i", 0]]]] * 2]]
        document["certificate"]["statement"].update(left=square, right=square)
        document["certificate"]["proof"][0]["claim"].update(left=square, right=square)

    assert verify_text(sealed(rename)).outcome == "invalid"


def test_long_statements_are_not_written_out() -> None:
    """The order of a derivative is written as so many primes."""
    term = ["apply", "f", 10**6, ["ref", "x", []]]

    def differentiate(document: dict[str, Any]) -> None:
        f = {"name": "f", "inputs": [[]], "output": [], "order": 10**6}
        document["certificate"]["context"]["functions"].append(f)
        document["certificate"]["statement"].update(left=term, right=term)

    answer = verify_text(sealed(differentiate))
    assert len(answer.statement) + len(answer.reason) < 10_000
