"""Lights (红黄绿灯): computed from working days, in SQL for lists; always shown as colour + icon + word."""

import dataclasses
import datetime as dt
import functools

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


LOOK = {  # colours of ui/looks.py, as models name those of their states
    Light.GREEN: "green",
    Light.YELLOW: "amber",
    Light.RED: "red",
    Light.DEEP_RED: "deep-red",
    Light.CLOSED: "grey",
}


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


@dataclasses.dataclass(frozen=True)
class Bounds:
    """The due days between which the lights change, as they stand on `today`."""

    deep_red_before: dt.date
    red_before: dt.date
    yellow_until: dt.date

    @classmethod
    def on(cls, today: dt.date):
        return bounds_on(today, calendar.table())

    def light(self, due_on: dt.date, closed: bool) -> Light:
        """The light of one thing due on a civil day; light_of() says the same in SQL."""
        if closed:
            return Light.CLOSED
        if due_on < self.deep_red_before:
            return Light.DEEP_RED
        if due_on < self.red_before:
            return Light.RED
        return Light.YELLOW if due_on <= self.yellow_until else Light.GREEN


@functools.lru_cache(maxsize=64)
def bounds_on(today: dt.date, _calendar) -> Bounds:
    """`_calendar`: another table of working days, other bounds."""
    return Bounds(deep_red_from(today), today, yellow_until(today))


def light_of(due_field: str, closed: Q, today: dt.date | None = None) -> Case:
    """A SQL expression of Light for rows with a civil due day `due_field`; `closed` says what is done."""
    bounds = Bounds.on(today or clock.today())
    return Case(
        When(closed, then=Value(Light.CLOSED)),
        When(**{f"{due_field}__lt": bounds.deep_red_before}, then=Value(Light.DEEP_RED)),
        When(**{f"{due_field}__lt": bounds.red_before}, then=Value(Light.RED)),
        When(**{f"{due_field}__lte": bounds.yellow_until}, then=Value(Light.YELLOW)),
        default=Value(Light.GREEN),
        output_field=models.CharField(),
    )
