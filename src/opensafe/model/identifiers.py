"""Identifiers: distinct types, so that one is never taken for another."""

from typing import NewType

Oid = NewType("Oid", str)
"""A git object id in lower-case hex: 40 characters (SHA-1) or 64 (SHA-256)."""

FindingId = NewType("FindingId", str)
"""`F-` and 26 base-32 characters: the keyed fingerprint of category and canonical value."""

SkipId = NewType("SkipId", str)
"""`S-` and 26 base-32 characters: the keyed fingerprint of what was not read, and why."""
