"""Finds the playbooks: beside the package in a checkout, inside it when installed."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from opensafe.errors import UsageError
from opensafe.model.expressions import expression

_HEAD = expression(r"\A---\n(?P<head>.*?)\n---\n(?P<body>.*)\Z", re.DOTALL)
_SECTION = expression(r"^## (.+)\n", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Playbook:
    """A guided journey: `sections` explain each of its `steps`."""

    id: str
    title: str
    steps: tuple[str, ...]
    sections: Mapping[str, str]


def playbook_folder() -> Path:
    """The one accessor: `playbooks/` of the checkout in an editable install, the package's copy otherwise."""
    packaged = Path(str(files("opensafe"))) / "playbooks"
    return packaged if packaged.is_dir() else Path(str(files("opensafe"))).parents[1] / "playbooks"


def playbooks() -> tuple[Playbook, ...]:
    """Every playbook, by name of its file."""
    return tuple(read_playbook(file.read_text(encoding="utf-8")) for file in sorted(playbook_folder().glob("*.md")))


def playbook(name: str) -> Playbook:
    """The playbook of this id. Raises UsageError naming those that there are."""
    known = {book.id: book for book in playbooks()}
    if name not in known:
        raise UsageError("there is no such playbook", remedy=f"playbooks are: {', '.join(known)}")
    return known[name]


def parsed_playbook(text: str) -> tuple[dict[str, Any], dict[str, str]]:
    """The YAML head and the sections of a playbook of any kind. Raises ValueError."""
    match = _HEAD.match(text.replace("\r\n", "\n"))
    if match is None:
        raise ValueError("a playbook begins with a YAML head between two lines of three dashes")
    head: dict[str, Any] = YAML(typ="safe").load(match["head"])
    parts = _SECTION.split(match["body"])
    return head, {name.strip(): body.strip() for name, body in zip(parts[1::2], parts[2::2], strict=True)}


def read_playbook(text: str) -> Playbook:
    """A playbook out of Markdown with a YAML head; a section for each step. Raises ValueError."""
    head, sections = parsed_playbook(text)
    missing = set(head["steps"]) - sections.keys()
    if missing:
        raise ValueError(f"steps without a section: {', '.join(sorted(missing))}")
    return Playbook(head["id"], head["title"], tuple(head["steps"]), sections)
