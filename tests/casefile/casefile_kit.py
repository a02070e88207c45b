"""What the tests of the case folder share: small nouns with telling defaults, and strategies for any noun."""

from dataclasses import replace
from datetime import date
from pathlib import Path

from hypothesis import strategies as st

from opensafe.casefile.config import FORMAT, CaseConfig
from opensafe.casefile.create import ADDED_BY_FORMAT
from opensafe.casefile.folder import Case
from opensafe.model.audit import AuditRecord, RefRecord, SourceState
from opensafe.model.coverage import Coverage
from opensafe.model.decision import Action, Decision
from opensafe.model.finding import Category, Confidence, Finding, Form, Severity
from opensafe.model.fingerprint import FingerprintKey
from opensafe.model.identifiers import FindingId, Oid, SkipId
from opensafe.model.livecheck import LiveCheck, Liveness
from opensafe.model.openness import Categorised, Delay, Openness
from opensafe.model.place import Place, PlaceKind
from opensafe.model.readiness import AnswerValue, Attestation, Role, SignOff
from opensafe.model.risk import Risk
from opensafe.model.rotation import Rotation, RotationState
from opensafe.model.skip import Skip, SkipReason

KEY = FingerprintKey(bytes(range(32)))
TODAY = date(2025, 6, 1)

# Names that break what is not careful: markup, quotes, NUL, controls, bidi marks, SQL, formulas, beyond the BMP.
HOSTILE = (
    "'; DROP TABLE place; --",
    '"><script>alert(1)</script>',
    "a\x00b\x1b[31m\u202ecod.R",
    "=HYPERLINK(1)",
    "\U0001f512/éß/日本.R",
    "%s {0} ?1 :name",
    "line\nbreak\r\ttab",
    "x" * 100_000,
)


def config(source: Path, **changes: object) -> CaseConfig:
    return replace(CaseConfig(source=str(source), name="analysis"), **changes)  # type: ignore[arg-type] # any field


def new_case(folder: Path) -> Case:
    """A case for a source that needs not be there: the case folder never looks into it."""
    return Case.create(folder / "analysis.opensafe", config(folder / "analysis"))


def former_case(folder: Path) -> Case:
    """As version 0.1.0 wrote it: without the ledgers that came later, and with a log that says nothing of ledgers."""
    case = new_case(folder)
    for name in ADDED_BY_FORMAT[FORMAT]:
        (case.root / name).unlink()
    case.save_config(replace(case.config, format=FORMAT - 1))
    case.decisions.append(decision("F-old"))
    replace(case.log, ledgers=()).append("decide", "decided one")
    return Case.open(case.root)


def finding_id(value: str) -> FindingId:
    return KEY.finding("secret", value.encode())


def place(path: str | None = "analysis.R", line: int = 1, **changes: object) -> Place:
    made = Place(
        kind=PlaceKind.BLOB,
        oid=Oid("a" * 40),
        path=path,
        path_key=path and KEY.name(path.encode()),
        ref=None,
        ref_key=None,
        line=line,
        column=1,
        start=0,
        end=10,
        via=(),
        first_commit=Oid("b" * 40),
        last_commit=Oid("c" * 40),
        in_head=True,
        published=True,
    )
    return replace(made, **changes)  # type: ignore[arg-type] # any field


def finding(value: str, *places: Place, **changes: object) -> Finding:
    made = Finding(
        id=finding_id(value),
        category=Category.SECRET,
        detector="secrets.generic-assignment",
        witnesses=("secrets.generic-assignment",),
        title="A credential in an assignment",
        severity=Severity.HIGH,
        confidence=Confidence.HIGH,
        form=Form.TOKEN,
        masked="[token, up to 16 characters]",
        why="the name says so",
        person=None,
        occurrences=len(places),
        published=True,
        in_head=True,
        places=places,
    )
    return replace(made, **changes)  # type: ignore[arg-type] # any field


def skip(what: str = "broken") -> Skip:
    return Skip(KEY.skip(what.encode()), Oid("d" * 40), "broken.bin", SkipReason.CORRUPT)


def audit(*findings: Finding, skips: tuple[Skip, ...] = (), **changes: object) -> AuditRecord:
    refs = (RefRecord("refs/heads/main", KEY.name(b"refs/heads/main"), Oid("c" * 40), published=True),)
    made = AuditRecord(
        source=SourceState("e" * 64, Oid("c" * 40), "refs/heads/main", 12, "sha1", refs),
        rules_digest="f" * 64,
        opensafe_version="0.1.0",
        finished="2025-06-01T09:00:00Z",
        seconds=1.5,
        findings=findings,
        coverage=Coverage(30, 29, 4096, {"blob": 10, "commit": 12, "tree": 8}, skips),
        roster_digest="",
    )
    return replace(made, **changes)  # type: ignore[arg-type] # any field


def decision(subject: str, action: Action | None = Action.REDACT, **changes: object) -> Decision:
    return Decision(subject, action, "A Tester", TODAY)._replace(**changes)  # type: ignore[arg-type] # any field


_SPOKEN = st.text(max_size=12)  # what people type, and names for display: any Unicode text
_TYPED = st.text(st.characters(), max_size=12)  # with lone surrogates, as an argument that is not UTF-8 holds them
_OIDS = st.text("0123456789abcdef", min_size=40, max_size=40).map(Oid)
_COUNTS = st.integers(0, 2**63 - 1)
_VIA = st.lists(_SPOKEN, max_size=3).map(tuple)

DECISIONS = st.builds(
    Decision,
    subject=_TYPED,
    action=st.none() | st.sampled_from(Action),
    by=_TYPED,
    on=st.dates(),
    reason=_TYPED,
    to=_TYPED,
    path=_TYPED,
    expires=st.none() | st.dates(),
    second=_TYPED,
    undo=st.booleans(),
)
ROTATIONS = st.builds(
    Rotation,
    finding=_TYPED.map(FindingId),
    state=st.sampled_from(RotationState),
    owner=_TYPED,
    on=st.dates(),
    by=_TYPED,
    evidence=_TYPED,
    second=_TYPED,
    opens=_TYPED,
    attachment=_TYPED,
    expires=st.none() | st.dates(),
    risk=_TYPED,
    alone=_TYPED,
)
LIVE_CHECKS = st.builds(
    LiveCheck,
    finding=_TYPED.map(FindingId),
    outcome=st.sampled_from(Liveness),
    at=_TYPED,
    by=_TYPED,
    rule=_TYPED,
    address=_TYPED,
    status=st.integers(0, 599),
    reason=_TYPED,
)
RISKS = st.builds(
    Risk,
    id=_TYPED,
    description=_TYPED,
    subject=_TYPED,
    likelihood=st.integers(),
    severity=st.integers(),
    treatment=_TYPED,
    new_likelihood=st.integers(),
    new_severity=st.integers(),
    by=_TYPED,
    on=st.dates(),
)
CATEGORIES = st.builds(
    Categorised,
    path=_TYPED,
    category=st.sampled_from(Openness),
    reason=_TYPED,
    by=_TYPED,
    on=st.dates(),
    delivered=st.none() | st.dates(),
    delay=st.none() | st.sampled_from(Delay),
    opens=st.none() | st.dates(),
    expires=st.none() | st.dates(),
    harm=_TYPED,
)
ATTESTATIONS = st.builds(
    Attestation,
    row=_TYPED,
    answer=st.sampled_from(AnswerValue),
    by=_TYPED,
    role=st.sampled_from(Role),
    on=st.dates(),
    evidence=_TYPED,
    commit=_TYPED,
    profile_digest=_TYPED,
)
SIGNOFFS = st.builds(
    SignOff,
    role=st.sampled_from(Role),
    by=_TYPED,
    on=st.dates(),
    commit=_TYPED,
    profile_digest=_TYPED,
    log_head=_TYPED,
)
PLACES = st.builds(
    Place,
    kind=st.sampled_from(PlaceKind),
    oid=st.none() | _OIDS,
    path=st.none() | _SPOKEN,
    path_key=st.none() | _OIDS,
    ref=st.none() | _SPOKEN,
    ref_key=st.none() | _OIDS,
    line=_COUNTS,
    column=_COUNTS,
    start=_COUNTS,
    end=_COUNTS,
    via=_VIA,
    first_commit=st.none() | _OIDS,
    last_commit=st.none() | _OIDS,
    in_head=st.booleans(),
    published=st.booleans(),
    count=_COUNTS,
)
FINDINGS = st.builds(
    Finding,
    id=st.text("abcdefghijklmnopqrstuvwxyz234567", min_size=26, max_size=26).map(lambda text: FindingId("F-" + text)),
    category=st.sampled_from(Category),
    detector=_SPOKEN,
    witnesses=_VIA,
    title=_SPOKEN,
    severity=st.sampled_from(Severity),
    confidence=st.sampled_from(Confidence),
    form=st.sampled_from(Form),
    masked=_SPOKEN,
    why=_SPOKEN,
    person=st.none() | _COUNTS,
    occurrences=_COUNTS,
    published=st.booleans(),
    in_head=st.booleans(),
    places=st.lists(PLACES, max_size=3).map(tuple),
)
SKIPS = st.builds(
    Skip,
    id=_OIDS.map(lambda oid: SkipId("S-" + oid[:26])),
    oid=st.none() | _OIDS,
    path=st.none() | _SPOKEN,
    reason=st.sampled_from(SkipReason),
    detail=_SPOKEN,
    path_key=st.none() | _OIDS,
)
AUDITS = st.builds(
    AuditRecord,
    source=st.builds(
        SourceState,
        digest=_OIDS,
        head=st.none() | _OIDS,
        head_ref=_SPOKEN,
        commits=_COUNTS,
        object_format=st.sampled_from(["sha1", "sha256"]),
        refs=st.lists(st.builds(RefRecord, _SPOKEN, _OIDS, _OIDS, st.booleans()), max_size=3).map(tuple),
    ),
    rules_digest=_SPOKEN,
    opensafe_version=_SPOKEN,
    finished=_SPOKEN,
    seconds=st.floats(0, 1e6),
    findings=st.lists(FINDINGS, max_size=5, unique_by=lambda found: found.id).map(tuple),
    coverage=st.builds(
        Coverage,
        objects=_COUNTS,
        read=_COUNTS,
        bytes=_COUNTS,
        by_kind=st.dictionaries(_SPOKEN, _COUNTS, max_size=3),
        skipped=st.lists(SKIPS, max_size=3).map(tuple),
    ),
    roster_digest=_SPOKEN,
)
