"""The options side by side: one row for each figure, one column for each option, within eighty columns."""

from collections.abc import Callable, Iterable, Iterator
from textwrap import wrap

from opensafe.cli.screen import columns
from opensafe.model.measures import OptionMeasures
from opensafe.model.plan import OptionNumbers, RewritePlan
from opensafe.reports.wording import size

_ID = 10  # characters of a commit id
_WIDTH = 80


def option_table(plan: RewritePlan) -> list[str]:
    """Lines to print. Each row begins with what it counts, so that it reads well aloud too."""
    table: list[tuple[str, ...]] = [("", *(row.option.value for row in plan.numbers))]
    table += [(name, *map(tell, plan.numbers)) for name, tell in _COUNTS.items()]
    table += [(name, *map(tell, plan.measures)) for name, tell in _MEASURES.items() if plan.measures]
    return columns(table)


_COUNTS: dict[str, Callable[[OptionNumbers], str]] = {
    "possible": lambda row: "yes" if row.possible else "no",
    "commits before": lambda row: f"{row.commits_before:,}",
    "commits after": lambda row: f"{row.commits_after:,}",
    "share of history kept": lambda row: f"{row.history_kept:.0%}",
    "authors before": lambda row: f"{row.authors_before:,}",
    "authors after": lambda row: f"{row.authors_kept:,}",
    "tags changed": lambda row: f"{row.tags_changed:,}",
    "tags lost": lambda row: f"{row.tags_lost:,}",
    "signatures lost": lambda row: f"{row.signatures_lost:,}",
    "extra headers lost": lambda row: f"{row.headers_lost:,}",
    "file versions changed": lambda row: f"{row.blobs_changed:,}",
    "file versions removed": lambda row: f"{row.files_removed:,}",
}

_MEASURES: dict[str, Callable[[OptionMeasures], str]] = {
    "commits as they are": lambda row: f"{row.commits_kept:,}",
    "commits with a new id": lambda row: f"{row.commits_changed:,}",
    "commits lost": lambda row: f"{row.commits_lost:,}",
    "authorship kept": lambda row: f"{row.authorship_kept:.0%}",
    "first commit to change": lambda row: row.first_changed[:_ID] or "none",
    "messages with broken ids": lambda row: f"{row.references_lost:,}",
    "files gone from the tip": lambda row: f"{row.head_files_gone:,}",
    "files gone from history": lambda row: f"{row.files_gone:,}",
    "size before, estimated": lambda row: size(row.bytes_before),
    "size after, estimated": lambda row: size(row.bytes_after),
}


def legend() -> Iterator[str]:
    """What cannot be read off the names of the rows."""
    yield "Sizes are those of all file versions, before compression."
    yield "A broken id in a message names a commit that has another id, or none, then."


def wrapped(sentences: Iterable[str]) -> Iterator[str]:
    """A list of sentences, within eighty columns."""
    for sentence in sentences:
        yield from wrap(sentence, _WIDTH, initial_indent="- ", subsequent_indent="  ", break_on_hyphens=False)
