"""The clock's way in."""

from celery import shared_task

from sanwei.core.attachments import keeping


@shared_task
def sweep() -> None:
    """Nightly: delete files without rows. Safe to run twice."""
    keeping.sweep()
