"""The licence of a project: where its file lies, whose copyright it states, and which licences go together.

Sources: facts, policy 6; policy v1.0, section 4 c. Guidance for people who decide, not legal advice.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from opensafe.model.expressions import expression
from opensafe.model.text import printable
from opensafe.readiness.licence_declarations import licence_family
from opensafe.readiness.licence_detection import SHIPPED, has_placeholders, identify, licence_text
from opensafe.readiness.text import text_of

__all__ = [
    "SHIPPED",
    "Compatibility",
    "Verdict",
    "compatibility",
    "copyright_line",
    "find_licence_file",
    "governing_licence",
    "has_copyright_notice",
    "has_placeholders",
    "identify",
    "licence_files",
    "licence_text",
]

_NAME = expression(r"(?:(?:mit|gpl|apache|bsd)-)?(?:(?:un)?licen[cs]e|copying)(?:[-._].{1,60})?", re.IGNORECASE)
_PREFERRED = expression(r"(?:(?:un)?licen[cs]e|copying)(?:\.md|\.txt)?", re.IGNORECASE)
# Code and data about licences, and R's notes on them, are no licence files.
_OTHER = expression(r".{0,80}\.(?:py|r|js|ts|json|csv|ya?ml|toml|sh|bat|ps1|note|in|j2|jinja)", re.IGNORECASE)
# The two lines that R asks of a package under the MIT licence: the text itself stands elsewhere.
_R_STUB = expression(r"^\s{0,20}year:.{0,80}\n\s{0,20}(?:copyright holder|organization):", re.IGNORECASE)
_NOTICE = expression(
    r"(?:copyright|©)[\s(c)©]{0,12}(?:(?:19|20)\d\d|crown)"
    r"|^\W{0,10}(?:copyright|©).{0,80}(?:19|20)\d\d|crown copyright[\s,(c)©]{0,8}(?:19|20)\d\d",
    re.IGNORECASE,
)
_PUBLISHER = expression(r"free software foundation|[<\[{](?:year|yyyy)", re.IGNORECASE)


def licence_files(paths: Iterable[str]) -> tuple[str, ...]:
    """The licence files at the top level in any spelling, the usual names first."""
    found = [path for path in paths if "/" not in path and _NAME.fullmatch(path) and not _OTHER.fullmatch(path)]
    return tuple(sorted(found, key=lambda path: (not _PREFERRED.fullmatch(path), path.lower(), path)))


def find_licence_file(paths: Iterable[str]) -> str | None:
    """The licence file of the project; where there is one of any kind, opensafe never writes a second."""
    return next(iter(licence_files(paths)), None)


def governing_licence(files: Mapping[str, bytes]) -> str | None:
    """The file that holds the licence: the first that is not R's two-line stub, else the stub."""
    found = licence_files(files)
    whole = (path for path in found if not _R_STUB.match(text_of(files[path])))
    return next(whole, None) or next(iter(found), None)


def copyright_line(holder: str, year: int, crown_body: bool | None) -> str:
    """The copyright notice. Only a Crown body states Crown copyright; NHS trusts are not Crown bodies.

    Without a holder it keeps the placeholder of the licence, which the checks find.
    """
    name = printable(" ".join(holder.split()))
    if crown_body:
        return f"Copyright (c) {year} Crown Copyright" + (f" ({name})" if name else "")
    return f"Copyright (c) {year} {name or '<copyright holders>'}"


def has_copyright_notice(text: bytes) -> bool:
    """Whether a line states a copyright with a year (or the Crown's), other than the publisher's of the licence."""
    lines = text_of(text).split("\n")
    return any(_NOTICE.search(line[:500]) and not _PUBLISHER.search(line[:500]) for line in lines)


class Verdict(StrEnum):
    """Whether a component may be part of a project under the outbound licence."""

    YES = "yes"
    CONDITIONS = "with conditions"
    ASK = "ask"
    NO = "no"


@dataclass(frozen=True, slots=True)
class Compatibility:
    verdict: Verdict
    why: str


_PERMISSIVE = Compatibility(Verdict.YES, "keep its copyright notice")
_MPL = Compatibility(Verdict.CONDITIONS, "its own files stay under MPL-2.0")
_LGPL = Compatibility(Verdict.CONDITIONS, "use through its interface only; copied code would need the LGPL")
_GPL_ONLY = Compatibility(Verdict.NO, "the whole project would have to be under GPL-3.0")
_GPL2 = Compatibility(Verdict.NO, "GPL-2.0 without later versions goes with no other licence here")
_AGPL_NO = Compatibility(Verdict.NO, "its terms would cover the whole project")
_NONE = Compatibility(Verdict.NO, "a component without a licence must not be used")
_UNCOMMON = Compatibility(Verdict.ASK, "an uncommon licence: policy v1.0, section 4 c asks for a compatibility check")
_GPL3_YES = Compatibility(Verdict.YES, "may be part of a project under GPL-3.0")
_APACHE_IN_MIT = Compatibility(
    Verdict.CONDITIONS, "keep its NOTICE; where it is important, policy v1.0 asks for Apache-2.0 as a whole"
)
_AGPL_IN_GPL = Compatibility(Verdict.ASK, "they may be combined, but the AGPL's terms stay")

_OUTBOUND = ("MIT", "Apache-2.0", "GPL-3.0")
_TABLE: Mapping[str, tuple[Compatibility, Compatibility, Compatibility]] = {
    "MIT": (_PERMISSIVE, _PERMISSIVE, _PERMISSIVE),
    "BSD-2-Clause": (_PERMISSIVE, _PERMISSIVE, _PERMISSIVE),
    "BSD-3-Clause": (_PERMISSIVE, _PERMISSIVE, _PERMISSIVE),
    "ISC": (_PERMISSIVE, _PERMISSIVE, _PERMISSIVE),
    "Apache-2.0": (_APACHE_IN_MIT, _PERMISSIVE, _PERMISSIVE),
    "MPL-2.0": (_MPL, _MPL, _GPL3_YES),
    "LGPL-3.0": (_LGPL, _LGPL, _GPL3_YES),
    "GPL-2.0-only": (_GPL2, _GPL2, _GPL2),
    "GPL-2.0-or-later": (_GPL_ONLY, _GPL_ONLY, _GPL3_YES),
    "GPL-3.0": (_GPL_ONLY, _GPL_ONLY, _GPL3_YES),
    "AGPL-3.0": (_AGPL_NO, _AGPL_NO, _AGPL_IN_GPL),
    "": (_NONE, _NONE, _NONE),
}


def compatibility(component: str, outbound: str) -> Compatibility:
    """Whether code under `component` (SPDX id, "" for none) may be part of a project under `outbound`."""
    row = _TABLE.get(component) or _TABLE.get(licence_family(component))
    column = licence_family(outbound)
    return _UNCOMMON if row is None or column not in _OUTBOUND else row[_OUTBOUND.index(column)]
