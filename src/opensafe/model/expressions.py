"""Expressions that are compiled when they are first used.

Detectors and formats have about a thousand. Triggers go through one compiled engine, so most of them are never asked
about a short text or a small repository, and compiling them all takes a quarter of a second in each process.
"""

import re
from typing import AnyStr, cast


def expression(source: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """What `re.compile` makes of `source`, as soon as it is asked for anything. For names of modules, and fixed text.

    A mistake in `source` shows when it is used: a test compiles those of all modules. A match names the compiled one
    as its `re`, which is never this one.
    """
    return cast("re.Pattern[AnyStr]", _Expression(source, flags))


class _Expression:
    """Stands for the compiled one, and takes over what that has: then asking costs no more than there."""

    __slots__ = (
        "_flags",
        "_source",
        "findall",
        "finditer",
        "flags",
        "fullmatch",
        "groupindex",
        "groups",
        "match",
        "pattern",
        "search",
        "split",
        "sub",
        "subn",
    )

    def __init__(self, source: str | bytes, flags: int) -> None:
        self._source = source
        self._flags = flags

    def __getattr__(self, name: str) -> object:
        """Of a slot that is still empty."""
        if name not in _TAKEN:
            raise AttributeError(name)
        compiled = re.compile(self._source, self._flags)
        for each in _TAKEN:
            setattr(self, each, getattr(compiled, each))
        return getattr(compiled, name)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Expression) and self._as_is == other._as_is

    def __hash__(self) -> int:
        return hash(self._as_is)

    def __repr__(self) -> str:
        return f"expression({self._source!r}, {self._flags})"

    def __reduce__(self) -> tuple[object, ...]:
        return expression, self._as_is

    @property
    def _as_is(self) -> tuple[str | bytes, int]:
        return self._source, self._flags


_TAKEN = frozenset(name for name in _Expression.__slots__ if not name.startswith("_"))
