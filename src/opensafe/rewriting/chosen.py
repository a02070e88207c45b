"""The decisions and the team's own choices together: one specification for the rewrite and the proof."""

from opensafe.formats.replacing import Replacer
from opensafe.git.expressions import Expressions
from opensafe.git.graph import ObjectGraph
from opensafe.git.view import ObjectView
from opensafe.model.choice_lists import ChoiceLists
from opensafe.model.choices import Choices
from opensafe.model.naming import Naming
from opensafe.model.plan import RewriteSpec
from opensafe.rewriting.chosen_commits import with_chosen_commits
from opensafe.rewriting.chosen_files import with_chosen_files
from opensafe.rewriting.chosen_notebooks import with_stripped_notebooks
from opensafe.rewriting.chosen_people import with_chosen_people
from opensafe.rewriting.chosen_refs import with_chosen_refs
from opensafe.rewriting.chosen_text import with_chosen_text
from opensafe.rewriting.standing import published_files


def with_choices(
    spec: RewriteSpec, choices: Choices, lists: ChoiceLists, view: ObjectView, graph: ObjectGraph
) -> RewriteSpec:
    """`spec`, compiled from the decisions, with what `choices` add to it. Raises UsageError for an idle choice.

    Refs first, then commits: what is not published needs no other change.
    """
    chosen = with_chosen_refs(spec, choices.refs)
    if choices.commits.changes:
        chosen = with_chosen_commits(chosen, choices.commits, graph)
    looks_at_files = choices.files.removes or choices.files.strip_notebooks or lists.rules
    standing = list(published_files(chosen, graph, view)) if looks_at_files else []
    if choices.files.removes:
        chosen = with_chosen_files(chosen, choices.files, standing, view, graph)
    if choices.files.strip_notebooks:
        chosen = with_stripped_notebooks(chosen, standing, view)
    if choices.people.renames:
        naming = Naming.of(choices.people, lists.mailmap, lists.people, spec.identities)
        chosen = with_chosen_people(chosen, naming, graph)
    if lists.rules:
        with Expressions(lists.rules) as expressions:
            replacer = Replacer(lists.rules, expressions.find)
            chosen = with_chosen_text(chosen, replacer, standing, view, graph)
    return chosen
