"""The clock's way in."""

from celery import shared_task

from sanwei.core.holding.models import is_held
from sanwei.core.notifications import relay, telling


@shared_task(name="sanwei.core.notifications.tasks.deliver")
def deliver():
    """Tell people what has happened and send what is due; safe to run twice and at once."""
    if not is_held():
        telling.tell_waiting()
        relay.collect_digests()
    relay.deliver()
