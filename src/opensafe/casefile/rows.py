"""How each noun becomes a row of the index, and comes back."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

from opensafe.model.audit import AuditRecord, RefRecord, SourceState
from opensafe.model.coverage import Coverage
from opensafe.model.finding import Category, Confidence, Finding, Form, Severity, State
from opensafe.model.ground import Spot
from opensafe.model.marks import Appearance, Mark, Marked
from opensafe.model.place import Place, PlaceKind
from opensafe.model.skip import Skip, SkipReason

Row = tuple[Any, ...]

_CATEGORIES = {word.value: word for word in Category}
_SEVERITIES = {word.value: word for word in Severity}
_CONFIDENCES = {word.value: word for word in Confidence}
_FORMS = {word.value: word for word in Form}
_KINDS = {word.value: word for word in PlaceKind}


def review_order(finding: Finding) -> tuple[int, str, bytes, bytes, str]:
    """The graver first, then what is of one kind, files by their names: as written (`_storable`)."""
    title, masked = (text.encode("utf-8", "backslashreplace") for text in (finding.title, finding.masked))
    return finding.severity.rank, finding.category.value, title, masked, finding.id


def finding_row(number: int, finding: Finding, key: int | None = None) -> Row:
    """`key` is what its marks know it by; of a new index that is its number."""
    return (
        number,
        finding.id,
        finding.category.value,
        finding.detector,
        _packed(finding.witnesses),
        _storable(finding.title),
        finding.severity.value,
        finding.confidence.value,
        finding.form.value,
        _storable(finding.masked),
        _storable(finding.why),
        finding.person,
        finding.occurrences,
        finding.published,
        finding.in_head,
        _packed(finding.profile),
        _packed(finding.covered_by),
        number if key is None else key,
    )


def finding_from(row: Row) -> Finding:
    """The finding without its places, and open: decisions say otherwise."""
    _, id_, category, detector, witnesses, title, severity, confidence, form, masked, why, person, *rest = row
    occurrences, published, in_head, profile, covered_by, _ = rest
    # In the order of the fields: there may be 100,000 findings, and names for values take a fifth of the time.
    return Finding(
        id_,
        _CATEGORIES[category],
        detector,
        _unpacked(witnesses),
        title,
        _SEVERITIES[severity],
        _CONFIDENCES[confidence],
        _FORMS[form],
        masked,
        why,
        person,
        occurrences,
        published != 0,
        in_head != 0,
        State.OPEN,
        (),
        _unpacked(profile),
        _unpacked(covered_by),
    )


def read_columns(names: Sequence[str], rows: Sequence[Row]) -> list[tuple[Any, ...]]:
    """These columns of the table of findings, of which the rows consist, with their words read.

    Raises what `Index.understood` makes CaseDamaged of.
    """
    columns: Iterable[tuple[Any, ...]] = zip(*rows, strict=True) if rows else ((),) * len(names)
    told = zip(names, columns, strict=True)
    return [tuple(map(_READ[name], column)) if name in _READ else column for name, column in told]


def spot_row(place: Place) -> Row:
    """Where a place is, without its number: the same for everything that stands in one content there."""
    return (
        place.kind.value,
        place.oid,
        _storable(place.path),
        place.path_key,
        _storable(place.ref),
        place.ref_key,
        place.first_commit,
        place.last_commit,
        place.in_head,
        place.published,
        place.count,
    )


def spot_from(row: Row) -> Spot:
    number, kind, oid, path, path_key, ref, ref_key, first, last, in_head, published, count = row
    return Spot(
        number, _KINDS[kind], oid, path, path_key, ref, ref_key, first, last, bool(in_head), bool(published), count
    )


def mark_row(finding: int, number: int, spot: int, place: Place) -> Row:
    return finding, number, spot, place.line, place.column, place.start, place.end, _packed(place.via)


def place_from(row: Row) -> Place:
    (
        _,
        _,
        kind,
        oid,
        path,
        path_key,
        ref,
        ref_key,
        line,
        column,
        start,
        end,
        via,
        first,
        last,
        head,
        published,
        count,
    ) = row
    # By position: a large case has 300,000 of them, and names would take a fifth of the time.
    return Place(
        _KINDS[kind],
        oid,
        path,
        path_key,
        ref,
        ref_key,
        line,
        column,
        start,
        end,
        _unpacked(via),
        first,
        last,
        bool(head),
        bool(published),
        count,
    )


def marked_from(row: Row) -> Marked:
    _, id_, category, form, title, person = row
    return Marked(id_, _CATEGORIES[category], _FORMS[form], title, person)


# Made as tuples are: a large case has 300,000 of them, and a call for each would take as long as all else about it.
_made = tuple.__new__


def appearances_from(rows: Iterable[Row]) -> Iterator[Appearance]:
    for finding, published, first, kind, path, ref, oid, via, start, end in rows:
        place = finding, bool(published), first, _KINDS[kind], path, ref, oid, _unpacked(via), start, end
        yield _made(Appearance, place)


def marks_from(rows: Iterable[Row]) -> Iterator[Mark]:
    for finding, kind, oid, path, path_key, ref_key, via, start, end in rows:
        place = finding, _KINDS[kind], oid, path, path_key, ref_key, _unpacked(via), start, end
        yield _made(Mark, place)


def skip_row(number: int, skip: Skip) -> Row:
    path, detail = _storable(skip.path), _storable(skip.detail)
    return number, skip.id, skip.oid, path, skip.reason.value, detail, skip.path_key


def skip_from(row: Row) -> Skip:
    """The skip, open: decisions say otherwise."""
    _, id_, oid, path, reason, detail, path_key = row
    return Skip(id_, oid, path, SkipReason(reason), detail, path_key=path_key)


def ref_row(number: int, ref: RefRecord) -> Row:
    return number, _storable(ref.name), ref.key, ref.oid, ref.published


def ref_from(row: Row) -> RefRecord:
    _, name, key, oid, published = row
    return RefRecord(name, key, oid, bool(published))


def audit_row(record: AuditRecord) -> Row:
    source, coverage = record.source, record.coverage
    return (
        source.digest,
        source.head,
        _storable(source.head_ref),
        source.commits,
        source.object_format,
        record.rules_digest,
        record.opensafe_version,
        record.finished,
        record.seconds,
        record.roster_digest,
        coverage.objects,
        coverage.read,
        coverage.bytes,
        json.dumps(dict(coverage.by_kind)),
    )


def audit_from(row: Row, refs: Sequence[RefRecord], skips: Sequence[Skip]) -> AuditRecord:
    """The record without its findings."""
    digest, head, head_ref, commits, object_format, rules, version, finished, seconds, roster, *counts = row
    objects, read, size, by_kind = counts
    return AuditRecord(
        source=SourceState(digest, head, head_ref, commits, object_format, tuple(refs)),
        rules_digest=rules,
        opensafe_version=version,
        finished=finished,
        seconds=seconds,
        findings=(),
        coverage=Coverage(objects, read, size, json.loads(by_kind), tuple(skips)),
        roster_digest=roster,
    )


def _storable(text: str | None) -> str | None:
    """A lone surrogate has no UTF-8 form: it is written as an escape, so that no name can stop an audit."""
    if text is None or text.isascii():
        return text
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


@lru_cache(maxsize=4096)
def _packed(texts: tuple[str, ...]) -> str:
    return json.dumps(texts)


@lru_cache(maxsize=4096)
def _unpacked(packed: str) -> tuple[Any, ...]:
    return tuple(json.loads(packed))


_READ: Mapping[str, Callable[[Any], Any]] = {
    "category": _CATEGORIES.__getitem__,
    "severity": _SEVERITIES.__getitem__,
    "form": _FORMS.__getitem__,
    "witnesses": _unpacked,
    "covered_by": _unpacked,
    "published": bool,
}
"""How the words of a column are read, where they do not stand as they are."""
