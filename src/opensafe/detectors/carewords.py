"""Whether somebody's care is spoken of around a name: who is treated, or treats, is no author there."""

from opensafe.model.expressions import expression

_REACH = 90  # bytes of its line, to each side of a name
_CARE = expression(
    rb"(?i)\b(?:patient(?!s)|pt|mother|carer|next of kin|nok|d\.?o\.?b|born|aged|saw|seen|admitted|discharged?"
    rb"|attended (?:a&e|clinic)|in clinic|re-?admitted|under the care|diagnos(?:ed|is)|died|deceased"
    rb"|ward \w{1,12}|bed \d|(?:her|his|their) (?:gp|notes|care|mother|father|wife|husband|daughter|son|ward|results)"
    rb"|(?:reviewed|examined|operated on|assessed|phoned|visited|treated) (?:him|her|them|mr|mrs|ms|miss|the patient)"
    rb"|(?:dear|yours) (?:mr|mrs|ms|miss)|prescribed|biopsy|operated on|referral|scan results?"
    rb")\b"
)
OF_CARE = "a name where somebody's care is spoken of"


def is_of_care(data: bytes, start: int, end: int) -> bool:
    """Whether a word of care stands on the line of the name from `start` to `end`, near it."""
    before = data[max(0, start - _REACH) : start].rpartition(b"\n")[2]
    after = data[end : end + _REACH].partition(b"\n")[0]
    return _CARE.search(before + b"\x1f" + after) is not None
