"""The clock's way in."""

from celery import shared_task
from django.core.management import call_command

from sanwei.core.accounts import actions


@shared_task(name="sanwei.core.accounts.tasks.sweep")
def sweep():
    """Drop what has served its time: counters, replies, ended sessions."""
    actions.sweep()
    call_command("clearsessions")
