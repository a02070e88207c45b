"""The files of the demo's repository, as its three authors wrote them. The careless parts are put in at run time."""

import codecs
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from opensafe.stories.builder import Person
from opensafe.stories.fakes import Fakes, Patient

_SEED = "ward-occupancy"


@dataclass(frozen=True, slots=True)
class Cast:
    """The people and values of the story. `lead`, `analyst` and `scientist` commit; `consultant` is only named."""

    lead: Person
    analyst: Person
    scientist: Person
    consultant: Person
    patients: Sequence[Patient] = field(repr=False)
    token: bytes = field(repr=False)
    password: bytes = field(repr=False)
    test_password: bytes = field(repr=False)
    server: bytes

    @classmethod
    def chosen(cls) -> "Cast":
        """The same people and values each time."""
        fakes = Fakes(_SEED)
        lead, analyst, scientist, consultant = (fakes.person() for _ in range(4))
        return cls(
            lead=lead,
            analyst=analyst,
            scientist=scientist,
            consultant=consultant,
            patients=[fakes.patient() for _ in range(40)],
            token=fakes.github_token(),
            password=fakes.password(),
            test_password=fakes.password(),
            server=b"wrdsqlprd02.wardley.nhs.uk",
        )


IGNORED = b".Rhistory\n.RData\n.Rproj.user/\n"

OCCUPANCY = b"""library(dplyr)

#' Share of beds in use, by ward and month
occupancy <- function(beds) {
  beds |>
    group_by(ward, month) |>
    summarise(share = sum(occupied) / sum(available), .groups = "drop")
}
"""

BED_STATES = (
    OCCUPANCY
    + b"""
# Closed beds are not available beds
open_beds <- function(beds) {
  filter(beds, state != "closed")
}
"""
)

WEEKLY = b"""library(ggplot2)

weekly_plot <- function(shares) {
  ggplot(shares, aes(month, share, colour = ward)) + geom_line()
}
"""

READMISSIONS = b"""readmitted <- function(stays, days = 30) {
  stays |>
    arrange(patient, admitted) |>
    group_by(patient) |>
    mutate(again = admitted - lag(discharged) <= days)
}
"""

TESTS = b"""test_that("an empty ward has a share of zero", {
  beds <- tibble::tibble(ward = "Ash", month = "2021-04", occupied = 0, available = 25)
  expect_equal(occupancy(beds)$share, 0)
})
"""

MONTHLY = b"""month,available,occupied
2021-04,1250,1090
2021-05,1250,1135
2021-06,1245,1160
2021-07,1245,1180
"""


def description(cast: Cast, version: bytes) -> bytes:
    """The manifest of an R package: nobody has chosen a licence yet."""
    given, family = cast.lead.name.split(b" ")
    return b"""Package: wardoccupancy
Title: Ward Occupancy
Version: %s
Authors@R: person("%s", "%s", email = "%s", role = c("aut", "cre"))
Description: Beds, admissions, discharges and length of stay, by ward and month.
Imports: dplyr, ggplot2, odbc
Encoding: UTF-8
""" % (version, given, family, cast.lead.email)


def upload(token: bytes) -> bytes:
    """How the tables reach the reporting pages; `token` is R code."""
    return (
        b"""library(httr)

github_token <- %s

upload <- function(path) {
  PUT(report_url(path), add_headers(Authorization = paste("Bearer", github_token)), body = upload_file(path))
}
"""
        % token
    )


def connection(cast: Cast, password: bytes) -> bytes:
    """How R reaches the warehouse; `password` is R code."""
    return b"""library(odbc)

# %s set up the service account, ask before you change it
warehouse <- function() {
  dbConnect(
    odbc(),
    driver = "SQL Server",
    server = "%s",
    database = "BedManagement",
    uid = "svc_ward_reader",
    pwd = %s
  )
}
""" % (cast.scientist.name, cast.server, password)


def extract(cast: Cast) -> bytes:
    """The query, as a common SQL editor saves it: UTF-16 with a byte order mark."""
    text = b"""-- Author: %s
-- Reviewed by: %s
-- Server: %s
SELECT s.ward, s.admitted, s.discharged, s.nhs_number, s.date_of_birth
FROM dbo.stays AS s
WHERE s.discharged >= '2021-01-01';
""" % (cast.analyst.name, cast.lead.name, cast.server)
    return codecs.BOM_UTF16_LE + text.decode().replace("\n", "\r\n").encode("utf-16-le")


def sample(patients: Sequence[Patient]) -> bytes:
    """The table that should never have been there."""
    rows = (f"{p.nhs_number},{p.forename},{p.surname},{p.born},{p.postcode}" for p in patients)
    return "\n".join(["nhs_number,forename,surname,date_of_birth,postcode", *rows, ""]).encode()


def notebook(cast: Cast, patients: Sequence[Patient]) -> bytes:
    """A notebook that keeps the table that it printed."""
    login = cast.scientist.email.partition(b"@")[0].decode()
    cells = [
        {"cell_type": "markdown", "metadata": {}, "source": ["# Length of stay\n", "\n", "By ward, since January."]},
        _code("import pandas as pd\nstays = pd.read_parquet('stays.parquet')", []),
        _code("stays[['nhs_number', 'surname', 'ward', 'days']].head(10)", _table(patients)),
    ]
    metadata = {"papermill": {"input_path": f"C:\\Users\\{login}\\Documents\\length_of_stay.ipynb"}}
    whole = {"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 4}
    return (json.dumps(whole, indent=1) + "\n").encode()


def _code(source: str, outputs: list[dict[str, Any]]) -> dict[str, Any]:
    count = 1 if outputs else None
    lines = source.splitlines(keepends=True)
    return {"cell_type": "code", "execution_count": count, "metadata": {}, "source": lines, "outputs": outputs}


def _table(patients: Sequence[Patient]) -> list[dict[str, Any]]:
    rows = [
        f"<tr><td>{p.nhs_number}</td><td>{p.surname}</td><td>Ash</td><td>{days}</td></tr>\n"
        for days, p in enumerate(patients, 2)
    ]
    head = "<tr><th>nhs_number</th><th>surname</th><th>ward</th><th>days</th></tr>\n"
    shown = {"text/html": ["<table>\n", head, *rows, "</table>"]}
    return [{"output_type": "execute_result", "execution_count": 1, "metadata": {}, "data": shown}]
