"""PDF files: nothing that runs, nothing that hides another file.

Names are looked for in the raw bytes and in whatever streams unpack to lists of objects, so that neither a
damaged cross-reference table nor an object stream hides them. Reader programs differ; a file that cannot be
read through is refused.
"""

import io
import re
import zlib

import pypdf
from pypdf.errors import PyPdfError

from .archives import ends_as_zip
from .limits import Budget
from .marks import refuse_marks
from .unsafe import Unsafe

MAGIC = b"%PDF-"
TAIL = 2048
HEAD, PREFIX, WINDOW = 1024, 256, 64 * 1024
ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")
BOUNDARY = rb"(?=[\s/<>\[\]()%{}]|$)"
ACTIVE = re.compile(
    rb"/(?:JavaScript|Launch|EmbeddedFiles?|RichMedia|ImportData|SubmitForm|GoToE|XFA)" + BOUNDARY
)
ACTIVE_OBJECTS = re.compile(
    rb"/(?:JavaScript|JS|Launch|EmbeddedFiles?|RichMedia|ImportData|SubmitForm|GoToE|XFA)" + BOUNDARY
)
ENCRYPTED = re.compile(rb"/Encrypt" + BOUNDARY)
STREAM = re.compile(rb"(?<!end)stream[ \t\r\n]*")
OBJECT_LIST = re.compile(rb"\s*(?:%[^\r\n]*[\r\n]\s*)*\d+\s+\d+\s")  # object number, offset, …
PAGES_READ = 5


def examine(data: bytes, extension: str, budget: Budget) -> None:
    """Raise Unsafe for active content, hidden files, encryption, marks of secrets, or a broken file."""
    if not data.startswith(MAGIC):
        raise Unsafe.mismatch(extension)
    if b"%%EOF" not in data[-TAIL:] or ends_as_zip(data):
        raise broken()
    plain = unescaped(data)
    if ENCRYPTED.search(plain):
        raise Unsafe.locked()
    if ACTIVE.search(plain):
        raise active()
    for objects in object_streams(data, budget):
        if ACTIVE_OBJECTS.search(unescaped(objects)):
            raise active()
    refuse_marks(first_pages(data))


def active() -> Unsafe:
    return Unsafe("含有脚本、表单动作或嵌入文件，请用“打印成 PDF”的方式重新生成后再上传")


def broken() -> Unsafe:
    return Unsafe("已损坏或无法检查，请用“打印成 PDF”的方式重新生成后再上传")


def unescaped(data: bytes) -> bytes:
    """Undo #xx in names: /J#61vaScript is /JavaScript to a reader."""
    return ESCAPE.sub(lambda match: bytes([int(match[1], 16)]), data)


def object_streams(data: bytes, budget: Budget):
    """Yield the unpacked content of every stream that is, or says it is, a list of objects."""
    for match in STREAM.finditer(data):
        head = unescaped(data[max(0, match.start() - HEAD) : match.start()].rpartition(b"obj")[2])
        start = inflate(data, match.end(), PREFIX)
        if start is not None and OBJECT_LIST.match(start):
            objects = inflate(data, match.end(), budget.bytes + 1)
            if objects is None:
                raise broken()
            budget.bytes -= len(objects)
            if budget.bytes < 0:
                raise Unsafe.bomb()
            yield objects
        elif b"/ObjStm" in head:
            raise broken()


def inflate(data: bytes, start: int, most: int) -> bytes | None:
    """At most `most` unpacked bytes of the deflated stream at `start`; None if it is none."""
    engine, pieces, size, window = zlib.decompressobj(), [], 0, min(WINDOW, 4 * most)
    try:
        for offset in range(start, len(data), window):
            pieces.append(engine.decompress(data[offset : offset + window], most - size))
            size += len(pieces[-1])
            if engine.eof or size >= most:
                break
    except zlib.error:
        return None
    return b"".join(pieces)


def first_pages(data: bytes) -> str:
    """The text of the first pages, where a mark of secrecy stands (dossier 7.2)."""
    try:
        pages = pypdf.PdfReader(io.BytesIO(data)).pages
        return "\n".join(pages[number].extract_text() for number in range(min(PAGES_READ, len(pages))))
    except (PyPdfError, ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        raise broken() from error
