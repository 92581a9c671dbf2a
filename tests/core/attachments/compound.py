"""Writes small compound files ([MS-CFB] version 3) so that the tests can build .doc and .xls themselves."""

import itertools
import struct

SECTOR = 512
FREE, END_OF_CHAIN, FAT_SECTOR, NOTHING = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFF
STORAGE, STREAM, ROOT = 1, 2, 5


def compound(tree: dict) -> bytes:
    """A compound file; `tree` maps names to bytes (a stream) or to a dict (a storage).

    Streams are padded to 4,096 bytes, so that no mini stream is needed.
    """
    entries, streams = [], []
    place("Root Entry", tree, ROOT, entries, streams)
    while len(entries) % 4:
        entries.append(bytes(64) + struct.pack("<HBBIII", 0, 0, 0, NOTHING, NOTHING, NOTHING) + bytes(48))
    return assemble(entries, streams)


def place(name, node, kind, entries, streams) -> int:
    """Append the entry and all below it; return its number. Siblings hang on each other's right hand."""
    number = len(entries)
    entries.append(None)
    child = NOTHING
    if isinstance(node, dict):
        numbers = [
            place(inner, value, STORAGE if isinstance(value, dict) else STREAM, entries, streams)
            for inner, value in node.items()
        ]
        for left, right in itertools.pairwise(numbers):
            entries[left] = entries[left][:72] + struct.pack("<I", right) + entries[left][76:]
        child = numbers[0] if numbers else NOTHING
        start, size = (END_OF_CHAIN if kind == ROOT else 0), 0
    else:
        content = node.ljust(4096, b"\0")
        start, size = ("stream", len(streams)), len(content)
        streams.append(content)
    title = name.encode("utf-16-le") + b"\0\0"
    head = title.ljust(64, b"\0") + struct.pack("<HBBIII", len(title), kind, 1, NOTHING, NOTHING, child)
    first = start[1] if isinstance(start, tuple) else start
    # Sectors of streams follow those of the directory; the final number is put in by assemble().
    entries[number] = head + bytes(36) + struct.pack("<IQ", first, size)
    return number


def assemble(entries, streams) -> bytes:
    directory_sectors = len(entries) // 4
    starts, sectors, chain = [], [], []
    position = 1 + directory_sectors  # sector 0 is the allocation table
    for content in streams:
        starts.append(position)
        count = -(-len(content) // SECTOR)
        sectors.append(content.ljust(count * SECTOR, b"\0"))
        chain += [*range(position + 1, position + count), END_OF_CHAIN]
        position += count
    table = [FAT_SECTOR, *range(2, 1 + directory_sectors), END_OF_CHAIN, *chain]
    if len(table) > SECTOR // 4:
        raise ValueError("the tests' files must fit one allocation sector (62 KB)")
    table += [FREE] * (SECTOR // 4 - len(table))
    directory = b"".join(with_start(entry, starts) for entry in entries)
    return header() + struct.pack("<128I", *table) + directory + b"".join(sectors)


def with_start(entry: bytes, starts) -> bytes:
    if entry[66] != STREAM:
        return entry
    (index,) = struct.unpack_from("<I", entry, 116)
    return entry[:116] + struct.pack("<I", starts[index]) + entry[120:]


def header() -> bytes:
    fields = struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    counts = struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, END_OF_CHAIN, 0, END_OF_CHAIN, 0)
    return (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
        + bytes(16)
        + fields
        + counts
        + struct.pack("<109I", 0, *[FREE] * 108)
    )
