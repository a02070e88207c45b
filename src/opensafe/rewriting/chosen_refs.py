"""The branches and tags that the team wants to keep."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from opensafe.errors import UsageError
from opensafe.model.choices import RefChoices
from opensafe.model.globs import matches_ref, raw_glob
from opensafe.model.identifiers import Oid
from opensafe.model.plan import RewriteSpec

_CHOSEN_FROM = (b"refs/heads/", b"refs/tags/")


def with_chosen_refs(spec: RewriteSpec, choices: RefChoices) -> RewriteSpec:
    """Only the chosen refs. `keep` chooses among branches and tags; `drop` reaches notes as well.

    Raises UsageError where a glob matches nothing, or the default branch would go.
    """
    keep, drop = ([raw_glob(glob) for glob in globs] for globs in (choices.keep, choices.drop))
    _refuse_idle(spec.refs, keep, "--keep-ref", choices.keep)
    _refuse_idle(spec.refs, drop, "--drop-ref", choices.drop)
    kept = {name: oid for name, oid in spec.refs.items() if _is_kept(name, keep, drop)}
    if spec.head in spec.refs and spec.head not in kept:
        raise UsageError(
            "the default branch would not be published",
            remedy="keep it as well: --keep-ref NAME (HEAD of the source names it)",
        )
    return replace(spec, refs=kept)


def _is_kept(name: bytes, keep: Sequence[bytes], drop: Sequence[bytes]) -> bool:
    is_wanted = not keep or not name.startswith(_CHOSEN_FROM) or matches_ref(name, keep)
    return is_wanted and not matches_ref(name, drop)


def _refuse_idle(refs: Mapping[bytes, Oid], globs: Sequence[bytes], flag: str, given: Sequence[str]) -> None:
    """A glob that matches nothing is a slip of the pen."""
    for glob, text in zip(globs, given, strict=True):
        if not any(matches_ref(name, [glob]) for name in refs):
            raise UsageError(f"{flag} {text} matches no ref that would be published", remedy="correct the glob")
