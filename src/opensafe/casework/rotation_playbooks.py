"""The playbooks of rotation: whose a credential is, whom to ask, what to do, what counts as evidence."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import PurePosixPath

from opensafe.casework.playbooks import parsed_playbook, playbook_folder
from opensafe.errors import UsageError
from opensafe.model.credential import Credential
from opensafe.model.expressions import expression
from opensafe.model.finding import Form
from opensafe.model.place import Place

SECTIONS = ("Ask", "Steps", "Evidence", "In R", "In Python")
"""What every playbook of rotation says, in this order."""

_GENERIC = "generic"
_RULE = expression(r"\brule ([\w./-]{1,80})|([\w. ]{1,40}): pattern of detect-secrets|a key for (OpenPGP|OpenSSH)")
_NO_WORD = expression(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class RotationPlaybook:
    """`chosen_by` are words that begin a word in what is known of a credential: its rule, path, detector, title."""

    id: str
    title: str
    chosen_by: tuple[str, ...]
    sections: Mapping[str, str]


@cache
def rotation_playbooks() -> tuple[RotationPlaybook, ...]:
    """Every playbook of rotation, by name of its file."""
    folder = playbook_folder() / "rotation"
    return tuple(read_rotation_playbook(file.read_text(encoding="utf-8")) for file in sorted(folder.glob("*.md")))


def rotation_playbook(name: str) -> RotationPlaybook:
    """The playbook of this id. Raises UsageError naming those that there are."""
    known = {book.id: book for book in rotation_playbooks()}
    if name not in known:
        raise UsageError("there is no such playbook of rotation", remedy=f"playbooks are: {', '.join(known)}")
    return known[name]


def read_rotation_playbook(text: str) -> RotationPlaybook:
    """Markdown with a YAML head and the five sections. Raises ValueError."""
    head, sections = parsed_playbook(text)
    if tuple(sections) != SECTIONS:
        raise ValueError(f"a playbook of rotation has the sections {', '.join(SECTIONS)}, in this order")
    return RotationPlaybook(head["id"], head["title"], tuple(head["chosen-by"]), sections)


def playbook_for(credential: Credential, places: Iterable[Place] = ()) -> RotationPlaybook:
    """The playbook of the provider, where anything about the credential names one; else the generic one.

    What is known best is asked first: the rule that saw it, or what kind of private key it is; for a private key its
    file, then its folder; its detectors; its title.
    """
    paths = tuple(place.path for place in places if place.path) if credential.form is Form.PRIVATE_KEY else ()
    return _chosen(credential.why, paths, credential.detector, credential.witnesses, credential.title)


@lru_cache(maxsize=4096)
def _chosen(
    why: str, paths: tuple[str, ...], detector: str, witnesses: tuple[str, ...], title: str
) -> RotationPlaybook:
    """Many credentials are known by the same words."""
    files = [PurePosixPath(path) for path in paths]
    places = (name for names in ([f.name for f in files], [f.parent.name for f in files]) for name in names)
    named = (_named_in(known) for known in (*_rules_in(why), *places, detector, *witnesses, title))
    return next((book for book in named if book is not None), rotation_playbook(_GENERIC))


@lru_cache(maxsize=4096)
def _named_in(known: str) -> RotationPlaybook | None:
    """The playbook with the longest of the words that choose one."""
    told = f"-{_NO_WORD.sub('-', known.casefold())}"
    matches = [(len(word), book) for book in rotation_playbooks() for word in book.chosen_by if f"-{word}" in told]
    return max(matches, key=lambda match: match[0])[1] if matches else None


@lru_cache(maxsize=4096)
def _rules_in(why: str) -> tuple[str, ...]:
    return tuple("".join(named) for named in _RULE.findall(why))
