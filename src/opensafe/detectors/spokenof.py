"""Words around a name that say it is somebody's: of meeting or asking a person, and of what people say and do."""

from opensafe.model.expressions import expression

_MEETS = expression(
    r"(?i)(?<![\w.-])(?:by|with|from|per|via|copyright(?: \(c\)|©)?(?: \d{4})?|patient|attend(?:ed|ees)"
    r"|present|signed)[:,.]?(?: to)?(?:\s|<br ?/?>){1,3}\Z"
)
_ASKED = expression(
    r"(?i)(?:(?<![\w.-])(?:speak(?:ing)?(?: to| with)?|spoken?(?: to| with)?|talk(?:ed|ing)?(?: to| with)|over to"
    r"|thanks?|thank you|ask|asked|(?:asked|reported|fixed|requested|chaired|reviewed|checked) by|told|tell"
    r"|my name is|i am|met(?: with)?|(?:e-?mail|letter|note|message|call|reply|query|request) from|who is"
    r"|e?-?mail(?:ed)?|phoned?|ring|rang|call(?:ed)?|discuss(?:ed)? with|agreed? with|check(?:ed)? w(?:ith|/)|chased?"
    r"|queries to|cover|qc|programmer|reviewer|cc|hi|hello|dear|regards|sincerely|faithfully|apologies|nok|son|daughter"
    r"|wife|husband|mother|father|mum|dad|social worker|school nurse|health visitor)[:,.]?(?: to)?(?:\s|<br ?/?>){1,3}"
    r"|(?<![\w.])@)\Z"
)
_SAYS = expression(
    r" (?:said|says|asked|asks|told|tells|rang|rings|called|emailed|phoned|confirmed|thinks|wants|wrote|reported|agreed"
    r"|disagreed|noted|suggested|visited|attended|complained|(?:has|have|had) (?:asked|said|left|moved)|both said"
    r"|to (?:write|check|chase|send|ring|speak|lead|review|update|follow|confirm|circulate|email|contact))(?!\w)"
    r"|['’]s (?:list|clinic|spreadsheet|e?-?mails?|patients?|family|request|query|queries|record|notes"  # noqa: RUF001
    r"|account|caseload)(?!\w)"
)
_SIGNS = expression(
    r" (?:<[\w.+-]{1,60}@|\((?:[A-Z]{2,3}|[Cc]hair)\)|(?:19|20)\d\d(?![\w.])|\d{1,2}[/.]\d{1,2}[/.]\d{2})"
)
_REACH = 30  # bytes on each side


def is_met(data: bytes, start: int, after: str) -> bool:
    """Whether a word for meeting or writing to somebody stands before a name that begins at `start`, or a sign of a
    person `after` it: what they do, an address, a date.
    """
    before = _text(data[max(0, start - _REACH) : start])
    return any((_SIGNS.match(after), _SAYS.match(after), _ASKED.search(before), _MEETS.search(before)))


def is_asked(data: bytes, start: int, end: int) -> bool:
    """Whether the name there is surely of a person: somebody who is spoken with, or who says or does something."""
    if _SAYS.match(_text(data[end : end + _REACH])) is not None:
        return True
    return _ASKED.search(_text(data[max(0, start - _REACH) : start])) is not None


def _text(data: bytes) -> str:
    return data.decode("utf-8", "surrogateescape")
