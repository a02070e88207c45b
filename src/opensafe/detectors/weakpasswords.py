"""Weak passwords: where the form leaves no doubt that a password stands there, a word is one as well.

`pwd=arsenal` in a connection string opens the database. What programs are sent out with, samples, and databases of the
same machine stay doubtful: they guard nothing.
"""

from opensafe.detectors.values import JOINED, RUN, SHORT, TEXT, WORD, Judgement, Worth
from opensafe.model.expressions import expression
from opensafe.model.specimen import Specimen

_CHOSEN = frozenset({WORD, JOINED, RUN, SHORT})
"""Doubts that a password raises which somebody chose."""
_SHIPPED = frozenset(
    b"postgres postgresql mysql root guest user username login name admin_password sa none test tester testing example "
    b"string value text docker vagrant minio minioadmin rabbitmq neo4j elastic mongo mongodb redis oracle db database "
    b"xyz abc 123 1234 12345 123456 usr pw pwd null empty blank anything something whatever nothing dev prod stdin "
    b"prompt ask env file".split()
)
_SHORTEST = 3  # characters
_NEAR = 200  # bytes to each side in which a machine is named
_OWN_MACHINE = expression(
    rb"(?i)\blocalhost\b|\b127\.0\.0\.1\b|\(local\)|\(localdb\)|(?<![\w.])::1\b|host\.docker|@(?:db|postgres|mysql|redis"
    rb"|mongo|rabbitmq|mariadb)[:/]|\bexample\.(?:com|org|net)\b|\bmy_?(?:server|host|db|database)\b|\byour[-_ ]?\w"
    rb"|<(?:server|host|user|database)"
)
_TRIAL = expression(
    rb"(?i)(?:^|/)(?:docker-)?compose[\w.-]{0,40}\.ya?ml$|(?:^|/)(?:workflows|\.circleci|\.devcontainer)/[^/]+$|(?:^|/)\."
    rb"(?:gitlab-ci|travis|drone|woodpecker)\.yml$|azure-pipelines|(?:^|[./_-])(?:example|sample|template|dist)(?:\.|$)"
)
_OF_ACCOUNTS = expression(
    rb"(?i)(?:^|/)\.?(?:renviron|rprofile|env(?:\.(?:local|prod\w{0,8}|live))?|pgpass(?:\.conf)?|_?netrc|my\.cnf|s3cfg"
    rb"|pypirc|odbc\.ini|\w{0,10}credentials)$"
)
_COMMON = expression(  # what lists of common passwords begin with
    rb"(?i)p(?:[@4]ssw[o0]rd|assw0rd)[\W\d_]{0,6}|password[\d!?#$*]{1,6}|(?:letmein|welcome)\d{0,4}[!?#$*]{0,2}"
    rb"|(?:hunter|football|arsenal|chelsea|liverpool)\d{0,4}"
)
_PHRASE = expression(
    rb"(?!(?:not|use|using|set|see|get|from)[-_ ])"
    rb"[a-z]{3,12}(?:(?P<joint>[-_ ])[a-z]{3,12}(?:(?P=joint)[a-z]{3,12}){1,4})|(?:[A-Z][a-z]{2,11}){3,5}"
    rb"|(?=\D{3,60}\d\D{0,60}\Z)[A-Z]?[a-z]{2,11}\d?(?:-[A-Z]?[a-z]{2,11}\d?){2,5}"  # as password managers make them
)


def chosen(value: bytes, judged: Judgement) -> Judgement:
    """The judgement where the form is certain: what only reads like a word is weak, and no longer doubtful."""
    if judged.worth is not Worth.DOUBTFUL or len(value) < _SHORTEST or value.lower() in _SHIPPED:
        return judged
    if b"." in value and JOINED in judged.doubts:
        return judged  # a name of code: `settings.db`
    if not (_CHOSEN.issuperset(judged.doubts) or _COMMON.fullmatch(value)):
        return judged
    return Judgement(Worth.WEAK, f"a weak password: {judged.why}")


def is_trial(specimen: Specimen, start: int, end: int) -> bool:
    """Whether a database of the same machine is spoken of, or the file starts services for a trial or a test."""
    if _TRIAL.search(specimen.path):
        return True
    low, high = max(0, start - _NEAR), end + _NEAR
    line = specimen.data[low:start].rpartition(b"\n\n")[2] + specimen.data[start:high].partition(b"\n\n")[0]
    return _OWN_MACHINE.search(line) is not None


def is_of_accounts(path: bytes) -> bool:
    """Whether a file of that name holds settings of somebody's own, passwords among them."""
    return _OF_ACCOUNTS.search(path) is not None


def is_phrase(value: bytes, judged: Judgement) -> bool:
    """Three words and more that are joined, and nothing else against them: `kettle-window-basket`."""
    return _PHRASE.fullmatch(value) is not None and _CHOSEN.union({TEXT}).issuperset(judged.doubts)
