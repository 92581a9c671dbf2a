"""The clock's way in."""

from celery import shared_task

from sanwei.core.holding.models import is_held
from sanwei.core.notifications import relay


@shared_task(name="sanwei.core.notifications.tasks.deliver")
def deliver():
    """Send what is due; safe to run twice and at once."""
    if not is_held():
        relay.collect_digests()
    relay.deliver()
