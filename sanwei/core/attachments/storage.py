"""Where the bytes lie: random names in a folder that no web server serves."""

import contextlib
import hashlib
import os
import secrets
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

FOLDER_MODE, FILE_MODE = 0o750, 0o640


def root() -> Path:
    return Path(settings.MEDIA_ROOT).resolve() / "attachments"


def relative_path(stored_name: str) -> str:
    """Path below MEDIA_ROOT, two levels, so that no folder grows past a few thousand files."""
    return f"attachments/{stored_name[:2]}/{stored_name}"


def path_of(stored_name: str) -> Path:
    return Path(settings.MEDIA_ROOT) / relative_path(stored_name)


@contextlib.contextmanager
def workbench() -> Iterator[Path]:
    """A fresh folder on the same file system for one incoming file; gone afterwards, whatever happened."""
    folder = root() / "incoming" / secrets.token_hex(16)
    folder.mkdir(parents=True, mode=FOLDER_MODE)
    try:
        yield folder
    finally:
        for left in folder.iterdir():
            left.unlink()
        folder.rmdir()


def is_nearly_full() -> bool:
    """Whether less than SANWEI_DISK_FLOOR_MB is left on the disk of the store."""
    folder = root()
    folder.mkdir(parents=True, exist_ok=True, mode=FOLDER_MODE)
    return shutil.disk_usage(folder).free < settings.SANWEI_DISK_FLOOR_MB * 1024 * 1024


def digest(path: Path) -> str:
    """SHA-256 of a file, in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def keep(path: Path) -> str:
    """Make the file durable under a new random name and return that name.

    File, then rename, then both folders are synced: after a power cut the file is there whole or not at all.
    """
    stored_name = secrets.token_hex(16)
    target = path_of(stored_name)
    target.parent.mkdir(parents=True, exist_ok=True, mode=FOLDER_MODE)
    path.chmod(FILE_MODE)
    sync(path)
    path.rename(target)
    sync(target.parent)
    sync(target.parent.parent)
    return stored_name


def sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def discard(stored_name: str) -> None:
    path_of(stored_name).unlink(missing_ok=True)


def discard_file(path: Path) -> None:
    """Delete a file found by files_older_than(), and the workbench it was left on once that is empty."""
    path.unlink()
    if path.parent.parent.name == "incoming" and not any(path.parent.iterdir()):
        path.parent.rmdir()


def files_older_than(seconds: float) -> Iterator[Path]:
    """Every kept or half-received file whose last change is longer ago than that."""
    limit = time.time() - seconds
    for path in sorted(root().glob("*/*")) + sorted(root().glob("incoming/*/*")):
        if path.is_file() and path.stat().st_mtime < limit:
            yield path
