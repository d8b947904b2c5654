"""Jinja2 templates, sandboxed and bounded. The only importer of jinja2; templates come in as strings.

A template in a vault is data from elsewhere: the vault is synced, and may be shared. So it gets plain values, no
attribute that leads out of them, nothing that changes them, and a budget: of what it writes, of how large a value may
become, and of how often it may loop and call.
"""

from __future__ import annotations

import datetime as dt
import re
import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from jinja2 import FunctionLoader, StrictUndefined, nodes, pass_context
from jinja2.exceptions import SecurityError, TemplateError, TemplateNotFound
from jinja2.filters import FILTERS
from jinja2.meta import find_referenced_templates
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.visitor import NodeTransformer

from jobvault import errors

MOST_OUTPUT = 5_000_000
"""How many characters one template may write, or hold in one value."""
MOST_STEPS = 1_000_000
"""How many rounds of loops, and calls, one template may make."""
MOST_ITEMS = 100_000
"""How long a list may be that an operator makes; ``range`` makes a tenth of it."""
_MOST_BITS = 256
_NO_TEXT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff]")
"""What no line of a note may hold; other line ends are among it."""
_WEIGHT = 4
"""How many items or characters, looked at at once, count as one step; the next are for going through them, and for
copying them."""
_LIGHT_WEIGHT, _COPY_WEIGHT = 64, 1024

_FILTERS = (
    "abs", "capitalize", "count", "d", "default", "dictsort", "first", "float", "groupby", "int", "items", "last",
    "length", "list", "lower", "map", "max", "min", "reject", "rejectattr", "reverse", "select", "selectattr", "sort",
    "string", "title", "trim", "truncate", "unique", "upper", "wordcount",
)  # fmt: skip
"""Jinja's own filters that make nothing larger than what they are given, and the same each time."""
JINJA_FILTERS = tuple(sorted({*_FILTERS, "join", "replace"} - {"d", "count"}))
"""What of Jinja's own filters templates may use; the names that say the same left out."""
_ATTRIBUTES: tuple[tuple[type | tuple[type, ...], frozenset[str]], ...] = (
    (str, frozenset({"endswith", "lower", "removeprefix", "removesuffix", "split", "startswith", "strip", "upper"})),
    (dict, frozenset({"get", "items", "keys", "values"})),
    ((list, tuple), frozenset({"count", "index"})),
    (dt.date, frozenset({"day", "isoformat", "isoweekday", "month", "weekday", "year"})),
    (dt.time, frozenset({"hour", "isoformat", "minute"})),
)
"""What may be asked of a plain value; of anything else what Jinja's sandbox allows."""


class Templates:
    """Renders templates by name.

    ``load`` gives a template's source, or None where there is none. ``own`` gives the path in the vault of one that
    comes from there, and nothing for one of ours; it is asked after ``load``, and errors name that path.
    """

    def __init__(self, load: Callable[[str], str | None], own: Callable[[str], str] = lambda _name: "") -> None:
        """Keep the environment, so that each template is compiled once."""
        self._environment = _Sandbox(load, own)
        self._load, self._own = load, own

    def own(self, name: str) -> str:
        """Return the path in the vault of a template that was used, where it is one of the vault's own."""
        return self._own(name)

    def check(self, name: str, filters: Mapping[str, Callable[..., Any]]) -> frozenset[str]:
        """Compile a template; returns the names of those that it includes, as far as they are told.

        Raises ``errors.TemplateError`` where it cannot be compiled.
        """
        self._environment.take(filters)
        try:
            self._environment.get_template(name)
            tree = self._environment.parse(self._load(name) or "")
        except Exception as error:
            raise self._said(error, name) from error
        return frozenset(included for included in find_referenced_templates(tree) if included)

    def render(self, name: str, values: Mapping[str, Any], filters: Mapping[str, Callable[..., Any]]) -> str:
        """Render one template with plain values. Raises ``errors.TemplateError`` naming template and line."""
        environment = self._environment
        environment.take(filters)
        environment.steps = MOST_STEPS
        try:
            return _text(_joined(environment.get_template(name).generate(dict(values))))
        except Exception as error:  # whatever goes wrong inside of a template is the template's
            raise self._said(error, name) from error

    def _said(self, error: Exception, name: str) -> errors.TemplateError:
        """Say what went wrong, and in which template: in one of the vault's rather than in one of ours that it used."""
        if isinstance(error, errors.TemplateError):
            return error
        places = self._environment.places
        path, line = getattr(error, "filename", None), getattr(error, "lineno", None)
        if path not in places:
            frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename in places]
            found = [frame for frame in frames if places[frame.filename]] or frames
            path, line = (found[-1].filename, found[-1].lineno) if found else (name, None)
        if isinstance(error, _NoTextError):
            path = next((place for place, own in places.items() if own), name)
        return errors.TemplateError(path, line, _what(error), own=places.get(path, False))


class _Sandbox(ImmutableSandboxedEnvironment):
    """Jinja2's immutable sandbox, with bounds."""

    intercepted_binops = frozenset({"+", "*", "**", "%"})

    def __init__(self, load: Callable[[str], str | None], own: Callable[[str], str]) -> None:
        self.places: dict[str, bool] = {}
        """Where templates stand, by what errors call them; true for the vault's own."""

        def source(name: str) -> tuple[str, str, Callable[[], bool]] | None:
            text = None if ".." in name.split("/") else load(name)
            if text is None:
                return None
            place = own(name)
            self.places[place or name] = bool(place)
            return text, place or name, lambda: True

        super().__init__(
            loader=FunctionLoader(source),
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            autoescape=False,  # what is written is Markdown, made inert by the face's filters
        )
        self.steps = MOST_STEPS
        ours = {"join": self._made(_join), "replace": self._made(_replace), "_joined": self._made(_joined)}
        inner = {
            "_counted": _late(self._counted),
            "_weighed": _late(self._weighed),
            "_heavy": _late(self._heavy),
            "_light": _late(self._light),
        }
        self._basic = {**{name: FILTERS[name] for name in _FILTERS}, **ours, **inner}
        self.take({})
        self.globals = {"namespace": self.globals["namespace"], "range": _range}

    def take(self, filters: Mapping[str, Callable[..., Any]]) -> None:
        """Have these filters, and no others of a rendering before."""
        self.filters = {**self._basic, **{name: _late(function) for name, function in filters.items()}}

    @staticmethod
    def concat(parts: Iterable[str]) -> str:
        """Join what a macro or a ``set`` block wrote."""
        return _joined(parts)

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree: nodes.Template = _Counting().visit(super()._parse(source, name, filename))
        return tree

    def _step(self, steps: int = 1) -> None:
        self.steps -= steps
        if self.steps < 0:
            raise SecurityError(f"it takes more than {MOST_STEPS} steps")

    def _counted(self, items: Iterable[Any]) -> Iterator[Any]:
        for item in items:
            self._step()
            yield item

    def _weighed(self, value: Any) -> Any:
        """Count what is compared or cut: all of it may be looked at."""
        self._step(_size(value) // _WEIGHT)
        return value

    def _heavy(self, value: Any) -> Any:
        """Count a filter of Jinja's, and what it is given: it may put all of it in order."""
        self._step(1 + _size(value) // _WEIGHT)
        return value

    def _light(self, value: Any) -> Any:
        """Count another filter, and what it is given: it goes through it once."""
        self._step(1 + _size(value) // _LIGHT_WEIGHT)
        return value

    def _made(self, make: Callable[..., str]) -> Callable[..., str]:
        """Count the text that a filter makes."""

        def made(*given: Any) -> str:
            text = make(*given)
            self._step(len(text) // _LIGHT_WEIGHT)
            return text

        return _late(made)

    def call(self, context: Any, obj: Any, /, *args: Any, **kwargs: Any) -> Any:
        """Count a call."""
        self._step()
        for value in (getattr(obj, "__self__", None), *args):
            self._weighed(value)
        return super().call(context, obj, *args, **kwargs)

    def wrap_str_format(self, value: Any) -> None:
        """Give no way to ``str.format``, whose widths know no bounds."""

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Whether a template may ask for an attribute."""
        for kind, names in _ATTRIBUTES:
            if isinstance(obj, kind):
                return attr in names
        return super().is_safe_attribute(obj, attr, value)

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """Refuse an operator whose result could be huge."""
        numbers = all(isinstance(side, (int, float)) for side in (left, right))
        bits = sum(side.bit_length() for side in (left, right) if isinstance(side, int))
        sizes = sum(len(side) for side in (left, right) if isinstance(side, (str, list, tuple)))
        if operator == "**" or (operator in "*%" and not numbers) or bits > _MOST_BITS:
            raise SecurityError(f"{operator} is not allowed here")
        if sizes > (MOST_OUTPUT if isinstance(left, str) else MOST_ITEMS):
            raise SecurityError(f"the result of {operator} is too large")
        self._step(sizes // _COPY_WEIGHT)
        return super().call_binop(context, operator, left, right)


class _Counting(NodeTransformer):
    """Counts the rounds of each loop and what is given to filters, tests, comparisons and slices; bounds each ``~``."""

    def visit_Filter(self, node: nodes.Filter) -> nodes.Node:  # noqa: N802 - Jinja's names
        self.generic_visit(node)
        if node.node is not None:
            node.node = _filtered(node.node, "_heavy" if node.name in (*_FILTERS, "replace") else "_light")
        return node

    def visit_Test(self, node: nodes.Test) -> nodes.Node:  # noqa: N802
        self.generic_visit(node)
        node.args = [_filtered(argument, "_weighed") for argument in node.args]
        return node

    def visit_Compare(self, node: nodes.Compare) -> nodes.Node:  # noqa: N802
        self.generic_visit(node)
        node.expr = _filtered(node.expr, "_weighed")
        for operand in node.ops:
            operand.expr = _filtered(operand.expr, "_weighed")
        return node

    def visit_Getitem(self, node: nodes.Getitem) -> nodes.Node:  # noqa: N802
        self.generic_visit(node)
        if isinstance(node.arg, nodes.Slice):
            node.node = _filtered(node.node, "_weighed")
        return node

    def visit_For(self, node: nodes.For) -> nodes.Node:  # noqa: N802
        self.generic_visit(node)
        node.iter = _filtered(node.iter, "_counted")
        return node

    def visit_Concat(self, node: nodes.Concat) -> nodes.Node:  # noqa: N802
        self.generic_visit(node)
        return _filtered(nodes.List(node.nodes, lineno=node.lineno, environment=node.environment), "_joined")


class _NoTextError(TemplateError):
    """A template wrote characters that no note holds."""


def _text(written: str) -> str:
    if _NO_TEXT.search(written):
        raise _NoTextError
    return written


def _what(error: Exception) -> str:
    """Say in words what went wrong."""
    if isinstance(error, _NoTextError):
        return "it writes control characters"
    if isinstance(error, TemplateNotFound):
        return f"there is no template {error.name}"
    said = getattr(error, "message", None) or str(error)
    return said if isinstance(error, TemplateError) and said else f"{type(error).__name__}: {said}"


def _size(value: Any) -> int:
    return len(value) if isinstance(value, (str, list, tuple, dict, range)) else 0


def _filtered(node: Any, name: str) -> nodes.Filter:
    return nodes.Filter(node, name, [], [], None, None, lineno=node.lineno, environment=node.environment)


def _late(function: Callable[..., Any]) -> Callable[..., Any]:
    """Keep Jinja from taking a filter's result for a constant: every block has a face of its own."""

    @pass_context
    def late(_context: Any, *args: Any, **kwargs: Any) -> Any:
        return function(*args, **kwargs)

    return late


def _joined(parts: Iterable[Any]) -> str:
    written: list[str] = []
    size = 0
    for part in parts:
        text = str(part)
        size += len(text)
        if size > MOST_OUTPUT:
            raise SecurityError(f"it writes more than {MOST_OUTPUT} characters")
        written.append(text)
    return "".join(written)


def _join(items: Iterable[Any], between: str = "") -> str:
    def pieces() -> Iterator[Any]:
        for index, item in enumerate(items):
            yield from (between, item) if index else (item,)

    return _joined(pieces())


def _replace(text: str, old: str, new: str) -> str:
    return _join(str(text).split(old) if old else [text], new)


def _range(*bounds: int) -> range:
    numbers = range(*bounds)
    if len(numbers) > MOST_ITEMS // 10:
        raise SecurityError(f"range gives more than {MOST_ITEMS // 10} numbers")
    return numbers
