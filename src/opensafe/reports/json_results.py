"""What a command did, and why it did not, as JSON documents (design, section 6)."""

from collections.abc import Mapping
from typing import Any


def result_document(command: str, what: str, details: Mapping[str, Any], next_step: str) -> dict[str, Any]:
    """What a command did that has no document of its own: `start`, `decide`, `rewrite`, `release`, …"""
    return {
        "schema": "opensafe/result/v1",
        "command": command,
        "what": what,
        "details": dict(details),
        "next": next_step,
    }


def error_document(exit_code: int, cause: str, remedy: str) -> dict[str, Any]:
    """Why a command did not do what it was asked for, and what to do next."""
    return {"schema": "opensafe/error/v1", "exit_code": exit_code, "cause": cause, "remedy": remedy}
