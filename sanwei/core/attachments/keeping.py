"""Looking after the store: files nobody owns, and files that are no longer what they were."""

from pathlib import Path

from sanwei.core.attachments import storage
from sanwei.core.attachments.models import Attachment

DAY = 24 * 3600


def sweep() -> list[Path]:
    """Delete files without a row that are older than a day, and return their paths.

    They stem from transactions that were rolled back and from requests that died. Removed papers have a row.
    """
    swept = []
    for path in storage.files_older_than(DAY):
        if not Attachment.objects.filter(stored_name=path.name).exists():
            storage.discard_file(path)
            swept.append(path)
    return swept


def damaged() -> list[Attachment]:
    """Papers whose file is missing or has another SHA-256 than when it was handed in (F22)."""
    return [paper for paper in Attachment.objects.order_by("at", "pk").iterator() if not intact(paper)]


def intact(paper: Attachment) -> bool:
    path = storage.path_of(paper.stored_name)
    return path.is_file() and storage.digest(path) == paper.sha256
