"""What campaigns do when the calendar changes."""

from django.dispatch import receiver

from sanwei.core.workdays.signals import calendar_changed
from units.campaigns.actions import recompute_deadlines


@receiver(calendar_changed)
def follow_the_calendar(sender, by, **kwargs):
    recompute_deadlines(by=by)
