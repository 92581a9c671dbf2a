"""Documents that are zips of parts: .docx, .xlsx, the new .wps and .et, and .ofd."""

import re

from . import archives, compound
from .limits import DEPTH
from .marks import refuse_marks
from .markup import Part, looks_like_markup
from .unsafe import Unsafe

OPENXML = "application/vnd.openxmlformats-officedocument."
WORD = OPENXML + "wordprocessingml.document.main+xml"
SHEET = OPENXML + "spreadsheetml.sheet.main+xml"
MAIN_PARTS = {"docx": WORD, "wps": WORD, "xlsx": SHEET, "et": SHEET}
MACRO_NAMES = re.compile(r"vbaproject|vbadata|(^|/)macrosheets/|(^|/)activex/", re.I)
MACRO_TYPES = re.compile(r"macroenabled|vbaproject|activex", re.I)
OUTSIDE_NAMES = re.compile(r"(^|/)externallinks/|(^|/)connections\.xml$", re.I)
EMBEDDED_NAMES = re.compile(
    r"\.(html?|mht(ml)?|hta|jse?|vb[se]|wsf|exe|dll|scr|com|bat|cmd|ps1|lnk|jar|msi)$", re.I
)
PROGRAMS = (b"MZ", b"\x7fELF", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe", b"\xce\xfa\xed\xfe", b"#!")
LINK_SCHEMES = ("http", "https", "mailto")


def examine_package(data, extension, budget, depth) -> None:
    """An Office Open XML package of the kind its extension says."""
    parts = dict(archives.unpack(data, budget, extension))
    if "[Content_Types].xml" not in parts:
        raise Unsafe.mismatch(extension)
    types = content_types(parts["[Content_Types].xml"], extension)
    if any(MACRO_TYPES.search(kind) for kind in types):
        raise Unsafe.macros(extension)
    if MAIN_PARTS[extension] not in types:
        raise Unsafe.mismatch(extension)
    for name, part in parts.items():
        examine_part(name, part, extension, budget, depth)


def examine_layout(data, extension, budget, depth) -> None:
    """An .ofd document (GB/T 33190): a zip whose root holds OFD.xml."""
    parts = dict(archives.unpack(data, budget, extension))
    if "OFD.xml" not in parts:
        raise Unsafe.mismatch(extension)
    for name, part in parts.items():
        examine_part(name, part, extension, budget, depth)


def content_types(part: bytes, extension: str) -> set[str]:
    declared = Part(part, extension, keep=("Override", "Default")).kept
    return {attributes.get("ContentType", "").strip().lower() for attributes in declared}


def examine_part(name, part, extension, budget, depth) -> None:
    """One part: markup is read, packed or compound objects are opened, programs are refused."""
    refuse_name(name, extension)
    if part.startswith(PROGRAMS):
        raise Unsafe.embedded()
    if part.startswith(compound.MAGIC):
        compound.refuse_active(part, extension)
    elif part.startswith(archives.LOCAL_HEADER):
        examine_nested(part, extension, budget, depth)
    elif looks_like_markup(part):
        read = Part(part, extension, keep=("Relationship",))
        refuse_outside(read.kept)
        refuse_marks(read.text)
    elif name.lower().endswith((".xml", ".rels")):
        raise Unsafe.damaged(extension)


def refuse_name(name: str, extension: str) -> None:
    if MACRO_NAMES.search(name):
        raise Unsafe.macros(extension)
    if OUTSIDE_NAMES.search(name):
        raise Unsafe.external()
    if EMBEDDED_NAMES.search(name):
        raise Unsafe.embedded()


def examine_nested(part, extension, budget, depth) -> None:
    """A package inside a package: the workbook behind a chart is common, anything deeper is not."""
    if depth >= DEPTH:
        raise Unsafe.bomb()
    for name, inner in archives.unpack(part, budget, extension):
        examine_part(name, inner, extension, budget, depth + 1)


def refuse_outside(relationships) -> None:
    """Relationships that make a reader fetch something. A link that waits to be clicked may stay."""
    for attributes in relationships:
        if attributes.get("TargetMode", "").strip().lower() != "external":
            continue
        is_link = attributes.get("Type", "").endswith("/hyperlink")
        if not is_link or not is_web_address(attributes.get("Target", "")):
            raise Unsafe.external()


def is_web_address(target: str) -> bool:
    """http, https or mail, or a place in the same folder; never a share (UNC) or a local path."""
    if target.startswith(("\\", "/")):
        return False
    scheme, colon, _ = target.partition(":")
    return not colon or scheme.lower() in LINK_SCHEMES
