"""`case.toml`: what people may read and edit in an editor."""

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Any, cast

from opensafe.errors import UsageError

if TYPE_CHECKING:
    from tomlkit import TOMLDocument
    from tomlkit.items import Table

CONFIG_FILE = "case.toml"
FORMAT = 2  # of the whole case folder
_HEAD = "An opensafe case. You may edit this file: comments, order and keys of your own are kept."


@dataclass(frozen=True, slots=True)
class CaseConfig:
    """What `start` was told. `source` is a path, `created` UTC in ISO 8601; `crown_body` is unknown where `None`.

    `small_numbers` names a rule for tables of counts, or is one: `9/5` is up to 9, rounded to 5.
    `roles` maps a role to a name, `answers` an option's name to what is answered to its question. `copies` names
    copies of unredacted content that opensafe does not know: `"where" = "holder, 2027-01-31"`.
    """

    source: str
    name: str
    profile: str = "nhsx-1.0"
    organisation: str = ""
    holder: str = ""
    contact: str = ""
    licence: str = "MIT"
    crown_body: bool | None = None
    roles: Mapping[str, str] = field(default_factory=dict)
    publish: tuple[str, ...] = ()
    follow_alternates: bool = False
    worktree: bool = True
    small_numbers: str = ""
    watch: str = ""
    roster: str = ""
    roster_digest: str = ""
    created: str = ""
    answers: Mapping[str, str] = field(default_factory=dict)
    copies: Mapping[str, str] = field(default_factory=dict)
    format: int = FORMAT


def parse_config(text: str) -> CaseConfig:
    """Raises UsageError naming the file and the key. Keys that are not known are left to their owner."""
    try:
        found = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _wrong(f"is not TOML ({error})") from error
    missing = [name for name in ("source", "name") if name not in found]
    if missing:
        raise _wrong(f'lacks the key "{missing[0]}"')
    values = {item.name: _value(item.name, item.type, found[item.name]) for item in _known(found)}
    return CaseConfig(**cast("dict[str, Any]", values))


def render_config(config: CaseConfig, former: str = "") -> str:
    """`former` with the values of `config`: comments, order and unknown keys stay. Raises UsageError."""
    import tomlkit  # noqa: PLC0415 - most commands only read what is there

    if former:
        parse_config(former)  # somebody may have broken it since it was read
    document = tomlkit.parse(former or f"# {_HEAD}\n")
    for item in fields(config):
        _put(document, item.name, getattr(config, item.name))
    text = tomlkit.dumps(document)
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise _wrong("can hold Unicode text only: rename what is not (a path in another encoding?)") from error
    return text


def _put(document: "TOMLDocument", name: str, value: object) -> None:
    if value is None:
        document.pop(name, None)
    elif isinstance(value, Mapping):
        _put_table(document, name, value)
    elif document.get(name) != (plain := list(value) if isinstance(value, tuple) else value):
        document[name] = plain


def _put_table(document: "TOMLDocument", name: str, value: Mapping[str, str]) -> None:
    table = cast("Table", document.setdefault(name, {}))
    for gone in [key for key in table if key not in value]:
        del table[gone]
    for key, text in value.items():
        if table.get(key) != text:
            table[key] = text


def _known(found: Mapping[str, object]) -> list[Any]:
    return [item for item in fields(CaseConfig) if item.name in found]


def _is_texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(text, str) for text in value)


def _is_table(value: object) -> bool:
    return isinstance(value, dict) and all(isinstance(text, str) for text in value.values())


def _is_flag(value: object) -> bool:
    return isinstance(value, bool)


# What each type of a field asks of the file, and how a person would call it.
_SHAPES: dict[object, tuple[str, Callable[[object], bool]]] = {
    str: ("a text in quotes", lambda value: isinstance(value, str)),
    bool: ("true or false", _is_flag),
    bool | None: ("true or false", _is_flag),
    int: ("a whole number", lambda value: isinstance(value, int) and not isinstance(value, bool)),
    tuple[str, ...]: ("a list of texts in quotes", _is_texts),
    Mapping[str, str]: ("a table of texts in quotes", _is_table),
}


def _value(name: str, kind: object, value: object) -> object:
    words, fits = _SHAPES[kind]
    if not fits(value):
        raise _wrong(f'"{name}" must be {words}')
    return tuple(value) if isinstance(value, list) else value


def _wrong(what: str) -> UsageError:
    return UsageError(f"{CONFIG_FILE}: {what}", remedy=f"correct {CONFIG_FILE} in the case folder")
