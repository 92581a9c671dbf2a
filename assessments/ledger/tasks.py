"""The clock's way in."""

from celery import shared_task

from assessments.ledger import gathering
from sanwei.core.holding.clocks import must_stand_still


@shared_task(name="assessments.ledger.tasks.gather")
def gather():
    """Enter what the rooms below have to tell; safe to run twice, by two workers, and after days of silence."""
    if not must_stand_still("gather"):
        gathering.gather_all()
