"""Frozen values as JSON and back, by the types that their fields declare.

For what is kept whole and never searched, such as a report that waits. A field that was added later takes its default;
one that went is passed over.
"""

import datetime as dt
import types
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

_Value = TypeVar("_Value")


def to_json(value: Any) -> Any:
    """Return a value as JSON."""
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: to_json(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {key: to_json(inner) for key, inner in value.items()}
    if isinstance(value, tuple | list):
        return [to_json(inner) for inner in value]
    return value


def from_json(of: Callable[..., _Value], value: Mapping[str, Any]) -> _Value:
    """Make a dataclass of what `to_json` returned."""
    hints = _hints(of)
    known = {field.name for field in fields(of)}  # type: ignore[arg-type]
    return of(**{name: _read(hints[name], inner) for name, inner in value.items() if name in known})


@cache
def _hints(of: Any) -> dict[str, Any]:
    return get_type_hints(of)


def _read(hint: Any, value: Any) -> Any:
    origin = get_origin(hint)
    if value is None or origin is Literal:
        return value
    if origin in (Union, types.UnionType):
        return _read(next(kind for kind in get_args(hint) if kind is not types.NoneType), value)
    if origin is tuple:
        inner = get_args(hint)
        kinds = inner[:1] * len(value) if inner[-1] is Ellipsis else inner
        return tuple(_read(kind, item) for kind, item in zip(kinds, value, strict=True))
    if hint in (dt.date, dt.datetime):
        return hint.fromisoformat(value)
    is_value: bool = is_dataclass(hint)
    return from_json(hint, value) if is_value else value
