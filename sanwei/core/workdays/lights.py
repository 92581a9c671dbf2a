"""Lights (红黄绿灯): computed from working days, in SQL for lists; always shown as colour + icon + word."""

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import Case, Q, Value, When

from sanwei.core import clock
from sanwei.core.workdays import calendar


class Light(models.TextChoices):
    GREEN = "green", "正常"
    YELLOW = "yellow", "临期"
    RED = "red", "逾期"
    DEEP_RED = "deep_red", "严重逾期"
    CLOSED = "closed", "办结"


def yellow_until(today: dt.date) -> dt.date:
    """The last due day that is near: within SANWEI_LIGHT_YELLOW_WORKDAYS working days from today."""
    return calendar.add_workdays(today, settings.SANWEI_LIGHT_YELLOW_WORKDAYS)


def deep_red_from(today: dt.date) -> dt.date:
    """Due days before this one are overdue by more than SANWEI_LIGHT_DEEP_RED_WORKDAYS working days."""
    day = today
    while calendar.workdays_between(day, today) < settings.SANWEI_LIGHT_DEEP_RED_WORKDAYS:
        day -= dt.timedelta(days=1)
    while (
        calendar.workdays_between(day - dt.timedelta(days=1), today)
        <= settings.SANWEI_LIGHT_DEEP_RED_WORKDAYS
    ):
        day -= dt.timedelta(days=1)
    return day


def light_of(due_field: str, closed: Q, today: dt.date | None = None) -> Case:
    """A SQL expression of Light for rows with a civil due day `due_field`; `closed` says what is done."""
    today = today or clock.today()
    return Case(
        When(closed, then=Value(Light.CLOSED)),
        When(**{f"{due_field}__lt": deep_red_from(today)}, then=Value(Light.DEEP_RED)),
        When(**{f"{due_field}__lt": today}, then=Value(Light.RED)),
        When(**{f"{due_field}__lte": yellow_until(today)}, then=Value(Light.YELLOW)),
        default=Value(Light.GREEN),
        output_field=models.CharField(),
    )
