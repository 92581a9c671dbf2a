"""When people are left in peace: nothing is sent between 21:00 and 08:00, no text message on a rest day."""

import datetime as dt

from django.conf import settings
from django.utils import timezone

from sanwei.core import clock
from sanwei.core.workdays import calendar


def is_quiet(instant: dt.datetime) -> bool:
    """Whether people are left in peace at this moment."""
    return not settings.SANWEI_QUIET_UNTIL <= clock.local(instant).hour < settings.SANWEI_QUIET_FROM


def first_allowed(instant: dt.datetime, workdays_only: bool = False) -> dt.datetime:
    """The first moment from `instant` on at which a message may be sent."""
    local = clock.local(instant)
    if local.hour >= settings.SANWEI_QUIET_FROM:
        local = morning(local.date() + dt.timedelta(days=1))
    elif local.hour < settings.SANWEI_QUIET_UNTIL:
        local = morning(local.date())
    while workdays_only and not calendar.is_workday(local.date()):
        local = morning(local.date() + dt.timedelta(days=1))
    return local


def morning(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time(settings.SANWEI_QUIET_UNTIL)))


def next_digest(instant: dt.datetime) -> dt.datetime:
    """The next digest: half past the first allowed hour of the next morning."""
    return morning(clock.day_of(instant) + dt.timedelta(days=1)) + dt.timedelta(minutes=30)
