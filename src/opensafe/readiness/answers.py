"""What the project team says about its project: the questions behind the release documents."""

from dataclasses import dataclass

from opensafe.errors import UsageError
from opensafe.readiness.licence_declarations import licence_family
from opensafe.readiness.licences import SHIPPED


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """What the project team says. An empty text is an answer that nobody gave: it becomes a marked gap."""

    project: str
    """The name of the project, as people say it."""
    year: int
    """The year of the copyright notice."""
    description: str = ""
    """What the project does, in a few sentences; paragraphs are kept."""
    intended_use: str = ""
    """For whom, for what purpose and where it is meant to run; any clinical use."""
    holder: str = ""
    """Whose copyright it is: for a trust its own name."""
    contact: str = ""
    """How the team is reached: an e-mail address that more than one person reads."""
    organisation: str = ""
    """The organisation that publishes it."""
    licence: str = "MIT"
    """SPDX id of the licence to write where there is none: one of `licences.SHIPPED`, or GPL-3.0(-or-later)."""
    crown_body: bool | None = None
    """Whether the holder is a Crown body. Only `True` states Crown copyright; NHS trusts are none."""
    accepts_contributions: bool = True
    """Whether changes from outside the team are accepted."""
    notice: bool = False
    """Whether a NOTICE is wanted: where a regulator's text or a caveat must travel with every copy."""
    maintainer: str = ""
    """The person or team who maintains it and answers for it."""
    security_contact: str = ""
    """Where vulnerabilities are reported; empty: `contact`."""
    data_description: str = ""
    """The data that it relies on and produces, and who may have them."""
    prerequisites: str = ""
    """What must be there first, beside the languages and packages that the files name."""
    installation: str = ""
    """How it is installed, where that is not what the manifests call for."""
    usage: str = ""
    """How it is run, where that is not what its scripts and notebooks show."""
    regulation: str = ""
    """Which regulators and approvals apply, or that none do, and who checked."""
    status: str = "beta"
    """The development status: concept, development, beta, stable or obsolete (as in publiccode.yml)."""
    response_days: int = 5
    """Within how many working days a report is answered."""

    @property
    def shipped_licence(self) -> str:
        """The id of the text to write. Raises UsageError where opensafe has none."""
        family = licence_family(self.licence.strip()).lower()
        found = (spdx for spdx in SHIPPED if licence_family(spdx).lower() == family)
        spdx = next(found, "")
        if not spdx:
            raise UsageError(
                "opensafe has no text of the licence that was asked for",
                remedy=f"choose one of {', '.join(SHIPPED)} (--licence), or add the licence file by hand",
            )
        return spdx
