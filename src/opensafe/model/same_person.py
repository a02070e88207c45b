"""Names of people who decide: whether two are one person, which keeps somebody from confirming their own word."""

import unicodedata

from opensafe.model.expressions import expression

_WORD = expression(r"\w+")


def same_person(one: str, other: str) -> bool:
    """Whether the names are the same, whatever their case, accents, spaces, dots and the order of their words."""
    return _folded(one) == _folded(other)


def is_name(text: str) -> bool:
    """Whether it can be the name of a person: it has letters, and is no error of a spreadsheet (`#NAME?`)."""
    return any(map(str.isalpha, text)) and not text.lstrip().startswith("#")


def _folded(name: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", name.casefold())
    return sorted(_WORD.findall("".join(c for c in plain if not unicodedata.combining(c))))
