"""Periods in months, as the law counts them."""

import calendar
import datetime as dt


def add_months(day: dt.date, months: int) -> dt.date:
    """The same day `months` later (earlier if negative); the last day of that month where it has no such day.

    The day of the decision itself does not count, so this is the last day of a period that begins with it: six months from
    31 August 2026 end with 28 February 2027, from 28 February 2027 with 28 August.
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return dt.date(year, month + 1, min(day.day, last))


def effect_until(decided_on: dt.date, months: int | None) -> dt.date | None:
    """The last day of the effect period (影响期止); None where there is none, or no end."""
    return add_months(decided_on, months) if months else None


def a_year_before(day: dt.date) -> dt.date:
    """What lies after this day is within the year up to `day`."""
    return add_months(day, -12)
