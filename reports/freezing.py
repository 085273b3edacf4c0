"""A paper's data as canonical JSON and back: what was frozen when it was made can be set again in any format."""

import dataclasses
import json
import types
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

Data = TypeVar("Data")


def freeze(data: object) -> bytes:
    """The data classes of a paper as JSON: keys sorted, no spaces, the same bytes for the same data.

    Fields that have their default are left out, so that a field added later does not change what was frozen. A field
    must not hold text or a number, or text or a day: both are written as text.
    """
    said = json.dumps(_plain(data), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return said.encode("utf-8", "surrogatepass")


def thaw(kind: type[Data], content: bytes) -> Data:
    """The data of a kind of paper from what ``freeze`` made of it. ValueError if it is something else."""
    try:
        found: Data = _made(kind, json.loads(content.decode("utf-8", "surrogatepass")))
    except (AttributeError, KeyError, TypeError, ArithmeticError) as error:
        raise ValueError(f"not the data of {kind.__name__}") from error
    return found


def _plain(value: object) -> object:
    if dataclasses.is_dataclass(value):
        return {
            field.name: _plain(part)
            for field in dataclasses.fields(value)
            if (part := getattr(value, field.name)) != field.default
        }
    if isinstance(value, tuple | list):
        return [_plain(part) for part in value]
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


def _made(kind: Any, said: Any) -> Any:
    """A value of a type from its plain form."""
    origin = get_origin(kind)
    if said is None:
        return None
    if origin in (Union, types.UnionType):
        return _made_of(get_args(kind), said)
    if origin is Literal:
        return get_args(kind)[get_args(kind).index(said)]
    if origin is tuple:
        return _parts(get_args(kind), said)
    if dataclasses.is_dataclass(kind) and isinstance(kind, type):
        hints = _hints(kind)
        return kind(**{name: _made(hints[name], part) for name, part in said.items()})
    return _simple(kind, said)


def _parts(kinds: tuple[Any, ...], said: Any) -> tuple[Any, ...]:
    if kinds[-1] is Ellipsis:
        return tuple(_made(kinds[0], part) for part in said)
    return tuple(_made(kind, part) for kind, part in zip(kinds, said, strict=True))


def _simple(kind: Any, said: Any) -> Any:
    if kind is datetime:
        if "T" not in said:
            raise TypeError(said)
        return datetime.fromisoformat(said)
    if kind is date:
        return _day(said)
    if kind is Decimal:
        return Decimal(said)
    if type(said) is not kind:
        raise TypeError(said)
    return said


def _made_of(kinds: tuple[Any, ...], said: Any) -> Any:
    """The first of several types that fits: dates before text, as both are written as text."""
    for kind in sorted(kinds, key=lambda kind: kind is str):
        if kind is type(None):
            continue
        try:
            return _made(kind, said)
        except (TypeError, ValueError, ArithmeticError):
            continue
    raise TypeError(said)


def _day(said: str) -> date:
    """A day, or the moment that stood in its place: ``datetime`` is a ``date``."""
    return datetime.fromisoformat(said) if "T" in said else date.fromisoformat(said)


@cache
def _hints(kind: type) -> Mapping[str, Any]:
    return get_type_hints(kind)
