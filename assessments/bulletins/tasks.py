"""The clock's way in."""

from celery import shared_task

from assessments.bulletins import drafting


@shared_task(name="assessments.bulletins.tasks.draft_due")
def draft_due():
    """Draft the bulletins whose time has come; safe to run twice."""
    drafting.draft_due()
