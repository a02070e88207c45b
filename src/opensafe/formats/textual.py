"""What kind of text a text is: data in the shape of text, a notebook, a pointer, a page."""

from opensafe.formats.delimited import delimiter_of
from opensafe.formats.mailhead import is_mail
from opensafe.model.expressions import expression

_POINTER = b"version https://git-lfs.github.com/spec/"
_POINTER_SIZE = 1024
_ANNEX = expression(rb"(?:(?:\.\./){0,64}\.git)?/annex/objects/")
_RICH = b"{\\rtf"
_HEAD = 65_536
_HL7 = (b"MSH|", b"FHS|", b"BHS|")
_FHIR = expression(
    rb'"resourceType"\s{0,8}:\s{0,8}"(?:Bundle|Patient|Person|RelatedPerson|Observation|Encounter|Condition|Procedure'
    rb"|MedicationRequest|MedicationStatement|Immunization|AllergyIntolerance|DiagnosticReport|Appointment|Claim"
    rb'|EpisodeOfCare|Coverage|CarePlan|Practitioner|QuestionnaireResponse)"'
)  # resources that hold records of people; definitions and value sets are not data
_PAGES = (b"<!doctype html", b"<html")
_TABLE_NAMES = (b".csv", b".tsv", b".psv", b".tab")
_NEVER_TABLES = (  # what is written by people in these is code or prose, however many commas it holds
    *(b".py", b".r", b".rmd", b".qmd", b".sql", b".md", b".markdown", b".rst", b".tex", b".bib", b".js", b".ts"),
    *(b".jsx", b".tsx", b".c", b".h", b".cpp", b".hpp", b".java", b".go", b".rs", b".rb", b".sh", b".bat", b".ps1"),
    *(b".yml", b".yaml", b".toml", b".json", b".xml", b".html", b".htm", b".css", b".scss", b".scala", b".sas"),
    *(b".do", b".ado", b".m", b".jl", b".ipynb", b".cfg", b".ini", b".lock", b".log", b".svg", b".php", b".pl"),
    *(b".cs", b".vb", b".vba", b".bas", b".kt", b".swift", b".lua", b".dax", b".stan", b".gitignore", b"makefile"),
)


def text_signature(text: bytes, name: bytes) -> str:
    """The signature of UTF-8 `text`; `name` is the file's path or empty."""
    if text.startswith(_POINTER) and len(text) < _POINTER_SIZE:
        return "lfs-pointer"
    if text[:1] in {b"/", b"."} and len(text) < _POINTER_SIZE and _ANNEX.match(text):
        return "annex-pointer"
    if text.startswith(_RICH):
        return "rtf"
    if text.startswith(_HL7):
        return "hl7"
    if is_mail(text):
        return "eml"
    first = text[:256].lstrip()[:1]
    if first in {b"{", b"["} and (found := _json_signature(text, name)):
        return found
    if first == b"<":
        return _markup_signature(text)
    return _table_signature(text, name)


def _json_signature(text: bytes, name: bytes) -> str:
    """Content that begins like JSON, ends like it or is named so; `[section]` of a settings file does neither."""
    if text[:256].lstrip().startswith(b"{") and b'"cells"' in text and b'"nbformat"' in text:
        return "ipynb"
    if _FHIR.search(text[:_HEAD]):
        return "fhir"
    is_json = text[-256:].rstrip()[-1:] in {b"}", b"]"} or name.lower().endswith((b"json", b"jsonl", b".ipynb"))
    return "json" if is_json and b'"' in text[:_HEAD] else ""


def _markup_signature(text: bytes) -> str:
    head = text[:1024].lstrip().lower()
    if head.startswith(_PAGES) or b"<html" in head:
        return "html"
    if b"http://hl7.org/fhir" in head:
        return "fhir"
    if b"<svg" in head:
        return "svg"
    return "xml" if head.startswith(b"<?xml") else "text"


def _table_signature(text: bytes, name: bytes) -> str:
    lowered = name.lower()
    named = lowered.endswith(_TABLE_NAMES)
    if lowered.endswith(_NEVER_TABLES) or not text.strip():
        return "text"
    delimiter = delimiter_of(text, named=named)
    if delimiter == "\t" or (named and not delimiter and lowered.endswith((b".tsv", b".tab"))):
        return "tsv"
    return "csv" if delimiter or named else "text"
