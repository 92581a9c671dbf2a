"""The clock's way in."""

from celery import shared_task

from sanwei.core.notifications import relay


@shared_task(name="sanwei.core.notifications.tasks.deliver")
def deliver():
    """Send what is due; safe to run twice and at once."""
    relay.collect_digests()
    relay.deliver()
