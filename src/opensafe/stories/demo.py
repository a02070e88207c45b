"""The story of the demo: the Closed repository of a small analysis team, five months of 2021, as careless as most.

An access token in the second commit, a database password that was moved to the environment too late, a query in
UTF-16, a notebook with its outputs, a table of patients on a branch that everybody forgot, people's names in
messages, trailers, comments and author lines, something in the stash, and no README. All of it is invented.
"""

from pathlib import Path

from opensafe.stories import demo_files as files
from opensafe.stories.builder import DAY, DELETED, History, Mark
from opensafe.stories.demo_files import Cast
from opensafe.stories.workshop import LogLine, Workshop

_START = 1_617_609_300  # 2021-04-05 07:55 UTC
_STEP = 9 * DAY + 420  # seconds: a commit every nine days, a little later each time
_OLD_BRANCH = b"refs/heads/feature/readmissions"
_MERGED_BRANCH = b"refs/heads/weekly-report"
_STASHED = b"refs/heads/stashed"

_UPLOAD = b"R/upload.R"
_CONNECT = b"R/connect.R"
_OCCUPANCY = b"R/occupancy.R"
_SAMPLE = b"data/readmissions_sample.csv"
_NOTEBOOK = b"notebooks/length_of_stay.ipynb"
_MANIFEST = b"DESCRIPTION"


def build_demo(path: Path) -> None:
    """Make the demo's repository at `path`: not bare, `main` checked out, the same ids each time. Raises GitFailed."""
    cast = Cast.chosen()
    history = History(cast.lead, start=_START, step=_STEP, zone=b"+0100")
    first_steps = _spring(history, cast)
    _forgotten_branch(history, cast, first_steps)
    _summer(history, cast)
    tip = _release(history, cast)
    stashed = _stash(history, cast, tip)
    workshop = Workshop.open(path)
    ids = workshop.tell(history)
    workshop.unreferenced(ids[stashed], _STASHED)
    workshop.check_out()
    workshop.stash([LogLine(ids[stashed], b"WIP on main: try the test server")], cast.lead)


def _spring(history: History, cast: Cast) -> Mark:
    """The first five commits: quick, and it shows."""
    start = {
        b".gitignore": files.IGNORED,
        _OCCUPANCY: files.OCCUPANCY,
        _MANIFEST: files.description(cast, b"0.1.0"),
    }
    history.commit(b"Initial commit\n", start)
    history.commit(b"Upload the tables to the reporting pages\n", {_UPLOAD: files.upload(b'"%s"' % cast.token)})
    history.commit(b"Connect to the warehouse\n", {_CONNECT: files.connection(cast, b'"%s"' % cast.password)})
    history.commit(b"Add extract query\n", {b"sql/extract.sql": files.extract(cast)}, by=cast.analyst)
    asked_for = b"fix\n\nBed states as Dr %s asked for them\n" % cast.consultant.name
    return history.commit(asked_for, {_OCCUPANCY: files.BED_STATES}, by=cast.analyst)


def _forgotten_branch(history: History, cast: Cast, first_steps: Mark) -> None:
    """Readmissions: a table of patients comes, and goes again one commit later. Never merged, never deleted."""
    begun = {b"R/readmissions.R": files.READMISSIONS, _SAMPLE: files.sample(cast.patients)}
    history.commit(
        b"Sample to check the readmission rule\n", begun, branch=_OLD_BRANCH, after=(first_steps,), by=cast.analyst
    )
    regret = b"Remove the sample, %s says it must not be in here\n" % cast.lead.name
    history.commit(regret, {_SAMPLE: DELETED}, branch=_OLD_BRANCH, by=cast.analyst)


def _summer(history: History, cast: Cast) -> None:
    """A third person joins, a branch is merged, the secrets leave the files (and stay in the history)."""
    from_environment = files.upload(b'Sys.getenv("GITHUB_TOKEN")')
    history.commit(b"Token from the environment\n", {_UPLOAD: from_environment})
    with_outputs = files.notebook(cast, cast.patients[:10])
    before = history.commit(b"Notebook on length of stay\n", {_NOTEBOOK: with_outputs}, by=cast.scientist)
    weekly = history.commit(
        b"Weekly plot\n", {b"R/weekly.R": files.WEEKLY}, branch=_MERGED_BRANCH, after=(before,), by=cast.analyst
    )
    tests = history.commit(b"tests\n", {b"tests/testthat/test-occupancy.R": files.TESTS}, by=cast.scientist)
    history.commit(b"Merge branch 'weekly-report'\n", after=(tests, weekly), by=cast.analyst)
    moved = b"Move the password to the environment\n\nCo-authored-by: %s <%s>\n"
    history.commit(
        moved % (cast.scientist.name, cast.scientist.email),
        {_CONNECT: files.connection(cast, b'Sys.getenv("WAREHOUSE_PASSWORD")')},
    )


def _release(history: History, cast: Cast) -> Mark:
    """Version 0.2.0, and what came after it."""
    version = history.commit(b"Version 0.2.0\n", {_MANIFEST: files.description(cast, b"0.2.0")})
    history.tag(b"v0.2.0", version, b"Version 0.2.0\n\nChecked by %s\n" % cast.analyst.name)
    history.commit(b"fix\n", {b"R/weekly.R": files.WEEKLY + b"\n# %s: add the target line\n" % cast.analyst.name})
    return history.commit(b"Table by month\n", {b"output/occupancy_by_month.csv": files.MONTHLY}, by=cast.scientist)


def _stash(history: History, cast: Cast, tip: Mark) -> Mark:
    """What the lead put aside: a connection to the test server. A stash is a merge with a commit of the index."""
    index = history.commit(b"index on main: Table by month\n", branch=_STASHED, after=(tip,))
    aside = {_CONNECT: files.connection(cast, b'"%s"' % cast.test_password)}
    return history.commit(b"WIP on main: try the test server\n", aside, branch=_STASHED, after=(tip, index))
