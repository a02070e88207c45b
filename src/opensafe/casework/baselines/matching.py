"""Finds what the entries of another tool are about: by value where they give it, else by path and line."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence

from opensafe.casefile.folder import Case
from opensafe.casefile.places import first_places, lines_of
from opensafe.casework.baselines.entry import Entry
from opensafe.casework.contexts import source_places
from opensafe.model.finding import Category, Finding, Form
from opensafe.model.identifiers import FindingId
from opensafe.model.suggestion import Strength, Suggestion


def match_entries(
    case: Case, entries: Sequence[Entry], findings: Iterable[Finding]
) -> tuple[tuple[Suggestion, ...], int]:
    """A suggestion for each finding that an entry is about, all of weak evidence; and how many entries match none.

    Values are compared by the fingerprints of this case. For SHA-1 the values of our own findings are read again in
    the source. Where several entries are about one finding, the first that would take it away has the word.
    """
    known = {f.id: f for f in findings if f.category in {Category.SECRET, Category.SETTING} and f.form is not Form.FILE}
    by_sha1 = _by_sha1(case, known) if any(entry.sha1 for entry in entries) else {}
    by_line = lines_of(case.index, known)
    made: dict[FindingId, Suggestion] = {}
    unmatched = 0
    for entry in sorted(entries, key=lambda entry: not entry.action.takes_away):
        ids = _by_value(case, entry, known) or by_sha1.get(entry.sha1, ()) or by_line.get((entry.path, entry.line), ())
        for id_ in ids:
            made.setdefault(id_, Suggestion(id_, entry.action, entry.evidence, Strength.WEAK))
        unmatched += not ids
    return tuple(made[id_] for id_ in known if id_ in made), unmatched


def _by_value(case: Case, entry: Entry, known: Mapping[FindingId, Finding]) -> tuple[FindingId, ...]:
    if entry.value is None:
        return ()
    plain = entry.value.reveal()
    ids = (case.key.finding(category, plain) for category in (Category.SECRET, Category.SETTING))
    return tuple(id_ for id_ in ids if id_ in known)


def _by_sha1(case: Case, known: Mapping[FindingId, Finding]) -> dict[str, tuple[FindingId, ...]]:
    """detect-secrets hashes the value as it stands in the file."""
    found: dict[str, tuple[FindingId, ...]] = {}
    with source_places(case) as reader:
        for id_, place in first_places(case.index, known).items():
            value = reader.value(known[id_], place)
            if value is not None:
                digest = hashlib.sha1(value.reveal(), usedforsecurity=False).hexdigest()
                found[digest] = (*found.get(digest, ()), id_)
    return found
