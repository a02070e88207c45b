"""Carries out the approved plan: the new history is built beside everything, then switched in by a rename."""

from dataclasses import dataclass
from pathlib import Path
from shutil import copytree

from opensafe.casefile.disk import disk_failures, remove_tree
from opensafe.casefile.folder import Case
from opensafe.casefile.former import save_former
from opensafe.casefile.hosting import save_hosting
from opensafe.casefile.plans import approval, require_plan, save_next_claim
from opensafe.casework.approval import approved_plan
from opensafe.casework.chosen import compiled_plan
from opensafe.casework.compiled_decisions import decided_state, standing_decisions
from opensafe.casework.former import former_history
from opensafe.casework.former_result import former_of, recover, switch_history
from opensafe.casework.hosting import hosting_facts
from opensafe.casework.idlists import is_id_list
from opensafe.casework.source import unchanged_source
from opensafe.errors import NotReady, OutOfOrder, UsageError
from opensafe.git.backup import back_up
from opensafe.git.owned import OwnedRepository
from opensafe.history.reading import History
from opensafe.model.plan import Option, RewritePlan
from opensafe.model.progress import Progress
from opensafe.model.rewrite import RewriteClaim
from opensafe.model.text import counted, shown
from opensafe.rewriting.build import Built, build
from opensafe.rewriting.compile import Inventory
from opensafe.rewriting.digests import spec_digest
from opensafe.rewriting.former import Former
from opensafe.rewriting.leftovers import Leftovers, leftovers


@dataclass(frozen=True, slots=True)
class Rewritten:
    """Where the new history is, and what is claimed about it."""

    repository: Path
    option: Option
    claim: RewriteClaim
    backup: Path
    extends: bool
    new_commits: int  # those that the history made before did not have
    displaced: tuple[str, ...]  # added documents, as shown, that gave way to files of the source
    leftovers: Leftovers

    @property
    def changed_commits(self) -> int:
        return sum(1 for old, new in self.claim.commits.items() if old != new)

    @property
    def what(self) -> str:
        """One sentence for the log and the screen."""
        changed = f"{self.changed_commits:,} of {counted(len(self.claim.commits), 'commit')} changed"
        return f"extended by {counted(self.new_commits, 'commit')}: {changed}" if self.extends else changed


def rewrite(case: Case, progress: Progress, *, by: str = "") -> Rewritten:
    """Build `public.git` as the approved plan says. Raises NotReady without an approval, OutOfOrder if it is stale."""
    plan, (approved_by, approved_on) = _approved(case)
    with case.writing("rewrite"):
        recover(case)
        history = unchanged_source(case, case.work / "view", progress)
        approved = approved_plan(case, plan, by=approved_by, on=approved_on)
        compiled = compiled_plan(case, history, standing_decisions(case), plan.replacements, plan.choices)
        spec, inventory = compiled.spec, compiled.inventory
        if plan.source_digest != history.digest() or plan.spec_digest != spec_digest(spec):
            raise OutOfOrder("the plan is for another state of the source or the decisions", remedy="opensafe plan")
        former = former_of(case)
        saved = _backed_up(case, history, progress)
        built = build(
            approved, spec, history.view, history.graph, case.work / "build", case.work / "public.git", progress, former
        )
        _refuse_more_than_approved(built, plan)
        all_refs, head = built.repository.refs(), built.repository.run("symbolic-ref", "HEAD").strip()
        save_former(
            case, plan, former_history(approved, history, decided_state(case), spec, inventory, case.key, built.claim)
        )
        save_hosting(case, plan, hosting_facts(plan.option, history, spec, built.claim))
        save_next_claim(
            case, plan, built.claim, built.refs, all_refs, head, afresh=not built.extends, joined=built.joined
        )
        switch_history(case, built.repository.git_dir)
        result = _result(case, plan, built, former, saved, _leftovers(case, history, inventory, built))
        case.log.append(
            "rewrite",
            f"Built the new history ({plan.option}): {result.what}",
            by=by,
            details={"plan": plan.digest, "commits": len(built.claim.commits), "changed": result.changed_commits},
        )
        case.sweep()
    return result


def _leftovers(case: Case, history: History, inventory: Inventory, built: Built) -> Leftovers:
    """What leads elsewhere, in the new history as it stands now."""
    repository = OwnedRepository(case.public_git)
    head = repository.run("symbolic-ref", "HEAD").strip()
    published = {ref.source for ref in history.published}
    dropped = [name for name in history.refs.refs if name not in published]
    versions = {oid for path, oids in inventory.files.items() if is_id_list(shown(path)) for oid in oids}
    lists = {built.blob_map.get(oid, oid) for oid in versions}
    return leftovers(repository, head if head in repository.refs() else b"", built.claim.commits, dropped, lists)


def _result(
    case: Case, plan: RewritePlan, built: Built, former: Former | None, saved: Path, left: Leftovers
) -> Rewritten:
    known = former.commits if former else {}
    return Rewritten(
        case.public_git,
        plan.option,
        built.claim,
        saved,
        built.extends,
        sum(new is not None and known.get(old) is None for old, new in built.claim.commits.items()),
        tuple(sorted(map(shown, built.displaced))),
        left,
    )


def _refuse_more_than_approved(built: Built, plan: RewritePlan) -> None:
    """What was public before changes only as far as somebody approved."""
    if not built.reach.is_nothing and built.reach != plan.reach:
        raise OutOfOrder(
            f"this is not what was approved: {built.reach.told}",
            remedy="opensafe plan shows it, and its approval allows it",
        )


def _approved(case: Case) -> tuple[RewritePlan, tuple[str, str]]:
    plan = require_plan(case)
    given = approval(case, plan)
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


def copy_to(case: Case, output: Path) -> Path:
    """Hand the new history out as a bare repository at `output`, which must not exist yet."""
    if output.exists():
        raise UsageError(f"{output} exists already", remedy="name a folder that does not exist yet")
    if not case.public_git.is_dir():
        raise OutOfOrder("there is no new history yet", remedy="opensafe rewrite")
    with disk_failures(output, "write"):
        copytree(case.public_git, output)
    return output
