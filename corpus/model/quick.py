"""Frozen value objects that are quick to make: a text has half a million of them.

The `__init__` of a frozen dataclass sets each field through `object.__setattr__`, 0.1 µs a field. Here the fields are
set as those of an open twin of the same layout, and the object is closed behind the last one: a third of the time for
nine fields (measured; docs/decisions/0007). What the object is afterwards does not change: frozen, slotted, comparable.
"""

from __future__ import annotations

import dataclasses
from dataclasses import MISSING, fields
from operator import attrgetter
from typing import Any, TypeVar

T = TypeVar("T")
_VALUES: dict[type, tuple[tuple[str, ...], attrgetter[Any]]] = {}


def quick(cls: type[T]) -> type[T]:
    """Put above `@dataclass(frozen=True, slots=True)`: the same class with a cheaper `__init__`.

    For classes that nobody inherits from, without `__post_init__` and default factories (`TypeError`).

    >>> from dataclasses import dataclass
    >>> @quick
    ... @dataclass(frozen=True, slots=True)
    ... class Span:
    ...     start: int
    ...     end: int = 0
    >>> Span(3, end=5), Span(3) == Span(3, 0)
    (Span(start=3, end=5), True)
    """
    own = fields(cls)  # type: ignore[arg-type]
    if hasattr(cls, "__post_init__") or any(field.default_factory is not MISSING for field in own):
        raise TypeError(f"{cls.__name__} needs the __init__ of its dataclass")
    names: dict[str, Any] = {
        "set_class": object.__setattr__, "closed": cls,
        "open_": type(cls.__name__, (), {"__slots__": tuple(field.name for field in own)}),
    }  # fmt: skip
    parameters = []
    for field in own:
        if field.default is MISSING:
            parameters.append(field.name)
        else:
            names[f"default_{field.name}"] = field.default
            parameters.append(f"{field.name}=default_{field.name}")
    lines = [f"def __init__(self, {', '.join(parameters)}):", "    set_class(self, '__class__', open_)"]
    lines += [f"    self.{field.name} = {field.name}" for field in own]
    lines += ["    self.__class__ = closed"]
    exec("\n".join(lines), names)  # as `dataclasses` itself does: the words are those of the class
    made = names["__init__"]
    made.__qualname__, made.__doc__ = f"{cls.__qualname__}.__init__", cls.__init__.__doc__
    made.__annotations__ = cls.__init__.__annotations__
    cls.__init__ = made  # type: ignore[method-assign]
    own_names = tuple(field.name for field in own)
    if len(own_names) > 1:  # of one name `attrgetter` gives no tuple
        _VALUES[cls] = own_names, attrgetter(*own_names)
    return cls


def replace(one: T, **changes: Any) -> T:
    """As `dataclasses.replace`, which looks at every field anew and takes three times as long."""
    found = _VALUES.get(type(one))
    if found is None:
        return dataclasses.replace(one, **changes)  # type: ignore[type-var]
    values = dict(zip(found[0], found[1](one), strict=True))
    values.update(changes)
    return type(one)(**values)
