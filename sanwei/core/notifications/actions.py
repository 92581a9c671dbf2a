"""Telling people."""

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Count

from sanwei.core import clock
from sanwei.core.notifications import quiet
from sanwei.core.notifications.models import Notification, OutboxMessage, Preference
from sanwei.core.questions import Question

UNREAD = Question(
    lambda user: (
        Notification.objects.filter(user=user)
        .unread()
        .order_by()
        .values("user")
        .annotate(count=Count("*"))
        .values_list("count")
    ),
    user=int,
)
URGENT = (Notification.Kind.REMINDER, Notification.Kind.URGE)


def notify(
    users, key, title, body="", url="", about=None, kind=Notification.Kind.NOTICE, digest=False
) -> int:
    """Tell each of `users` once; returns how many had not been told under this `key`.

    Must be called inside the transaction of the act. Side effects: one notification for each person, and outbox rows
    for mail and text message where the person takes them (text only for reminders and urging), due outside the
    quiet hours; with `digest` the mail waits for the next morning's collected one.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("notify() must be called inside the transaction of the act")
    users = list(users)
    told = set(Notification.objects.filter(user__in=users, key=key).values_list("user", flat=True))
    new = [user for user in users if user.pk not in told]
    about_type = ContentType.objects.get_for_model(about) if about else None
    Notification.objects.bulk_create(
        [
            Notification(
                user=user,
                key=key,
                kind=kind,
                title=title[:200],
                body=body,
                url=url,
                object_type=about_type,
                object_id=about.pk if about else None,
                created_at=clock.now(),
            )
            for user in new
        ],
        ignore_conflicts=True,
        batch_size=1000,
    )
    post(new, key, title, body, url, kind, digest)
    return len(new)


def post(users, key, title, body, url, kind, digest) -> None:
    """Write the outbox rows of one message."""
    reachable = [user for user in users if user.email or user.phone]
    if not reachable:
        return
    wishes = {wish.user_id: wish for wish in Preference.objects.filter(user__in=reachable)}
    now, rows = clock.now(), []
    for user in reachable:
        wish = wishes.get(user.pk) or Preference(user=user)
        if user.email and wish.mail:
            due_at = quiet.next_digest(now) if digest else quiet.first_allowed(now)
            rows.append(
                message(OutboxMessage.Channel.MAIL, user, key, title, mail_body(body, url), due_at, digest)
            )
        if user.phone and wish.text and kind in URGENT:
            due_at = quiet.first_allowed(now, workdays_only=True)
            rows.append(message(OutboxMessage.Channel.TEXT, user, key, title, body, due_at))
    OutboxMessage.objects.bulk_create(rows, ignore_conflicts=True, batch_size=1000)


def message(channel, user, key, title, body, due_at, digest=False) -> OutboxMessage:
    return OutboxMessage(
        channel=channel,
        user=user,
        dedup_key=f"{channel}:{user.pk}:{key}"[:220],
        title=title[:200],
        body=body,
        digest=digest,
        due_at=due_at,
    )


def mail_body(body: str, url: str) -> str:
    """The words of a mail, its link, and why it came."""
    link = f"{settings.SANWEI_SITE_URL}{url}" if url else ""
    why = "您因在本系统担任相关岗位收到此邮件，可在“消息设置”中调整。"
    return "\n\n".join(part for part in (body, link, why) if part)


def read(notification) -> None:
    """Mark as read, once."""
    Notification.objects.filter(pk=notification.pk, read_at=None).update(read_at=clock.now())


def read_all(user) -> int:
    return Notification.objects.filter(user=user, read_at=None).update(read_at=clock.now())


def unread_count(user) -> int:
    """How many messages the person has not opened. One question, asked by every page."""
    return sum(count for (count,) in UNREAD(user=user.pk)) if user.is_authenticated else 0


def send_again(parked) -> None:
    """重新发送: a parked message starts anew. Side effects: one row."""
    OutboxMessage.objects.filter(pk=parked.pk, parked_at__isnull=False).update(
        parked_at=None, attempts=0, due_at=clock.now(), claimed_until=None
    )
