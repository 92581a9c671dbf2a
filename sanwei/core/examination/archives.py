"""Zip containers: counted before they are unpacked, and unpacked no further than declared (FILE-05)."""

import io
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator

from .limits import MEGABYTE, RATIO, Budget
from .unsafe import Unsafe

LOCAL_HEADER = b"PK\x03\x04"
END = b"PK\x05\x06"
END_LENGTH = 22
ZIP64_LOCATOR = b"PK\x06\x07"
DIRECTORY_BYTES = 4 * MEGABYTE
ENCRYPTED = 0x1 | 0x40 | 0x2000


def ends_as_zip(data: bytes) -> bool:
    """Whether the file ends as a zip does: for any other kind of file, the sign of a polyglot."""
    return end_of_directory(data) >= 0


def end_of_directory(data: bytes) -> int:
    """Offset of the end record whose comment reaches exactly to the end of the file; -1 if there is none."""
    found = data.rfind(END, max(0, len(data) - END_LENGTH - 0xFFFF))
    while found >= 0:
        if len(data) - found >= END_LENGTH:
            (comment,) = struct.unpack_from("<H", data, found + 20)
            if found + END_LENGTH + comment == len(data):
                return found
        found = data.rfind(END, max(0, len(data) - END_LENGTH - 0xFFFF), found)
    return -1


def unpack(data: bytes, budget: Budget, extension: str) -> Iterator[tuple[str, bytes]]:
    """Yield (name, content) of every file in the zip `data`; the whole directory is judged first.

    Raises Unsafe for what is damaged, too much, encrypted, overlapping, or not what its header says.
    """
    try:
        yield from contents(data, entries(data, budget, extension), extension)
    except (zipfile.BadZipFile, zlib.error, struct.error, NotImplementedError, UnicodeDecodeError) as error:
        raise Unsafe.damaged(extension) from error


def contents(data: bytes, found: list[zipfile.ZipInfo], extension: str) -> Iterator[tuple[str, bytes]]:
    for entry in found:
        if not entry.is_dir():
            yield readable_name(entry), content(data, entry, extension)


def entries(data: bytes, budget: Budget, extension: str) -> list[zipfile.ZipInfo]:
    """The directory of the zip in order of place, once nothing in it is wrong. Draws on the budget."""
    end = end_of_directory(data)
    if not data.startswith(LOCAL_HEADER) or end < 0:
        raise Unsafe.damaged(extension)
    if data[end - 20 : end - 16] == ZIP64_LOCATOR:  # needed only above 65,535 entries or 4 GB
        raise Unsafe.bomb()
    size, start = struct.unpack_from("<II", data, end + 12)
    if start + size != end:
        raise Unsafe.damaged(extension)
    if size > DIRECTORY_BYTES:
        raise Unsafe.bomb()
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        found = sorted(archive.infolist(), key=lambda entry: entry.header_offset)
    spend(found, len(data), budget)
    refuse_tricks(found, extension)
    refuse_overlap(data, found, start, extension)
    return found


def spend(found: list[zipfile.ZipInfo], packed: int, budget: Budget) -> None:
    """Take the declared entries and bytes from the budget before anything is inflated."""
    declared = sum(entry.file_size for entry in found)
    budget.entries -= len(found)
    budget.bytes -= declared
    if budget.entries < 0 or budget.bytes < 0 or declared > RATIO * packed:
        raise Unsafe.bomb()
    for entry in found:
        if entry.file_size > MEGABYTE and entry.file_size > RATIO * entry.compress_size:
            raise Unsafe.bomb()


def refuse_tricks(found: list[zipfile.ZipInfo], extension: str) -> None:
    """Encryption, links, odd methods, names that climb out of the folder, two files of one name."""
    names = [entry.filename.replace("\\", "/") for entry in found]
    if len({name.lower() for name in names}) != len(names):
        raise Unsafe.damaged(extension)
    for name, entry in zip(names, found, strict=True):
        if entry.flag_bits & ENCRYPTED:
            raise Unsafe.locked()
        if (
            name.startswith("/")
            or ":" in name
            or ".." in name.split("/")
            or stat.S_ISLNK(entry.external_attr >> 16)
            or entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
        ):
            raise Unsafe.damaged(extension)


def refuse_overlap(data: bytes, found: list[zipfile.ZipInfo], end: int, extension: str) -> None:
    """No byte may serve two entries, and none of them may reach into the directory."""
    limits = [entry.header_offset for entry in found[1:]] + [end]
    for entry, limit in zip(found, limits, strict=True):
        if content_start(data, entry) + entry.compress_size > limit:
            raise Unsafe.damaged(extension)


def content_start(data: bytes, entry: zipfile.ZipInfo) -> int:
    """Where the packed bytes begin: after the local header, whose name must be the directory's."""
    offset = entry.header_offset
    name_length, extra_length = struct.unpack_from("<HH", data, offset + 26)
    name = data[offset + 30 : offset + 30 + name_length]
    if data[offset : offset + 4] != LOCAL_HEADER or name != raw_name(entry):
        raise zipfile.BadZipFile("local header differs from directory")
    return offset + 30 + name_length + extra_length


def raw_name(entry: zipfile.ZipInfo) -> bytes:
    return entry.orig_filename.encode("utf-8" if entry.flag_bits & 0x800 else "cp437")


def readable_name(entry: zipfile.ZipInfo) -> str:
    """The name as its maker meant it: old Windows programs write GBK without saying so."""
    if entry.flag_bits & 0x800:
        return entry.filename
    raw = raw_name(entry)
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return entry.filename


def content(data: bytes, entry: zipfile.ZipInfo, extension: str) -> bytes:
    """Inflate one entry to at most its declared size plus one byte, and hold it to size and checksum."""
    start = content_start(data, entry)
    packed = data[start : start + entry.compress_size]
    if entry.compress_type == zipfile.ZIP_DEFLATED:
        engine = zlib.decompressobj(-zlib.MAX_WBITS)
        packed = engine.decompress(packed, entry.file_size + 1)
        if not engine.eof or engine.unused_data:
            raise Unsafe.damaged(extension)
    if len(packed) != entry.file_size or zlib.crc32(packed) != entry.CRC:
        raise Unsafe.damaged(extension)
    return packed
