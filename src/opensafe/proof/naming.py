"""Holds the names of the result against the mailmap and the pseudonyms that the team chose."""

from collections.abc import Iterator

from opensafe.git.graph import ObjectGraph
from opensafe.model.gitobjects import Commit, Identity, Tag
from opensafe.model.identifiers import Oid
from opensafe.model.naming import TRAILER, Naming
from opensafe.model.plan import RewriteSpec, SpanEdit
from opensafe.model.verification import Check
from opensafe.proof.case import ProofCase
from opensafe.proof.decided import Decided


def check_people(case: ProofCase, before: RewriteSpec, naming: Naming, anew: frozenset[Oid]) -> Check:
    """Everybody has the name that was chosen, in every line; nobody else was renamed; no old address is left.

    Messages of `anew` were written anew, with whatever names are in them.
    """
    renamed = Decided.of(case.spec)
    wrong = people = 0
    for who in _people(case):
        people += 1
        is_as_chosen = (renamed.person(who).name, renamed.person(who).email) == naming.new(*_clean(who))
        wrong += not is_as_chosen
    messages = [oid for oid in _holders(case) - anew if not _message_agrees(case, before, naming, oid)]
    left = _left(case, naming)
    return Check(
        "people-chosen",
        not wrong and not messages and not left,
        f"{people:,} identity lines and {len(_holders(case)):,} messages held against the choice:"
        f" {wrong + len(messages):,} differ, {left:,} addresses left that were to go",
    )


def _clean(who: Identity) -> tuple[bytes, bytes]:
    name, email = (part.translate(None, b"<>\n") for part in (who.name, who.email))
    return name, email


def _people(case: ProofCase) -> Iterator[Identity]:
    graph = case.source_graph
    for oid in case.commits | case.notes:
        yield graph.commits[oid].author
        yield graph.commits[oid].committer
    yield from (tagger for oid in case.tags if (tagger := graph.tags[oid].tagger))


def _holders(case: ProofCase) -> frozenset[Oid]:
    return case.commits | case.notes | case.tags


def _holder(graph: ObjectGraph, oid: Oid) -> Commit | Tag:
    return graph.commits[oid] if oid in graph.commits else graph.tags[oid]


def _message_agrees(case: ProofCase, before: RewriteSpec, naming: Naming, oid: Oid) -> bool:
    """Names in trailers: each new name is where the old one stood, unless a decision about that text stands there."""
    message = _holder(case.source_graph, oid).message
    decided = [edit for edit in before.message_edits.get(oid, ()) if not edit.via]
    made = set(case.spec.message_edits.get(oid, ()))
    for match in TRAILER.finditer(message):
        for part, new in enumerate(naming.new(match[1], match[2]), 1):
            start, end = match.span(part)
            touched = any(edit.start < end and start < edit.end for edit in decided)
            if not touched and (new != match[part]) != (SpanEdit((), start, end, new) in made):
                return False
    return True


def _left(case: ProofCase, naming: Naming) -> int:
    """Addresses of people in the lines of the result, where none but those that stand in for them may be."""
    if not (naming.choices.no_reply or naming.choices.pseudonyms):
        return 0
    graph = case.result_graph
    lines = [who for commit in graph.commits.values() for who in (commit.author, commit.committer)]
    lines += [tag.tagger for tag in graph.tags.values() if tag.tagger]
    put_there = set(naming.emails.values())
    return sum(b"e" + who.email.strip().lower() in naming.numbers and who.email not in put_there for who in lines)
