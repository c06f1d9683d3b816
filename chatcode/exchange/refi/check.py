"""Whether a REFI-QDA file holds together: by the schemas, and by what schemas cannot say."""

from __future__ import annotations

import io
import zipfile
from collections import Counter
from collections.abc import Iterator
from importlib import resources

from chatcode.errors import ChatcodeError
from chatcode.exchange.refi.codes import Element
from chatcode.exchange.refi.guids import same

# What may point at what: element that refers, attribute, elements that it may name.
_REFERENCES = {
    "CodeRef": ("targetGUID", {"Code"}),
    "MemberCode": ("targetGUID", {"Code"}),
    "NoteRef": ("targetGUID", {"Note"}),
    "MemberNote": ("targetGUID", {"Note"}),
    "SourceRef": ("targetGUID", {"TextSource"}),
    "MemberSource": ("targetGUID", {"TextSource"}),
    "SelectionRef": ("targetGUID", {"PlainTextSelection"}),
    "VariableRef": ("targetGUID", {"Variable"}),
}
# A project of ten years of chats has some tens of megabytes; far more is no project.
_LARGEST = 1 << 31


def local(element: Element) -> str:
    """The name of an element without its namespace; empty for comments."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def parsed(data: bytes, origin: str) -> Element:
    """The root of an XML document, read without fetching or expanding anything.

    Raises:
        ChatcodeError: it is no XML; the line is named, its text is not.
    """
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise ChatcodeError(f"{origin}:{error.lineno}: this is no XML", "Export it anew.") from None
    if root.getroottree().docinfo.doctype:
        raise ChatcodeError(f"{origin} declares a document type", "REFI-QDA files have none.")
    return root


def opened(data: bytes, origin: str) -> tuple[Element, dict[str, bytes]]:
    """The project of a .qdpx and its sources by file name in small letters.

    Raises:
        ChatcodeError: it is no such file, holds no or several projects, or is far too large.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except zipfile.BadZipFile:
        raise ChatcodeError(f"{origin} is no .qdpx", "A .qdpx is a zip with one .qde in it.") from None
    with archive:
        names = archive.namelist()
        roots = [name for name in names if "/" not in name.strip("/") and name.lower().endswith(".qde")]
        if len(roots) != 1:
            raise ChatcodeError(
                f"{origin} holds {len(roots) or 'no'} project files", "A .qdpx has one .qde at its root."
            )
        if sum(info.file_size for info in archive.infolist()) > _LARGEST:
            raise ChatcodeError(f"{origin} is far too large unpacked", "It is no project of a study.")
        inside = {
            name.lower().rpartition("/")[2]: archive.read(name)
            for name in names
            if name.lower().startswith("sources/") and not name.endswith("/")
        }
        return parsed(archive.read(roots[0]), origin), inside


def schema_faults(root: Element) -> list[str]:
    """What the schema of the standard says is wrong, with lines; never with values."""
    from lxml import etree

    name = "Codebook.xsd" if local(root) == "CodeBook" else "Project.xsd"
    text = (resources.files("chatcode.exchange.refi") / "schema" / name).read_bytes()
    schema = etree.XMLSchema(etree.fromstring(text))
    schema.validate(root)
    return [f"line {fault.line}: {fault.type_name}" for fault in schema.error_log]


def project_faults(data: bytes, origin: str) -> list[str]:
    """What is wrong with a project: schema, identifiers, references, places in texts, files."""
    root, inside = opened(data, origin)
    found = schema_faults(root)
    kinds: dict[str, str] = {}
    times: Counter[str] = Counter()
    for element in root.iter():
        if element.get("guid"):
            identifier = same(element.get("guid"))
            kinds[identifier] = local(element)
            times[identifier] += 1
    found += [f"an identifier stands {count} times" for count in times.values() if count > 1]
    uncodable = {same(e.get("guid")) for e in root.iter("{*}Code") if e.get("isCodable") not in ("true", "1")}
    for element in root.iter():
        attribute, allowed = _REFERENCES.get(local(element), ("", set()))
        target = same(element.get(attribute) or "") if attribute else ""
        if attribute and kinds.get(target) not in allowed:
            found.append(
                f"line {element.sourceline}: {local(element)} names no {' or '.join(sorted(allowed))}"
            )
        if local(element) == "CodeRef" and target in uncodable:
            found.append(f"line {element.sourceline}: a coding with a code that is only a heading")
        user = element.get("creatingUser")
        if user and kinds.get(same(user)) != "User":
            found.append(f"line {element.sourceline}: {local(element)} names no User")
    for link in root.iter("{*}Link"):
        if not {same(link.get("originGUID") or ""), same(link.get("targetGUID") or "")} <= set(kinds):
            found.append(f"line {link.sourceline}: a link of what is not there")
    found += _text_faults(root, inside)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        found += [
            f"a folder or file that does not belong: {name.count('/')} folders deep"
            for name in archive.namelist()
            if name.count("/") > 1 or ("/" in name and not name.lower().startswith("sources/"))
        ]
    return found


def _text_faults(root: Element, inside: dict[str, bytes]) -> Iterator[str]:
    for source in root.iter("{*}TextSource"):
        path = (source.get("plainTextPath") or "").removeprefix("internal://").lower()
        if path not in inside:
            yield f"line {source.sourceline}: the text of a source is not there"
            continue
        text = inside[path].decode("utf-8")
        units = text.encode("utf-16-le")
        if text.startswith("\N{ZERO WIDTH NO-BREAK SPACE}"):
            yield f"line {source.sourceline}: the text of a source begins with a byte order mark"
        for selection in source.iter("{*}PlainTextSelection"):
            start, end = int(selection.get("startPosition")), int(selection.get("endPosition"))
            name = selection.get("name")
            if not 0 <= start < end <= len(text):
                yield f"line {selection.sourceline}: a place outside its text"
            elif text[start:end] != name or units[2 * start : 2 * end].decode("utf-16-le", "replace") != name:
                yield f"line {selection.sourceline}: a place holds another text than its name says"
