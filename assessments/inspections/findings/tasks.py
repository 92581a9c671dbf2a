"""The clock's way in."""

from celery import shared_task

from assessments.inspections.findings import silence
from sanwei.core.holding.clocks import must_stand_still


@shared_task(name="assessments.inspections.findings.tasks.let_silence_speak")
def let_silence_speak():
    """Take unanswered findings as accepted and remind of those still to be answered; safe to run twice."""
    if not must_stand_still("take silence for consent"):
        silence.let_speak()
