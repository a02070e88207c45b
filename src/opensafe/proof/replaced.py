"""Holds the result against the team's own literals and expressions: applied once more, they change nothing."""

from collections.abc import Collection, Iterator, Sequence

from opensafe.formats.replacing import Replacer
from opensafe.git.expressions import Expressions
from opensafe.git.stream import ObjectReader, read_objects
from opensafe.model.gitobjects import RawObject
from opensafe.model.identifiers import Oid
from opensafe.model.naming import Naming
from opensafe.model.plan import RewriteSpec, SpanEdit
from opensafe.model.replacing import Rule
from opensafe.model.verification import Check
from opensafe.proof.case import ProofCase


def check_replaced(
    case: ProofCase, before: RewriteSpec, naming: Naming, rules: Sequence[Rule], anew: frozenset[Oid]
) -> Check:
    """Nothing that a rule matches is left, and no text was changed that neither a rule nor `naming` asks for.

    Messages of `anew` were written anew as a whole.
    """
    with Expressions(rules) as expressions:
        replacer = Replacer(rules, expressions.find)
        left = sum(bool(_pending(replacer, data)) for data in _contents(case))
        added = {oid: edits for oid, edits in _added(case, before).items() if oid not in anew}
        strange = _strange(case, replacer, naming, added)
    return Check(
        "text-chosen",
        not left and not strange,
        f"{len(rules):,} lines applied again to every file and message: {left:,} would change;"
        f" {len(added):,} files and messages changed by them, {strange:,} of these where no line matches",
    )


def _pending(replacer: Replacer, data: bytes) -> bool:
    return next(replacer.edits(data), None) is not None


def _contents(case: ProofCase) -> Iterator[bytes]:
    graph = case.result_graph
    yield from (commit.message for commit in graph.commits.values())
    yield from (tag.message for tag in graph.tags.values())
    yield from (item.data for item in read_objects(case.result, graph.blobs) if isinstance(item, RawObject))


def _added(case: ProofCase, before: RewriteSpec) -> dict[Oid, set[SpanEdit]]:
    """The edits of the specification that decisions do not give."""
    found: dict[Oid, set[SpanEdit]] = {}
    for spec, sign in ((case.spec, True), (before, False)):
        for oid, edits in (*((c.oid, c.edits) for c in spec.blobs), *spec.message_edits.items()):
            taken = found.setdefault(oid, set())
            taken.update(edits) if sign else taken.difference_update(edits)
    return {oid: edits for oid, edits in found.items() if edits}


def _strange(case: ProofCase, replacer: Replacer, naming: Naming, added: dict[Oid, set[SpanEdit]]) -> int:
    """How many contents have an edit that was not asked for."""
    graph = case.source_graph
    paths = _first_paths(case, added.keys())
    strange = 0
    with ObjectReader(case.source) as reader:
        for oid, edits in added.items():
            holder = graph.commits.get(oid) or graph.tags.get(oid)
            data = holder.message if holder else _blob(reader, oid)
            asked = set(replacer.edits(data, paths.get(oid, b"")))
            asked |= {SpanEdit((), *span) for span in naming.in_message(data)} if holder else set()
            strange += not edits <= asked
    return strange


def _first_paths(case: ProofCase, wanted: Collection[Oid]) -> dict[Oid, bytes]:
    """The first path of each wanted blob, which helps to recognise its format."""
    found: dict[Oid, bytes] = {}
    for path, entry in case.files if wanted else ():
        if entry.oid in wanted:
            found[entry.oid] = min(path, found.get(entry.oid, path))
    return found


def _blob(reader: ObjectReader, oid: Oid) -> bytes:
    item = reader.read(oid)
    return item.data if isinstance(item, RawObject) else b""
