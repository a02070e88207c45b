"""Renders the templates of release documents. Every inserted value is escaped unless it is Markdown already."""

import re
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

from jinja2 import Environment, FunctionLoader, StrictUndefined

from opensafe.model.text import printable
from opensafe.readiness.markdown import Markdown, code, insert, link
from opensafe.readiness.placeholders import or_ask


def render(template: str, **values: object) -> bytes:
    """The document as UTF-8 with one newline at its end and never two empty lines in a row."""
    text = _environment().get_template(f"{template}.jinja").render(**values)
    return (re.sub(r"\n{3,}", "\n\n", text).strip() + "\n").encode("utf-8")


@cache
def _environment() -> Environment:
    folder = files("opensafe") / "templates" / "documents"
    environment = Environment(
        loader=FunctionLoader(lambda name: (folder / name).read_text("utf-8")),
        undefined=StrictUndefined,
        autoescape=False,  # noqa: S701 - these are Markdown, not HTML: `finalize` escapes every value for it
        finalize=insert,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"code": code, "codes": _codes, "link": link, "or_ask": or_ask, "command": _command}
    return environment


def _codes(values: Iterable[str]) -> Markdown:
    return Markdown(", ".join(code(value) for value in values))


def _command(line: str) -> Markdown:
    """A line of a fenced block: made by the survey of parts that hold no quotes, backticks or spaces."""
    return Markdown(printable(line))
