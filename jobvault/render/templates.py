"""Jinja2 templates, sandboxed and bounded. The only importer of jinja2; templates come in as strings.

A template in a vault is data from elsewhere: the vault is synced, and may be shared. So it gets plain values, no
attribute that leads out of them, nothing that changes them, and a budget: of what it writes, of how large a value may
become, and of how often it may loop and call.
"""

from __future__ import annotations

import datetime as dt
import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from jinja2 import FunctionLoader, StrictUndefined, nodes, pass_context
from jinja2.exceptions import SecurityError, TemplateError
from jinja2.filters import FILTERS
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

_FILTERS = (
    "abs", "capitalize", "count", "d", "default", "dictsort", "first", "float", "groupby", "int", "items", "last",
    "length", "list", "lower", "map", "max", "min", "reject", "rejectattr", "reverse", "select", "selectattr", "sort",
    "string", "title", "trim", "truncate", "unique", "upper", "wordcount",
)  # fmt: skip
"""Jinja's own filters that make nothing larger than what they are given, and the same each time."""
_ATTRIBUTES: tuple[tuple[type | tuple[type, ...], frozenset[str]], ...] = (
    (str, frozenset({"endswith", "lower", "removeprefix", "removesuffix", "split", "startswith", "strip", "upper"})),
    (dict, frozenset({"get", "items", "keys", "values"})),
    ((list, tuple), frozenset({"count", "index"})),
    (dt.date, frozenset({"day", "isoformat", "isoweekday", "month", "weekday", "year"})),
    (dt.time, frozenset({"hour", "isoformat", "minute"})),
)
"""What may be asked of a plain value; of anything else what Jinja's sandbox allows."""


class Templates:
    """Renders templates by name. ``load`` gives a template's source, or None where there is none."""

    def __init__(self, load: Callable[[str], str | None]) -> None:
        """Keep the environment, so that each template is compiled once."""
        self._environment = _Sandbox(load)

    def render(self, name: str, values: Mapping[str, Any], filters: Mapping[str, Callable[..., Any]]) -> str:
        """Render one template with plain values. Raises ``errors.TemplateError`` naming template and line."""
        environment = self._environment
        environment.filters.update((called, _late(function)) for called, function in filters.items())
        environment.steps = MOST_STEPS
        try:
            return _joined(environment.get_template(name).generate(dict(values)))
        except Exception as error:  # whatever goes wrong inside of a template is the template's
            line = getattr(error, "lineno", None) or _line(error, name)
            said = getattr(error, "message", None) or str(error)
            what = said if isinstance(error, TemplateError) and said else f"{type(error).__name__}: {said}"
            raise errors.TemplateError(f"{name}:{line}: {what}" if line else f"{name}: {what}") from error


class _Sandbox(ImmutableSandboxedEnvironment):
    """Jinja2's immutable sandbox, with bounds."""

    intercepted_binops = frozenset({"+", "*", "**", "%"})

    def __init__(self, load: Callable[[str], str | None]) -> None:
        def source(name: str) -> tuple[str, str, Callable[[], bool]] | None:
            text = None if ".." in name.split("/") else load(name)
            return None if text is None else (text, name, lambda: True)

        super().__init__(
            loader=FunctionLoader(source),
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            autoescape=False,  # what is written is Markdown, made inert by the face's filters
        )
        self.steps = MOST_STEPS
        own = {"join": _join, "replace": _replace, "_joined": _joined, "_counted": _late(self._counted)}
        self.filters = {**{name: FILTERS[name] for name in _FILTERS}, **own}
        self.globals = {"namespace": self.globals["namespace"], "range": _range}

    @staticmethod
    def concat(parts: Iterable[str]) -> str:
        """Join what a macro or a ``set`` block wrote."""
        return _joined(parts)

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree: nodes.Template = _Counting().visit(super()._parse(source, name, filename))
        return tree

    def _step(self) -> None:
        self.steps -= 1
        if self.steps < 0:
            raise SecurityError(f"it takes more than {MOST_STEPS} steps")

    def _counted(self, items: Iterable[Any]) -> Iterator[Any]:
        for item in items:
            self._step()
            yield item

    def call(self, context: Any, obj: Any, /, *args: Any, **kwargs: Any) -> Any:
        """Count a call."""
        self._step()
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
        return super().call_binop(context, operator, left, right)


class _Counting(NodeTransformer):
    """Counts the rounds of each loop, and bounds each ``~``."""

    def visit_For(self, node: nodes.For) -> nodes.Node:  # noqa: N802 - Jinja's names
        self.generic_visit(node)
        node.iter = _filtered(node.iter, "_counted")
        return node

    def visit_Concat(self, node: nodes.Concat) -> nodes.Node:  # noqa: N802
        self.generic_visit(node)
        return _filtered(nodes.List(node.nodes, lineno=node.lineno, environment=node.environment), "_joined")


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


def _line(error: Exception, name: str) -> int | None:
    """Return the line of the template where an error came up."""
    frames = [frame.lineno for frame in traceback.extract_tb(error.__traceback__) if frame.filename == name]
    return frames[-1] if frames else None
