"""Well-formed contexts and statements: every name is declared, every index fits its place.

A symbolic dimension stands for every positive integer, so the only constant index it admits is 1.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace

from lemmata.kernel.composite import is_composite
from lemmata.kernel.context import RELATIONS, Context, Function, Statement, Variable
from lemmata.kernel.derivative import KNOWN_FUNCTIONS, KNOWN_NORMS, has_derivatives
from lemmata.kernel.errors import IllFormed
from lemmata.kernel.substitute import children, free_indices
from lemmata.kernel.terms import (
    Apply,
    Call,
    Count,
    Delta,
    Derivative,
    Determinant,
    Dim,
    End,
    Index,
    Integral,
    Inverse,
    Lambda,
    Limit,
    Maximum,
    Natural,
    Ref,
    Sort,
    Sum,
    Term,
)

PROPERTIES = frozenset(
    [
        "positive",
        "nonnegative",
        "integer",
        "symmetric",
        "invertible",
        "psd",
        "spd",
        "fullrank",
        "random",
        "onehot",
    ]
)


def require(condition: bool, message: str) -> None:
    """Raise IllFormed unless the condition holds."""
    if not condition:
        raise IllFormed(message)


@dataclass(frozen=True)
class Scope:
    """What the names in a term mean: the sorts of indices, the axes of variables, the functions."""

    dims: frozenset[str]
    indices: Mapping[str, Sort]
    tensors: Mapping[str, tuple[Sort, ...]]
    functions: Mapping[str, Function]

    def bind(self, *names: tuple[str, Sort]) -> Scope:
        """The scope below a binder."""
        indices = dict(self.indices)
        for name, sort in names:
            require(name not in indices and name not in self.dims, f"the index {name} is bound twice")
            self.check_sort(sort)
            indices[name] = sort
        return replace(self, indices=indices)

    def check_sort(self, sort: Sort) -> None:
        if isinstance(sort, str):
            require(sort in self.dims, f"the dimension {sort} is not declared")

    def check(self, term: Term) -> None:
        """Raise IllFormed unless the term is well-formed."""
        match term:
            case Count(index):
                self._number(index)
            case Ref(name, indices):
                require(name in self.tensors, f"the variable {name} is not declared")
                self._entry(f"the variable {name}", indices, self.tensors[name])
            case Delta(left, right):
                self._delta(left, right)
            case Sum(index, dim, body) | Maximum(index, dim, body):
                self.bind((index, dim)).check(body)
            case Apply(function, order, argument):
                self._elementwise(function, order)
                self.check(argument)
            case Inverse(row, column, dim, body, at):
                self._entry("an inverse", at, (dim, dim))
                self.bind((row, dim), (column, dim)).check(body)
            case Determinant(row, column, dim, body):
                self.bind((row, dim), (column, dim)).check(body)
            case Call():
                self._call(term)
            case Derivative(variable, body, wrt, at):
                axes = self.check_lambda(at)
                self._entry("a derivative", wrt, axes)
                require(variable not in self.tensors, f"the variable {variable} is bound twice")
                replace(self, tensors={**self.tensors, variable: axes}).check(body)
            case Limit(variable, body, at, side):
                require(side in ("+", "-") or (not side and bool(at)), f"{side} is no side of a limit")
                self._below(variable, body, at)
            case Integral(variable, body, lower, upper):
                self._below(variable, body, lower, upper)
            case _:
                for child in children(term):
                    self.check(child)

    def _below(self, variable: str, body: Term, *ends: End) -> None:
        """What stands below a real variable, and the ends of its range, in which it is not bound."""
        for end in ends:
            require(len(end) <= 1, "the end of a range is one term, or none")
            for term in end:
                self.check(term)
        require(variable not in self.tensors, f"the variable {variable} is bound twice")
        replace(self, tensors={**self.tensors, variable: ()}).check(body)

    def _number(self, index: Index) -> None:
        """A dimension or a time, used as a number."""
        natural = isinstance(self.indices.get(index.name), Natural)
        require(
            not index.name or index.name in self.dims or natural,
            f"{index.name} is no dimension and no natural number",
        )

    def _entry(self, what: str, indices: tuple[Index, ...], axes: tuple[Sort, ...]) -> None:
        require(len(indices) == len(axes), f"{what} has {len(axes)} indices, not {len(indices)}")
        for index, axis in zip(indices, axes, strict=True):
            require(
                self.fits(index, axis), f"the index {index} does not fit {what}, which needs one of {axis}"
            )

    def fits(self, index: Index, axis: Sort) -> bool:
        """Whether the index takes values of the sort only."""
        sort = self.indices.get(index.name)
        match axis, sort:
            case Natural(least), Natural(minimum):
                return minimum + index.offset >= least
            case Natural(least), None:
                return not index.name and index.offset >= least
            case _, None:
                largest = axis if isinstance(axis, int) else 1
                return not index.name and 1 <= index.offset <= largest
        return type(axis) is type(sort) and axis == sort and index.offset == 0

    def _delta(self, left: Index, right: Index) -> None:
        sorts = [self.indices[i.name] for i in (left, right) if i.name in self.indices]
        require(bool(sorts), "a delta needs an index")
        require(not isinstance(sorts[0], Natural), "a delta of natural numbers is not in the language")
        self._entry("a delta", (left, right), (sorts[0], sorts[0]))

    def _elementwise(self, name: str, order: int) -> None:
        if name in KNOWN_FUNCTIONS:
            require(order == 0, f"the derivative of {name} is written out")
            return
        require(name in self.functions, f"the function {name} is not declared")
        function = self.functions[name]
        require(function.inputs == ((),) and function.output == (), f"{name} is not a function of one number")

    def _call(self, term: Call) -> None:
        if term.function in KNOWN_NORMS:
            return self._norm(term)
        require(term.function in self.functions, f"the function {term.function} is not declared")
        function = self.functions[term.function]
        axes = tuple(map(self.check_lambda, term.arguments))
        require(axes == function.inputs, f"{term.function} needs arguments of the shapes {function.inputs}")
        self._entry(term.function, term.output, function.output)
        for slot, entry in term.partials:
            require(0 <= slot < len(axes), f"{term.function} has no argument {slot}")
            self._entry(term.function, entry, axes[slot])

    def _norm(self, term: Call) -> None:
        axes = tuple(map(self.check_lambda, term.arguments))
        if term.function in ("det", "inv"):
            require(len(axes) == 1 and is_composite(axes[0]), f"{term.function} needs a square matrix")
            require(not term.partials, f"{term.function} has no derivatives")
            return self._entry(term.function, term.output, axes[0] if term.function == "inv" else ())
        matrix = len(axes) == 1 and len(axes[0]) == 2
        square = matrix and axes[0][0] == axes[0][1]
        any_size = term.function in ("opnorm", "rank", "pinv")
        require(matrix and (square or any_size), f"{term.function} needs a matrix, not {axes}")
        known = has_derivatives(term.function, len(term.partials))
        require(known, f"{term.function} has no derivatives of the order {len(term.partials)}")
        output: tuple[Sort, ...] = axes[0][::-1] if term.function in ("pinv", "expm") else ()
        power = term.function == "matrix_power"
        self._entry(term.function, term.output, (Natural(0), *axes[0]) if power else output)
        for slot, entry in term.partials:
            require(slot == 0, f"{term.function} has one argument")
            self._entry(term.function, entry, axes[0])

    def check_lambda(self, tensor: Lambda) -> tuple[Dim, ...]:
        """The dimensions of a tensor given by its entries."""
        self.bind(*tensor.indices).check(tensor.body)
        return tuple(dim for _, dim in tensor.indices)


def check_statement(context: Context, statement: Statement) -> None:
    """Raise IllFormed unless the statement is well-formed in the context."""
    require(statement.relation in RELATIONS, f"{statement.relation} is no relation")
    scope = scope_of(context).bind(*statement.binders)
    scope.check(statement.left)
    scope.check(statement.right)
    if statement.relation == "->":
        check_limit(statement)


def check_limit(statement: Statement) -> None:
    """A limit is taken over the last binder, a natural number, of which the limit does not speak."""
    name, sort = statement.binders[-1] if statement.binders else ("", "")
    require(isinstance(sort, Natural), "a limit is taken over a natural number, the last binder")
    require(name not in free_indices(statement.right), f"the limit speaks of {name}")


def scope_of(context: Context) -> Scope:
    return Scope(
        frozenset(context.dims),
        {**{name: Natural(minimum) for name, minimum in context.naturals}, **dict(context.choices)},
        {variable.name: variable.shape for variable in context.variables},
        {function.name: function for function in context.functions},
    )


def check_context(context: Context) -> None:
    """Raise IllFormed unless all declarations, definitions and hypotheses are well-formed."""
    declared = [*context.dims, *(f.name for f in context.functions)]
    declared += [name for name, _ in (*context.naturals, *context.choices)]
    declared += [variable.name for variable in context.variables] + sorted(KNOWN_FUNCTIONS | KNOWN_NORMS)
    for name, times in Counter(declared).items():
        require(times == 1, f"the name {name} is declared twice")
    require(all(minimum >= 0 for _, minimum in context.naturals), "a natural number is at least 0")
    scope = scope_of(context)
    for _, dim in context.choices:
        scope.check_sort(dim)
    for variable in context.variables:
        _check_variable(scope, variable)
    for function in context.functions:
        for dim in (*function.output, *(dim for axes in function.inputs for dim in axes)):
            scope.check_sort(dim)
    labels = [label for label, _ in (*context.definitions, *context.hypotheses)]
    require(len(set(labels)) == len(labels), "two definitions or hypotheses have the same label")
    for label, statement in (*context.definitions, *context.hypotheses):
        require(bool(label), "a definition or hypothesis has no label")
        check_statement(context, statement)


def _check_variable(scope: Scope, variable: Variable) -> None:
    for axis in variable.shape:
        scope.check_sort(axis)
    require(
        variable.properties <= PROPERTIES,
        f"{variable.name}: unknown properties {sorted(variable.properties)}",
    )
    if variable.properties & {"symmetric", "invertible", "psd", "spd"}:
        square = len(variable.shape) == 2 and variable.shape[0] == variable.shape[1]
        require(
            square and not isinstance(variable.shape[0], Natural), f"{variable.name} is not a square matrix"
        )
    if "fullrank" in variable.properties:
        matrix = len(variable.shape) in (1, 2) and not any(isinstance(a, Natural) for a in variable.shape)
        require(matrix, f"{variable.name} is not a matrix")
    if "onehot" in variable.properties:
        require(variable.properties == {"onehot"}, f"{variable.name} is one-hot and has no other property")
        require(
            bool(variable.shape) and not isinstance(variable.shape[-1], Natural),
            f"{variable.name} has no axis along which it is one-hot",
        )
    require(variable.moments >= 0, f"{variable.name}: moments are counted from 0")
