"""Policy profiles: which rows a policy has. Data in `opensafe/profiles`, one TOML file each."""

import hashlib
import tomllib
from collections.abc import Mapping
from importlib.resources import files
from typing import Any

from opensafe.errors import UsageError
from opensafe.model.readiness import How, Level, Profile, ProfileRow, Role
from opensafe.model.second_person import TwoPeople

_FOLDER = files("opensafe") / "profiles"
_SUFFIX = ".toml"


def profile_ids() -> tuple[str, ...]:
    """The ids of all profiles, sorted: the names of the files without `.toml`."""
    names = (entry.name for entry in _FOLDER.iterdir())
    return tuple(sorted(name.removesuffix(_SUFFIX) for name in names if name.endswith(_SUFFIX)))


def load_profile(profile_id: str) -> Profile:
    """The profile; its digest is the SHA-256 of the file, in hex. Raises UsageError naming the known ones."""
    if profile_id not in profile_ids():
        raise UsageError(
            "there is no policy profile of that name",
            remedy=f"the profiles are: {', '.join(profile_ids())}",
        )
    data = (_FOLDER / f"{profile_id}{_SUFFIX}").read_bytes()
    document = tomllib.loads(data.decode("utf-8"))
    return Profile(
        id=profile_id,
        title=document["title"],
        source=document["source"],
        rows=tuple(_row(row, document["source"]) for row in document["rows"]),
        signoffs=tuple(Role(role) for role in document["signoffs"]),
        rotation_blocks_plan=document["rotation_blocks_plan"],
        second_person=tuple(TwoPeople(demand) for demand in document["second_person"]),
        digest=hashlib.sha256(data).hexdigest(),
    )


def _row(row: Mapping[str, Any], source: str) -> ProfileRow:
    """`source` and row id together say where the row comes from; `check` is left out where only a person can say."""
    return ProfileRow(
        id=row["id"],
        statement=row["statement"],
        level=Level(row["level"]),
        how=How(row["how"]),
        check=row.get("check", ""),
        remedy=row["remedy"],
        source=source,
        section=row["section"],
    )
