"""Which examination belongs to which extension."""

from . import archives, compound, office, pdf, pictures
from .limits import DEPTH, Budget
from .marks import refuse_marks
from .unsafe import Unsafe

PICTURES = ("jpg", "jpeg", "png")
COMPOUND = ("doc", "xls", "wps", "et")
PACKAGES = ("docx", "xlsx", "wps", "et")
PLAIN = ("txt", "csv")  # taken inside a zip only
INSIDE_ZIP = (*PICTURES, *COMPOUND, "docx", "xlsx", "pdf", "ofd", "zip", *PLAIN)


def examine(data: bytes, extension: str, budget: Budget, depth: int = 0) -> bytes | None:
    """Raise Unsafe unless `data` is harmless and of this kind; return a clean copy if that is to be kept."""
    if extension in PICTURES:
        return pictures.redraw(data, extension)
    if extension == "pdf":
        pdf.examine(data, extension, budget)
    elif extension in PLAIN:
        examine_text(data, extension)
    elif data.startswith(compound.MAGIC):
        examine_compound(data, extension)
    elif data.startswith(archives.LOCAL_HEADER):
        examine_packed(data, extension, budget, depth)
    else:
        raise Unsafe.mismatch(extension)
    return None


def examine_compound(data: bytes, extension: str) -> None:
    """Also the password-protected .docx and .xlsx, which are compound files and are told so."""
    if archives.ends_as_zip(data):
        raise Unsafe.damaged(extension)
    compound.examine(data, extension)


def examine_packed(data: bytes, extension: str, budget: Budget, depth: int) -> None:
    if extension == "zip":
        examine_zip(data, budget, depth)
    elif extension == "ofd":
        office.examine_layout(data, extension, budget, depth)
    elif extension in PACKAGES:
        office.examine_package(data, extension, budget, depth)
    else:
        raise Unsafe.mismatch(extension)


def examine_zip(data: bytes, budget: Budget, depth: int) -> None:
    """Every file in an uploaded zip is examined as if it had been uploaded alone."""
    if depth >= DEPTH:
        raise Unsafe("中压缩包层层嵌套，请解压后再上传")
    for name, content in archives.unpack(data, budget, "zip"):
        extension = name.rpartition(".")[2].lower()
        if extension not in INSIDE_ZIP:
            raise Unsafe(f"中的“{name}”不是允许的文件类型，请删除后重新压缩再上传")
        try:
            examine(content, extension, budget, depth + 1)
        except Unsafe as refusal:
            raise Unsafe(f"中的“{name}”{refusal}") from refusal


def examine_text(data: bytes, extension: str) -> None:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return refuse_marks(data.decode(encoding))
        except UnicodeDecodeError:
            continue
    raise Unsafe.mismatch(extension)
