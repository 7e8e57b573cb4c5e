"""How a parsed form is written: each node becomes a function of the filled slots, once, when the form is first used."""

import operator
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

from jinja2 import nodes

Writer = Callable[[Mapping[str, str]], str]
Value = Callable[[Mapping[str, str]], Any]
"""What an expression stands for; a slot that was left out is an empty text."""


def capital(text: str) -> str:
    """Return the text with its first letter in upper case."""
    return text[:1].upper() + text[1:]


FILTERS: Mapping[str, Callable[[str], str]] = {"capital": capital}
"""The filters a form may use."""

_COMPARISONS: Mapping[str, Callable[[Any, Any], bool]] = {
    "eq": operator.eq,
    "ne": operator.ne,
    "lt": operator.lt,
    "lteq": operator.le,
    "gt": operator.gt,
    "gteq": operator.ge,
    "in": lambda one, many: one in many,
    "notin": lambda one, many: one not in many,
}


class EmptySlot(LookupError):
    """A slot that a form cannot do without was absent or empty; the message is its name."""


def writer(tree: nodes.Template, required: Collection[str] = ()) -> Writer:
    """Return what writes a form. Raises TypeError for a node that no form may hold.

    What it returns raises EmptySlot where a required slot, which stands outside every condition, is not filled.
    """
    return _block(tree.body, required)


def _block(body: Sequence[nodes.Node], required: Collection[str] = ()) -> Writer:
    parts = [part for node in body for part in _parts(node, required)]
    match parts:
        case [only]:
            return only
        case [first, second]:
            return lambda slots: first(slots) + second(slots)
        case [first, second, third]:
            return lambda slots: first(slots) + second(slots) + third(slots)
    return lambda slots: "".join([part(slots) for part in parts])


def _parts(node: nodes.Node, required: Collection[str]) -> list[Writer]:
    match node:
        case nodes.Output():
            return [_text(inner, required) for inner in node.nodes]
        case nodes.If():
            return [_choice(node)]
    raise TypeError(f"no form holds {type(node).__name__}")


def _text(node: nodes.Expr, required: Collection[str]) -> Writer:
    match node:
        case nodes.TemplateData():
            return _constant(node.data)
        case nodes.Name():
            name = node.name
            return _needed(name) if name in required else lambda slots: slots.get(name, "")
    value = _value(node)
    needed = [_needed(name.name) for name in node.find_all(nodes.Name) if name.name in required]

    def write(slots: Mapping[str, str]) -> str:
        for each in needed:
            each(slots)
        return str(value(slots))

    return write


def _needed(name: str) -> Writer:
    def write(slots: Mapping[str, str]) -> str:
        text = slots.get(name)
        if not text:
            raise EmptySlot(name)
        return text

    return write


def _constant(value: Any) -> Value:
    return lambda _slots: value


def _choice(node: nodes.If) -> Writer:
    if isinstance(node.test, nodes.Name) and not node.elif_ and not node.else_:
        name, frame = node.test.name, _frame(node)
        if frame:  # by far the most common choice: a slot with the words around it, or nothing
            before, after = frame
            return lambda slots: f"{before}{text}{after}" if (text := slots.get(name)) else ""
        filled = _block(node.body)
        return lambda slots: filled(slots) if slots.get(name) else ""
    branches = [(_expression(part.test), _block(part.body)) for part in (node, *node.elif_)]
    otherwise = _block(node.else_)

    def write(slots: Mapping[str, str]) -> str:
        for test, then in branches:
            if test(slots):
                return then(slots)
        return otherwise(slots)

    return write


def _frame(node: nodes.If) -> tuple[str, str] | None:
    """Return the words around the slot a choice asks for; None where anything else stands in it."""
    inner = [part for each in node.body for part in (each.nodes if isinstance(each, nodes.Output) else [each])]
    words = [part.data if isinstance(part, nodes.TemplateData) else None for part in inner]
    if words.count(None) != 1 or (place := words.index(None)) != _place(inner, node.test):
        return None
    return "".join(filter(None, words[:place])), "".join(filter(None, words[place:]))


def _place(parts: Sequence[nodes.Node], wanted: nodes.Node) -> int | None:
    return next((at for at, part in enumerate(parts) if part == wanted), None)


def _expression(node: nodes.Node) -> Value:
    if not isinstance(node, nodes.Expr):
        raise TypeError(f"no form asks for {type(node).__name__}")
    return _value(node)


def _value(node: nodes.Expr) -> Value:
    match node:
        case nodes.Name():
            name = node.name
            return lambda slots: slots.get(name, "")
        case nodes.Const():
            return _constant(node.value)
        case nodes.TemplateData():
            return _constant(node.data)
        case nodes.Not():
            inner = _value(node.node)
            return lambda slots: not inner(slots)
        case nodes.And():
            left, right = _value(node.left), _value(node.right)
            return lambda slots: left(slots) and right(slots)
        case nodes.Or():
            left, right = _value(node.left), _value(node.right)
            return lambda slots: left(slots) or right(slots)
        case nodes.Filter() if node.node is not None:
            inner, change = _value(node.node), FILTERS[node.name]
            return lambda slots: change(str(inner(slots)))
        case nodes.CondExpr():
            test, then = _value(node.test), _value(node.expr1)
            other = _value(node.expr2) if node.expr2 is not None else _constant("")
            return lambda slots: then(slots) if test(slots) else other(slots)
        case nodes.Compare():
            return _comparison(node)
    raise TypeError(f"no form holds {type(node).__name__}")


def _comparison(node: nodes.Compare) -> Value:
    first = _value(node.expr)
    steps = [(_COMPARISONS[step.op], _value(step.expr)) for step in node.ops]

    def compare(slots: Mapping[str, str]) -> bool:
        left = first(slots)
        for holds, value in steps:
            right = value(slots)
            if not holds(left, right):
                return False
            left = right
        return True

    return compare
