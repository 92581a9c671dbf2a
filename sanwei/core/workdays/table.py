"""The calendar table in memory, so that lists may ask hundreds of times without a query.

Each process keeps the table and looks at most once a second whether another process has imported a year: the
generation is the newest import time and the number of days. Tests and importers call forget().
"""

import datetime as dt
import time

from django.db.models import Count, Max

from sanwei.core.workdays.models import CalendarDay, CalendarYear

LOOK_AGAIN = 1.0  # seconds


class Table:
    """date → (is a working day, name) for days that differ from their weekday; year → is provisional."""

    def __init__(self, generation):
        self.generation = generation
        self.days: dict[dt.date, tuple[bool, str]] = {
            day.date: (day.kind == CalendarDay.Kind.WORK, day.name) for day in CalendarDay.objects.all()
        }
        provisional = CalendarYear.Status.PROVISIONAL
        self.provisional: dict[int, bool] = {
            year.year: year.status == provisional for year in CalendarYear.objects.all()
        }


_kept: Table | None = None
_looked_at = 0.0


def generation():
    return CalendarYear.objects.aggregate(newest=Max("imported_at"), days=Count("days"))


def table() -> Table:
    global _kept, _looked_at
    if _kept is None or time.monotonic() - _looked_at > LOOK_AGAIN:
        present = generation()
        if _kept is None or _kept.generation != present:
            _kept = Table(present)
        _looked_at = time.monotonic()
    return _kept


def forget() -> None:
    """Read the table anew at the next question."""
    global _kept
    _kept = None
