"""Where a text is prose: what looks like a heading in a code block, a comment or a head of YAML is none.

Source: CommonMark 0.31, fenced code blocks and HTML blocks of kind 2.
"""

from opensafe.model.expressions import expression

_OPENS = expression(r" {0,3}(?:(?:[-*+]|\d{1,9}[.)])[ \t]{1,4})?(`{3,200}|~{3,200})")
_CLOSES = expression(r" {0,3}(`{3,200}|~{3,200})[ \t\r]{0,200}$")
_COMMENT = expression(r" {0,3}<!--")
_COMMENT_END = "-->"
_HEAD = "---"


def without_code(text: str) -> str:
    """`text` with the lines of such blocks blanked. Offsets stay."""
    return _scan(text)[0]


def closing_line(text: str) -> str:
    """The line that ends the block in which the text ends, or "": what is added below would be part of it."""
    return _scan(text)[1]


def _scan(text: str) -> tuple[str, str]:
    lines = text.split("\n")
    closing = _HEAD if lines[0].rstrip() == _HEAD and any(line.rstrip() == _HEAD for line in lines[1:]) else ""
    prose = [" " * len(lines[0]) if closing else ""] * bool(closing)
    previous = ""
    for line in lines[len(prose) :]:
        inside = closing
        closing = _still_open(line, closing) if closing else _opened(line, previous)
        prose.append(" " * len(line) if inside or closing else line)
        previous = line.strip()
    return "\n".join(prose), closing


def _opened(line: str, previous: str) -> str:
    """What will close the block that this line opens; "" where it opens none."""
    fence = _OPENS.match(line)
    if fence:
        rest = line[fence.end() :]
        inline = fence.group(1)[0] == "`" and "`" in rest
        # reStructuredText underlines headings with tildes as well.
        underlines = fence.group(1)[0] == "~" and not rest.strip() and 0 < len(previous) <= len(fence.group(1))
        return "" if inline or underlines else fence.group(1)
    return _COMMENT_END if _COMMENT.match(line) and _COMMENT_END not in line else ""


def _still_open(line: str, closing: str) -> str:
    if closing == _COMMENT_END:
        return "" if _COMMENT_END in line else closing
    if closing == _HEAD:
        return "" if line.rstrip() == _HEAD else closing
    fence = _CLOSES.match(line)
    return "" if fence and fence.group(1).startswith(closing) else closing
