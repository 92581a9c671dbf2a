"""The clock's way in."""

from celery import shared_task

from sanwei.core.exports import actions, writing
from sanwei.core.heartbeat.skew import clock_is_wrong


@shared_task(name="sanwei.core.exports.tasks.write")
def write():
    """Write the next export that is due; safe to run twice and at once."""
    writing.write_next()


@shared_task(name="sanwei.core.exports.tasks.sweep")
def sweep():
    """Delete files that are over. A clock that has jumped deletes nothing."""
    if not clock_is_wrong("sweep exports"):
        actions.sweep()
