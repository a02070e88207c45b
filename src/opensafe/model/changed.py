"""A frozen record with some of its fields changed, quickly: `dataclasses.replace` takes twice as long for as much."""

from collections.abc import Callable, Mapping
from dataclasses import fields
from functools import cache
from operator import attrgetter
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

R = TypeVar("R", bound="DataclassInstance")


def changed(record: R, **new: Any) -> R:
    """As `dataclasses.replace`, for records of two fields or more that are given each of them when they are made."""
    kind: type = type(record)
    values_of, numbers = _fields(kind)
    values = list(values_of(record))
    for name, value in new.items():
        values[numbers[name]] = value
    made: R = kind(*values)
    return made


@cache
def _fields(kind: type[Any]) -> tuple[Callable[[object], tuple[Any, ...]], Mapping[str, int]]:
    names = [item.name for item in fields(kind)]
    return attrgetter(*names), {name: number for number, name in enumerate(names)}
