"""The calendar table in memory, so that lists may ask hundreds of times without a query.

A request asks once, at its first question, for the generation of the table (one small query): the newest import
and the number of years, and the newest rule of the lights. Where that is the one in memory, the table in memory serves; otherwise it is read anew. So
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

from django.db.models import Count, Max, Subquery, Value

from sanwei.core.audit.context import NOWHERE, Origin, origin
from sanwei.core.questions import Question
from sanwei.core.workdays.models import CalendarDay, CalendarYear, LightRule

LOOK_AGAIN = 1.0  # seconds


@dataclasses.dataclass(frozen=True)
class Thresholds:
    """When lights change (dossier 3.3); the values here stand until the office enters others."""

    near: int = 3  # working days before the due day from which it is yellow …
    near_percent: int = 20  # … or this share of the whole period, whichever is longer
    behind: int = 10  # points by which progress may lag before it is yellow
    sent_back: int = 2  # times sent back from which it is red
    deep_red: int = 10  # working days overdue from which it is deep red


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
        self.rules = [
            (
                rule.since,
                Thresholds(**{name: getattr(rule, name) for name in Thresholds.__dataclass_fields__}),
            )
            for rule in LightRule.objects.order_by("since")
        ]
        self.made_up = [day for day, (works, _) in self.days.items() if works and day.weekday() >= 5]
        self.taken_off = [day for day, (works, _) in self.days.items() if not works and day.weekday() < 5]

    def is_workday(self, day: dt.date) -> bool:
        known = self.days.get(day)
        return known[0] if known else day.weekday() < 5

    def thresholds(self, day: dt.date) -> Thresholds:
        """Those in force on `day`."""
        return next((limits for since, limits in reversed(self.rules) if since <= day), Thresholds())

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


def newest_rule():
    return LightRule.objects.order_by("-pk").values("pk")[:1]


GENERATION = Question(
    lambda: (
        CalendarYear.objects.order_by()
        .annotate(all=Value(1))
        .values("all")
        .annotate(newest=Max("imported_at"), years=Count("pk"), rule=Subquery(newest_rule()))
        .values_list("newest", "years", "rule")
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
