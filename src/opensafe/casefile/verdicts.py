"""Verdicts as text: what was said of a value, never the value."""

import json

from opensafe.model.finding import Category, Confidence, Form, Severity
from opensafe.model.identifiers import FindingId
from opensafe.model.match import Verdict


def said(verdict: Verdict) -> str:
    """The same text for the same verdict."""
    return json.dumps([getattr(verdict, name) for name in Verdict.__slots__])


def verdict_from(text: str) -> Verdict:
    """The verdict again. Raises ValueError or TypeError for what is none."""
    values = dict(zip(Verdict.__slots__, json.loads(text), strict=True))
    return Verdict(
        finding=FindingId(str(values["finding"])),
        category=Category(str(values["category"])),
        detector=str(values["detector"]),
        title=str(values["title"]),
        severity=Severity(str(values["severity"])),
        confidence=Confidence(str(values["confidence"])),
        form=Form(str(values["form"])),
        masked=str(values["masked"]),
        why=str(values["why"]),
        person=None if values["person"] is None else _int(values["person"]),
        question=str(values["question"]),
        profile=_texts(values["profile"]),
    )


def _texts(value: object) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise TypeError("a list is expected")
    return tuple(map(str, value))


def _int(value: object) -> int:
    if not isinstance(value, int):
        raise TypeError("a number is expected")
    return value
