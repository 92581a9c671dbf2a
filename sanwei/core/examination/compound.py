"""Compound files (OLE2): .doc, .xls, .wps, .et, and objects embedded in newer documents."""

import io
import struct

import olefile

from .marks import refuse_marks_in_binary
from .unsafe import Unsafe

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
TEXT_STREAMS = {
    "doc": ("worddocument",),
    "wps": ("worddocument",),
    "xls": ("workbook", "book"),
    "et": ("workbook", "book"),
}
MACRO_STORAGES = {"macros", "vba", "_vba_project", "_vba_project_cur"}
PROGRAM_STREAM = "\x01ole10native"
WORD_ENCRYPTED = 0x0100  # FibBase.fEncrypted, [MS-DOC] 2.5.2
SHEET, PASSWORD, END_OF_GLOBALS = 0x0085, 0x002F, 0x000A  # [MS-XLS] 2.3
MACRO_SHEETS = (0x01, 0x06)  # BoundSheet8.dt: Excel 4.0 macro sheet, Visual Basic module


def examine(data: bytes, extension: str) -> None:
    """A binary Word or Excel file of the kind its extension says, with nothing in it that must not be."""
    with open_compound(data, extension) as file:
        streams = {"/".join(path).lower(): path for path in listing(file)}
        refuse_names(file, extension)
        if "encryptedpackage" in streams:
            raise Unsafe.locked()
        kinds = [kind for kind in TEXT_STREAMS.get(extension, ()) if kind in streams]
        if not kinds:
            raise Unsafe.mismatch(extension)
        text = file.openstream(streams[kinds[0]]).read()
    if kinds == ["worddocument"]:
        refuse_word_password(text)
    else:
        refuse_sheet_records(text, extension)
    refuse_marks_in_binary(text)


def refuse_active(data: bytes, extension: str) -> None:
    """Macros and embedded programs in a compound object that stands in another document."""
    with open_compound(data, extension) as file:
        refuse_names(file, extension)


def refuse_names(file, extension: str) -> None:
    names = {name.lower() for path in listing(file) for name in path}
    if names & MACRO_STORAGES:
        raise Unsafe.macros(extension)
    if PROGRAM_STREAM in names:
        raise Unsafe.embedded()


def open_compound(data: bytes, extension: str) -> olefile.OleFileIO:
    try:
        return olefile.OleFileIO(io.BytesIO(data))
    except (OSError, struct.error, LookupError, ValueError) as error:
        raise Unsafe.damaged(extension) from error


def listing(file) -> list[list[str]]:
    return file.listdir(streams=True, storages=True)


def refuse_word_password(stream: bytes) -> None:
    if len(stream) >= 12 and struct.unpack_from("<H", stream, 10)[0] & WORD_ENCRYPTED:
        raise Unsafe.locked()


def refuse_sheet_records(stream: bytes, extension: str) -> None:
    """Walk the records of the workbook's globals: a password or a macro sheet is announced there."""
    offset = 0
    while offset + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, offset)
        body = stream[offset + 4 : offset + 4 + length]
        if kind == PASSWORD:
            raise Unsafe.locked()
        if kind == SHEET and len(body) > 5 and body[5] in MACRO_SHEETS:
            raise Unsafe.macros(extension)
        if kind == END_OF_GLOBALS:
            return
        offset += 4 + length
