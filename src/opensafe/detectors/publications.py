"""What has been published: a name in the text of a link, in a reference or beside a work that is linked is public."""

import re
from collections.abc import Iterable

from opensafe.model.expressions import expression

_REACH = 300  # bytes of its line to each side of a name
_SHORTEST = 4  # letters of a surname that an address of a page may hold
_ENTRIES = (b"@article", b"@book", b"@misc", b"@inproceedings", b"@phdthesis", b"@techreport", b"@manual", b"@software")
_TELLING = (b"et al", b"doi", b"arxiv", b"isbn", b"preprint", b"journal", b"orcid", b" and ", *_ENTRIES)
_REFERENCE = expression(
    rb"\bet al\b|\bdoi\.org/|\bdoi:|\barxiv\b|\bisbn\b|\bpreprint\b|\bjournal of\b|\borcid\.org/"
    rb"|(?:%s)\{"
    rb"|(?:^|[,{])[ \t]{0,8}(?:author|editor)s?[ \t]{0,4}=[ \t]{0,4}[{\"].{0,300}(?:\x1f|, ?[\w. -]{1,40}) and "
    % b"|".join(_ENTRIES)
)
_ADDRESS = expression(rb"https?://[^\s<>\"')\]]{4,200}")
# Whoever is written about there is not public: shared drives, boards of tickets, chats, intranets.
_PRIVATE = expression(
    rb"sharepoint|onedrive|teams\.|office(?:365)?\.com|live\.com|atlassian|jira|confluence|trello|miro\.com|intranet"
    rb"|nhs\.net|future\.nhs|kahootz|dev\.azure|visualstudio\.com|slack\.com|dropbox|drive\.google|docs\.google"
    rb"|\.(?:local|internal|corp|lan)\b|localhost|//\d|servicenow|zendesk|monday\.com|asana"
)
_LINK_BEGINS = expression(rb"\[[^\[\]\n]{0,60}\Z|(?i:<a [^<>\n]{0,200}href=[\"']https?:[^<>\n]{0,200}>)[^<>\n]{0,60}\Z")
_LINK_ENDS = expression(rb"[^\[\]\n]{0,60}\](?:\(https?:|\[[^\]\n]{0,60}\])|[^<>\n]{0,60}</a>")
_OF_A_WORK = expression(
    rb"(?:(?:'s|\xe2\x80\x99s)|,?[ ](?:in|calls(?: it| this)?|author of|wrote|writes in|describes))"
    rb"[ ](?:the |a |an )?[_*\"]{0,3}\[[^\]\n]{1,200}\]\(https?:"
)
_BY_AFTER_WORK = expression(rb"\]\(https?://[^)\n]{4,250}\)[^.\[\]\n]{0,40}\bby [^.\[\]\n]{0,60}\Z")
_CONTRIBUTOR = b"avatars"  # as tools list whoever contributed: with a picture from the code host
REFERENCE = "in a reference to something published"
LINK = "the text of a link to a page, or beside one of that name"
WORK = "beside a link to the work that is theirs"


def published_as(data: bytes, start: int, end: int) -> str:
    """Why the name from `start` to `end` is public, from what stands on its line; empty where nothing says so."""
    before = data[max(0, start - _REACH) : start].rpartition(b"\n")[2]
    after = data[end : end + _REACH].partition(b"\n")[0]
    line = (before + b"\x1f" + after).lower()
    if any(word in line for word in _TELLING) and _REFERENCE.search(line):
        return REFERENCE
    if _CONTRIBUTOR in line:
        return LINK
    addresses = _ADDRESS.findall(line)
    if any(map(_PRIVATE.search, addresses)) or not (addresses or b"][" in line):
        return ""
    if (_LINK_BEGINS.search(before) and _LINK_ENDS.match(after)) or _is_in(addresses, data[start:end]):
        return LINK
    return WORK if _OF_A_WORK.match(after) or _BY_AFTER_WORK.search(before) else ""


def _is_in(addresses: Iterable[bytes], name: bytes) -> bool:
    """Whether the address of a page holds the surname."""
    words = [word for word in re.split(rb"[^a-z]", name.lower()) if len(word) >= _SHORTEST]
    if not words:
        return False
    surname = words[0] if b"," in name else words[-1]
    return any(surname in address for address in addresses)
