"""Files as people upload them, good and bad, made on the spot."""

import io
import struct
import zipfile
import zlib

import docx as word
import openpyxl
from PIL import Image
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen import canvas

from tests.core.attachments.compound import compound

EXTERNAL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"


def docx(text="创建工作实施方案", parts=None) -> bytes:
    """A Word document; `parts` (name → bytes) are added to the package."""
    document, out = word.Document(), io.BytesIO()
    document.add_paragraph(text)
    document.save(out)
    return with_parts(out.getvalue(), parts or {})


def xlsx(text="措施分解表", parts=None) -> bytes:
    book, out = openpyxl.Workbook(), io.BytesIO()
    book.active["A1"] = text
    book.save(out)
    return with_parts(out.getvalue(), parts or {})


def with_parts(package: bytes, parts: dict[str, bytes]) -> bytes:
    """The package with parts added, or replaced where the name is there already."""
    with zipfile.ZipFile(io.BytesIO(package)) as old:
        kept = {name: old.read(name) for name in old.namelist()}
    return zipped({**kept, **parts})


def zipped(files: dict[str, bytes], method=zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def relationship(kind, target, mode="External") -> bytes:
    return (
        f'<Relationships xmlns="{RELATIONSHIPS}"><Relationship Id="rId1" Type="{EXTERNAL}{kind}" '
        f'Target="{target}" TargetMode="{mode}"/></Relationships>'
    ).encode()


def ofd(text="电子公文") -> bytes:
    page = f'<ofd:Page xmlns:ofd="http://www.ofdspec.org/2016"><ofd:TextCode>{text}</ofd:TextCode></ofd:Page>'
    root = '<ofd:OFD xmlns:ofd="http://www.ofdspec.org/2016" Version="1.0"/>'
    return zipped({"OFD.xml": root.encode(), "Doc_0/Pages/Page_0/Content.xml": page.encode()})


def doc(text="创建工作总结", flags=0, **storages) -> bytes:
    """A Word 97 file: a FIB, then the text as UTF-16."""
    fib = struct.pack("<HHHHHH", 0xA5EC, 0x00C1, 0, 0x0804, 0, flags)
    stream = fib.ljust(0x800, b"\0") + text.encode("utf-16-le")
    return compound({"WordDocument": stream, "1Table": b"", **storages})


def xls(*records: tuple[int, bytes], text="措施", **storages) -> bytes:
    """An Excel 97 file: the globals substream with one sheet, and the `records` (kind, body) added."""
    sheet = struct.pack("<IBB", 0, 0, 0) + b"\x06\0Sheet1"
    shared = struct.pack("<II", 1, 1) + struct.pack("<HB", len(text), 1) + text.encode("utf-16-le")
    globals_ = [
        (0x0809, struct.pack("<HHHHII", 0x0600, 5, 0, 1997, 0, 6)),
        *records,
        (0x85, sheet),
        (0xFC, shared),
    ]
    stream = b"".join(struct.pack("<HH", kind, len(body)) + body for kind, body in [*globals_, (0x0A, b"")])
    return compound({"Workbook": stream, **storages})


def pdf(text="督查通报", extra=b"") -> bytes:
    """A PDF with Chinese text; `extra` objects stand before the cross-reference table, unlisted."""
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    out = io.BytesIO()
    page = canvas.Canvas(out, invariant=True)
    page.setFont("STSong-Light", 16)
    page.drawString(72, 720, text)
    page.showPage()
    page.save()
    body, _, rest = out.getvalue().partition(b"xref\n")
    table, _, _ = rest.partition(b"startxref")
    start = len(body) + len(extra)
    return body + extra + b"xref\n" + table + b"startxref\n%d\n%%%%EOF\n" % start


def picture(kind="JPEG", size=(60, 40), mode="RGB", **options) -> bytes:
    out = io.BytesIO()
    Image.new(mode, size, "firebrick" if mode == "RGB" else 0).save(out, kind, **options)
    return out.getvalue()


def photo_with_place() -> bytes:
    """A JPEG with a GPS position, a device name and a comment in its metadata, lying on its side."""
    exif = Image.Exif()
    exif[0x0110] = "CANARY-PHONE"
    exif[0x0112] = 6  # turn 90° to the right
    exif.get_ifd(0x8825)[2] = (31.0, 44.0, 5.0)
    return picture(size=(60, 40), exif=exif, comment=b"CANARY-COMMENT")


def overlapping() -> bytes:
    """A zip whose two names share the same packed bytes: both directory records point at the first."""
    data = bytearray(zipped({"a.txt": b"x" * 500, "b.txt": b"x" * 500}, zipfile.ZIP_STORED))
    first = data.index(b"PK\x01\x02")
    second = data.index(b"PK\x01\x02", first + 4)
    data[second + 42 : second + 46] = struct.pack("<I", 0)
    data[second + 46 : second + 51] = b"a.TXT"
    return bytes(data)


def understated() -> bytes:
    """A zip that declares 10 bytes, with the right checksum of those 10, and unpacks to ten million."""
    data = bytearray(zipped({"a.txt": b"0" * 10_000_000}))
    checksum = struct.pack("<I", zlib.crc32(b"0" * 10))
    directory = data.index(b"PK\x01\x02")
    for offset in (14, directory + 16):
        data[offset : offset + 4] = checksum
        data[offset + 8 : offset + 12] = struct.pack("<I", 10)
    return bytes(data)


def overstated() -> bytes:
    """A zip that declares four gigabytes."""
    data = bytearray(zipped({"a.txt": b"0"}))
    directory = data.index(b"PK\x01\x02")
    data[directory + 24 : directory + 28] = b"\xfe\xff\xff\xff"
    return bytes(data)


def encrypted_zip() -> bytes:
    data = bytearray(zipped({"a.txt": b"0"}))
    directory = data.index(b"PK\x01\x02")
    data[6] |= 1
    data[directory + 8] |= 1
    return bytes(data)


def linking_zip() -> bytes:
    out, entry = io.BytesIO(), zipfile.ZipInfo("说明.txt")
    entry.external_attr = 0o120777 << 16
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(entry, "/etc/passwd")
    return out.getvalue()


def pdf_object(dictionary: bytes) -> bytes:
    return b"90 0 obj\n" + dictionary + b"\nendobj\n"


def pdf_object_stream(objects: bytes, filters=b"/FlateDecode", packed=None) -> bytes:
    """An object stream that holds `objects`, deflated unless `packed` says how."""
    content = packed if packed is not None else zlib.compress(b"91 0 " + objects)
    head = b"<< /Type /ObjStm /N 1 /First 5 /Filter %s /Length %d >>" % (filters, len(content))
    return b"90 0 obj\n" + head + b"\nstream\n" + content + b"\nendstream\nendobj\n"
