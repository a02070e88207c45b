"""The files that exist to say who made something: whoever stands nowhere else is named for credit."""

_NAMES = (
    *("authors", "contributors", "maintainers", "credits", "acknowledgements", "acknowledgments", "thanks"),
    *("codeowners", "notice", "licence", "license", "copying", "copyright", "citation", "citation.cff", "description"),
    *(".mailmap", ".all-contributorsrc", "codemeta.json", ".zenodo.json", "_pkgdown.yml", "package.json"),
    *("pyproject.toml", "setup.cfg", "setup.py", "composer.json"),
)
_ENDINGS = ("", ".md", ".txt", ".rst", ".html")
CREDIT_FILES = frozenset(
    {name + ending for name in _NAMES for ending in (_ENDINGS if "." not in name else ("",))}
    | {"license-text.html", "licence-text.html"}
)
"""Their names in small letters."""
