"""A small realistic case, made by hand, and the same case with hostile text in every text field."""

import hashlib
from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from datetime import date
from enum import Enum
from types import MappingProxyType
from typing import Any

from opensafe.model.audit import AuditRecord, RefRecord, SourceState
from opensafe.model.caseview import CaseView, UnredactedCopy, WholeList
from opensafe.model.census import Census, Count, Kind
from opensafe.model.coverage import Coverage
from opensafe.model.decision import Action, Decision
from opensafe.model.exposure import Exposure, Reach
from opensafe.model.finding import Category, Confidence, Finding, Form, Severity, State
from opensafe.model.fingerprint import FingerprintKey
from opensafe.model.identifiers import Oid
from opensafe.model.logentry import LogEntry
from opensafe.model.openness import Categorised, Openness
from opensafe.model.place import Place, PlaceKind
from opensafe.model.plan import Option, OptionNumbers, RewritePlan
from opensafe.model.readiness import (
    Answer,
    AnswerValue,
    Checklist,
    How,
    Level,
    Profile,
    ProfileRow,
    Role,
    SignOff,
)
from opensafe.model.rewrite import Lost
from opensafe.model.risk import Risk
from opensafe.model.rotation import Rotation, RotationState
from opensafe.model.secret import mask
from opensafe.model.skip import Skip, SkipReason, SkipState
from opensafe.model.verification import Check, Verification

KEY = FingerprintKey(bytes(32))
DAY = date(2026, 5, 1)


def oid(what: str) -> Oid:
    return Oid(hashlib.sha1(what.encode(), usedforsecurity=False).hexdigest())


def digest(what: str) -> str:
    return hashlib.sha256(what.encode()).hexdigest()


def place(path: str | None = "R/load_data.R", line: int = 12, **changes: Any) -> Place:
    standard = Place(
        kind=PlaceKind.BLOB,
        oid=oid(f"{path}"),
        path=path,
        path_key=KEY.name(path.encode()) if path is not None else None,
        ref=None,
        ref_key=None,
        line=line,
        column=9,
        start=310,
        end=342,
        via=(),
        first_commit=oid("first"),
        last_commit=oid("last"),
        in_head=True,
        published=True,
    )
    return replace(standard, **changes)


def finding(name: str, category: Category = Category.SECRET, **changes: Any) -> Finding:
    places = changes.pop("places", (place(),))
    standard = Finding(
        id=KEY.finding(category, name.encode()),
        category=category,
        detector="secrets.generic_assignment",
        witnesses=("secrets.generic_assignment", "secrets.kingfisher"),
        title="Password in an assignment",
        severity=Severity.HIGH,
        confidence=Confidence.HIGH,
        form=Form.TOKEN,
        masked=mask("token", 20),
        why="The name says password and the value is no placeholder.",
        person=None,
        occurrences=len(places),
        published=True,
        in_head=True,
        places=places,
    )
    return replace(standard, **changes)


def nhs_numbers(count: int, path: str = "data/readmissions.csv", **changes: Any) -> tuple[Finding, ...]:
    """The values of one column of a file: each is a finding of its own, on a line of its own."""
    standard = {
        "title": "File or column of NHS numbers",
        "severity": Severity.CRITICAL,
        "form": Form.NHS_NUMBER,
        "masked": mask("NHS number", 10),
        "detector": "data.nhs_number",
        "witnesses": ("data.nhs_number",),
        "why": "in a column of valid numbers",
    }
    return tuple(
        finding(f"{path} {line}", Category.DATA, **{**standard, "places": (place(path, line),), **changes})
        for line in range(2, count + 2)
    )


def _findings() -> tuple[Finding, ...]:
    message = place(None, 3, kind=PlaceKind.COMMIT_MESSAGE, in_head=False)
    archived = place("docs/protocol.docx", 0, via=("zip:word/document.xml", "base64"), in_head=False)
    author = place(None, 0, kind=PlaceKind.IDENTITY, count=118)
    stash = place("scratch.R", 4, published=False, in_head=False, ref="refs/stash")
    person = {"form": Form.PERSON_NAME, "masked": mask("name", 12), "severity": Severity.MEDIUM}
    return (
        finding("db password", state=State.REDACT, places=(place(), place("R/old/load.R", 7, in_head=False), message)),
        finding(
            "warehouse key", severity=Severity.CRITICAL, title="Cloud access key", state=State.REDACT, occurrences=64
        ),
        finding("stashed token", title="Service token", published=False, in_head=False, places=(stash,)),
        finding("example", title="Password in an assignment", severity=Severity.LOW, state=State.NOT_A_FINDING),
        finding(
            "analyst",
            Category.NAME,
            title="Name of a team member",
            person=3,
            detector="names.identity",
            witnesses=("names.identity",),
            places=(author, archived),
            state=State.RENAME,
            **person,
        ),
        finding(
            "analyst mail",
            Category.NAME,
            title="E-mail address of a team member",
            person=3,
            form=Form.EMAIL,
            masked=mask("e-mail", 24),
            severity=Severity.MEDIUM,
            places=(author,),
            state=State.RENAME,
        ),
        finding("clinician", Category.NAME, title="Name of a person", person=7, **person),
        finding(
            "nhs number",
            Category.DATA,
            title="NHS number",
            severity=Severity.CRITICAL,
            form=Form.NHS_NUMBER,
            masked=mask("NHS number", 10),
            detector="data.nhs_number",
            places=(place("data/sample.csv", 88),),
        ),
        finding(
            "extract",
            Category.FILE,
            title="Data file",
            form=Form.FILE,
            masked="the whole file",
            state=State.REMOVE_FILE,
            detector="data.data_file",
            places=(place("data/extract_2019.sav", 0, in_head=False),),
            in_head=False,
        ),
        finding(
            "notebook",
            Category.FILE,
            title="Outputs in a notebook",
            form=Form.FILE,
            masked="the whole file",
            severity=Severity.MEDIUM,
            state=State.STRIP_OUTPUTS,
            places=(place("explore.ipynb", 0),),
        ),
        finding(
            "remote",
            Category.SETTING,
            title="Internal address",
            severity=Severity.INFO,
            state=State.KEEP,
            form=Form.HOST,
            masked=mask("host", 30),
            places=(place(".Rprofile", 2),),
        ),
    )


def _skips() -> tuple[Skip, ...]:
    return (
        Skip(
            KEY.skip(b"1"), oid("zip"), "docs/minutes.zip", SkipReason.ENCRYPTED, "zip:minutes.docx", SkipState.ACCEPTED
        ),
        Skip(KEY.skip(b"2"), oid("lfs"), "models/fit.rds", SkipReason.LFS),
        Skip(KEY.skip(b"3"), None, None, SkipReason.MISSING, state=SkipState.REMOVE_FILE),
    )


def coverage(skipped: tuple[Skip, ...] = ()) -> Coverage:
    kinds = MappingProxyType({"blob": 8_120, "commit": 1_204, "tree": 3_017, "tag": 4})
    return Coverage(objects=12_345, read=12_345 - len(skipped), bytes=184_320_511, by_kind=kinds, skipped=skipped)


def _audit(findings: tuple[Finding, ...], skipped: tuple[Skip, ...]) -> AuditRecord:
    refs = (
        RefRecord("refs/heads/main", KEY.name(b"main"), oid("head"), published=True),
        RefRecord("refs/stash", KEY.name(b"stash"), oid("stash"), published=False),
    )
    source = SourceState(digest("source"), oid("head"), "refs/heads/main", 1_204, "sha1", refs)
    return AuditRecord(
        source, digest("rules"), "0.1.0", "2026-05-01T09:12:44Z", 14.25, findings, coverage(skipped), digest("roster")
    )


def _decisions(findings: tuple[Finding, ...]) -> tuple[Decision, ...]:
    by = "Sam Okafor"
    taken = [
        Decision(f.id, Action(f.state.value), by, DAY, "Agreed in the review of 1 May.")
        for f in findings
        if f.state is not State.OPEN
    ]
    narrow = Decision(
        findings[0].id, Action.KEEP, by, DAY, "Test fixture.", "", "tests/*", date(2027, 5, 1), "Ada Lindqvist"
    )
    return (
        *taken,
        narrow,
        Decision(findings[0].id, None, by, DAY, "The fixture holds a real password.", undo=True),
        Decision(KEY.skip(b"1"), Action.ACCEPT, "Ada Lindqvist", DAY, "The minutes were read by hand."),
    )


def rotation(found: Finding, state: RotationState = RotationState.ROTATED) -> Rotation:
    return Rotation(
        found.id,
        state,
        "Data platform team",
        DAY,
        "Sam Okafor",
        "Ticket 4711, closed",
        "Ada Lindqvist",
        opens="the warehouse, reading only",
        attachment=digest("screenshot"),
    )


def numbers(option: Option, **changes: Any) -> OptionNumbers:
    standard = OptionNumbers(option, True, "Keeps 1,180 commits as they are.", 1_204, 1_198, 24, 0, 2, 3, 1, 9, 6, 6)
    return replace(standard, **changes)


def plan() -> RewritePlan:
    options = (
        numbers(Option.REVIEW, possible=False, why="Credentials stand in the history.", commits_after=1_204),
        numbers(Option.REWRITE),
        numbers(Option.SQUASH, why="Loses the history.", commits_after=1, authors_kept=1),
    )
    return RewritePlan(
        Option.REWRITE,
        Option.REWRITE,
        digest("source"),
        digest("decisions"),
        digest("spec"),
        {KEY.finding("secret", b"db password"): "REDACTED"},
        options,
        "The history explains the methods.",
        digest("plan"),
    )


def verification(*, passed: bool = True) -> Verification:
    checks = (
        Check("values-gone", passed, "0 of 7 values found in 12,301 objects, in all forms"),
        Check("unchanged-bytes", True, "8,111 of 8,111 blobs identical"),
    )
    counted = {"commits": 24, "blobs": 9, "refs": 2}
    return Verification(
        checks, counted, {"commits": 1_174, "blobs": 8_111, "refs": 0}, (Lost("signature", 3),), oid("new head")
    )


def profile() -> Profile:
    def row(id_: str, statement: str, level: Level, check: str) -> ProfileRow:
        remedy = "Add the file with opensafe scaffold."
        return ProfileRow(id_, statement, level, How.AUTOMATIC, check, remedy, "policy v1.0", "B")

    rows = (
        row("B1", "There is a licence", Level.MANDATORY, "licence"),
        row("B2", "An IG lead has read the report", Level.MANDATORY, ""),
        row("B3", "Dependencies are pinned", Level.BEST_PRACTICE, "pins"),
    )
    signoffs = (Role.IG_LEAD, Role.LEAD_DEVELOPER)
    return Profile("nhsx-1.0", "NHS open source policy 1.0", "v1.0, 2022-08", rows, signoffs, True, digest("profile"))


def checklist(last: AnswerValue = AnswerValue.MET) -> Checklist:
    rows = profile().rows
    answers = (
        Answer(rows[0], AnswerValue.MET, How.AUTOMATIC, ("LICENCE holds MIT",)),
        Answer(rows[1], last, How.ATTESTED, ("Read on 1 May",), stale=last is not AnswerValue.MET),
        Answer(rows[2], AnswerValue.CANNOT_TELL, How.EVIDENCE, ()),
    )
    return Checklist(profile(), oid("new head"), answers)


def signoff(role: Role, by: str = "Ada Lindqvist") -> SignOff:
    return SignOff(role, by, DAY, oid("new head"), digest("profile"), digest("log 2"))


def log() -> tuple[LogEntry, ...]:
    first = LogEntry(
        1,
        "2026-05-01T09:00:00Z",
        "sokafor",
        "",
        "",
        "start",
        "Opened the case",
        "",
        "0.1.0",
        {},
        "0" * 64,
        digest("log 1"),
    )
    second = LogEntry(
        2,
        "2026-05-01T09:12:44Z",
        "sokafor",
        "Sam Okafor",
        "lead-developer",
        "audit",
        "Read 12,342 of 12,345 objects",
        "First reading",
        "0.1.0",
        {"objects": 12_345, "complete": False, "seconds": 14.25},
        digest("log 1"),
        digest("log 2"),
    )
    return (first, second)


def midway() -> CaseView:
    """A case on its way: decided in part, one credential and one skip open, nothing verified."""
    findings = _findings()
    return CaseView(
        name="stroke-pathways",
        organisation="Example Health Board",
        made="2026-05-02T14:05:00Z",
        version="0.1.0",
        profile="nhsx-1.0",
        audit=_audit(findings, _skips()),
        findings=findings,
        decisions=_decisions(findings),
        rotations=(rotation(findings[0]), rotation(findings[1], RotationState.ROTATING)),
        unrotated=(findings[1].id, findings[2].id),
        plan=plan(),
        plan_approved_by="",
        verification=None,
        checklist=checklist(AnswerValue.NOT_MET),
        signoffs=(),
        log=log(),
        log_head=digest("log 2"),
        copies=(
            UnredactedCopy(
                "Backup of the source", r"D:\cases\stroke-pathways.opensafe\backup.bundle", "Sam Okafor", "2027-05-01"
            ),
        ),
        roles={"ig-lead": "Ada Lindqvist", "lead-developer": "Sam Okafor"},
        next_step="2 findings await a decision. Next: opensafe findings --state open, then opensafe decide",
        today=DAY,
        exposures={
            findings[0].id: Exposure(date(2021, 3, 1), DAY, Reach.SHARED),
            findings[1].id: Exposure(date(2024, 2, 29), DAY, Reach.PUBLIC),
            findings[2].id: Exposure(None, DAY, Reach.LOCAL),
        },
        risks=(
            Risk("R-1", "A key may still open the archive", "The archive", 3, 8, "It may only read", 1, 8, "Jo", DAY),
            Risk("R-2", "Names stay in old mails", "Two analysts", 6, 2, "They agreed", 6, 1, "Jo", DAY),
        ),
        categories=(
            Categorised("*", Openness.OPEN_SOURCE, "Training first", "Sam Okafor", DAY),
            Categorised(
                "fraud/*",
                Openness.CLOSED,
                "Rules that fraud would be fitted to",
                "Sam Okafor",
                DAY,
                expires=date(2026, 11, 1),
                attacker="Somebody who files false claims",
                adds="The thresholds",
                harm="Claims stay just below them",
            ),
        ),
    )


def crowded() -> CaseView:
    """The case on its way with two columns of NHS numbers, and a person with two e-mail addresses."""
    view = midway()
    second = finding(
        "second mail",
        Category.NAME,
        title="E-mail address of a team member",
        person=3,
        form=Form.EMAIL,
        masked=mask("e-mail", 24),
        severity=Severity.MEDIUM,
        places=(place(None, 0, kind=PlaceKind.IDENTITY, count=2),),
        state=State.RENAME,
    )
    both = (place("data/readmissions.csv", 9), place("notebooks/stay.ipynb", 3))
    numbers = (
        *nhs_numbers(30),
        *nhs_numbers(4, "notebooks/stay.ipynb", places=both, state=State.REDACT, why="in a column; test range"),
        *nhs_numbers(6, "scratch.csv", published=False, in_head=False, places=(place("scratch.csv", published=False),)),
    )
    return replace(view, findings=(*view.findings, second, *numbers))


def large() -> CaseView:
    """The case on its way with thousands of findings that the page only counts."""
    view = midway()
    waiting = Kind(Category.DATA, Severity.LOW, State.OPEN, published=True, waits=True)
    with_file = Kind(Category.NAME, Severity.MEDIUM, State.OPEN, published=False, waits=False)
    others = Census({waiting: Count(98_000, 294_000), with_file: Count(1_001, 3_003)})
    return replace(
        view,
        census=Census.of(view.findings).with_more(others),
        whole_list=WholeList("stroke-pathways.csv", 99_001 + len(view.findings), digest("list")),
    )


def finished() -> CaseView:
    """The same case when everything is settled and the release is tagged."""
    findings = tuple(replace(f, state=State.KEEP if f.state is State.OPEN else f.state) for f in _findings())
    return replace(
        midway(),
        audit=_audit(findings, ()),
        findings=findings,
        decisions=_decisions(findings),
        rotations=tuple(rotation(f) for f in findings[:3]),
        unrotated=(),
        plan_approved_by="Sam Okafor",
        verification=verification(),
        checklist=checklist(),
        signoffs=(signoff(Role.IG_LEAD), signoff(Role.LEAD_DEVELOPER, "Sam Okafor")),
        release="v1.0.0",
        next_step="Released. To publish: push public.git to a new, empty repository (git push --mirror).",
    )


def unread() -> CaseView:
    """A case that was opened and nothing else."""
    return CaseView(
        "stroke-pathways",
        "",
        "2026-05-01T09:00:00Z",
        "0.1.0",
        "nhsx-1.0",
        None,
        (),
        (),
        (),
        (),
        None,
        "",
        None,
        None,
        (),
        (),
        "",
        (),
    )


def everywhere(value: Any, change: Callable[[str], str]) -> Any:
    """The value with `change` made to every free text in it; ids, digests, enum members and dates stay."""
    if isinstance(value, str) and not isinstance(value, Enum):
        return value if _bound(value) else change(value)
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{f.name: everywhere(getattr(value, f.name), change) for f in fields(value)})
    if isinstance(value, tuple):
        items = [everywhere(item, change) for item in value]
        return value._make(items) if hasattr(value, "_make") else tuple(items)
    if isinstance(value, dict):
        return {key: everywhere(item, change) for key, item in value.items()}
    return value


def _bound(text: str) -> bool:
    """Text whose form the model fixes: not a place where a stranger can write."""
    hexadecimal = len(text) in {40, 64} and set(text) <= set("0123456789abcdef")
    return hexadecimal or text.startswith(("F-", "S-")) or text in {"sha1", "sha256"}
