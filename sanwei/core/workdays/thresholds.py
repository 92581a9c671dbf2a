"""When people are reminded of what is due: T-10, T-5, T-3, T-1, T, T+1 and weekly after, in working days (product.md).

What counts is the latest threshold reached, so a clock that stood still for days reminds once when it runs again.
"""

import datetime as dt

from sanwei.core.workdays import calendar

OFFSETS = (-10, -5, -3, -1, 0, 1)
WEEK = 5  # working days


def reached(due_on: dt.date, today: dt.date) -> int | None:
    """The latest threshold reached on `today`, in working days from the due day (negative: before); None if too early."""
    passed = -calendar.workdays_between(today, due_on)
    if passed > 1:
        return 1 + (passed - 1) // WEEK * WEEK
    return max((offset for offset in OFFSETS if offset <= passed), default=None)


def next_day(due_on: dt.date, today: dt.date) -> dt.date:
    """The first day after `today` on which another threshold is reached."""
    passed = -calendar.workdays_between(today, due_on)
    following = next((offset for offset in OFFSETS if offset > passed), None)
    if following is None:
        following = 1 + ((passed - 1) // WEEK + 1) * WEEK
    return calendar.add_workdays(today, following - passed)


def name(offset: int) -> str:
    """T, T-3, T+6."""
    return "T" if offset == 0 else f"T{offset:+d}"
