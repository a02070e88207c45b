"""Files of team rules for the tests: one good rule, and ways to change it."""

from opensafe.detectors.team.schema import read_rules
from opensafe.model.teamrule import TeamRule

GOOD = """\
rules:
  - id: hospital-number
    title: Hospital number of our trust
    category: data
    severity: high
    pattern: '\\bRX[A-Z](?P<value>\\d{6}[A-Z]?)\\b'
    why: It identifies a patient in our own systems.
    remedy: Tell the information governance team, then redact.
    examples:
      - {text: 'seen RXK123456', value: '123456'}
    counter-examples:
      - 'seen RXK12345'
"""


def rule(old: str = "", new: str = "", *, more: str = "") -> TeamRule:
    """The good rule with `old` replaced by `new`, and with `more` lines."""
    return read_rules(changed(old, new, more=more), "rules.yaml")[0]


def changed(old: str = "", new: str = "", *, more: str = "") -> bytes:
    """The good file with `old` replaced by `new`, and with `more` lines."""
    assert old in GOOD
    text = GOOD.replace(old, new, 1) if old else GOOD
    return (text + "".join(f"    {line}\n" for line in more.splitlines())).encode()


def with_pattern(pattern: str) -> bytes:
    """The good file with another pattern."""
    return changed("'\\bRX[A-Z](?P<value>\\d{6}[A-Z]?)\\b'", "'" + pattern.replace("'", "''") + "'")
