"""The tables of `index.sqlite`."""

SCHEMA_VERSION = 2

# Findings are numbered in the order of review, so that a plain scan of the table is sorted. States are not here:
# they follow from the decisions, and a second audit must keep nothing stale.
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
  in_head INTEGER, profile TEXT, covered_by TEXT
);
CREATE TABLE place (
  finding INTEGER, number INTEGER, kind TEXT, oid TEXT, path TEXT, path_key TEXT, ref TEXT, ref_key TEXT,
  line INTEGER, "column" INTEGER, start INTEGER, "end" INTEGER, via TEXT, first_commit TEXT, last_commit TEXT,
  in_head INTEGER, published INTEGER, count INTEGER,
  PRIMARY KEY (finding, number)
) WITHOUT ROWID;
"""
INDEXES = """
CREATE UNIQUE INDEX finding_id ON finding (id);
CREATE INDEX skip_id ON skip (id);
"""
