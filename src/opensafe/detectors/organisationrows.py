"""Rows of a directory of organisations: `('RT2', 'HILL HOSPITAL', 'OL12 …')` tells where a hospital is."""

import re

from opensafe.model.expressions import expression

_QUOTE = rb"[Nn]?[\"']?"
# Organisation Data Service: trusts and their sites, practices and pharmacies, independent providers.
_CODE = (
    rb"(?:R[0-9A-Z]{2}(?:[0-9A-Z]{2})?|[A-HJ-NP-Y][0-9]{5}|F[A-Z0-9]{4}|[NZ][A-Z0-9][0-9]{3}|NT[A-Z0-9]{1,3}"
    rb"|8[A-Z0-9]{4,5})"
)
_PREMISES = (
    rb"(?i:\b(?:hospitals?|infirmary|clinic|hospice|surgery|pharmacy|chemist|dispensary|practice|(?:nursing|care) home"
    rb"|(?:health|medical|treatment|diagnostic|primary care|walk-?in|day|resource|community) (?:centre|center|unit)"
    rb"|nhs (?:foundation )?trust|health ?care|medical group)\b)"
)
_ROW = expression(
    rb"(?:^|[(\[{])[ \t]{0,20}" + _QUOTE + _CODE + rb"[\"']?[ \t]{0,4}[,;|\t][ \t]{0,4}" + _QUOTE
    + rb"[^,;|\t\n]{0,80}?" + _PREMISES
)  # fmt: skip
_NEXT_ROW = expression(rb"\)[ ]?[,;]")
_OF_SOMEBODY = expression(rb"\d{1,2}[-/.]\d{1,2}[-/.]\d{4}|\d{4}-\d{2}-\d{2}|(?<!\d)\d{3}[ -]?\d{3}[ -]?\d{4}(?!\d)")


def is_row_of_organisation(before: bytes, after: bytes) -> bool:
    """Whether a value stands in a row that begins with the code and the name of a hospital, a practice or a pharmacy.

    `before` and `after` are the line to its sides. A row with a date or a number of ten digits may be somebody's.
    """
    begun = max(_ROW.finditer(before), key=re.Match.start, default=None)
    if begun is None or _NEXT_ROW.search(before, begun.end()):
        return False
    end = _NEXT_ROW.search(after)
    row = before[begun.start() :] + b"\n" + after[: end.start() if end else None]
    return _OF_SOMEBODY.search(row) is None
