"""Sending what lies in the outbox: claim with a lease, send, mark. Safe with several workers at once."""

import logging
import time

from django.db import transaction
from django.db.models import F

from sanwei.core import clock
from sanwei.core.heartbeat.models import beat
from sanwei.core.holding.models import is_held
from sanwei.core.notifications.channels import WAYS
from sanwei.core.notifications.models import OutboxMessage
from sanwei.core.notifications.patience import LEASE, TRIES, WorkerDied, setback

logger = logging.getLogger(__name__)


def deliver(limit: int = 100, seconds: float = 4.0) -> int:
    """Send what is due; returns how many were sent. Each message in its own claim, nothing locked while sending.

    Goes on for up to `seconds`, less than the clock's pace, so that a thousand reminders are gone in a minute.
    Nothing is sent while the house is on hold after a restore.
    """
    beat("deliver outbox")
    sent, until = 0, time.monotonic() + seconds
    while not is_held() and (waiting := due(limit)):
        for pk in waiting:
            message = claim(pk)
            if message is not None:
                sent += send(message)
            if time.monotonic() > until:
                return sent
        if len(waiting) < limit:
            break
    return sent


def due(limit: int) -> list[int]:
    return list(OutboxMessage.objects.free().order_by("due_at", "pk").values_list("pk", flat=True)[:limit])


def claim(pk: int) -> OutboxMessage | None:
    """Take the message for LEASE, if nobody else has it: one conditional UPDATE decides, on any database."""
    free = OutboxMessage.objects.free().filter(pk=pk)
    if not free.update(claimed_until=clock.now() + LEASE, attempts=F("attempts") + 1):
        return None
    return OutboxMessage.objects.select_related("user").get(pk=pk)


def send(message) -> bool:
    """Send and mark; a failure backs off and is parked for a person after TRIES."""
    try:
        if message.attempts > TRIES:
            raise WorkerDied
        WAYS[message.channel](message)
    except Exception as error:  # noqa: BLE001 - whatever a channel raises is kept on the row and shown to a person
        fail(message, error)
        return False
    OutboxMessage.objects.filter(pk=message.pk).update(sent_at=clock.now(), claimed_until=None)
    return True


def fail(message, error) -> None:
    logger.warning("outbox message %s failed (%s)", message.pk, type(error).__name__)
    values = setback(message.attempts, error)
    OutboxMessage.objects.filter(pk=message.pk).update(claimed_until=None, **values)


def collect_digests() -> int:
    """Join each person's due digest mails into one; returns how many people get one."""
    now, people = clock.now(), 0
    waiting = OutboxMessage.objects.due().filter(digest=True)
    for user in waiting.order_by().values_list("user", flat=True).distinct():
        with transaction.atomic():
            rows = list(waiting.filter(user=user, claimed_until=None).select_for_update().order_by("pk"))
            if len(rows) > 1:
                join(rows, now)
        people += 1
    return people


def join(rows, now) -> None:
    """The first row carries them all; the others are done with."""
    first, *others = rows
    first.body = "\n".join(f"{number}. {row.title}" for number, row in enumerate(rows, 1))
    first.title, first.digest = f"三型机关创建管理平台：今日{len(rows)}条消息", False
    first.save(update_fields=["title", "body", "digest"])
    OutboxMessage.objects.filter(pk__in=[row.pk for row in others]).update(sent_at=now)
