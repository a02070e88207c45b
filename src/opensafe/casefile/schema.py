"""The tables of `index.sqlite`."""

from opensafe.casefile.credit_files import IS_CREDIT_FILE

SCHEMA_VERSION = 3

# Findings are numbered in the order of review, so that a plain scan of the table is sorted. States are not here:
# they follow from the decisions, and a second audit must keep nothing stale.
# A content that holds many values stands at one spot: what changes with a new commit is written there, once. Marks hang
# on the `key` of a finding, which stays when others come in between. `ground` is what the next audit can build on.
TABLES = """
CREATE TABLE audit (
  digest TEXT, head TEXT, head_ref TEXT, commits INTEGER, object_format TEXT,
  rules_digest TEXT, opensafe_version TEXT, finished TEXT, seconds REAL, roster_digest TEXT,
  objects INTEGER, read INTEGER, bytes INTEGER, by_kind TEXT
);
CREATE TABLE ref (number INTEGER PRIMARY KEY, name TEXT, key TEXT, oid TEXT, published INTEGER);
CREATE TABLE skip (
  number INTEGER PRIMARY KEY, id TEXT, oid TEXT, path TEXT, reason TEXT, detail TEXT, path_key TEXT
);
CREATE TABLE finding (
  number INTEGER PRIMARY KEY, id TEXT, category TEXT, detector TEXT, witnesses TEXT, title TEXT, severity TEXT,
  confidence TEXT, form TEXT, masked TEXT, why TEXT, person INTEGER, occurrences INTEGER, published INTEGER,
  in_head INTEGER, profile TEXT, covered_by TEXT, key INTEGER
);
CREATE TABLE spot (
  number INTEGER PRIMARY KEY, kind TEXT, oid TEXT, path TEXT, path_key TEXT, ref TEXT, ref_key TEXT,
  first_commit TEXT, last_commit TEXT, in_head INTEGER, published INTEGER, count INTEGER
);
CREATE TABLE mark (
  finding INTEGER, number INTEGER, spot INTEGER, line INTEGER, "column" INTEGER, start INTEGER, "end" INTEGER, via TEXT,
  PRIMARY KEY (finding, number)
) WITHOUT ROWID;
CREATE TABLE spoken (finding INTEGER, verdict TEXT);
CREATE TABLE ground (name TEXT PRIMARY KEY, value BLOB) WITHOUT ROWID;
"""
INDEXES = f"""
CREATE UNIQUE INDEX finding_id ON finding (id);
CREATE UNIQUE INDEX finding_key ON finding (key);
CREATE INDEX skip_id ON skip (id);
CREATE INDEX spoken_of ON spoken (finding);
CREATE INDEX spot_for_credit ON spot (number) WHERE {IS_CREDIT_FILE};
CREATE VIEW place AS
SELECT finding.number AS finding, mark.number AS number, kind, oid, path, path_key, ref, ref_key,
  line, "column", start, "end", via, first_commit, last_commit,
  spot.in_head AS in_head, spot.published AS published, count
FROM finding JOIN mark ON mark.finding = finding.key JOIN spot ON spot.number = mark.spot;
"""  # noqa: S608 - constants of ours
