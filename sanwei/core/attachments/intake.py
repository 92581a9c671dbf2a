"""The safe-file pipeline: an upload comes in, a harmless file with a random name comes out.

Size → extension → magic and structure in a limited child → hash → sync → rename (security.md rule 21).
The row is written by the caller, last.
"""

import contextlib
import dataclasses
import errno
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ValidationError

from sanwei.core.attachments import storage
from sanwei.core.attachments.names import CONTENT_TYPES, extension_of, tidy_name
from sanwei.core.examination import child

TOO_COSTLY = "未能通过安全检查（内容过于复杂或已损坏），请拆分或重新另存后再上传"


@dataclasses.dataclass(frozen=True)
class Accepted:
    """A file in the store: `stored_name` is 32 hex characters, `size` is in bytes, `sha256` in hex."""

    stored_name: str
    name: str
    size: int
    sha256: str
    content_type: str


def take_in(file) -> Accepted:
    """Examine an uploaded file (django.core.files.File) and keep it. Side effects: one file.

    Raises ValidationError with a Chinese sentence that names the file and says what to do; nothing is kept.
    """
    name = tidy_name(file.name)
    extension = extension_of(name)
    with room_for(name), storage.workbench() as folder:
        received = receive(file, folder / "received", name)
        path = examined(received, extension, folder / "clean", name)
        size, sha256 = path.stat().st_size, storage.digest(path)
        return Accepted(storage.keep(path), name, size, sha256, CONTENT_TYPES[extension])


@contextlib.contextmanager
def room_for(name: str):
    """Refuse below the floor of free space, and also when others have filled the disk in the meantime."""
    full = ValidationError(f"文件“{name}”未上传：服务器存储空间不足，请联系系统管理员扩容后再上传。")
    try:
        if storage.is_nearly_full():
            raise full
        yield
    except OSError as error:
        if error.errno not in (errno.ENOSPC, errno.EDQUOT):
            raise
        raise full from error


def receive(file, path: Path, name: str) -> Path:
    """Write the upload to `path`, counting what really arrives."""
    most, size = settings.SANWEI_ATTACHMENT_MAX_MB, 0
    with path.open("xb") as target:
        for chunk in file.chunks():
            size += len(chunk)
            if size > most * 1024 * 1024:
                raise ValidationError(f"文件“{name}”超过 {most} MB，请压缩图片或拆分成几个文件后再上传。")
            target.write(chunk)
    if size == 0:
        raise ValidationError(f"文件“{name}”是空文件，请核对后重新选择。")
    return path


def examined(path: Path, extension: str, clean: Path, name: str) -> Path:
    """What may be kept: the file itself, or its clean copy. Raises ValidationError if neither may."""
    if problem := problem_of(path, extension, clean):
        raise ValidationError(f"文件“{name}”{problem}。")
    return clean if clean.exists() else path


def problem_of(path: Path, extension: str, clean: Path) -> str:
    """What the child says is wrong; it gets no environment and no input, and dies at its limits."""
    seconds, megabytes = settings.SANWEI_ATTACHMENT_CHECK_SECONDS, settings.SANWEI_ATTACHMENT_CHECK_MB
    try:
        said = child.run(
            "file", path, extension, clean, folder=path.parent, seconds=seconds, megabytes=megabytes
        )
    except child.Died:
        return TOO_COSTLY
    return said["problem"]
