"""Files that others made and that lie in a repository all the same: copies of libraries, and lists of packages.

Whoever they name wrote a program, and is credited in it. All of them are one finding, which is low: nobody decides
about the eight hundred authors of the packages that an application was published with.
"""

import re
from functools import lru_cache

_LISTS = (
    # rsconnect's manifest holds the DESCRIPTION of every package; renv's lock file does so from version 2 on.
    rb"manifest\.json|renv\.lock|packrat\.lock|package-lock\.json|npm-shrinkwrap\.json|yarn\.lock|pnpm-lock\.yaml"
    rb"|composer\.lock|poetry\.lock|uv\.lock|pipfile\.lock|cargo\.lock|gemfile\.lock|go\.sum"
)
_LIBRARIES = (
    rb"jquery|bootstrap|bootswatch|popper|html5shiv|respond|tabsets|tabby|tippy|anchor|clipboard|headroom|quarto|mathjax"
    rb"|katex|highlight|prism|d3|plotly|leaflet|datatables|htmlwidgets|crosstalk|moment|lodash|underscore|modernizr"
    rb"|selectize|select2|tocify|fuse|autocomplete|mark|codefolding|pagedtable|font-?awesome|ionicons|tinymce|ckeditor"
    rb"|ace|mermaid|vega|reveal|require|polyfill|normalize|sizzle|ion\.rangeslider|showdown|handlebars|shiny|swagger-ui"
)
_FOREIGN = re.compile(
    rb"(?i)(?:\A|/)(?:"
    # a folder that tools fill, where it is near enough to be told
    rb"(?:node_modules|bower_components|site_libs|site-packages|vendor|third[_-]?party)/[^/]+"
    # `jquery-3.6.0/anything`, as R's packages for pages lay their libraries down
    rb"|[a-z][a-z0-9_.]{0,40}(?:-[a-z][a-z0-9_.]{0,40}){0,5}-\d{1,3}(?:\.\d{1,4}){1,3}/[^/]+\.(?:m?js|css|map|html|md|txt|json)"
    rb"|(?:" + _LIBRARIES + rb")(?:[.-][\w.-]{0,60})?\.(?:m?js|css)(?:\.map)?"
    rb"|[^/]+\.min\.(?:m?js|css)(?:\.map)?|[^/]+\.(?:m?js|css)\.map"
    rb"|[^/]+\.(?:ttf|otf|eot|woff2?)"
    rb"|" + _LISTS + rb")\Z"
)
_PAGES = (b".html", b".htm")
_IN_PAGES = frozenset(
    b"aidan lister|ruben arslan|ben alman|diego perini|andrew dupont|angus croll|jooyoung seo|atsushi yasumoto"
    b"|alexander farkas|jonathan neal|scott jehl|mike bostock|cynthia brewer|allan jardine|nick williams|zeno rocha"
    b"|greg franko|thomas park|nicolas gallagher|bryan braun|dean edwards|john resig|robert penner|ivan sagalaev"
    b"|dave gandy|lukasz dziedzic|benedikt meurer|john-david dalton|mike west|vladimir agafonkin|tim wood".split(b"|")
)
"""Authors of what R Markdown, Quarto and pkgdown copy into each page that they make, in small letters."""

WHY = "an author of a program that others made and that lies here: decided together"
VALUE = b"authors of programs that others made"


def is_of_page(path: bytes, name: bytes) -> bool:
    """Whether the name is that of an author whose program tools copy into pages, in a page."""
    return path.endswith(_PAGES) and name in _IN_PAGES


@lru_cache(maxsize=1 << 12)
def is_foreign(path: bytes) -> bool:
    """Whether others made the file, by the last two parts of its path: detectors are told no more (scan/content.py)."""
    return _FOREIGN.search(b"/".join(path.split(b"/")[-2:])) is not None
