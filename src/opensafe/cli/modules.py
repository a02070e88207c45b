"""Which module holds which command. Only what is asked for is loaded: loading all takes longer than most commands."""

from collections.abc import Sequence

from opensafe.cli.globals import command_of

MODULES = (
    "status",
    "guide",
    "demo",
    "start",
    "audit",
    "findings",
    "show",
    "decide",
    "rotate",
    "risk",
    "category",
    "plan",
    "rewrite",
    "verify",
    "scaffold",
    "check",
    "release",
    "report",
    "log",
    "close",
    "guard",
    "detectors",
    "catalogue",
)
"""In the order of the journey, which is the order of the help. Each is called as the command that it holds is."""

ALSO = {"next": "status", "attest": "check", "signoff": "check", "profiles": "catalogue", "playbooks": "catalogue"}
"""Commands that stand in the module of another."""


def modules_for(words: Sequence[str]) -> tuple[str, ...]:
    """What must be loaded for a command line whose global options stand first; all, where it names no command."""
    command = command_of(words)
    module = ALSO.get(command, command)
    return (module,) if module in MODULES else MODULES
