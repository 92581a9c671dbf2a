"""The calendar table in memory, so that lists may ask hundreds of times without a query.

A request asks once, at its first question, for the generation of the table (one small query): the newest import
and the number of years. Where that is the one in memory, the table in memory serves; otherwise it is read anew. So
every request of every worker sees an import that was committed before it, and one table from its first question to
its end, also while another thread of the same process is importing. Outside a request (clocks, commands) the
generation is asked at most once in LOOK_AGAIN seconds. What was computed in the instant around an import is put right
by the import itself, which tells the rooms above to recompute (signals.calendar_changed).
"""

import dataclasses
import datetime as dt
import time
from bisect import bisect_right
from contextvars import ContextVar

from django.db.models import Count, Max, Value

from sanwei.core.audit.context import NOWHERE, Origin, origin
from sanwei.core.questions import Question
from sanwei.core.workdays.models import CalendarDay, CalendarYear

LOOK_AGAIN = 1.0  # seconds


class Table:
    """date → (is a working day, name) for days that differ from their weekday; year → is provisional."""

    def __init__(self, generation):
        self.generation = generation
        self.days: dict[dt.date, tuple[bool, str]] = {
            day.date: (day.kind == CalendarDay.Kind.WORK, day.name)
            for day in CalendarDay.objects.order_by("date")
        }
        provisional = CalendarYear.Status.PROVISIONAL
        self.provisional: dict[int, bool] = {
            year.year: year.status == provisional for year in CalendarYear.objects.all()
        }
        self.made_up = [day for day, (works, _) in self.days.items() if works and day.weekday() >= 5]
        self.taken_off = [day for day, (works, _) in self.days.items() if not works and day.weekday() < 5]

    def is_workday(self, day: dt.date) -> bool:
        known = self.days.get(day)
        return known[0] if known else day.weekday() < 5

    def count_until(self, day: dt.date) -> int:
        """Working days up to and with `day`, counted from 0001-01-01 (a Monday); only differences mean anything."""
        weeks, left = divmod(day.toordinal(), 7)
        return weeks * 5 + min(left, 5) + bisect_right(self.made_up, day) - bisect_right(self.taken_off, day)


@dataclasses.dataclass(frozen=True)
class Held:
    """The table that a request, or this second of a clock, goes by."""

    table: Table
    origin: Origin
    looked_at: float

    def serves(self, here: Origin) -> bool:
        if self.origin is not here:
            return False
        return here is not NOWHERE or time.monotonic() - self.looked_at < LOOK_AGAIN


_held: ContextVar[Held | None] = ContextVar("calendar", default=None)
_kept: Table | None = None


GENERATION = Question(
    lambda: (
        CalendarYear.objects.order_by()
        .annotate(all=Value(1))
        .values("all")
        .annotate(newest=Max("imported_at"), years=Count("pk"))
        .values_list("newest", "years")
    )
)


def generation() -> list[list]:
    return GENERATION()


def table() -> Table:
    held, here = _held.get(), origin.get()
    if held is None or not held.serves(here):
        held = Held(current(), here, time.monotonic())
        _held.set(held)
    return held.table


def current() -> Table:
    """The table of the present generation: the one in memory, or read anew (two queries)."""
    global _kept
    found, present = _kept, generation()
    if found is None or found.generation != present:
        found = _kept = Table(present)
    return found


def look_again() -> None:
    """Ask for the generation at the next question."""
    _held.set(None)


def forget() -> None:
    """Read the table anew at the next question."""
    global _kept
    _kept = None
    look_again()
