"""Names inside containers as they may stand in `via`, which the case stores and reports show.

A member or a sheet may be named after a credential, a patient's number or an address. The name itself is searched
(`zip:names`); the label leaves out what could be a value. Labels that become equal are told apart by a number.
"""

from opensafe.model.expressions import expression
from opensafe.model.text import printable

_RUN = expression(r"[A-Za-z0-9_@+=~-]{6,}")
_VALUE = expression(r"@|[0-9][A-Za-z]|[0-9]{5}|[A-Za-z0-9]{24}")


def told(name: str) -> str:
    """`name` without the runs in it that could be a value, controls escaped. The same name gives the same text."""
    return _RUN.sub(lambda run: "…" if _VALUE.search(run[0]) else run[0], printable(name))


def numbered(name: str, number: int) -> str:
    """As `told`; where something was left out, with the place in the container, so that no two are the same."""
    text = told(name)
    return text if text == printable(name) else f"{text}#{number}"
