"""What tasks do when the calendar changes: the numbers of their days are counted anew."""

from django.dispatch import receiver

from sanwei.core.workdays import calendar
from sanwei.core.workdays.signals import calendar_changed
from units.rectification.models import Task

NUMBERED = (("started_on", "start_workday"), ("due_on", "due_workday"), ("stopped_on", "stopped_workday"))


@receiver(calendar_changed)
def count_anew(sender, **kwargs):
    """One UPDATE for each day that open tasks start or are due on. Side effects: the numbers, by which lights change."""
    for day_field, number_field in NUMBERED:
        days = Task.objects.open().order_by().values_list(day_field, flat=True).distinct()
        for day in days.exclude(**{day_field: None}):
            Task.objects.open().filter(**{day_field: day}).update(**{number_field: calendar.number_of(day)})
