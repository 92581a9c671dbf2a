"""The one clock of the house: aware instants, and the civil day in the city."""

import datetime as dt

from django.utils import timezone


def now() -> dt.datetime:
    """The present instant, aware, in UTC."""
    return timezone.now()


def today() -> dt.date:
    """The civil date in the city (settings.TIME_ZONE, Asia/Shanghai)."""
    return timezone.localdate()


def end_of_day(day: dt.date) -> dt.datetime:
    """24:00 of a civil day, as the aware instant at which the next day begins (dossier 8.3)."""
    midnight = dt.datetime.combine(day + dt.timedelta(days=1), dt.time.min)
    return timezone.make_aware(midnight)
