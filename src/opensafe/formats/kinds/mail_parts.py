"""Mails and boxes of mails: encoded bodies and attachments opened, all the rest as one text, in place of the file."""

from collections.abc import Iterator, Sequence

from opensafe.formats.apart import is_mail_in_parts
from opensafe.formats.base64text import encoded_like, salvaged_base64
from opensafe.formats.budget import Meter
from opensafe.formats.content import Changes, Content, Unpacked
from opensafe.formats.escapes import changed
from opensafe.formats.mime import Body, bodies_of
from opensafe.formats.quotedprintable import quoted, quoted_stretch
from opensafe.formats.runs import Run, translate
from opensafe.model.edit import Edit, apply_edits
from opensafe.model.skip import SkipReason, Unread

_TEXT = "mail:text"


class MailParts:
    signatures = frozenset({"eml"})
    nests = True
    replaces = True

    def recognises(self, content: Content) -> bool:
        """Only a mail with something encoded: the text that is left of it is not opened again."""
        return is_mail_in_parts(content)

    def owns(self, label: str) -> bool:
        return label.startswith("mail:")

    def unpack(self, content: Content, meter: Meter) -> Iterator[Unpacked | Unread]:
        bodies = list(bodies_of(content.data))
        if 2 * len(content.data) > meter.limit or len(bodies) + 1 > meter.parts_left:
            yield Unread(SkipReason.ARCHIVE_BUDGET, via=("mail",), detail="over the budget of one file")
            return
        text, _ = _without(content.data, bodies)
        yield Unpacked(_TEXT, text, content.role, is_text=True)
        for number, body in enumerate(bodies, 1):
            yield Unpacked(f"mail:part {number}", _decoded(content.data, body), content.role, body.name)

    def translate(self, parent: Content, changes: Changes) -> list[Edit]:
        bodies = list(bodies_of(parent.data))
        text, runs = _without(parent.data, bodies)
        edits = translate(text, runs, changes.get(_TEXT, ()), bytes, _TEXT)
        for number, body in enumerate(bodies, 1):
            label = f"mail:part {number}"
            if label in changes:
                edits += _changed(parent.data, body, label, changes[label])
        return edits


def _without(data: bytes, bodies: Sequence[Body]) -> tuple[bytes, list[Run]]:
    """The text without its encoded bodies, and where it stands."""
    runs: list[Run] = []
    at = raw = 0
    for start, end in [*((body.start, body.end) for body in bodies), (len(data), len(data))]:
        if raw < start:
            runs.append(Run(at, start - raw, raw, start - raw))
            at += start - raw
        raw = end
    return b"".join(data[run.raw_at : run.raw_at + run.size] for run in runs), runs


def _decoded(data: bytes, body: Body) -> bytes:
    if body.encoding == "base64":
        return salvaged_base64(data[body.start : body.end])
    return quoted_stretch(data, body.start, body.end).meaning(data)


def _changed(data: bytes, body: Body, label: str, edits: Sequence[Edit]) -> list[Edit]:
    if body.encoding == "base64":
        run = data[body.start : body.end]
        kept = run.rstrip()
        encoded = encoded_like(kept, apply_edits(salvaged_base64(run), edits))
        return [Edit(body.start, body.start + len(kept), encoded)]
    return changed(data, [(label, quoted_stretch(data, body.start, body.end))], {label: edits}, quoted)


FORMAT = MailParts()
