"""Everything in a repository that is not file content, as specimens: messages, headers, identities, names.

Detectors are given the same specimens as for files; nothing is left out because it is short or odd.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from opensafe.git.graph import ObjectGraph
from opensafe.git.refs import ReflogLine, SourceRefs
from opensafe.history.provenance import Provenance
from opensafe.history.published import PublishedRef
from opensafe.history.standing import Standing
from opensafe.model.gitobjects import Commit, Identity, Tag
from opensafe.model.identifiers import Oid
from opensafe.model.place import PlaceKind
from opensafe.model.specimen import Role, Specimen


@dataclass(frozen=True, slots=True)
class Located:
    """A specimen outside file content, and where it stands. `path` and `ref` are raw names.

    `subject` identifies what has neither: the text of an identity.
    """

    specimen: Specimen
    oid: Oid | None = None
    path: bytes | None = None
    ref: bytes | None = None
    first: Oid | None = None
    last: Oid | None = None
    in_head: bool = False
    published: bool = False
    count: int = 1
    subject: bytes | None = None


def metadata(
    graph: ObjectGraph,
    provenance: Provenance,
    refs: SourceRefs,
    published: Iterable[PublishedRef],
    reflogs: Iterable[ReflogLine],
) -> Iterator[Located]:
    """Every specimen of the object store and the refs that is not the content of a file."""
    yield from messages(graph, provenance)
    public = {ref.source for ref in published}
    yield from tag_texts(graph, provenance, refs, public)
    yield from identity_texts(graph, provenance)
    yield from _paths(provenance)
    yield from _lost_folders(provenance)
    yield from ref_texts(refs, public)
    yield from reflog_texts(reflogs, refs)


def text_specimen(kind: PlaceKind, data: bytes) -> Specimen:
    """A text as it is searched."""
    return Specimen(kind, data, role=Role.TEXT, signature="text")


def messages(graph: ObjectGraph, provenance: Provenance) -> Iterator[Located]:
    """Message and extra headers of every commit."""
    for oid in provenance.order:
        commit = graph.commits[oid]
        yield _of_commit(PlaceKind.COMMIT_MESSAGE, commit.message, oid, provenance)
        if commit.header_text:
            yield _of_commit(PlaceKind.COMMIT_HEADER, commit.header_text, oid, provenance)


def _of_commit(kind: PlaceKind, text: bytes, oid: Oid, provenance: Provenance) -> Located:
    return Located(
        text_specimen(kind, text),
        oid,
        first=oid,
        last=oid,
        in_head=oid in provenance.head,
        published=oid in provenance.published,
    )


def tag_texts(graph: ObjectGraph, provenance: Provenance, refs: SourceRefs, published: set[bytes]) -> Iterator[Located]:
    """Everything in annotated tags but their taggers."""
    named = _tags_by_ref(graph, refs, published)
    for oid, tag in sorted(graph.tags.items()):
        ref = named.get(oid)
        for specimen in _texts_of_tag(tag, ref):
            yield replace(_of_tag(specimen, tag, provenance), ref=ref, published=ref in published)


def _texts_of_tag(tag: Tag, ref: bytes | None) -> Iterator[Specimen]:
    """The message, extra headers, and the name where its ref does not repeat it."""
    yield text_specimen(PlaceKind.TAG_MESSAGE, tag.message)
    if tag.header_text:
        yield text_specimen(PlaceKind.COMMIT_HEADER, tag.header_text)
    if ref is None or not ref.endswith(b"/" + tag.name):
        yield text_specimen(PlaceKind.REF_NAME, tag.name)


def _tags_by_ref(graph: ObjectGraph, refs: SourceRefs, published: set[bytes]) -> dict[Oid, bytes]:
    """The ref that leads to each tag, through other tags too: a published one where there is one, the first by name."""
    named: dict[Oid, bytes] = {}
    for name, oid in sorted(refs.refs.items(), key=lambda ref: (ref[0] not in published, ref[0])):
        inner = oid
        while inner in graph.tags and inner not in named:
            named[inner] = name
            inner = graph.tags[inner].target
    return named


def _of_tag(specimen: Specimen, tag: Tag, provenance: Provenance) -> Located:
    target = tag.target if tag.target_kind == "commit" else None
    return Located(specimen, tag.oid, first=target, last=target, in_head=tag.target in provenance.head)


def identity_texts(graph: ObjectGraph, provenance: Provenance) -> Iterator[Located]:
    """Each distinct `Name <e-mail>` once, with the number of commits and tags that carry it."""
    lines: dict[bytes, list[Oid]] = {}
    for oid in provenance.order:
        for line in {who.line for who in _people_of(graph.commits[oid])}:
            lines.setdefault(line, []).append(oid)
    taggers = Counter(tag.tagger.line for tag in graph.tags.values() if tag.tagger is not None)
    for line in sorted(lines.keys() | taggers.keys()):
        commits = lines.get(line, [])
        yield Located(
            text_specimen(PlaceKind.IDENTITY, line),
            commits[0] if commits else _tagged_by(graph.tags.values(), line),
            first=commits[0] if commits else None,
            last=commits[-1] if commits else None,
            in_head=any(oid in provenance.head for oid in commits),
            published=not commits or any(oid in provenance.published for oid in commits),
            count=len(commits) + taggers[line],
            subject=line,
        )


def _people_of(commit: Commit) -> tuple[Identity, Identity]:
    return commit.author, commit.committer


def _tagged_by(tags: Iterable[Tag], line: bytes) -> Oid | None:
    return next((tag.oid for tag in tags if tag.tagger is not None and tag.tagger.line == line), None)


def _paths(provenance: Provenance) -> Iterator[Located]:
    """Each distinct path once: in HEAD or published if any of its blobs is."""
    order = {oid: number for number, oid in enumerate(provenance.order)}
    seen: dict[bytes, Located] = {}
    for oid, standing in provenance.places():
        here = path_text(oid, standing)
        known = seen.get(standing.path)
        seen[standing.path] = here if known is None else _wider(known, here, order)
    yield from (seen[path] for path in sorted(seen))


def path_text(oid: Oid, standing: Standing) -> Located:
    """A path, and where the blob stands that came there first."""
    return Located(
        text_specimen(PlaceKind.PATH, standing.path),
        oid,
        path=standing.path,
        first=standing.first,
        last=standing.last,
        in_head=standing.in_head,
        published=standing.published,
    )


def _wider(one: Located, other: Located, order: dict[Oid, int]) -> Located:
    """Two standings of one path as one: from the earlier first commit to the later last commit."""
    begins = sorted((oid for oid in (one.first, other.first) if oid), key=order.__getitem__)
    ends = sorted((oid for oid in (one.last, other.last) if oid), key=order.__getitem__)
    return Located(
        one.specimen,
        one.oid,
        path=one.path,
        first=begins[0] if begins else None,
        last=ends[-1] if ends else None,
        in_head=one.in_head or other.in_head,
        published=one.published or other.published,
    )


def _lost_folders(provenance: Provenance) -> Iterator[Located]:
    """Folders whose tree is lost: of their paths only their own is left."""
    lost = {item.path: item.oid for item in provenance.unread if item.path}
    for path, oid in sorted(lost.items()):
        yield Located(text_specimen(PlaceKind.PATH, path), oid, path=path)


def ref_texts(refs: SourceRefs, published: set[bytes]) -> Iterator[Located]:
    """Every ref, what stands in one that leads nowhere, and a branch that HEAD names and that has no commit yet."""
    if refs.head_ref and refs.head_ref not in refs.refs:
        yield Located(text_specimen(PlaceKind.REF_NAME, refs.head_ref), ref=refs.head_ref)
    for name, oid in sorted(refs.refs.items()):
        yield Located(
            text_specimen(PlaceKind.REF_NAME, name),
            oid,
            ref=name,
            in_head=name == refs.head_ref,
            published=name in published,
        )
    for name, value in sorted(refs.unresolved.items()):
        texts = (text_specimen(PlaceKind.REF_NAME, text) for text in (name, value) if text)
        yield from (Located(specimen, ref=name) for specimen in texts)


def reflog_texts(reflogs: Iterable[ReflogLine], refs: SourceRefs) -> Iterator[Located]:
    """Each distinct reflog line once, and the names of refs of which nothing but the reflog is left.

    Never published, but what stands in it still has to be rotated.
    """
    seen: set[bytes] = set()
    named = {*refs.refs, b"HEAD"}
    for line in reflogs:
        if line.ref not in named:
            named.add(line.ref)
            yield Located(text_specimen(PlaceKind.REF_NAME, line.ref), line.new or None, ref=line.ref)
        text = line.who + b"\n" + line.message
        if text not in seen:
            seen.add(text)
            yield Located(text_specimen(PlaceKind.REFLOG, text), line.new or None, ref=line.ref)
