"""In which groups people decide: files of one kind in one folder are one question."""

from dataclasses import replace

from opensafe.model.finding import Category, Finding, Form, Severity
from opensafe.model.identifiers import FindingId
from opensafe.model.triage import IN_PACKAGES, folder_of, triage
from tests.casefile import casefile_kit as kit


def _file(path: str, why: str = "a picture", severity: Severity = Severity.LOW) -> Finding:
    made = kit.finding(path, category=Category.FILE, form=Form.FILE, witnesses=("data.opaque-file",), severity=severity)
    return replace(made, why=why, masked=f"File to look at: {path}")


def _groups(*findings: tuple[Finding, str]) -> dict[str, list[FindingId]]:
    paths = {finding.id: path for finding, path in findings}
    groups = triage([finding for finding, _ in findings], paths)
    return {group.title: [finding.id for finding in group.findings] for group in groups}


def test_pictures_of_a_folder_are_one_group() -> None:
    pictures = [(_file(f"figures/{name}.png"), f"figures/{name}.png") for name in "abc"]
    deeper = (_file("figures/old/d.png"), "figures/old/d.png")
    font = (_file("figures/e.woff", "an unknown format"), "figures/e.woff")
    graver = (_file("figures/f.pdf", severity=Severity.MEDIUM), "figures/f.pdf")
    assert _groups(*pictures, deeper, font, graver) == {
        "File to look at: figures/f.pdf": [graver[0].id],
        "3 files to look at in figures": [finding.id for finding, _ in pictures],
        "File to look at: figures/old/d.png": [deeper[0].id],
        "File to look at: figures/e.woff": [font[0].id],
    }


def test_files_of_packages_are_one_group_wherever_they_lie() -> None:
    files = [(_file(path, IN_PACKAGES), path) for path in ("packrat/src/x/x.tar.gz", "node_modules/y/y.woff")]
    own = (_file("lib/z.tar.gz"), "lib/z.tar.gz")
    assert _groups(*files, own) == {
        "2 files of packages that others made": [finding.id for finding, _ in files],
        "File to look at: lib/z.tar.gz": [own[0].id],
    }


def test_other_questions_about_files_stay_by_themselves() -> None:
    tables = [
        replace(kit.finding(name, category=Category.FILE, form=Form.FILE, witnesses=("data.data-file",)), masked=name)
        for name in ("data/a.csv", "data/b.csv")
    ]
    assert len(_groups(*((finding, finding.masked) for finding in tables))) == 2


def test_notebooks_of_a_folder_are_one_group_if_their_outputs_are_alike() -> None:
    def notebook(path: str, why: str) -> tuple[Finding, str]:
        made = kit.finding(path, category=Category.FILE, form=Form.FILE, witnesses=("data.notebook-outputs",))
        return replace(made, why=why, masked=f"Outputs: {path}"), path

    alike = [notebook(f"notebooks/{name}.ipynb", "outputs are kept, a table among them") for name in "ab"]
    others = [notebook("notebooks/c.ipynb", "outputs are kept"), notebook("d.ipynb", alike[0][0].why)]
    assert _groups(*alike, *others) == {
        "2 notebooks with outputs in notebooks": [finding.id for finding, _ in alike],
        "Outputs: notebooks/c.ipynb": [others[0][0].id],
        "Outputs: d.ipynb": [others[1][0].id],
    }


def test_copies_of_a_data_file_are_one_group_unless_they_look_like_people() -> None:
    def table(path: str, why: str, severity: Severity = Severity.MEDIUM) -> tuple[Finding, str]:
        made = kit.finding(path, category=Category.FILE, form=Form.FILE, witnesses=("data.data-file",))
        return replace(made, why=why, severity=severity, masked=f"Data file: {path}"), path

    copies = [table(f"{folder}/ae.rds", "9 rows, 2 columns") for folder in ("first", "second")]
    other = table("third/ae.rds", "8 rows, 2 columns")
    people = [table(f"{folder}/p.rds", "looks like people", Severity.HIGH) for folder in ("first", "second")]
    assert _groups(*copies, other, *people) == {
        "Data file: first/p.rds": [people[0][0].id],
        "Data file: second/p.rds": [people[1][0].id],
        "2 data files called ae.rds, of the same size": [finding.id for finding, _ in copies],
        "Data file: third/ae.rds": [other[0].id],
    }


def test_a_group_falls_apart_into_its_findings() -> None:
    pictures = [_file(f"figures/{name}.png") for name in "ab"]
    (group,) = triage(pictures, {finding.id: f"figures/{finding.id}" for finding in pictures})
    apart = group.one_by_one()
    assert [one.findings for one in apart] == [(finding,) for finding in group.findings]


def test_the_folder_of_a_file() -> None:
    assert [folder_of(path) for path in ("a.R", "R/a.R", "R/sub/a.R")] == ["(top folder)", "R", "R/sub"]
