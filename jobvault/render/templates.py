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
from types import MethodType
from typing import Any

from jinja2 import BytecodeCache, FunctionLoader, StrictUndefined, Undefined, nodes, pass_context
from jinja2.bccache import Bucket
from jinja2.exceptions import SecurityError, TemplateError, TemplateNotFound
from jinja2.filters import FILTERS, make_attrgetter
from jinja2.meta import find_referenced_templates
from jinja2.runtime import Macro
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.tests import TESTS
from jinja2.utils import Namespace
from jinja2.visitor import NodeTransformer

from jobvault import errors
from jobvault.render.weight import MOST_DEPTH, SCALARS, VIEWS, every, holds, not_written, size

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
_MOST_COMPILED = 200
_HELD = 32
"""How much one value inside of another weighs, beside a character's one."""
_JINJAS = frozenset({"_block_vars", "_loop_vars"})
"""What Jinja adds to the arguments of a call."""
_ASKED = (str, list, tuple, dict, range, dt.date, dt.time, *VIEWS)
"""The plain values whose methods may be called."""
_MOST_SAID = 200
_MANY_FRAMES = 20
"""How many of a template's frames no template has that does not go round."""

_ORDERING = {"dictsort": None, "groupby": 0, "max": 1, "min": 1, "sort": 2, "unique": 1}
"""Jinja's own filters that compare, and which of their arguments names what is compared."""
_OF_TEXT = (
    "abs", "capitalize", "float", "int", "lower", "string", "title", "trim", "truncate", "upper", "wordcount",
)  # fmt: skip
"""Those that take one value, and most of them its text."""
_OF_LISTS = (
    "count", "d", "default", "first", "items", "last", "length", "list", "map", "reject", "rejectattr", "reverse",
    "select", "selectattr",
)  # fmt: skip
"""Those that hand on the items of a list, and look into none."""
_FILTERS = (*_ORDERING, *_OF_TEXT, *_OF_LISTS)
"""Jinja's own filters that make nothing larger than what they are given, and the same each time."""
_OF_NUMBERS = ("divisibleby", "even", "odd")
"""The tests that calculate; the next are those that do not look into what they are given."""
_OF_KINDS = (
    "boolean", "callable", "defined", "false", "float", "integer", "iterable", "mapping", "none", "number", "sameas",
    "sequence", "string", "true", "undefined",
)  # fmt: skip
_NO_TESTS = frozenset({"escaped", "filter", "test"})
JINJA_FILTERS = tuple(sorted({*_FILTERS, "join", "replace"} - {"d", "count"}))
"""What of Jinja's own filters templates may use; the names that say the same left out."""
_ATTRIBUTES: tuple[tuple[type | tuple[type, ...], frozenset[str]], ...] = (
    (str, frozenset({"endswith", "lower", "removeprefix", "removesuffix", "split", "startswith", "strip", "upper"})),
    (dict, frozenset({"get", "items", "keys", "values"})),
    ((list, tuple), frozenset({"count", "grouper", "index", "list"})),
    (dt.date, frozenset({"day", "isoformat", "isoweekday", "month", "weekday", "year"})),
    (dt.time, frozenset({"hour", "isoformat", "minute"})),
    (dt.timedelta, frozenset({"days"})),
)
"""What may be asked of a plain value; beyond these, only Jinja's own (``loop``, ``namespace``) may be asked."""


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
        frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename in places]
        if isinstance(error, RecursionError):
            error = _NestedError(endless=len(frames) > _MANY_FRAMES)
        if path not in places:
            found = [frame for frame in frames if places[frame.filename]] or frames
            path, line = (found[-1].filename, found[-1].lineno) if found else (name, None)
        if isinstance(error, _NoTextError):
            path = next((place for place, own in places.items() if own), name)
        return errors.TemplateError(path, line, _what(error), own=places.get(path, False))


class _Sandbox(ImmutableSandboxedEnvironment):
    """Jinja2's immutable sandbox, with bounds."""

    intercepted_binops = frozenset({"+", "-", "*", "/", "//", "%", "**"})

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
            bytecode_cache=_COMPILED,
        )
        self.steps = MOST_STEPS
        self.finalize = _written
        self._basic = {
            **{name: self._filter(FILTERS[name], self._shallow) for name in _OF_LISTS},
            **{name: self._filter(FILTERS[name], self._one) for name in _OF_TEXT},
            **{name: self._ordering(FILTERS[name], place) for name, place in _ORDERING.items()},
            "join": self._filter(_join, self._shallow),
            "replace": self._filter(_replace, self._one),
        }
        self.tests = {name: self._test(name, test) for name, test in TESTS.items() if name not in _NO_TESTS}
        self.take({})
        self.globals = {"namespace": Namespace, "range": _range}

    def take(self, filters: Mapping[str, Callable[..., Any]]) -> None:
        """Have these filters, and no others of a rendering before."""
        ours = {name: self._filter(function, self._told) for name, function in filters.items()}
        self.filters = {**self._basic, **ours}

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

    def counted(self, items: Iterable[Any]) -> Iterator[Any]:
        """Count the rounds of a loop."""
        for item in items:
            self._step()
            yield item

    def weighed(self, value: Any) -> Any:
        """Count what is compared, looked up or cut: all of it may be looked at, and all that it holds."""
        self._weigh(value, _COPY_WEIGHT)
        return value

    def joined(self, parts: Iterable[Any]) -> str:
        """Join what stands between ``~``."""
        text = _joined(parts)
        self._made(text)
        return text

    def _weigh(self, value: Any, characters: int) -> None:
        """Count a value, and what it holds as a tree; so many characters of what it holds as one step."""
        self._step(size(value) // _WEIGHT)
        weight, most = 0, self.steps * _LIGHT_WEIGHT
        for items, depth in every(value):
            text = sum(len(item) for item in items if isinstance(item, str))
            weight += _HELD * (1 + len(items)) + text * _LIGHT_WEIGHT // characters
            if depth > MOST_DEPTH:
                raise SecurityError(f"it has lists in lists, more than {MOST_DEPTH} deep")
            if weight > most:
                break
        self._step(weight // _LIGHT_WEIGHT)

    def _shallow(self, value: Any) -> None:
        """Count what is handed on, without what its items hold."""
        self._step(1 + size(value) // _WEIGHT)

    def _one(self, value: Any) -> None:
        """Count a value that is looked at as a text."""
        self._shallow(_written(value))

    def _told(self, value: Any) -> None:
        """Count what is given to a function of ours, which goes through it once; it gets plain values only."""
        if not holds(value):
            self._step(1 + size(_written(value)) // _LIGHT_WEIGHT)
            return
        self._weigh(value, _LIGHT_WEIGHT)
        for items, _ in every(value):
            for item in items:
                if not holds(item):
                    _written(item)

    def _made(self, value: Any) -> Any:
        """Count a text that was made, and the items of what makes them one by one as they come."""
        if isinstance(value, str):
            self._step(len(value) // _LIGHT_WEIGHT)
        return self._flow(value) if isinstance(value, Iterator) else value

    def _flow(self, items: Iterator[Any]) -> Iterator[Any]:
        for index, item in enumerate(items):
            self._step(not index % _WEIGHT)
            yield item

    def _filter(self, function: Callable[..., Any], weigh: Callable[[Any], None]) -> Callable[..., Any]:
        """Count a filter, also where ``map`` calls it by its name."""

        @pass_context  # which also keeps Jinja from taking a result for a constant: every block has a face of its own
        def filtered(context: Any, value: Any, *args: Any, **kwargs: Any) -> Any:
            weigh(value)
            for given in (*args, *kwargs.values()):
                self.weighed(given)
            return self._made(function(*self._passed(context, function), value, *args, **kwargs))

        return filtered

    def _ordering(self, function: Callable[..., Any], place: int | None) -> Callable[..., Any]:
        """Count a filter that compares, by the keys that it compares."""
        plain = self._filter(function, self._shallow)

        @pass_context
        def ordered(context: Any, value: Any, *args: Any, **kwargs: Any) -> Any:
            items = value if isinstance(value, (str, dict)) else list(value)
            named = kwargs.get("attribute", args[place] if place is not None and len(args) > place else None)
            for key in self._keys(items, named):
                self._weigh(key, _LIGHT_WEIGHT)
            return plain(context, items, *args, **kwargs)

        return ordered

    def _keys(self, items: Any, named: Any) -> Iterator[Any]:
        if named is None:
            yield items
            return
        for name in [named] if isinstance(named, int) else str(_written(named)).split(","):
            key = make_attrgetter(self, name)
            yield from (key(item) for item in items)

    def _test(self, name: str, function: Any) -> Callable[..., Any]:
        """Count a test."""

        @pass_context
        def tested(context: Any, value: Any, *args: Any) -> Any:
            for given in (value, *args):
                if name in _OF_NUMBERS and not isinstance(given, (int, float)):
                    raise SecurityError(f"{name} is a question about numbers")
                if name not in _OF_KINDS:
                    self.weighed(given)
            self._step()
            return function(*self._passed(context, function), value, *args)

        return tested

    def _passed(self, context: Any, function: Callable[..., Any]) -> tuple[Any, ...]:
        """Return what a function of Jinja's is given besides, as its ``pass_…`` decorators say."""
        wanted = getattr(function, "jinja_pass_arg", None)
        if wanted is None:
            return ()
        return ({"context": context, "eval_context": context.eval_ctx, "environment": self}[wanted.name],)

    def call(self, context: Any, obj: Any, /, *args: Any, **kwargs: Any) -> Any:
        """Count a call, and what is given: macros only hand it on."""
        if isinstance(obj, MethodType) and obj.__self__ is self:  # put there by ``_Counting``
            return obj(*args)
        self._step()
        own = getattr(obj, "__self__", None)
        named = [value for name, value in kwargs.items() if name not in _JINJAS]
        if isinstance(own, (str, list, tuple, range)):
            self.weighed(own)
        if isinstance(obj, Macro):
            self._step(sum(map(size, args)) // _LIGHT_WEIGHT)
        elif isinstance(obj, type) or isinstance(own, _ASKED) or _is_jinjas(own if own is not None else obj):
            for given in (*args, *named):
                self.weighed(given)
        else:
            for given in args:
                self._told(given)
            for given in named:
                self._one(given)
        return super().call(context, obj, *args, **kwargs)

    def wrap_str_format(self, value: Any) -> None:
        """Give no way to ``str.format``, whose widths know no bounds."""

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Whether a template may ask for an attribute."""
        for kind, names in _ATTRIBUTES:
            if isinstance(obj, kind):
                return attr in names
        return _is_jinjas(obj) and super().is_safe_attribute(obj, attr, value)

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """Refuse an operator whose result could be huge."""
        numbers = all(isinstance(side, (int, float)) for side in (left, right))
        bits = sum(side.bit_length() for side in (left, right) if isinstance(side, int))
        sizes = sum(len(side) for side in (left, right) if isinstance(side, (str, list, tuple)))
        if operator == "**" or (operator in "*/%" and not numbers) or bits > _MOST_BITS:
            raise SecurityError(f"{operator} is not allowed here")
        if sizes > (MOST_OUTPUT if isinstance(left, str) else MOST_ITEMS):
            raise SecurityError(f"the result of {operator} is too large")
        if operator == "-":
            left, right = _written(left), _written(right)
        self._step(sizes // _COPY_WEIGHT)
        return super().call_binop(context, operator, left, right)


class _Compiled(BytecodeCache):
    """Templates as compiled, by name and text: once in a process, however many vaults are opened."""

    def __init__(self) -> None:
        self._codes: dict[tuple[str, str], Any] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give a template that was compiled before."""
        bucket.code = self._codes.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep a template; none of those before, where a vault's own change again and again."""
        if len(self._codes) > _MOST_COMPILED:
            self._codes.clear()
        self._codes[bucket.key, bucket.checksum] = bucket.code


_COMPILED = _Compiled()


class _Counting(NodeTransformer):
    """Counts the rounds of each loop, and what is compared, looked up, cut or included; bounds each ``~``."""

    def visit_Compare(self, node: nodes.Compare) -> nodes.Node:  # noqa: N802 - Jinja's names
        self.generic_visit(node)
        node.expr = _called(node.expr, "weighed")
        for operand in node.ops:
            operand.expr = _called(operand.expr, "weighed")
        return node

    def visit_Getitem(self, node: nodes.Getitem) -> nodes.Node:  # noqa: N802
        self.generic_visit(node)
        if isinstance(node.arg, nodes.Slice):
            node.node = _called(node.node, "weighed")
        else:
            node.arg = _called(node.arg, "weighed")
        return node

    def visit_Pair(self, node: nodes.Pair) -> nodes.Node:  # noqa: N802
        self.generic_visit(node)
        node.key = _called(node.key, "weighed")
        return node

    def visit_For(self, node: nodes.For) -> nodes.Node:  # noqa: N802
        self.generic_visit(node)
        node.iter = _called(node.iter, "counted")
        return node

    def visit_Concat(self, node: nodes.Concat) -> Any:  # noqa: N802
        self.generic_visit(node)
        return _called(nodes.List(node.nodes, lineno=node.lineno, environment=node.environment), "joined")

    def _named(self, node: Any) -> Any:
        self.generic_visit(node)
        named: Any = node.template
        if isinstance(named, (nodes.List, nodes.Tuple)):
            named.items = [_called(name, "weighed") for name in named.items]
        else:
            node.template = _called(named, "weighed")
        return node

    visit_Include = visit_Import = visit_FromImport = visit_Extends = _named  # noqa: N815


class _NoTextError(TemplateError):
    """A template wrote characters that no note holds."""


class _NestedError(TemplateError):
    """A template went too deep: ``endless`` where that is through templates and macros, not through one expression."""

    def __init__(self, *, endless: bool) -> None:
        what = "it includes itself, or one of its macros calls itself, without an end"
        super().__init__(what if endless else "it is nested too deep")


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
    said = said if len(said) <= _MOST_SAID else f"{said[: _MOST_SAID - 1]}…"
    return said if isinstance(error, TemplateError) and said else f"{type(error).__name__}: {said}"


def _called(node: Any, name: str) -> Any:
    """Have an expression go through a method of the sandbox, which no template can name; constants stay."""
    if isinstance(node, nodes.Const):
        return node
    at = {"lineno": node.lineno, "environment": node.environment}
    return nodes.Call(nodes.EnvironmentAttribute(name, **at), [node], [], None, None, **at)


def _is_jinjas(value: Any) -> bool:
    """Whether a value is one of Jinja's own: ``loop``, ``namespace``, ``self``, an imported template."""
    return type(value).__module__.startswith("jinja2.")


def _written(value: Any) -> Any:
    """Return a value that can be written as it is; refuse what has no text of its own, or another each time."""
    if not isinstance(value, (*SCALARS, Undefined)):
        raise SecurityError(not_written(value))
    return value


def _joined(parts: Iterable[Any]) -> str:
    written: list[str] = []
    length = 0
    for part in parts:
        text = str(_written(part))
        length += len(text)
        if length > MOST_OUTPUT:
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
