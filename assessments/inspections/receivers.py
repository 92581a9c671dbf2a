"""What findings do when a task is closed that was opened from one."""

from django.dispatch import receiver

from assessments.inspections.findings import following
from units.rectification.signals import task_closed
from units.rectification.states import Source


@receiver(task_closed)
def settle(sender, task, **kwargs):
    """The finding is settled with its last open task."""
    if task.source == Source.FINDING:
        following.settle_with(task)
