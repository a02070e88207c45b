"""Bytes in, searchable contents out: the one recursion over all formats."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from opensafe.formats.budget import Budget, Meter
from opensafe.formats.content import Content, Format, Unpacked
from opensafe.formats.registry import children_of, formats_of
from opensafe.formats.signature import within
from opensafe.model.skip import SkipReason, Unread
from opensafe.model.specimen import Role

_DEFAULT = Budget()


@dataclass(frozen=True, slots=True)
class Part:
    """One searchable content: UTF-8 where it is text, raw bytes otherwise. `via` is empty for the content itself."""

    via: tuple[str, ...]
    data: bytes = field(repr=False)
    role: Role


@dataclass(frozen=True, slots=True)
class Decoding:
    """Everything that lies in one content, always in the same order, and what could not be read of it."""

    signature: str
    parts: tuple[Part, ...]
    unread: tuple[Unread, ...]


def decode(data: bytes, path: bytes = b"", budget: Budget = _DEFAULT) -> Decoding:
    """All parts of a content, containers opened within the budget; never raises. `path` only helps the signature."""
    content = Content.of(data, path)
    found = list(_opened(content, (), budget.max_depth, Meter(budget)))
    parts = tuple(item for item in found if isinstance(item, Part))
    unread = tuple(item for item in found if isinstance(item, Unread))
    return Decoding(within(data, path, content.nature.signature), parts, unread)


def _opened(content: Content, via: tuple[str, ...], depth: int, meter: Meter) -> Iterator[Part | Unread]:
    """The content itself, unless a format stands in its place, then what lies in it."""
    inner: list[Part | Unread] = []
    is_replaced = False
    for form in formats_of(content):
        lower = depth - form.nests
        if lower < 0:
            inner.append(Unread(SkipReason.ARCHIVE_BUDGET, via=via, detail="containers are nested too deep"))
            continue
        gave = list(_unpacked(form, content, via, lower, meter))
        is_replaced |= form.replaces and any(isinstance(item, Part) for item in gave)
        inner += gave
    if not is_replaced:
        yield Part(via, content.data, content.role if content.nature.is_text else Role.BINARY)
    yield from inner


def _unpacked(
    form: Format, content: Content, via: tuple[str, ...], depth: int, meter: Meter
) -> Iterator[Part | Unread]:
    for item in form.unpack(content, meter):
        if isinstance(item, Unread):
            yield replace(item, via=via + item.via)
        elif not meter.admits(len(item.data)):
            yield Unread(SkipReason.ARCHIVE_BUDGET, via=(*via, item.label), detail="over the budget of one file")
        elif item.leaf:
            yield Part((*via, item.label), item.data, item.role)
        else:
            yield from _opened(item.content(), (*via, item.label), depth, meter)


def part_at(data: bytes, via: tuple[str, ...], budget: Budget = _DEFAULT) -> bytes | None:
    """The decoded content that `via` leads to, for showing a value at its span; None if it does not exist."""
    content = Content.of(data)
    for label in via:
        child = _child(content, label, budget)
        if child is None:
            return None
        content = child.content()
    return content.data


def _child(content: Content, label: str, budget: Budget) -> Unpacked | None:
    owners = (form for form in formats_of(content) if form.owns(label))
    found = (children_of(content, form, {label}, Meter(budget)).get(label) for form in owners)
    return next((child for child in found if child is not None), None)
