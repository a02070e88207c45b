"""A source, choices about it, the rewrite that carries them out and its proof."""

from dataclasses import dataclass
from pathlib import Path

from opensafe.git.view import view_of
from opensafe.model.choice_lists import ChoiceLists
from opensafe.model.choices import Choices
from opensafe.model.plan import Option, RewriteSpec
from opensafe.model.progress import NoProgress
from opensafe.model.verification import Verification
from opensafe.proof.choices import Wanted
from opensafe.proof.prove import prove
from opensafe.rewriting.build import Built
from opensafe.rewriting.chosen import with_choices
from opensafe.stories.builder import MAIN, History
from tests.rewriting.rewriting_kit import World, failed, make, world

NO_LISTS = ChoiceLists()


@dataclass(frozen=True)
class Chosen:
    """What was chosen about a source, with the decisions that stood before it, and what was made of it."""

    seen: World
    choices: Choices
    decided: RewriteSpec
    spec: RewriteSpec
    built: Built
    option: Option
    lists: ChoiceLists

    def proof(self, spec: RewriteSpec | None = None, choices: Choices | None = None) -> Verification:
        """The proof, of this specification and these choices or of others than were carried out."""
        return prove(
            source=self.seen.view,
            source_graph=self.seen.graph,
            result=view_of(self.built.repository),
            spec=spec or self.spec,
            claim=self.built.claim,
            option=self.option,
            values=[],
            wanted=Wanted(choices or self.choices, self.lists, self.decided),
            head="",
            progress=NoProgress(),
        )

    def failed(self, spec: RewriteSpec | None = None, choices: Choices | None = None) -> dict[str, str]:
        return failed(self.proof(spec, choices))

    def files(self, commit: str = MAIN.decode()) -> dict[bytes, bytes]:
        """Path and content of every file of a commit of the result."""
        repository = self.built.repository
        listed = repository.run("ls-tree", "-r", "-z", commit).rstrip(b"\0").split(b"\0")
        entries = (line.split(b"\t", 1) for line in listed if line)
        return {path: repository.run("cat-file", "blob", meta.split()[2]) for meta, path in entries}

    def log(self, form: str) -> list[bytes]:
        """One line for each commit of the result, newest first."""
        return self.built.repository.run("log", "--all", "--topo-order", f"--format={form}").splitlines()


def choose(
    folder: Path,
    history: History,
    choices: Choices,
    *,
    option: Option = Option.REWRITE,
    decided: RewriteSpec | None = None,
    lists: ChoiceLists = NO_LISTS,
) -> Chosen:
    """Carry out `choices` on a history, above the decisions in `decided`."""
    seen = world(folder, history)
    return choose_in(seen, choices, option=option, decided=decided, lists=lists)


def choose_in(
    seen: World,
    choices: Choices,
    *,
    option: Option = Option.REWRITE,
    decided: RewriteSpec | None = None,
    lists: ChoiceLists = NO_LISTS,
) -> Chosen:
    before = decided or seen.spec
    spec = with_choices(before, choices, lists, seen.view, seen.graph)
    return Chosen(seen, choices, before, spec, make(seen, spec, option=option), option, lists)
