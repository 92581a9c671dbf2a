"""What a file may be called, and what its extension says it is."""

import re
import unicodedata
from pathlib import PurePosixPath

from django.core.exceptions import ValidationError

CONTENT_TYPES = {
    "doc": "application/msword",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "wps": "application/wps-office.wps",
    "xls": "application/vnd.ms-excel",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "et": "application/wps-office.et",
    "pdf": "application/pdf",
    "ofd": "application/ofd",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "png": "image/png",
    "zip": "application/zip",
}
ALLOWED = "、".join(CONTENT_TYPES)
FORBIDDEN = re.compile(r'[\\/:*?"<>|]')
STEM_LENGTH = 100


def tidy_name(name: str) -> str:
    """The name as it is kept: no path, no control or direction characters, at most 100 plus extension."""
    plain = unicodedata.normalize("NFC", name.replace("\\", "/")).rpartition("/")[2]
    visible = "".join(sign for sign in plain if unicodedata.category(sign)[0] != "C")
    path = PurePosixPath(FORBIDDEN.sub("_", visible).strip(" .") or "未命名")
    return path.stem[:STEM_LENGTH].rstrip() + path.suffix


def extension_of(name: str) -> str:
    """The extension, lower case, without dot. Raises ValidationError if files of this kind are not taken."""
    extension = PurePosixPath(name).suffix[1:].lower()
    if extension not in CONTENT_TYPES:
        raise ValidationError(f"文件“{name}”的类型不在允许范围内，请另存为以下类型之一再上传：{ALLOWED}。")
    return extension
