"""Renders the templates of release documents. Every inserted value is escaped unless it is markup already."""

import re
from functools import cache
from importlib.resources import files

from jinja2 import Environment, FunctionLoader, StrictUndefined

from opensafe.readiness.markdown import MARKDOWN
from opensafe.readiness.markup import Dialect, Marked
from opensafe.readiness.placeholders import to_complete


def render(template: str, dialect: Dialect = MARKDOWN, **values: object) -> str:
    """The text with one newline at its end and never two empty lines in a row."""
    text = _environment(dialect).get_template(f"{template}.jinja").render(**values)
    return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"


@cache
def _environment(dialect: Dialect) -> Environment:
    folder = files("opensafe") / "templates" / "documents"
    environment = Environment(
        loader=FunctionLoader(lambda name: (folder / name).read_text("utf-8")),
        undefined=StrictUndefined,
        autoescape=False,  # noqa: S701 - these are no HTML: `finalize` escapes every value for the dialect
        finalize=dialect.insert,
        trim_blocks=True,
        lstrip_blocks=True,
    )

    def or_ask(value: str, key: str, ask: str) -> Marked:
        """The answer with its paragraphs, or a gap that asks for it."""
        return dialect.paragraphs(value) if value.strip() else to_complete(key, ask, dialect)

    environment.filters |= {
        "code": dialect.code,
        "codes": dialect.codes,
        "commands": dialect.commands,
        "listed": dialect.listed,
        "or_ask": or_ask,
        "reference": dialect.reference,
    }
    return environment
