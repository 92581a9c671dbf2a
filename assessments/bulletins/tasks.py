"""The clock's way in."""

from celery import shared_task

from assessments.bulletins import drafting
from sanwei.core.holding.clocks import must_stand_still


@shared_task(name="assessments.bulletins.tasks.draft_due")
def draft_due():
    """Draft the bulletins whose time has come; safe to run twice."""
    if not must_stand_still("draft_due"):
        drafting.draft_due()
