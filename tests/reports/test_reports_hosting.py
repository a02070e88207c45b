"""The sheet for publishing: commands, checklist, text for the host's support."""

from dataclasses import replace

import pytest

from opensafe.model.caseview import CaseView
from opensafe.model.hosting import HostingFacts
from opensafe.model.option import Option
from opensafe.reports.hosting import hosting_sheet
from tests.reports import reports_factory as factory

FIRST = tuple(factory.oid(f"first {n}") for n in range(23))
FACTS = HostingFacts(
    option=Option.REWRITE,
    commits=412,
    commits_changed=398,
    first_changed=FIRST[:2],
    requests=31,
    requests_affected=28,
    lfs_orphaned=(factory.digest("lfs"),),
    lfs_kept=2,
    id_files=(".git-blame-ignore-revs",),
    default_branch="main",
    branches=1,
    tags=3,
    notes=0,
    folder="beds.opensafe",
    address="https://github.example/trust/beds.git",
)


def _view(facts: HostingFacts | None = FACTS) -> CaseView:
    return replace(factory.finished(), hosting=facts)


def test_the_commands_push_to_the_address_that_was_given() -> None:
    sheet = hosting_sheet(_view())
    assert '```sh\ncd "beds.opensafe"\ngit -C public.git fsck --strict\n' in sheet
    assert "git -C public.git push --mirror https://github.example/trust/beds.git\n" in sheet
    assert "The push sends 1 branch, 3 tags, 0 refs of notes." in sheet
    assert "2 objects of Git LFS must be pushed apart" in sheet


@pytest.mark.parametrize(
    "address",
    [
        "",
        "https://user:" + "pass@github.example/x.git",
        "https://github.example/x.git; rm -r .",
        "--upload-pack=x",
        "ext::sh -c x",
        "git@host:x`y`",
    ],
)
def test_an_address_that_is_none_or_holds_more_is_left_to_fill_in(address: str) -> None:
    sheet = hosting_sheet(_view(replace(FACTS, address=address)))
    assert "push --mirror ADDRESS\n" in sheet
    assert not address or address not in sheet


@pytest.mark.parametrize("address", ["git@github.example:trust/beds.git", "ssh://git@host.example:22/a/b.git"])
def test_addresses_for_ssh_are_taken(address: str) -> None:
    assert f"push --mirror {address}\n" in hosting_sheet(_view(replace(FACTS, address=address)))


def test_the_support_is_given_the_figures_that_it_asks_for() -> None:
    request = hosting_sheet(_view()).partition("```text\n")[2]
    assert "Affected pull requests: 28\n" in request
    assert f"First changed commits: 2\n  {FIRST[0]}\n  {FIRST[1]}\n" in request
    assert f"Orphaned objects of Git LFS (SHA-256): 1\n  {factory.digest('lfs')}\n" in request
    assert "Commits changed or left out: 398 of 412\n" in request
    assert "git-filter-repo 2.47.0" in request


def test_what_this_copy_cannot_count_is_left_to_be_counted() -> None:
    sheet = hosting_sheet(_view(replace(FACTS, requests=0, requests_affected=0, lfs_orphaned=(), option=Option.SQUASH)))
    assert "git ls-remote OLD-ADDRESS 'refs/pull/*/head'" in " ".join(sheet.split())
    assert "Affected pull requests: COUNT THEM ON THE HOST\n" in sheet
    assert "Orphaned objects of Git LFS (SHA-256): none\n" in sheet
    assert "option squash\n" in sheet
    assert "git-filter-repo" not in sheet


def test_a_long_list_is_cut_and_says_so() -> None:
    sheet = hosting_sheet(_view(replace(FACTS, first_changed=FIRST)))
    assert "First changed commits: 23\n" in sheet
    assert "  and 3 more, on request\n" in sheet


def test_the_checklist_has_the_figures_of_the_case() -> None:
    sheet = " ".join(hosting_sheet(_view()).split())
    assert "another id to 398 of 412 commits" in sheet
    assert "Pull requests: 28 of 31 hold commits that change." in sheet
    assert "`.git-blame-ignore-revs`" in sheet
    assert sheet.count("- [ ]") == 13


def test_before_a_rewrite_there_is_nothing_to_push() -> None:
    sheet = hosting_sheet(_view(None))
    assert "Next: `opensafe rewrite`" in sheet
    assert "push" not in sheet


def test_before_the_release_it_says_not_yet() -> None:
    assert "**Not yet" in hosting_sheet(replace(_view(), release=""))
    assert "**Not yet" not in hosting_sheet(replace(_view(), release="v1.0.0"))


def test_hostile_names_do_nothing_in_markdown_or_in_a_shell() -> None:
    hostile = '"; $(x) `y` <b>\x1b[2J\n# z'
    facts = replace(FACTS, folder=hostile, default_branch=hostile, id_files=(hostile,), address=hostile)
    sheet = hosting_sheet(replace(_view(facts), name=hostile, version=hostile))
    for harmful in ("$(", "<b>", "\x1b", "\n# z", "`y`", '";'):
        assert harmful not in sheet


def test_it_names_the_head_of_the_log() -> None:
    assert f"`{_view().log_head}`" in hosting_sheet(_view())
