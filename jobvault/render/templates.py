"""Jinja2 templates, sandboxed and bounded. The only importer of jinja2; templates come in as strings."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from jinja2 import FunctionLoader, StrictUndefined
from jinja2.exceptions import SecurityError, TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from jobvault import errors

MOST_OUTPUT = 2_000_000
"""How many characters one template may write."""
_MOST_REPEATED = 100_000


class _Sandbox(ImmutableSandboxedEnvironment):
    """No attribute that leads out, no mutation, and no operator that makes a huge value from a small one."""

    intercepted_binops = frozenset({"*", "**", "%", "<<"})

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        if operator in ("**", "<<") or (operator == "%" and isinstance(left, str)):
            raise SecurityError(f"the operator {operator} is not allowed here")
        if operator == "*" and any(isinstance(side, (str, list, tuple)) for side in (left, right)):
            sizes = [len(side) if isinstance(side, (str, list, tuple)) else abs(int(side)) for side in (left, right)]
            if sizes[0] * sizes[1] > _MOST_REPEATED:
                raise SecurityError("the result of * is too large")
        return super().call_binop(context, operator, left, right)


class Templates:
    """Renders templates by name. ``load`` gives a template's source, or None where there is none."""

    def __init__(self, load: Callable[[str], str | None]) -> None:
        """Keep the environment, so that each template is compiled once."""
        self._environment = _Sandbox(
            loader=FunctionLoader(load),
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            autoescape=False,  # noqa: S701 - what is written is Markdown, made inert by the face's filters
        )

    def render(self, name: str, values: Mapping[str, Any], filters: Mapping[str, Callable[..., Any]]) -> str:
        """Render one template with plain values. Raises ``errors.TemplateError`` naming template and line."""
        self._environment.filters.update(filters)
        written: list[str] = []
        size = 0
        try:
            for piece in self._environment.get_template(name).generate(dict(values)):
                size += len(piece)
                if size > MOST_OUTPUT:
                    raise errors.TemplateError(f"{name}: the template writes more than {MOST_OUTPUT} characters.")
                written.append(piece)
        except TemplateError as error:
            line = getattr(error, "lineno", None)
            place = f"{name}:{line}" if line else name
            raise errors.TemplateError(f"{place}: {error.message or type(error).__name__}") from error
        return "".join(written)
