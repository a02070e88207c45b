"""Values made safe for reStructuredText, in forms that read well as plain text too: there is no other for README.txt.

Source: the reStructuredText specification of docutils (escaping mechanism, inline markup recognition, body elements).
"""

from collections.abc import Iterable

from opensafe.model.expressions import expression
from opensafe.model.text import printable
from opensafe.readiness.markup import Dialect, Marked

# `name_` and `name__` refer to something; `::` announces a literal block.
_SPECIAL = expression(r"[\\`*|]|_(?![A-Za-z0-9])|(?<=:):")
# Bullets, enumerations, fields, options, comments, doctests, headings: at the start of a paragraph only.
_BLOCK_START = expression(r"^(?=[^\w\s\\]|\(?(?:\w|[ivxlcdmIVXLCDM]{1,9}|\d{1,9}|#)[.)](?:\s|$))")


def inline(value: str) -> Marked:
    """`value` on one line, with nothing that reStructuredText would act on."""
    line = printable(" ".join(value.split()))
    return Marked(_BLOCK_START.sub(r"\\", _SPECIAL.sub(r"\\\g<0>", line)))


def code(value: str) -> Marked:
    """`value` as a literal, which shows backslashes as they are; one that a literal cannot hold as escaped text."""
    line = printable(" ".join(value.split()))
    if not line or "`" in line or line.endswith("\\"):
        return inline(line)
    return Marked(f"``{line}``")


def _commands(lines: Iterable[str]) -> Marked:
    return Marked("::\n\n" + "\n".join(f"    {printable(line)}" for line in lines))


def _comment(text: str) -> Marked:
    return Marked(f".. {text}\n\n")


RESTRUCTURED = Dialect(inline, code, code, _commands, _comment)
