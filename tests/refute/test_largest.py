"""A hypothesis f(k) = max f holds for a function f that is no exact number, where f is smaller elsewhere."""

from __future__ import annotations

import pytest

from lemmata import choice, dims, index, maximum, vector
from lemmata.language.build import exp, total
from lemmata.language.context import context_of
from lemmata.language.expr import Expr, Statement
from lemmata.language.lower import lower_statement
from lemmata.refute import Attack, Budget, attack

(n,) = dims("n")
x, y = vector("x", n), vector("y", n)
i, j, k = index("i", n), index("j", n), choice("k", n)
f = exp(x[i] + 1) / total(exp(x[j] + 1), j)
at_k = exp(x[k] + 1) / total(exp(x[j] + 1), j)


def attacked(claim: Statement, given: Statement) -> Attack:
    context = context_of((claim,), [("given", given)])
    return attack(context, lower_statement(claim), Budget(instances=60))


@pytest.mark.parametrize("given", [at_k == maximum(f, i), maximum(f, i) == at_k])
def test_the_largest_value_is_seen_to_be_one_of_balls(given: Statement) -> None:
    assert attacked(x[k] == maximum(x[i], i), given).instances > 0
    found = attacked(y[k] == maximum(y[i], i), given).counterexample
    assert found is not None
    assert dict(found.naturals)["k"] <= dict(found.dims)["n"]


@pytest.mark.parametrize("more", [exp(x[i] + 2), exp(x[i] + 1) + 1, exp(x[k] + 1) + exp(x[i])])
def test_what_is_larger_at_the_index_is_not_attained_there(more: Expr) -> None:
    assert attacked(x[k] == maximum(x[i], i), exp(x[k] + 1) == maximum(more, i)).instances == 0
