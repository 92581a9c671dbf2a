"""Writing what was asked for: claim with a lease, write in portions, keep. Safe with several workers at once."""

import datetime as dt
import logging
from collections.abc import Iterable, Iterator

from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.db import transaction
from django.db.models import F
from django.http import QueryDict

from sanwei.core import clock
from sanwei.core.attachments.storage import is_nearly_full
from sanwei.core.audit.actions import record
from sanwei.core.exchange import Listing, write_to
from sanwei.core.exchange.listing import PORTION
from sanwei.core.exports import actions, listings, storage
from sanwei.core.exports.models import Export
from sanwei.core.notifications.actions import notify
from sanwei.core.notifications.audience import named
from sanwei.core.notifications.models import Announcement
from sanwei.core.roles import posts_key, posts_label

logger = logging.getLogger(__name__)
LEASE = dt.timedelta(minutes=1)  # renewed with each portion; what a dead worker held is free after it
BACK_OFF = [dt.timedelta(minutes=m) for m in (1, 5)]
TRIES = len(BACK_OFF) + 1
NO_RIGHT = "您现在的岗位已无权查看这些内容，未予生成。如岗位有误，请联系本单位管理员。"
GIVEN_UP = f"连续{TRIES}次未能生成。请缩小筛选范围后重新导出；仍不成功的，请将本页地址告知系统管理员。"


class NoRight(Exception):
    """The person has lost the right to the list since it was asked for."""


class Lost(Exception):
    """The lease ran out while we were at it and another worker has taken the export: nothing more is ours to do."""


def write_next() -> Export | None:
    """Write the oldest export that is due and return it; nothing when none is, or when one is being written.

    One at a time for the house: the other workers stay free for messages, which people wait for.
    """
    if Export.objects.held().exists():
        return None
    for pk in Export.objects.free().order_by("due_at", "pk").values_list("pk", flat=True)[:10]:
        export = claim(pk)
        if export is not None:
            attempt(export)
            return export
    return None


def claim(pk: int) -> Export | None:
    """Take the export for LEASE, if nobody else has it: one conditional UPDATE decides, on any database."""
    taken = {"claimed_until": clock.now() + LEASE, "attempts": F("attempts") + 1, "written": 0}
    if not Export.objects.free().filter(pk=pk).update(**taken):
        return None
    return Export.objects.select_related("by").get(pk=pk)


def attempt(export: Export) -> None:
    """Write it, or put it back for another try, or give it up. Whatever goes wrong is kept from the person's page."""
    try:
        if export.attempts > TRIES:  # the worker died each time
            give_up(export, GIVEN_UP)
        else:
            write(export)
    except Lost:
        logger.warning("export %s was taken by another worker", export.pk)
    except NoRight:
        give_up(export, NO_RIGHT)
    except Exception as error:
        logger.exception("export %s failed (%s)", export.pk, type(error).__name__)
        put_back(export)


def write(export: Export) -> None:
    """With the rights of this moment, read anew: who has lost a post since asking gets what is left, or nothing."""
    if is_nearly_full():
        raise OSError("the disk is nearly full")
    posts = posts_key(export.by)
    listing = permitted(export)
    path = storage.unfinished()
    try:
        rows = noted(export, listing.rows())
        mark = listings.mark(export.by, posts_label(export.by))
        write_to(path, export.title, listing.heads, rows, mark=mark)
        finish(export, storage.keep(path), posts)
    finally:
        path.unlink(missing_ok=True)
    actions.make_room(export.by)


def permitted(export: Export) -> Listing:
    """The list, if the person may see it now. Raises NoRight."""
    if not export.by.is_active:
        raise NoRight
    try:
        return listings.build(export.listing, export.by, QueryDict(export.query), export.places)
    except (PermissionDenied, ObjectDoesNotExist) as error:
        raise NoRight from error


def noted(export: Export, rows: Iterable) -> Iterator:
    """The rows, while the count of those written and the lease are kept up to date. Raises Lost."""
    number = 0
    for row in rows:
        yield row
        number += 1
        if number % PORTION == 0:
            note(export, number)
    note(export, number)


def note(export: Export, number: int) -> None:
    mine(export, written=number, claimed_until=clock.now() + LEASE)
    export.written = number


def mine(export: Export, **values) -> None:
    """Change the row while it is ours. Raises Lost."""
    if not Export.objects.waiting().filter(pk=export.pk, attempts=export.attempts).update(**values):
        raise Lost


def finish(export: Export, stored_name: str, posts: str) -> None:
    """The file is there. Side effects: the row, one audit entry, one announcement; without the lease the file goes."""
    now = clock.now()
    until = now + dt.timedelta(days=settings.SANWEI_EXPORT_DAYS)
    try:
        with transaction.atomic():
            mine(
                export,
                finished_at=now,
                expires_at=until,
                stored_name=stored_name,
                posts=posts,
                claimed_until=None,
            )
            record(export, "finish_export", None, label="生成导出文件", rows=export.written)
            tell(export, f"“{export.title}”已生成，可以下载", f"文件保留{settings.SANWEI_EXPORT_DAYS}天。")
    except BaseException:
        storage.discard(stored_name)
        raise


def put_back(export: Export) -> None:
    """After a failure: again later, or given up after TRIES."""
    if export.attempts >= TRIES:
        give_up(export, GIVEN_UP)
        return
    try:
        mine(export, claimed_until=None, written=0, due_at=clock.now() + BACK_OFF[export.attempts - 1])
    except Lost:
        logger.warning("export %s was taken by another worker", export.pk)


def give_up(export: Export, why: str) -> None:
    """Side effects: the row, one audit entry, one announcement."""
    try:
        with transaction.atomic():
            mine(export, failed_at=clock.now(), failure=why, claimed_until=None)
            record(export, "fail_export", None, label="导出未能生成", reason=why)
            tell(export, f"“{export.title}”未能生成", why)
    except Lost:
        logger.warning("export %s was taken by another worker", export.pk)


def tell(export: Export, title: str, body: str) -> None:
    notify(
        Announcement.to(
            named(export.by),
            key=f"export-{export.pk}",
            title=title,
            body=body,
            url=export.get_absolute_url(),
        )
    )
