"""What the last audit said, as the next one asks about it: by contents, paths and texts, not by findings."""

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from opensafe.casefile.grounds import ground_from
from opensafe.casefile.index import Index
from opensafe.casefile.rows import Row, finding_from, place_from, spot_from
from opensafe.casefile.verdicts import verdict_from
from opensafe.model.finding import Finding
from opensafe.model.ground import Ground, Spot
from opensafe.model.identifiers import FindingId, Oid
from opensafe.model.match import Verdict
from opensafe.model.place import Place

# A path that no commit has lies beside the history, and what has a ref is a tag, a ref or a line of a reflog.
_BESIDE = """
(ref IS NOT NULL OR kind IN ('tag-message', 'ref-name', 'config', 'worktree', 'index')
 OR (kind = 'path' AND first_commit IS NULL)
 OR (kind = 'commit-header' AND oid IN (SELECT value FROM json_each(?))))
"""
_FILES = "kind IN ('blob', 'note', 'symlink-target', 'submodule-url', 'reflog', 'unreachable') AND ref IS NULL"
_SETTINGS = "settings.history"


@dataclass(frozen=True, slots=True)
class Past:
    """Raises OutOfOrder or CaseDamaged, as the index does."""

    index: Index

    def ground(self) -> Ground | None:
        with self.index.query() as database:
            return ground_from(dict(database.execute("SELECT name, value FROM ground")))

    def spots_of_files(self, oids: Iterable[str]) -> list[Spot]:
        """Where these contents stand, and all that stands in HEAD."""
        query = f"SELECT * FROM spot WHERE {_FILES} AND (in_head OR oid IN (SELECT value FROM json_each(?)))"  # noqa: S608 - ours
        return list(map(spot_from, self._rows(query, json.dumps(list(oids)))))

    def spots_of_paths(self) -> list[Spot]:
        """The paths of the history that hold something themselves."""
        return self._spots("kind = 'path' AND first_commit IS NOT NULL")

    def spots_of_identities(self) -> list[Spot]:
        return self._spots("kind = 'identity'")

    def spots_of_commits(self, oids: Iterable[str]) -> list[Spot]:
        """Messages and extra headers of these commits that hold something."""
        query = """
        SELECT * FROM spot WHERE kind IN ('commit-message', 'commit-header') AND ref IS NULL
          AND oid IN (SELECT value FROM json_each(?))
        """
        return list(map(spot_from, self._rows(query, json.dumps(list(oids)))))

    def spots_of_finding(self, id_: FindingId, most: int) -> list[Spot]:
        """Where a finding stands in the history, so many places at the most."""
        query = f"""
        SELECT DISTINCT spot.* FROM finding JOIN mark ON mark.finding = finding.key JOIN spot ON spot.number = mark.spot
        WHERE finding.id = ? AND NOT {_BESIDE} LIMIT {most}
        """  # noqa: S608 - ours
        return list(map(spot_from, self._rows(query, id_, "[]")))

    def masked_paths(self) -> dict[str, str]:
        """Key → how the path is shown, of all that hold something themselves."""
        query = "SELECT path_key, path FROM spot WHERE kind = 'path'"
        return dict(self._rows(query))

    def beside(self, tags: Collection[Oid]) -> set[tuple[FindingId, Place]]:
        """Everything that stands in tags, refs, reflogs and outside the object store."""
        query = f"""
        SELECT id, finding.number, mark.number, kind, oid, path, path_key, ref, ref_key, line, "column",
          start, "end", via, first_commit, last_commit, spot.in_head, spot.published, count
        FROM mark CROSS JOIN spot ON spot.number = mark.spot CROSS JOIN finding ON finding.key = mark.finding
        WHERE mark.spot IN (SELECT number FROM spot WHERE {_BESIDE}) AND finding.detector <> ?
        """  # noqa: S608 - ours; marks are gone through once, where few of many spots are meant
        rows = self._rows(query, json.dumps(list(tags)), _SETTINGS)
        return {(FindingId(row[0]), place_from(row[1:])) for row in rows}

    def settings(self) -> list[Finding]:
        """What the source does to its history, with the places."""
        rows = self._rows("SELECT * FROM finding WHERE detector = ?", _SETTINGS)
        return [replace(found, places=self.index.places(found.id)) for found in map(finding_from, rows)]

    def told(self, findings: Iterable[FindingId]) -> dict[FindingId, tuple[Verdict, ...]]:
        """The verdicts of these findings, of those that there are."""
        query = """
        SELECT id, verdict FROM finding JOIN spoken ON spoken.finding = finding.key
        WHERE id IN (SELECT value FROM json_each(?))
        """
        found: dict[FindingId, tuple[Verdict, ...]] = {}
        for id_, verdict in self._rows(query, json.dumps(list(findings))):
            found[id_] = (*found.get(id_, ()), verdict_from(verdict))
        return found

    def _spots(self, condition: str) -> list[Spot]:
        return list(map(spot_from, self._rows(f"SELECT * FROM spot WHERE {condition}")))  # noqa: S608 - ours

    def _rows(self, query: str, *values: str) -> list[Row]:
        with self.index.query() as database:
            return database.execute(query, values).fetchall()
