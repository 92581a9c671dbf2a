"""After a restore a person looks at what would be sent, and lets it go (BKP-09)."""

import dataclasses
import datetime as dt

from django.db import transaction
from django.db.models import Count, Max, Min

from sanwei.core import clock
from sanwei.core.holding import actions
from sanwei.core.notifications.access import can_release
from sanwei.core.notifications.models import Announcement, OutboxMessage
from sanwei.core.refusals import Refused

DISCARDED = "恢复后由人决定不再发送"


@dataclasses.dataclass(frozen=True)
class Waiting:
    """How many messages of one channel would be sent, or announcements told; when the first and the last was written."""

    channel: str
    count: int
    oldest: dt.datetime
    newest: dt.datetime


def waiting() -> list[Waiting]:
    """What would be told and sent: a line for the announcements and one for each channel."""
    told = Announcement.objects.untold().aggregate(Count("pk"), Min("created_at"), Max("created_at"))
    first = Waiting("消息稿", told["pk__count"], told["created_at__min"], told["created_at__max"])
    rows = (
        OutboxMessage.objects.unsent()
        .values("channel")
        .annotate(Count("pk"), Min("created_at"), Max("created_at"))
    )
    return [first] * bool(first.count) + [
        Waiting(
            OutboxMessage.Channel(row["channel"]).label,
            row["pk__count"],
            row["created_at__min"],
            row["created_at__max"],
        )
        for row in rows.order_by("channel")
    ]


def release_outbox(*, by, discard_before: dt.datetime | None = None) -> tuple[int, int]:
    """放行: what waits is sent from now on; (messages and announcements let go, discarded).

    What was written before `discard_before` is parked instead: a keeper of mail may still send it from there.
    Side effects: the hold, audit; what is discarded is parked.
    """
    if not can_release(by):
        raise Refused(f"{by.name}不能放行。请由系统管理员或领导组办公室工作人员核对后放行。")
    with transaction.atomic():
        discarded = discard(discard_before) if discard_before else 0
        kept = sum(rows.count() for rows in outstanding())
        before = discard_before.isoformat() if discard_before else ""
        actions.release(by=by, kept=kept, discarded=discarded, discard_before=before)
    return kept, discarded


def outstanding() -> tuple:
    """All that would be sent, and all that would be told."""
    return OutboxMessage.objects.unsent(), Announcement.objects.untold()


def discard(before: dt.datetime) -> int:
    parked = {"parked_at": clock.now(), "last_error": DISCARDED}
    return sum(rows.filter(created_at__lt=before).update(**parked) for rows in outstanding())
