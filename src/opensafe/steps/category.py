"""The openness categories: what may be published of which component, and from when."""

from opensafe.casefile.folder import Case
from opensafe.casework.openness import public_paths
from opensafe.casework.public import open_public
from opensafe.casework.typed_texts import refuse_values
from opensafe.model.openness import Categorised, standing_categories
from opensafe.model.openness_rules import check_category


def categories(case: Case) -> tuple[Categorised, ...]:
    """The newest line of each component."""
    return standing_categories(case.categories.read())


def reaches_nothing(case: Case, line: Categorised) -> bool:
    """Whether the new history has no file at such a path, in any version: a path may be typed wrongly."""
    return case.public_git.is_dir() and not any(line.covers(path) for path in public_paths(open_public(case)))


def categorise(case: Case, line: Categorised, *, cache: str | None = None) -> tuple[Categorised, ...]:
    """Record the category of a component. A later line holds where several cover a path. Raises UsageError."""
    check_category(line, case.today)
    texts = {name: getattr(line, name) for name in ("reason", "duty", "agreed_by", "attacker", "adds", "harm")}
    refuse_values(case, cache, **texts)
    with case.writing("category"):
        case.categories.append(line)
        details = {"category": line.category.value, "path": line.path}
        case.log.append("category", f"Recorded {line.category}", by=line.by, why=line.reason, details=details)
    return categories(case)
