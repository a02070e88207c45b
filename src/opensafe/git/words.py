"""What git complained about, fit for a message: the names that it quotes may hold what must not be shown."""

from opensafe.model.expressions import expression
from opensafe.model.text import shown

_QUOTED = expression(rb"'[^'\n]*'|\"[^\"\n]*\"")
_SHOWN = 2000  # bytes, from the end


def without_names(stderr: bytes) -> str:
    """Git's words in one line, every quoted name in them left out."""
    return "; ".join(shown(_QUOTED.sub(b"'...'", line)) for line in stderr[-_SHOWN:].splitlines())
