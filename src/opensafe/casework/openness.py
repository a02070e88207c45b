"""Which paths of the new history may not be published today, by the categories of the case."""

from collections import Counter
from datetime import date

from opensafe.casefile.folder import Case
from opensafe.casework.public import PublicRepository
from opensafe.git.graph import walk_tree
from opensafe.model.identifiers import Oid
from opensafe.model.openness import category_of
from opensafe.model.text import counted, shown


def forbidden(case: Case, public: PublicRepository, today: date) -> tuple[str, ...]:
    """One sentence for each category that forbids paths of the new history; empty where all may go.

    Every version counts, not only the latest: whoever clones gets them all.
    """
    lines = case.categories.read()
    if not any(line.forbids(today) for line in lines):
        return ()
    reasons: Counter[str] = Counter()
    for path in public_paths(public):
        line = category_of(path, lines)
        why = line.forbids(today) if line else ""
        if line and why:
            reasons[f"{line.path}: {why}"] += 1
    return tuple(f"{counted(number, 'path')} in {reason}" for reason, number in sorted(reasons.items()))


def public_paths(public: PublicRepository) -> set[str]:
    """Every path at which any commit has a file, as shown."""
    seen: set[tuple[Oid, bytes]] = set()
    roots = (commit.tree for commit in public.graph.commits.values())
    return {shown(path) for root in roots for path, _ in walk_tree(public.graph.trees, root, seen=seen)}
