"""Carries out the approved plan: the new history is built beside everything, then switched in by one rename."""

from dataclasses import dataclass
from pathlib import Path
from shutil import copytree

from opensafe.casefile.disk import disk_failures, remove_tree
from opensafe.casefile.folder import Case
from opensafe.casefile.former import save_former
from opensafe.casefile.hosting import save_hosting
from opensafe.casefile.plans import approval, require_plan, save_claim
from opensafe.casefile.proofs import forget_added
from opensafe.casework.approval import approved_plan
from opensafe.casework.chosen import compiled_plan
from opensafe.casework.decided import decided_state
from opensafe.casework.former import former_history
from opensafe.casework.hosting import hosting_facts
from opensafe.casework.source import unchanged_source
from opensafe.errors import NotReady, OutOfOrder, UsageError
from opensafe.git.backup import back_up
from opensafe.history.reading import History
from opensafe.model.plan import Option, RewritePlan
from opensafe.model.progress import Progress
from opensafe.model.rewrite import RewriteClaim
from opensafe.rewriting.build import build
from opensafe.rewriting.digests import spec_digest


@dataclass(frozen=True, slots=True)
class Rewritten:
    """Where the new history is, and what is claimed about it."""

    repository: Path
    option: Option
    claim: RewriteClaim
    backup: Path

    @property
    def changed_commits(self) -> int:
        return sum(1 for old, new in self.claim.commits.items() if old != new)


def rewrite(case: Case, progress: Progress, *, by: str = "") -> Rewritten:
    """Build `public.git` as the approved plan says. Raises NotReady without an approval, OutOfOrder if it is stale."""
    plan, (approved_by, approved_on) = _approved(case)
    with case.writing("rewrite"):
        history = unchanged_source(case, case.work / "view", progress)
        approved = approved_plan(case, plan, by=approved_by, on=approved_on)
        state = decided_state(case)
        compiled = compiled_plan(case, history, state, plan.replacements, plan.choices)
        spec, inventory = compiled.spec, compiled.inventory
        if plan.source_digest != history.digest() or plan.spec_digest != spec_digest(spec):
            raise OutOfOrder("the plan is for another state of the source or the decisions", remedy="opensafe plan")
        saved = _backed_up(case, history, progress)
        built = build(
            approved, spec, history.view, history.graph, case.work / "build", case.work / "public.git", progress
        )
        refs, head = built.repository.refs(), built.repository.run("symbolic-ref", "HEAD").strip()
        save_former(case, plan, former_history(approved, history, state, spec, inventory, case.key))
        save_hosting(case, plan, hosting_facts(plan.option, history, spec, built.claim))
        _switch(case, built.repository.git_dir)
        save_claim(case, plan, built.claim, refs, head)
        forget_added(case)
        result = Rewritten(case.public_git, plan.option, built.claim, saved)
        counted = f"{result.changed_commits} of {len(built.claim.commits)} commits changed"
        case.log.append(
            "rewrite",
            f"Built the new history ({plan.option}): {counted}",
            by=by,
            details={"plan": plan.digest, "commits": len(built.claim.commits), "changed": result.changed_commits},
        )
        case.sweep()
    return result


def _approved(case: Case) -> tuple[RewritePlan, tuple[str, str]]:
    plan = require_plan(case)
    given = approval(case)
    if given is None:
        raise NotReady("nobody has approved this plan", remedy="opensafe plan --approve --by NAME")
    return plan, given


def _backed_up(case: Case, history: History, progress: Progress) -> Path:
    """A backup of the source as it is now; an older one of another state is replaced once the new one is verified."""
    marker = case.load_document("backup.json")
    digest = history.digest()
    if marker is not None and marker["source"] == digest and (case.root / marker["file"]).exists():
        return case.root / str(marker["file"])
    progress.stage("Making a backup")
    present = list(history.graph.sizes)
    saved = back_up(
        history.layout, history.view, history.refs.refs, present, case.work / case.backup.name, case.work / "backup"
    )
    target = case.root / saved.name
    with disk_failures(target, "replace"):
        if target.is_dir():
            remove_tree(target)
        saved.replace(target)
    case.save_document("backup.json", {"source": digest, "file": target.name})
    return target


def _switch(case: Case, built: Path) -> None:
    """Put the new history in the place of an older one: two renames, and the older one goes with `work`."""
    with disk_failures(case.public_git, "replace"):
        if case.public_git.exists():
            case.public_git.replace(case.work / "former.git")
        built.replace(case.public_git)


def copy_to(case: Case, output: Path) -> Path:
    """Hand the new history out as a bare repository at `output`, which must not exist yet."""
    if output.exists():
        raise UsageError(f"{output} exists already", remedy="name a folder that does not exist yet")
    if not case.public_git.is_dir():
        raise OutOfOrder("there is no new history yet", remedy="opensafe rewrite")
    with disk_failures(output, "write"):
        copytree(case.public_git, output)
    return output
