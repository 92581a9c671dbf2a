"""The clock's way in."""

from celery import shared_task

from units.plans import reminders


@shared_task(name="units.plans.tasks.remind")
def remind():
    """Send the reminders that are due; safe to run twice, and after days of silence."""
    reminders.remind()
