"""How what people said is written as JSON, and read back: each is a dataclass or named tuple of plain fields."""

import types
from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields
from datetime import date
from enum import StrEnum
from functools import cache, lru_cache
from operator import attrgetter
from pathlib import Path
from typing import Any, TypeVar, get_args, get_type_hints

from opensafe.casefile.canonical import Json
from opensafe.casefile.ledger import Ledger
from opensafe.model.decision import Decision
from opensafe.model.livecheck import LiveCheck
from opensafe.model.openness import Categorised
from opensafe.model.readiness import Attestation, SignOff
from opensafe.model.risk import Risk
from opensafe.model.rotation import Rotation
from opensafe.model.signature import LogSignature

Record = Decision | Rotation | LiveCheck | Attestation | SignOff | Risk | Categorised | LogSignature
R = TypeVar("R", Decision, Rotation, LiveCheck, Attestation, SignOff, Risk, Categorised, LogSignature)


_Reader = Callable[[str, object], object]

_LATER = frozenset({"second_needed", "without_second", "confirms", "owner", "permitted", "evidence", "source"})
"""Fields of decisions that came later: digests over lines that were written before stay as they were."""


def decision_ledger(path: Path) -> Ledger[Decision]:
    return _ledger(path, Decision, "subject")


def rotation_ledger(path: Path) -> Ledger[Rotation]:
    return _ledger(path, Rotation, "finding")


def check_ledger(path: Path) -> Ledger[LiveCheck]:
    return _ledger(path, LiveCheck, "finding")


def attestation_ledger(path: Path) -> Ledger[Attestation]:
    return _ledger(path, Attestation)


def signoff_ledger(path: Path) -> Ledger[SignOff]:
    return _ledger(path, SignOff)


def risk_ledger(path: Path) -> Ledger[Risk]:
    return _ledger(path, Risk)


def category_ledger(path: Path) -> Ledger[Categorised]:
    return _ledger(path, Categorised)


def signature_ledger(path: Path) -> Ledger[LogSignature]:
    return _ledger(path, LogSignature)


def _ledger(path: Path, kind: type[R], about: str = "") -> Ledger[R]:
    plain: type = kind
    return Ledger(path, encode, _decoder(plain), about=about)


def encode(record: Record) -> Mapping[str, Json]:
    """Every field by its name: dates in ISO 8601, words as themselves. Of the later ones, those that say something."""
    kind: type = type(record)
    names, values_of, left_out = _written(kind)
    told = zip(names, values_of(record), left_out, strict=True)
    return {name: value if type(value) in _AS_IS else _plain(value) for name, value, out in told if value != out}


_AS_IS = frozenset({str, bool, int, type(None)})
_NOTHING = object()
"""What no field is: it is always written."""


@cache
def _written(kind: type[Any]) -> tuple[tuple[str, ...], Callable[[object], tuple[Any, ...]], tuple[object, ...]]:
    """The fields of a record, what reads them all, and what of each need not be written. Worked out once: ledgers are
    long.
    """
    later = _LATER if issubclass(kind, Decision) else frozenset()
    defaults = _defaults(kind)
    names = tuple(defaults)
    left_out = tuple(default if name in later else _NOTHING for name, default in defaults.items())
    return names, attrgetter(*names), left_out


def _defaults(kind: type[Any]) -> dict[str, object]:
    """The fields in their order, with what each is where nothing is said; MISSING where something must be."""
    if issubclass(kind, tuple):
        named: Any = kind
        return {name: named._field_defaults.get(name, MISSING) for name in named._fields}
    return {item.name: item.default for item in fields(kind)}


def _plain(value: Any) -> Json:
    if isinstance(value, date):
        return value.isoformat()
    return value.value if isinstance(value, StrEnum) else value


@cache
def _decoder(kind: type[Any]) -> Callable[[Mapping[str, object]], Any]:
    """What makes the record of a JSON object, each field with its type. It raises ValueError naming the field."""
    readers = {name: _reader(hint) for name, hint in get_type_hints(kind).items()}
    # A line that was written before a field was thought of lacks it: the field has its default.
    defaults = _defaults(kind)
    names = defaults.keys()
    needed = frozenset(name for name, default in defaults.items() if default is MISSING)

    def decode(found: Mapping[str, object]) -> Any:
        if not needed <= found.keys() <= names:
            raise ValueError(f"a {kind.__name__.lower()} has the fields {', '.join(sorted(names))}")
        # Most fields of most lines say nothing: what is the default itself (None, False, "") needs no reading.
        telling: dict[str, Any] = {
            name: readers[name](name, value) for name, value in found.items() if value is not defaults[name]
        }
        return kind(**telling)

    return decode


def _reader(hint: Any) -> _Reader:
    """What reads a field of this type. An identifier is a text."""
    if isinstance(hint, types.UnionType):
        inner = _reader(get_args(hint)[0])
        return lambda name, value: None if value is None else inner(name, value)
    plain = getattr(hint, "__supertype__", hint)
    if issubclass(plain, StrEnum):
        return _reader_of_words(plain)
    return {str: _text, bool: _flag, int: _number, date: _day}[plain]


def _reader_of_words(words: type[StrEnum]) -> _Reader:
    known = {word.value: word for word in words}

    def read(name: str, value: object) -> object:
        if type(value) is str and value in known:
            return known[value]
        raise ValueError(f'"{name}" is not one of {", ".join(words)}')

    return read


def _text(name: str, value: object) -> str:
    if not isinstance(value, str):
        raise ValueError(f'"{name}" is not a text')  # noqa: TRY004 - what a decoder raises is ValueError
    return value


def _flag(name: str, value: object) -> bool:
    if not isinstance(value, bool):
        raise ValueError(f'"{name}" is not true or false')  # noqa: TRY004 - as above
    return value


def _number(name: str, value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise ValueError(f'"{name}" is not a whole number')  # noqa: TRY004 - as above
    return value


def _day(name: str, value: object) -> date:
    try:
        return _date(_text(name, value))
    except ValueError:
        raise ValueError(f'"{name}" is not a date') from None


@lru_cache(maxsize=512)
def _date(text: str) -> date:
    """What was decided was decided on few days. Raises ValueError."""
    return date.fromisoformat(text)
