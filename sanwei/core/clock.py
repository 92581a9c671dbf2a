"""The one clock of the house: aware instants, and the civil day in the city."""

import datetime as dt
import functools
import zoneinfo

from django.conf import settings
from django.utils import timezone


@functools.cache
def city() -> zoneinfo.ZoneInfo:
    """The city's time (settings.TIME_ZONE, Asia/Shanghai); nobody here lives by another."""
    return zoneinfo.ZoneInfo(settings.TIME_ZONE)


def now() -> dt.datetime:
    """The present instant, aware, in UTC."""
    return timezone.now()


def today() -> dt.date:
    """The civil date in the city."""
    return dt.datetime.now(city()).date()


def local(instant: dt.datetime) -> dt.datetime:
    """The instant by the clock on the wall."""
    return instant.astimezone(city())


def day_of(instant: dt.datetime) -> dt.date:
    """The civil day in the city on which the instant lies."""
    return local(instant).date()


def at(day: dt.date, time: dt.time) -> dt.datetime:
    """The instant at which the city's clocks show `day` and `time`."""
    return dt.datetime.combine(day, time, tzinfo=city())


def end_of_day(day: dt.date) -> dt.datetime:
    """24:00 of a civil day, as the aware instant at which the next day begins (dossier 8.3)."""
    midnight = dt.datetime.combine(day + dt.timedelta(days=1), dt.time.min)
    return midnight.replace(tzinfo=city())
