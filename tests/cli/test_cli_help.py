"""What `--help` says: a copy of every page, and the contract of the command line in it."""

import re

import pytest
from syrupy.assertion import SnapshotAssertion

from tests.cli.cli_commands import ELSEWHERE, commands, options_of
from tests.journey.journey_commands import run

COMMANDS = commands()

# The commands of the contract and the options that it names for each, the global ones apart.
CONTRACT = {
    "next": "",
    "status": "--exit-code",
    "guide": "",
    "demo": "",
    "start": "--follow-alternates --no-worktree --publish",
    "audit": "--since-last --roster",
    "findings": "--category --detector --path --severity --state --text --group",
    "show": "--reveal",
    "decide": "--all --action --to --path --expires --reason --by --second --undo",
    "rotate list": "",
    "rotate show": "",
    "rotate record": "--state --owner --on --by --evidence --second --opens --evidence-file --alone --expires --risk",
    "rotate public": "--since --never --by --reason",
    "rotate sheet": "--owner --output",
    "rotate check": "--online --by --yes",
    "risk list": "",
    "risk add": "--description --subject --likelihood --severity --treatment --new-likelihood --new-severity --by",
    "category list": "",
    "category set": "--path --reason --by --delivered --delay --opens --agreed-by --expires --duty",
    "plan": "--option --approve --by --reason",
    "rewrite": "--output",
    "verify": "",
    "scaffold": "--licence --holder --contact --crown-body --no-crown-body --answers --dry-run",
    "check": "--profile",
    "attest": "--answer --by --role --evidence",
    "signoff": "--role --by",
    "release": "--prepare --version",
    "report": "--format",
    "log show": "",
    "log verify": "--expect-head --signers",
    "log sign": "--key --by",
    "close": "--by --reason --destroy-key --destroy-backup --yes",
    "detectors": "--check",
    "profiles": "",
    "playbooks": "",
}
GLOBAL = {"--case", "--json", "--no-input", "--quiet", "--no-color", "--version"}


@pytest.mark.parametrize("words", COMMANDS, ids=lambda words: words or "opensafe")
def test_help(words: str, snapshot: SnapshotAssertion) -> None:
    helped = run(*words.split(), "--help")
    assert (helped.code, helped.err) == (0, "")
    assert helped.out == run(*words.split(), "-h").out
    assert helped.out == snapshot


@pytest.mark.parametrize("words", CONTRACT)
def test_every_command_of_the_contract_is_there_with_its_options_explained(words: str) -> None:
    options = CONTRACT[words].split()
    assert set(options) <= options_of(COMMANDS[words])
    page = run(*words.split(), "--help").out
    explained = re.findall(r"^  (?:-h, )?(--[a-z-]+)(?: / (--[a-z-]+))?.*\n?", page, re.MULTILINE)
    named = {name for pair in explained for name in pair if name} | set(re.findall(r"--no-[a-z-]+", page))
    assert set(options) <= named


def test_the_first_page_names_every_command_and_global_option() -> None:
    page = run("--help").out
    listed = set(re.findall(r"^  ([a-z]+)(?:  |$)", page, re.MULTILINE))
    assert {words.split()[0] for words in CONTRACT} == listed - ELSEWHERE
    assert options_of(COMMANDS[""]) >= GLOBAL
    assert [option for option in GLOBAL if option not in page] == []


def test_every_command_and_option_says_what_it_is_for() -> None:
    silent = [words for words, command in COMMANDS.items() if not (command.help or "").strip()]
    options = [(words, parameter) for words, command in COMMANDS.items() for parameter in command.params]
    silent += [f"{words} {p.name}" for words, p in options if not (getattr(p, "help", "") or "").strip()]
    assert silent == []


def test_no_help_offers_to_install_something_or_names_an_environment_variable_for_a_secret() -> None:
    pages = "".join(run(*words.split(), "--help").out for words in COMMANDS)
    assert "--install-completion" not in pages
    assert "[env var" not in pages
