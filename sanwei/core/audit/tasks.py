"""The clock's way in."""

from celery import shared_task

from sanwei.core.audit.chain import seal_pending
from sanwei.core.heartbeat.models import beat


@shared_task(name="sanwei.core.audit.tasks.seal")
def seal():
    """Chain what has no seal yet; safe to run twice and at once."""
    seal_pending()
    beat("seal audit entries")
