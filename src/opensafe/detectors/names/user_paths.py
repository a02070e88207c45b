"""User names in the paths of somebody's machine: `C:\\Users\\x`, `/Users/x`, `/home/x`."""

from collections.abc import Iterator
from dataclasses import replace

from opensafe.detectors.acquaintances import acquaintances_of
from opensafe.detectors.commonwords import is_common_word
from opensafe.detectors.gazetteer import known_names
from opensafe.detectors.genericnames import is_generic
from opensafe.detectors.kinds import Examine, PersonalDetector
from opensafe.detectors.namewords import NO_PERSON, OF_PROGRAMS
from opensafe.detectors.values import is_redaction
from opensafe.model.context import Context
from opensafe.model.detector import Card, Example, Scope
from opensafe.model.expressions import expression
from opensafe.model.finding import Category, Confidence, Form, Hit, Severity
from opensafe.model.secret import Secret
from opensafe.model.specimen import Specimen

_WINDOWS = expression(
    rb"(?i)\b[a-z]:[\\/]{1,4}(?:users|documents and settings)[\\/]{1,4}"
    rb"(?P<user>[^\\/:*?\"'<>|`\s,;)]{1,64}(?: [^\\/:*?\"'<>|`\s,;)]{1,64}){0,2}(?=[\\/])|[^\\/:*?\"'<>|`\s,;)]{1,64})"
)
_SHARE = expression(
    rb"(?i)(?:\\{2,4}|(?<![\w:/])//)[\w.-]{1,80}[\\/]{1,4}(?:(?:users?|homes?|profiles?|personal|userdata|redirected)\$?[\\/]{1,4}){1,2}"
    rb"(?P<user>[^\\/:*?\"'<>|`\s,;)$]{2,64}(?=[\\/\"'`\s]|\Z))"
)
_UNIX = expression(rb"(?<![\w.%-])(?:(?:/mnt)?(?:/[a-zA-Z])?/Users|/home)/(?P<user>[A-Za-z0-9_][\w.-]{0,63})")
_JOINT = expression(rb"[._ -]")
_OF_NOBODY = NO_PERSON | OF_PROGRAMS


def _prepare(context: Context) -> Examine:
    people = acquaintances_of(context.people)

    def examine(specimen: Specimen, start: int, end: int) -> Iterator[Hit]:
        for pattern in (_WINDOWS, _UNIX, _SHARE):
            for match in pattern.finditer(specimen.data, start, end):
                user = match["user"].rstrip(b".")
                if len(user) > 1 and not is_generic(user) and not is_redaction(user):
                    yield _judged(_hit(match.start("user"), user, people.called(user)), user)

    return examine


def _judged(hit: Hit, user: bytes) -> Hit:
    """Low where the folder is called by words and no name: `/home/django`, `/home/app_user`."""
    words = [word for word in _JOINT.split(user.lower()) if word]
    is_name = any(known_names().is_given(word.decode("utf-8", "replace").capitalize()) for word in words)
    if hit.person is not None or is_name or not all(map(_is_word, words)):
        return hit
    return replace(hit, severity=Severity.LOW, confidence=Confidence.MEDIUM, why="a folder that is called by a word")


def _is_word(word: bytes) -> bool:
    return is_common_word(word) or word.decode("utf-8", "replace") in _OF_NOBODY


def _hit(start: int, user: bytes, person: int | None) -> Hit:
    return Hit(
        start=start,
        end=start + len(user),
        value=Secret(user.lower(), "login"),
        form=Form.LOGIN,
        severity=Severity.MEDIUM,
        confidence=Confidence.HIGH,
        why="the folder of a user in a path",
        person=person,
    )


DETECTOR = PersonalDetector(
    Card(
        id="names.user-paths",
        title="User name in a path",
        category=Category.NAME,
        severity=Severity.MEDIUM,
        scope=Scope.PASSAGE,
        why="A path of somebody's machine names the user, often by the organisation's account name.",
        remedy="Use paths relative to the project; redact the user name.",
        reference="facts: data 2, user paths",
        examples=(
            Example(('setwd("C:/Us', "ers/jblo", 'ggs7/project")'), ("jblo", "ggs7")),
            Example(('read.csv("C:\\\\Us', "ers\\\\Jo Blo", 'ggs\\\\x.csv")'), ("jo blo", "ggs")),
            Example(('"/Us', "ers/jblo", 'ggs/anaconda3/bin"'), ("jblo", "ggs")),
            Example(('"\\\\\\\\trust-fs1\\\\home$\\\\jblo', 'ggs7\\\\data"'), ("jblo", "ggs7")),
            Example(("\\\\fs1\\Us", "ers\\jo.blo", "ggs\\x.sas"), ("jo.blo", "ggs"), "a.sas"),
            Example(("cd /ho", "me/jblo", "ggs/src"), ("jblo", "ggs"), "run.sh"),
        ),
        non_examples=(
            Example(("/home/runner/work/x",)),
            Example(("C:\\Users\\Public\\x",)),
            Example(("/home/jovyan/x and /root/x",)),
            Example(("https://example.org/home/page",)),
            Example(("C:/Users/<your name>/x",)),
            Example(("/home/${USER}/x",)),
            Example(("https://example.org/users/sign_in",)),
            Example(("\\\\fs1\\users\\public\\x",)),
            Example(("/home/REDACTED-1/x",)),
        ),
    ),
    (
        rb"(?i:[a-z]:[\\/]{1,4}(?:users|documents and settings)[\\/])",
        rb"/Users/",
        rb"/home/",
        rb"(?i:[\\/]{2}[\w.-]{1,80}[\\/]{1,4}(?:users?|homes?|profiles?|personal|userdata|redirected)\$?[\\/])",
    ),
    _prepare,
)
