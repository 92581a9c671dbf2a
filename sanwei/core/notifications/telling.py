"""Telling people what was announced: claim with a lease, write notifications and outbox, mark. Safe with several relays
at once: a claim is taken by one, and a person has a key once in both tables whatever happens.

Statements: eight for a portion of announcements, and three more for each further thousand people.
"""

import itertools
import logging
import time

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import F

from sanwei.core import clock
from sanwei.core.notifications import quiet
from sanwei.core.notifications.audience import reached
from sanwei.core.notifications.models import Announcement, Notification, OutboxMessage, Preference
from sanwei.core.notifications.patience import LEASE, TRIES, WorkerDied, setback

logger = logging.getLogger(__name__)
MAIL, TEXT = OutboxMessage.Channel.MAIL, OutboxMessage.Channel.TEXT
URGENT = (Notification.Kind.REMINDER, Notification.Kind.URGE)
PORTION = 200  # announcements in one transaction
PEOPLE = 1000  # rows in one INSERT


def tell_waiting(seconds: float = 4.0) -> int:
    """Tell what is waiting, for up to `seconds`; returns how many announcements were told."""
    told, until = 0, time.monotonic() + seconds
    while portion := claim():
        told += tell(portion)
        if time.monotonic() > until:
            break
    return told


def claim() -> list[Announcement]:
    """Take a portion of what is waiting for LEASE; what another relay is just taking is passed over.

    One that was tried before is taken alone, so that what kills a worker does not keep others from being told.
    """
    with transaction.atomic():
        rows = list(Announcement.objects.waiting().select_for_update(skip_locked=True)[:PORTION])
        rows = rows[:1] if rows and rows[0].attempts else [row for row in rows if not row.attempts]
        Announcement.objects.filter(pk__in=[row.pk for row in rows]).update(
            due_at=clock.now() + LEASE, attempts=F("attempts") + 1
        )
    for row in rows:
        row.attempts += 1
    return rows


def tell(portion) -> int:
    """Tell a portion; when it cannot be told as a whole, each by itself, so that one does not hold up the others."""
    try:
        if portion[0].attempts > TRIES:
            raise WorkerDied
        write(portion)
    except Exception as error:  # noqa: BLE001 - whatever it is, it is kept on the row and shown to a person
        if len(portion) > 1:
            return sum(tell([row]) for row in portion)
        fail(portion[0], error)
        return 0
    return len(portion)


def fail(row, error) -> None:
    logger.warning("announcement %s failed (%s)", row.pk, type(error).__name__)
    Announcement.objects.filter(pk=row.pk, told_at=None).update(**setback(row.attempts, error))


def write(portion) -> None:
    """In one transaction: a notification for each person, outbox rows where the person takes mail or text messages,
    and the mark. Who has been told under a key is passed over."""
    with transaction.atomic():
        people = reached(portion)
        pairs = ((row, person) for row in portion for person in people[row.pk])
        while some := list(itertools.islice(pairs, PEOPLE)):
            Notification.objects.bulk_create(itertools.starmap(notification, some), ignore_conflicts=True)
            OutboxMessage.objects.bulk_create(messages(some), ignore_conflicts=True)
        keys = [row.pk for row in portion]
        Announcement.objects.filter(pk__in=keys).update(told_at=clock.now(), last_error="")


def notification(row, person) -> Notification:
    about = ContentType.objects.get_by_natural_key(*row.object_type.split(".")) if row.object_type else None
    return Notification(
        user_id=person.pk,
        key=row.key,
        kind=row.kind,
        title=row.title,
        body=row.body,
        url=row.url,
        object_type=about,
        object_id=row.object_id,
        created_at=row.created_at,
    )


def messages(pairs) -> list[OutboxMessage]:
    """The outbox rows for (announcement, person): mail and, for reminders and urging, text messages, as each wishes;
    due outside the quiet hours."""
    reachable = {person.pk for _, person in pairs if person.email or person.phone}
    wishes = {wish.user_id: wish for wish in Preference.objects.filter(user__in=reachable)}
    everything, now, rows = Preference(), clock.now(), []
    for row, person in pairs:
        wish = wishes.get(person.pk, everything)
        if person.email and wish.mail:
            rows.append(message(MAIL, row, person, mail_body(row.body, row.url), mail_due(row, now)))
        if person.phone and wish.text and row.kind in URGENT:
            due_at = quiet.first_allowed(now, workdays_only=True)
            rows.append(message(TEXT, row, person, row.body, due_at))
    return rows


def mail_due(row, now):
    """The next digest is that after the act, not after the telling, which may be on the other side of midnight."""
    allowed = quiet.first_allowed(now)
    return max(allowed, quiet.next_digest(row.created_at)) if row.digest else allowed


def message(channel, row, person, body, due_at) -> OutboxMessage:
    return OutboxMessage(
        channel=channel,
        user_id=person.pk,
        dedup_key=f"{channel}:{person.pk}:{row.key}"[:220],
        title=row.title,
        body=body,
        digest=row.digest and channel == MAIL,
        due_at=due_at,
    )


def mail_body(body: str, url: str) -> str:
    """The words of a mail, its link, and why it came."""
    link = f"{settings.SANWEI_SITE_URL}{url}" if url else ""
    why = "您因在本系统担任相关岗位收到此邮件，可在“消息设置”中调整。"
    return "\n\n".join(part for part in (body, link, why) if part)
