"""The clock's way in."""

from celery import shared_task

from assessments.accountability import reminders
from sanwei.core.holding.clocks import must_stand_still


@shared_task(name="assessments.accountability.tasks.remind")
def remind():
    """Send the reminders that are due; safe to run twice, and after days of silence."""
    if not must_stand_still("remind of accountability cases"):
        reminders.remind()
