"""All formats. The order is the order of parts in a decoding."""

from collections.abc import Collection
from functools import cache

from opensafe.formats.budget import Budget, Meter
from opensafe.formats.content import Content, Format, Unpacked
from opensafe.formats.kinds import (
    arrow_table,
    base64_runs,
    closed,
    compressed,
    document_people,
    encoded_text,
    encoded_words,
    hex_runs,
    html_parts,
    json_escapes,
    mail_parts,
    markup_text,
    notebook_cells,
    numpy_values,
    ole_streams,
    parquet_table,
    partly_read,
    pdf_document,
    percent_runs,
    pickle_strings,
    picture_text,
    r_values,
    references,
    rich_text,
    sas7bdat_table,
    sasxport_table,
    spreadsheet,
    spss_table,
    sqlite_freed,
    sqlite_log,
    sqlite_tables,
    stata_table,
    tar_members,
    unicode_escapes,
    wide_strings,
    zip_members,
)
from opensafe.formats.nature import Nature

WHOLE: tuple[Format, ...] = (
    encoded_text.FORMAT,
    notebook_cells.FORMAT,
    mail_parts.FORMAT,
    compressed.FORMAT,
    r_values.FORMAT,
    zip_members.FORMAT,
    tar_members.FORMAT,
    ole_streams.FORMAT,
    pdf_document.FORMAT,
    picture_text.FORMAT,
    spreadsheet.FORMAT,
    sqlite_tables.FORMAT,
    sqlite_freed.FORMAT,
    sqlite_log.FORMAT,
    parquet_table.FORMAT,
    arrow_table.FORMAT,
    numpy_values.FORMAT,
    spss_table.FORMAT,
    stata_table.FORMAT,
    sas7bdat_table.FORMAT,
    sasxport_table.FORMAT,
    pickle_strings.FORMAT,
    wide_strings.FORMAT,
    markup_text.FORMAT,
    rich_text.FORMAT,
    document_people.FORMAT,
    html_parts.FORMAT,
    json_escapes.FORMAT,
    partly_read.FORMAT,
    closed.FORMAT,
    encoded_words.FORMAT,
)
"""Those that are recognised by what the content is as a whole, at a glance."""

SCATTERED: tuple[Format, ...] = (
    base64_runs.FORMAT,
    hex_runs.FORMAT,
    percent_runs.FORMAT,
    references.FORMAT,
    unicode_escapes.FORMAT,
)
"""Those whose stretches may begin anywhere in a text."""

FORMATS = (*WHOLE, *SCATTERED)

_PLAIN = Nature("text", "utf-8")


def formats_of(content: Content) -> list[Format]:
    """The formats that open this content."""
    return [form for form in _asked(FORMATS, content.nature.signature) if form.recognises(content)]


@cache
def _asked(forms: tuple[Format, ...], signature: str) -> tuple[Format, ...]:
    """Those that may open a content of this signature: with plain text most have no business."""
    return tuple(form for form in forms if form.signatures is None or signature in form.signatures)


def is_plain(content: Content) -> bool:
    """Whether it is UTF-8 text as it stands, that no format opens as a whole."""
    nature = content.nature
    return nature.encoding == "utf-8" and not any(form.recognises(content) for form in _asked(WHOLE, nature.signature))


def may_hide(text: bytes) -> bool:
    """Whether a stretch of plain text can be decoded into something."""
    content = Content(text, _PLAIN)
    return any(
        form.recognises(content) and next(form.unpack(content, Meter(Budget())), None) is not None for form in SCATTERED
    )


def children_of(content: Content, form: Format, labels: Collection[str], meter: Meter) -> dict[str, Unpacked]:
    """What `form` finds in the content under these labels; opens no more than it must."""
    found: dict[str, Unpacked] = {}
    for item in form.unpack(content, meter):
        if isinstance(item, Unpacked) and item.label in labels:
            found[item.label] = item
            if len(found) == len(labels):
                break
    return found


def keeps_offsets(content: Content) -> bool:
    """Whether the raw bytes are of a known binary format: a change of their length would damage it."""
    return bool(content.nature.signature) and not content.nature.is_text
