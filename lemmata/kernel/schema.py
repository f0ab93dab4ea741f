"""The schema of certificates: which JSON stands for which term, context, rule and certificate."""

from __future__ import annotations

from lemmata.kernel import certificate as c
from lemmata.kernel import terms as t
from lemmata.kernel.codec import (
    Codec,
    Reader,
    dim,
    either,
    fraction,
    label,
    many,
    name,
    natural,
    record,
    row,
    source,
    tagged,
    whole,
    word,
)
from lemmata.kernel.context import Context, Function, Statement, Variable

index = row(word, whole, build=t.Index, parts=lambda value: (value.name, value.offset))
time = record(t.Natural, minimum=natural)
sort = either(time, lambda value: isinstance(value, t.Natural | dict), dim)


def _later(codec: str) -> Codec:
    """A codec of this file by name, for those which refer to each other."""

    def read(value: object, reader: Reader) -> object:
        return globals()[codec].read(value, reader)

    return Codec(lambda value: globals()[codec].write(value), read)


term, proof, certificate = _later("terms"), _later("steps"), _later("certificates")
tensor = record(t.Lambda, indices=many(row(name, dim)), body=term)
indices = many(index)
pair = row(index, index)

_TERMS: dict[str, tuple[type, tuple[tuple[str, Codec], ...]]] = {
    "num": (t.Num, (("value", fraction),)),
    "count": (t.Count, (("index", index),)),
    "ref": (t.Ref, (("name", name), ("indices", indices))),
    "delta": (t.Delta, (("left", index), ("right", index))),
    "add": (t.Add, (("terms", many(term)),)),
    "mul": (t.Mul, (("factors", many(term)),)),
    "pow": (t.Pow, (("base", term), ("exponent", term))),
    "sum": (t.Sum, (("index", name), ("dim", dim), ("body", term))),
    "max": (t.Maximum, (("index", name), ("dim", dim), ("body", term))),
    "apply": (t.Apply, (("function", name), ("order", natural), ("argument", term))),
    "inverse": (t.Inverse, (("row", name), ("column", name), ("dim", dim), ("body", term), ("at", pair))),
    "det": (t.Determinant, (("row", name), ("column", name), ("dim", dim), ("body", term))),
    "call": (
        t.Call,
        (
            ("function", name),
            ("output", indices),
            ("arguments", many(tensor)),
            ("partials", many(row(natural, indices))),
        ),
    ),
    "derivative": (t.Derivative, (("variable", name), ("body", term), ("wrt", indices), ("at", tensor))),
    "mean": (t.Expectation, (("body", term),)),
    "limit": (t.Limit, (("variable", name), ("body", term), ("at", many(term)), ("side", word))),
    "integral": (
        t.Integral,
        (("variable", name), ("body", term), ("lower", many(term)), ("upper", many(term))),
    ),
}
terms = tagged(lambda: _TERMS)

statement = record(Statement, binders=many(row(name, sort)), relation=label, left=term, right=term)
properties = Codec(sorted, lambda value, reader: frozenset(many(name).read(value, reader)))
variable = record(Variable, name=name, shape=many(sort), properties=properties, moments=natural)
function = record(Function, name=name, inputs=many(many(dim)), output=many(dim), order=natural)
labelled = many(row(label, statement))
context = record(
    Context,
    dims=many(name),
    naturals=many(row(name, natural)),
    choices=many(row(name, dim)),
    variables=many(variable),
    functions=many(function),
    definitions=labelled,
    hypotheses=labelled,
)

values = many(row(name, index))
use = record(c.Use, premise=label, at=values, sums=many(row(name, dim)), times=term)
_GENERAL = (("premise", label), ("index", name), ("hole", name), ("left", term), ("right", term))
_RULES: dict[str, tuple[type, tuple[tuple[str, Codec], ...]]] = {
    "combine": (
        c.Combine,
        (("using", many(use)), ("slack", term), ("unfold", many(label)), ("facts", many(label))),
    ),
    "congruence": (
        c.Congruence,
        (("premise", label), ("at", values), ("hole", name), ("template", term), ("facts", many(label))),
    ),
    "monotone": (
        c.Monotone,
        (("function", name), ("exponent", fraction), ("premise", label), ("facts", many(label))),
    ),
    "inverse": (c.InverseLaw, (("matrix", term), ("side", name), ("facts", many(label)))),
    "determinant": (c.DeterminantLaw, (("law", name), ("left", tensor), ("right", tensor))),
    "penrose": (c.Penrose, (("law", name), ("matrix", tensor))),
    "stretch": (c.Stretch, (("norm", name), ("matrix", tensor), ("vector", tensor))),
    "power": (c.PowerLaw, (("law", name), ("matrix", tensor))),
    "one-sided": (c.OneSided, (("premise", label), ("left", tensor), ("right", tensor))),
    "entry": (c.EntryOfMaximum, (("maximum", term), ("at", index))),
    "attained": (c.Attained, (("maximum", term), *_GENERAL)),
    "between": (c.Between, (("below", label), ("above", label))),
    "absurd": (c.Absurd, (("premise", label), ("facts", many(label)))),
    "unit": (c.Unit, (("variable", name), ("at", indices), *_GENERAL)),
    "squeeze": (c.Squeeze, (("on", name), ("below", label), ("above", label), ("limit", label))),
    "geometric": (c.Geometric, (("facts", many(label)),)),
    "quotient": (c.Quotient, ()),
    "continuous": (
        c.Continuous,
        (
            ("on", name),
            ("equation", label),
            ("limits", many(row(name, label))),
            ("template", term),
            ("facts", many(label)),
        ),
    ),
    "tangent": (c.Tangent, (("exponent", term), ("facts", many(label)))),
    "limit": (
        c.LimitValue,
        (("variable", name), ("form", term), ("known", many(label)), ("facts", many(label))),
    ),
    "slopes": (
        c.LimitOfQuotient,
        (("variable", name), ("top", term), ("bottom", term), ("premise", label), ("facts", many(label))),
    ),
    "sides": (c.BothSides, (("below", label), ("above", label))),
    "primitive": (
        c.Primitive,
        (
            ("label", label),
            ("variable", name),
            ("primitive", term),
            ("rest", term),
            ("range", name),
            ("facts", many(label)),
            ("proof", proof),
        ),
    ),
    "split": (c.SplitIntegral, (("at", term),)),
    "injective": (
        c.Injective,
        (("function", name), ("exponent", fraction), ("premise", label), ("facts", many(label))),
    ),
    "sine": (
        c.Sine,
        (("premise", label), ("cosine", label), ("below", label), ("above", label), ("facts", many(label))),
    ),
    "range": (c.Range, (("function", name), ("argument", term), ("facts", many(label)))),
    "addition": (c.AdditionTheorem, (("first", term), ("second", term), ("facts", many(label)))),
    "floor": (c.Floor, (("argument", term), ("facts", many(label)))),
    "discrete": (c.Discrete, (("premise", label), ("facts", many(label)))),
    "enclosed": (
        c.Enclosed,
        (("box", many(row(name, label, label))), ("bits", natural), ("depth", natural)),
    ),
    "increasing": (
        c.Increasing,
        (
            ("variable", name),
            ("function", term),
            ("lower", term),
            ("upper", term),
            ("premise", label),
            ("above", label),
            ("below", label),
            ("facts", many(label)),
            ("slope", proof),
        ),
    ),
    "induction": (c.Induction, (("on", name), ("label", label), ("base", proof), ("step", proof))),
    "cases": (c.Cases, (("label", label), ("on", statement), ("first", proof), ("second", proof))),
    "cut": (c.Cut, (("premise", label), ("label", label), ("proof", proof))),
    "dense": (c.Dense, (("label", label), ("variable", name), ("proof", proof))),
    "maximiser": (
        c.Maximiser,
        (
            ("norm", name),
            ("matrix", tensor),
            ("vector", name),
            ("unit", label),
            ("attained", label),
            ("proof", proof),
        ),
    ),
    "intertwine": (
        c.Intertwine,
        (("premise", label), ("left", tensor), ("right", tensor), ("between", tensor)),
    ),
    "frechet": (
        c.Frechet,
        (("premise", label), ("side", name), ("matrix", tensor), ("direction", tensor)),
    ),
    "flow": (c.Flow, (("time", name), ("matrix", tensor), ("flow", tensor), ("proof", proof))),
    "differentiated": (c.Differentiated, (("proof", proof), ("facts", many(label)))),
    "fermat": (c.Fermat, (("premise", label), ("proof", proof), ("facts", many(label)))),
    "lemma": (
        c.LemmaUse,
        (
            ("lemma", label),
            ("dims", many(row(name, dim))),
            ("naturals", values),
            ("tensors", many(row(name, tensor))),
            ("functions", many(row(name, name))),
            ("premises", many(row(label, label))),
        ),
    ),
}
RULES = tuple(_RULES)
steps = many(record(c.Step, id=label, claim=statement, by=tagged(lambda: _RULES)))
certificates = record(
    c.Certificate,
    name=label,
    context=context,
    statement=statement,
    proof=steps,
    lemmas=many(certificate),
    axiom=source,
)
