"""The clock's way in."""

from celery import shared_task

from sanwei.core.holding.clocks import must_stand_still
from units.rectification import counting, reminders


@shared_task(name="units.rectification.tasks.remind")
def remind():
    """Send the reminders that are due; safe to run twice, and after days of silence."""
    if not must_stand_still("remind of tasks"):
        reminders.remind()


@shared_task(name="units.rectification.tasks.count")
def count():
    """Count for the boards what has changed, and each day all that is under way; safe to run twice and at once."""
    counting.count()
