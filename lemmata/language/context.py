"""The context of a statement: everything its expressions speak of, found by walking through them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from lemmata.kernel import context as kernel
from lemmata.kernel.environment import instance
from lemmata.kernel.terms import Index, Natural, Ref, Sort
from lemmata.language.declare import Definition, Field, Function, Variable
from lemmata.language.errors import NameClash
from lemmata.language.expr import Expr, Statement, same, subexpressions
from lemmata.language.lower import lower_statement
from lemmata.language.names import Plain, tidied
from lemmata.language.products import axes, factors


@dataclass
class _Found:
    """What was met so far, in the order of meeting."""

    names: dict[str, object] = field(default_factory=dict)
    dims: dict[str, None] = field(default_factory=dict)
    times: dict[str, int] = field(default_factory=dict)
    choices: dict[str, str | int] = field(default_factory=dict)
    variables: dict[str, Variable] = field(default_factory=dict)
    functions: dict[str, Function | Field] = field(default_factory=dict)
    definitions: dict[str, Definition] = field(default_factory=dict)
    #: The time which a recurrence binds, while its step is looked at.
    bound: str = ""

    def claim(self, name: str, what: object) -> bool:
        """Note what a name stands for; whether it is new. Raises NameClash."""
        if name not in self.names:
            self.names[name] = what
            return True
        if self.names[name] != what:
            raise NameClash(f"{name} stands for two things: {_said(self.names[name])} and {_said(what)}")
        return False

    def statement(self, statement: Statement) -> None:
        outer, self.bound = self.bound, statement.over[0] if statement.over else self.bound
        self.expr(statement.left)
        self.expr(statement.right)
        self.bound = outer

    def expr(self, expr: Expr) -> None:
        for part in subexpressions(expr):
            self.shape(part.shape)
            if part.head == "size":
                self.dim(part.data)
            elif part.head == "time":
                self.time(*part.data)
            elif part.head == "member" and part.data[1] is not None:
                (self.time if part.args[0].data.over == "time" else self.index)(*part.data[1])
            elif part.head in ("index_sum", "index_max", "column"):
                self.index(*part.data)
            elif part.head == "chosen":
                self.index(*part.data[1])
            elif part.head in ("entry", "at_words"):
                for place in part.data:
                    if place is not None and place[1] is not None:
                        self.index(*place[1])
            elif part.head in ("apply", "call", "gradient_at") and not isinstance(part.data, str):
                self.function(part.data)
            elif part.head == "variable":
                self.variable(part.data)

    def shape(self, shape: Iterable[str | int]) -> None:
        for whole in shape:
            for dim in factors(whole):
                if isinstance(dim, str):
                    self.dim(dim)

    def dim(self, name: str) -> None:
        if self.claim(name, "a dimension"):
            self.dims[name] = None

    def time(self, name: str, start: int) -> None:
        """A time; where several starts are met, the statement is about the latest."""
        self.claim(name, "a time")
        if name != self.bound:
            self.times[name] = max(start, self.times.get(name, 0))

    def index(self, name: str, dim: str | int, kind: str = "") -> None:
        """An index; it is no part of the context, but its name must not mean something else. A choice is."""
        if self.claim(name, f"{'a choice' if kind else 'an index'} over 1..{dim}") and kind:
            self.choices[name] = dim
        self.shape((dim, 1))

    def function(self, said: Function | Field) -> None:
        function = said.base if isinstance(said, Function) else said
        if self.claim(function.name, function):
            self.functions[function.name] = function
            if isinstance(function, Field):
                for shape in (*function.inputs, function.output):
                    self.shape(shape)

    def variable(self, variable: Variable) -> None:
        new = self.claim(variable.name, variable)
        if not new:
            self.check_definitions(variable)
            return
        # Recurrences which refer to each other are met together, and stay in the order of their declaration.
        group = variable.together or (variable,)
        for member in group:
            if member is not variable:
                self.claim(member.name, member)
            self.shape(member.shape)
            if isinstance(member.over, str) and member.over != "time":
                self.dim(member.over)
            self.variables[member.name] = member
        definitions = [definition for member in group for definition in member.definitions]
        for definition in definitions:
            self.expr_of_definition(definition)
        self.definitions |= {definition.label: definition for definition in definitions}

    def expr_of_definition(self, definition: Definition) -> None:
        """What a definition speaks of, without its own time."""
        outer, left = self.bound, definition.statement.left
        self.bound = left.data[0][0] if left.head == "member" else ""
        self.expr(definition.statement.right)
        self.bound = outer

    def check_definitions(self, variable: Variable) -> None:
        known = self.variables[variable.name]
        pairs = zip(known.definitions, variable.definitions, strict=False)
        alike = len(known.definitions) == len(variable.definitions) and all(
            same(a.statement.right, b.statement.right) for a, b in pairs
        )
        if known is not variable and not alike:
            raise NameClash(f"{variable.name} is defined in two ways")


def _said(what: object) -> str:
    if isinstance(what, Variable):
        words = [f"a variable of shape {what.shape[0]} x {what.shape[1]}", *sorted(what.properties)]
        words += [f"a family over {what.over}"] if what.over is not None else []
        return ", ".join([*words, *([f"in LaTeX {what.latex}"] if what.latex else [])])
    if isinstance(what, Function | Field):
        return f"a function, {what.order} times differentiable"
    return str(what)


def _kernel_variable(variable: Variable) -> kernel.Variable:
    first: tuple[Sort, ...] = ()
    if variable.over is not None:
        first = (Natural(0) if variable.over == "time" else variable.over,)
    return kernel.Variable(
        variable.name, (*first, *axes(variable.shape)), variable.properties, variable.moments
    )


def _kernel_function(function: Function | Field) -> kernel.Function:
    if isinstance(function, Function):
        return kernel.Function(function.name, ((),), (), function.order)
    inputs = tuple(map(axes, function.inputs))
    return kernel.Function(function.name, inputs, axes(function.output), function.order)


def lower_definition(definition: Definition) -> kernel.Statement:
    """A definition, whose binders are all indices of its left side, a time from 1 on among them."""
    lowered = lower_statement(definition.statement)
    if not isinstance(lowered.left, Ref):
        raise NameClash(f"{definition.label} does not define a variable")
    first = lowered.left.indices[:1]
    time = (
        definition.statement.left.head == "member"
        and first
        and first[0].name
        and first[0].name not in dict(lowered.binders)
    )
    binders: tuple[tuple[str, Sort], ...] = lowered.binders
    if time:
        binders = ((first[0].name, Natural(1)), *binders)
    return kernel.Statement(binders, "=", lowered.left, lowered.right)


def context_of(
    statements: Iterable[Statement] = (),
    hypotheses: Iterable[tuple[str, Statement]] = (),
    expressions: Iterable[Expr] = (),
) -> kernel.Context:
    """The kernel's context for some statements under labelled hypotheses.

    Raises NameClash where one name stands for two things.
    """
    found, labelled = _Found(), tuple(hypotheses)
    for statement in (*statements, *(statement for _, statement in labelled)):
        found.statement(statement)
    for expr in expressions:
        found.expr(expr)
    definitions = [(label, _freed(lower_definition(d), found)) for label, d in found.definitions.items()]
    return kernel.Context(
        tuple(found.dims),
        tuple(found.times.items()),
        tuple(map(_kernel_variable, found.variables.values())),
        tuple(map(_kernel_function, found.functions.values())),
        tuple(definitions),
        tuple((label, lower_statement(statement)) for label, statement in labelled),
        tuple(found.choices.items()),
    )


def _freed(statement: kernel.Statement, found: _Found) -> kernel.Statement:
    """The time of a recurrence is bound in its step, so that it needs a name of its own."""
    names = [name for name, sort in statement.binders if isinstance(sort, Natural) and name in found.times]
    if not names:
        return statement
    (name,) = names
    fresh = f"{name}%"
    renamed = instance(statement, [(name, Index(fresh))], Plain())
    binders = ((fresh, Natural(1)), *statement.binders[1:])
    return kernel.Statement(binders, "=", renamed.left, tidied(renamed.right))
