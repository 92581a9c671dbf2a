"""A year as it hangs on the wall: twelve months, and the arrangement in words."""

import calendar as gregorian
import dataclasses
import datetime as dt
from itertools import groupby

from sanwei.core.workdays import calendar
from sanwei.core.workdays.deadlines import runs, short
from sanwei.core.workdays.models import CalendarDay

WEEKS = gregorian.Calendar()


@dataclasses.dataclass(frozen=True)
class Cell:
    """A day of a month: `look` is rest, makeup or nothing; `mark` 休 or 班 where the day is not what it would be."""

    number: int
    look: str
    mark: str
    name: str


def months(year: int) -> list[tuple[int, list[list[Cell | None]]]]:
    """(month, weeks from Monday), cells outside the month None."""
    return [
        (
            month,
            [
                [cell(day) if day.month == month else None for day in week]
                for week in WEEKS.monthdatescalendar(year, month)
            ],
        )
        for month in range(1, 13)
    ]


def cell(day: dt.date) -> Cell:
    name = calendar.name_of(day)
    if calendar.is_workday(day):
        return Cell(day.day, "makeup" if name else "", "班" if name else "", name)
    return Cell(day.day, "rest", "休" if name else "", name)


def arrangement(days) -> list[tuple[str, str]]:
    """(holiday, how it is kept) in order, as the notice says it: 2月15日至23日放假，共9天；2月14日（星期六）上班.

    `days` are CalendarDay; those to work belong to the holiday whose name they bear.
    """
    ordered = sorted(days, key=lambda day: (holiday_of(day), day.date))
    found = [(name, list(kept)) for name, kept in groupby(ordered, key=holiday_of)]
    return [(name, kept_text(kept)) for name, kept in sorted(found, key=lambda pair: begins(pair[1]))]


def begins(kept) -> dt.date:
    """The first day off; a make-up day may come before the holiday that precedes it."""
    return min((day.date for day in kept if day.kind == CalendarDay.Kind.REST), default=kept[0].date)


def holiday_of(day: CalendarDay) -> str:
    return day.name.removesuffix("调休上班").removesuffix("补假")


def kept_text(days) -> str:
    rest = [day.date for day in days if day.kind == CalendarDay.Kind.REST]
    work = [day.date for day in days if day.kind == CalendarDay.Kind.WORK]
    parts = []
    if rest:
        parts.append(f"{'、'.join(text for _, text in runs(rest))}放假，共{len(rest)}天")
    if work:
        worked = "、".join(f"{short(day)}（星期{calendar.WEEKDAYS[day.weekday()]}）" for day in work)
        parts.append(f"{worked}上班")
    return "；".join(parts)
