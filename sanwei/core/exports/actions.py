"""Asking for an export, taking its file away, and clearing away what is over."""

from pathlib import Path

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import transaction

from sanwei.core import clock
from sanwei.core.audit.actions import record
from sanwei.core.exports import storage
from sanwei.core.exports.models import Export
from sanwei.core.refusals import Refused

DAY = 24 * 3600
LONGEST_FILTER = 300  # characters of it in the record
MOST_ROWS = 1_000_000  # Excel opens no sheet of more than 1,048,576; the list may grow until it is written


def ask(
    *, listing: str, title: str, path: str, query: str, places: dict, total: int, reason: str, by
) -> Export:
    """申请导出: a worker writes it as soon as it can. `total`: rows counted now.

    Raises Refused when no sheet can hold it, or this person already has SANWEI_EXPORTS_WAITING in hand. Side effects: one
    row, one audit entry.
    """
    if total > MOST_ROWS:
        raise Refused(f"共{total}行，一个工作表放不下，请缩小筛选范围后再导出，每次最多{MOST_ROWS}行。")
    with transaction.atomic():
        # Of two forms sent at once the second counts the first.
        get_user_model().objects.select_for_update(no_key=True).get(pk=by.pk)
        most = settings.SANWEI_EXPORTS_WAITING
        if Export.objects.visible_to(by).waiting().count() >= most:
            raise Refused(f"您已有{most}项导出正在办理。请等其中一项完成后再申请，完成时会有消息通知您。")
        export = Export.objects.create(
            by=by, listing=listing, title=title[:200], path=path, query=query, places=places, total=total, reason=reason
        )  # fmt: skip
        record(
            export,
            "ask_export",
            by,
            label="申请导出",
            reason=reason,
            rows=total,
            filter=query[:LONGEST_FILTER],
        )
    return export


def record_at_once(*, title: str, query: str, rows: int, by) -> None:
    """导出 answered in the request itself. Side effects: one audit entry on the account."""
    with transaction.atomic():
        record(by, "export", by, label="导出", table=title, rows=rows, filter=query[:LONGEST_FILTER])


def record_download(*, export: Export, by) -> None:
    """The file is handed over now. Side effects: one audit entry."""
    with transaction.atomic():
        record(export, "download_export", by, label="下载导出文件", rows=export.written)


def make_room(by) -> None:
    """Delete the oldest files of a person beyond SANWEI_EXPORTS_KEPT: nobody fills the disk, below whose floor nobody
    could upload any more. Side effects: as of expire()."""
    kept = Export.objects.visible_to(by).kept().order_by("-finished_at", "-pk")
    for export in kept[settings.SANWEI_EXPORTS_KEPT :]:
        expire(export)


def expire(export: Export) -> bool:
    """Delete the file; row and reason stay. Whether it was there still.

    The row first: a file left by a crash in between belongs to no kept row, and the next sweep takes it.
    Side effects: the row, one audit entry, the file.
    """
    with transaction.atomic():
        if not Export.objects.kept().filter(pk=export.pk).update(expired_at=clock.now()):
            return False
        record(export, "expire_export", None, label="导出文件到期删除")
    storage.discard(export.stored_name)
    return True


def sweep() -> list[Path]:
    """Expire what is over, and delete files older than a day that belong to no kept row (a worker was killed)."""
    for export in Export.objects.kept().filter(expires_at__lte=clock.now()).order_by("pk").iterator():
        expire(export)
    left = [
        path
        for path in storage.files_older_than(DAY)
        if not Export.objects.kept().filter(stored_name=path.name).exists()
    ]
    for path in left:
        path.unlink(missing_ok=True)
    return left
