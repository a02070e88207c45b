"""Files that others made and that lie in a repository all the same: copies of libraries, and lists of packages.

Whoever they name wrote a program, and is credited in it. All of them are one finding, which is low: nobody decides
about the eight hundred authors of the packages that an application was published with.
"""

from functools import lru_cache

from opensafe.detectors.carewords import is_of_care
from opensafe.model.expressions import expression

_LISTS = (
    rb"renv\.lock|packrat\.lock|package-lock\.json|npm-shrinkwrap\.json|yarn\.lock|pnpm-lock\.yaml"
    rb"|composer\.lock|poetry\.lock|uv\.lock|pipfile\.lock|cargo\.lock|gemfile\.lock|go\.sum"
)
_LIBRARIES = (
    rb"jquery|bootstrap|bootswatch|popper|html5shiv|respond|tabsets|tabby|tippy|anchor|clipboard|headroom|quarto|mathjax"
    rb"|katex|highlight|prism|d3|plotly|leaflet|datatables|htmlwidgets|crosstalk|moment|lodash|underscore|modernizr"
    rb"|selectize|select2|tocify|fuse|autocomplete|mark|codefolding|pagedtable|font-?awesome|ionicons|tinymce|ckeditor"
    rb"|ace|mermaid|vega|reveal|require|polyfill|normalize|sizzle|ion\.rangeslider|showdown|handlebars|shiny|swagger-ui"
)
_FILLED = rb"node_modules|bower_components|site_libs|site-packages|_vendor|packrat|renv|[^/]{1,80}_files/libs"
_VENDORED = rb"vendor|vendored|third[_-]?party|wwwroot/lib|reveal\.?js"
_FOLDER = expression(rb"(?i)(?:\A|/)(" + _FILLED + rb"|[^/]+\.(?:dist|egg)-info|" + _VENDORED + rb")/")
_FOREIGN = expression(
    rb"(?i)(?:\A|/)(?:"
    # a folder that tools fill, and what describes an installed package
    rb"(?P<filled>(?:" + _FILLED + rb")/(?:[^/]+/){0,2}[^/]+|[^/]+\.(?:dist|egg)-info/[^/]+)"
    rb"|(?:" + _VENDORED + rb")/(?:[^/]+/){0,2}[^/]+"
    # `jquery-3.6.0/anything`, as R's packages for pages lay their libraries down
    rb"|[a-z][a-z0-9_.]{0,40}(?:-[a-z][a-z0-9_.]{0,40}){0,5}-\d{1,3}(?:\.\d{1,4}){1,3}/[^/]+\.(?:m?js|css|map|html|md|txt|json)"
    rb"|(?:" + _LIBRARIES + rb")(?:[.-][\w.-]{0,60})?\.(?:m?js|css)(?:\.map)?"
    rb"|[^/]+\.min\.(?:m?js|css)(?:\.map)?|[^/]+\.(?:m?js|css)\.map"
    rb"|(?P<font>[^/]+\.(?:ttf|otf|eot|woff2?))"
    rb"|manifest\.json|(?P<locked>" + _LISTS + rb"))\Z"
)
_SURE = ("filled", "font", "locked")
_DESCRIBED = expression(  # fields of an R package's DESCRIPTION, and how it writes people
    rb"\"(?:Package|Title|Authors?(?:@R)?|Maintainer|NeedsCompilation|License|Packaged|Repository|RoxygenNote|Suggests"
    rb"|Imports|Depends|VignetteBuilder|Built|BugReports|LazyData|Date/Publication)\""
    rb"|\bperson\(|\[(?:aut|ctb|cre|cph|fnd|ths)\b|\brole ?= ?(?:c\()?\\?[\"'](?:aut|ctb|cre|cph|fnd)|orcid\.org|ORCID"
)
_MANIFEST = expression(rb"(?i)(?:\A|/)manifest\.json\Z")
_COMMENT = expression(rb"[ \t]{0,40}(?:/\*|\*|//|<!--|#)")
_CREDITING = expression(
    rb"(?i)author|copyright|\(c\)|\xc2\xa9|licen[cs]e|maintain|contribut|\bby\b|https?:|<[\w.+-]{1,60}@"
)
_NAMED = expression(rb"([A-Za-z-]{2,20} [A-Za-z-]{2,20}) ?[<(]\Z")  # whose address follows
_BEFORE = 50
_LONG_LINE = 400  # bytes: a program that was made small
_REACH = 1_500
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


def is_of_page(path: bytes, name: bytes, data: bytes, start: int) -> bool:
    """Whether the name is that of an author whose program tools copy into pages, in a page; or stands before it."""
    if not path.endswith(_PAGES):
        return False
    before = _NAMED.search(data[max(0, start - _BEFORE) : start])
    return name in _IN_PAGES or (before is not None and before[1].lower() in _IN_PAGES)


@lru_cache(maxsize=1 << 12)
def told_of(path: bytes) -> bytes:
    """What detectors are told of a path: its last two parts, behind the folder of others' programs that it lies in.

    Versions and copies of a file share these, so that what was judged in one is not judged again in the next.
    """
    folder, *last = path.rsplit(b"/", 2)
    if len(last) < 2:  # noqa: PLR2004 - the last two parts
        return path
    others = _FOLDER.search(folder + b"/")
    return b"/".join(last if others is None else (others[1], *last))


def is_installed(path: bytes) -> bool:
    """Whether a tool put the file here, as part of a package or as a list of packages."""
    return _said(told_of(path)) is True


def is_foreign(path: bytes, data: bytes, start: int, end: int) -> bool:
    """Whether others made the file, by what detectors are told of its path.

    A path that a team could have given too is not enough. What stands around the name has to be a program that was
    made small, or a note of credit that says nothing of somebody's care; in a `manifest.json`, the description of a
    package as rsconnect writes it.
    """
    said = _said(told_of(path))
    if said is None or said:
        return said is not None
    if _MANIFEST.search(path):
        return _DESCRIBED.search(data, max(0, start - _REACH), end + _REACH) is not None
    if is_of_care(data, start, end):
        return False
    first = data.rfind(b"\n", max(0, start - _REACH), start) + 1 or max(0, start - _REACH)
    last = data.find(b"\n", end, end + _REACH)
    line = data[first : last if last >= 0 else end + _REACH]
    return len(line) >= _LONG_LINE or _COMMENT.match(line) is not None or _CREDITING.search(line) is not None


@lru_cache(maxsize=1 << 12)
def _said(path: bytes) -> bool | None:
    """Whether the path alone tells; None where it says nothing at all."""
    found = _FOREIGN.search(path)
    return None if found is None else any(found[name] is not None for name in _SURE)
