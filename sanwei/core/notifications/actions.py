"""Having people told, and what they do with what they were told."""

from django.db.models import Count

from sanwei.core import clock
from sanwei.core.notifications.models import Announcement, Notification, OutboxMessage
from sanwei.core.questions import Question
from sanwei.core.rows import append_missing, require_transaction

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


def notify(*announcements) -> None:
    """Have people told: `notify(Announcement.to(holders_of(Role.OFFICE), key=…, title=…))`.

    Must be called inside the transaction of the act; all of them together cost one INSERT, whoever and how many they
    are for. The relay tells people within seconds of the commit. Side effects: one row for each, unless its key
    was used before.
    """
    require_transaction("notify()")
    append_missing(*announcements)


def read(notification) -> None:
    """Mark as read, once. Side effects: one row."""
    Notification.objects.unread().filter(pk=notification.pk).update(read_at=clock.now())


def read_all(user) -> int:
    """全部标为已读; returns how many were not. Side effects: rows."""
    return Notification.objects.visible_to(user).unread().update(read_at=clock.now())


def unread_count(user) -> int:
    """How many messages the person has not opened. One question, asked by every page."""
    return sum(count for (count,) in UNREAD(user=user.pk)) if user.is_authenticated else 0


def send_again(parked) -> None:
    """重新发送: a parked message starts anew. Side effects: one row."""
    OutboxMessage.objects.parked().filter(pk=parked.pk).update(
        parked_at=None, attempts=0, due_at=clock.now(), claimed_until=None
    )


def tell_again(parked) -> None:
    """重新通知: a parked announcement starts anew; who was told already is not told twice. Side effects: one row."""
    Announcement.objects.parked().filter(pk=parked.pk).update(parked_at=None, attempts=0, due_at=clock.now())
