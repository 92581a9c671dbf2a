"""The clock's way in."""

from celery import shared_task

from sanwei.core.holding.clocks import must_stand_still
from units.plans import reminders, tallies


@shared_task(name="units.plans.tasks.remind")
def remind():
    """Send the reminders that are due; safe to run twice, and after days of silence."""
    if not must_stand_still("remind"):
        reminders.remind()


@shared_task(name="units.plans.tasks.fold_tallies")
def fold_tallies():
    """Keep the rows of the kept counts few; safe to run twice and at once."""
    tallies.fold()
