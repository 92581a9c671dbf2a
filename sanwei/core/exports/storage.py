"""Where written exports lie: random names in a folder of their own that no web server serves."""

import secrets
import time
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from sanwei.core.attachments.storage import FILE_MODE, FOLDER_MODE, sync

FOLDER, UNFINISHED = "exports", "unfinished"


def root() -> Path:
    return Path(settings.MEDIA_ROOT).resolve() / FOLDER


def relative_path(stored_name: str) -> str:
    """Path below MEDIA_ROOT."""
    return f"{FOLDER}/{stored_name}"


def unfinished() -> Path:
    """A fresh path on the same file system for a workbook that is being written."""
    folder = root() / UNFINISHED
    folder.mkdir(parents=True, exist_ok=True, mode=FOLDER_MODE)
    return folder / secrets.token_hex(16)


def keep(path: Path) -> str:
    """Make a written file durable and return the name by which it is kept."""
    path.chmod(FILE_MODE)
    sync(path)
    path.rename(root() / path.name)
    sync(root())
    return path.name


def discard(stored_name: str) -> None:
    (root() / stored_name).unlink(missing_ok=True)


def files_older_than(seconds: float) -> Iterator[Path]:
    """Every kept or half-written file whose last change is longer ago than that."""
    limit = time.time() - seconds
    for path in sorted(root().glob("*")) + sorted(root().glob(f"{UNFINISHED}/*")):
        if path.is_file() and path.stat().st_mtime < limit:
            yield path
