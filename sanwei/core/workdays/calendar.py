"""Working days (工作日): what counts, when a period ends, and why (dossier 8).

Civil counting: the start day is not counted; a period ends at 24:00 of its last day (民法典 201–203).
"""

import datetime as dt

from sanwei.core import clock
from sanwei.core.days import written
from sanwei.core.workdays.table import table

ONE = dt.timedelta(days=1)
WEEKDAYS = "一二三四五六日"
PRECEDING, FOLLOWING, NONE = "preceding", "following", "none"
UNPUBLISHED = "该年度放假安排未导入，期限为暂估"
NOTICE_MONTH = 11  # the State Council's office announces the next year in November at the latest


def is_workday(day: dt.date) -> bool:
    """Whether offices work on `day`: the calendar table first, else Monday to Friday."""
    return table().is_workday(day)


def is_provisional(day: dt.date | int) -> bool:
    """Whether the year (or that of the day) has no official arrangement yet: deadlines in it are estimates (暂估)."""
    return table().provisional.get(day if isinstance(day, int) else day.year, True)


def year_to_import(today: dt.date) -> int | None:
    """The year whose official arrangement is missing: this one, or from November on the next."""
    if is_provisional(today):
        return today.year
    return today.year + 1 if today.month >= NOTICE_MONTH and is_provisional(today.year + 1) else None


def name_of(day: dt.date) -> str:
    """The holiday or make-up day that falls on `day`, or nothing."""
    known = table().days.get(day)
    return known[1] if known else ""


def add_workdays(day: dt.date, n: int) -> dt.date:
    """The n-th working day after `day` (n ≥ 0; 0 gives `day` itself)."""
    return end_of_period(day, n)


def workdays_between(after: dt.date, until: dt.date) -> int:
    """How many working days lie in (after, until]; negative when the order is reversed. Costs the same for any span."""
    counted = table()
    return counted.count_until(until) - counted.count_until(after)


def number_of(day: dt.date) -> int:
    """The number of the last working day up to and with `day`, counted from the year 1; two of them are as far apart
    as workdays_between() says, so that a database can count working days."""
    return table().count_until(day)


def end_of_period(start: dt.date, days: int, pauses=()) -> dt.date:
    """The last day of a period of `days` ≥ 0 working days after `start`; days inside `pauses` do not count.

    `pauses` are (first, last) pairs of civil days, both included; `last` None means it still runs, and then there
    is no end: ValueError.
    """
    refuse_endless(days, pauses)
    calendar, day = table(), start
    while days:
        day += ONE
        days -= calendar.is_workday(day) and not is_paused(day, pauses)
    return day


def refuse_endless(days: int, pauses) -> None:
    if days < 0:
        raise ValueError("a period must not be negative")
    if any(last is None for _, last in pauses):
        raise ValueError("a pause that still runs has no end")


def is_paused(day: dt.date, pauses) -> bool:
    return any(first <= day <= last for first, last in pauses)


def roll(day: dt.date, policy: str) -> dt.date:
    """Where a last day that is a rest day moves: `preceding`, `following` or `none` (dossier 8.4)."""
    step = {PRECEDING: -ONE, FOLLOWING: ONE, NONE: None}[policy]
    while step and not is_workday(day):
        day += step
    return day


def late_workdays(due_at: dt.datetime, received_at: dt.datetime) -> int:
    """Working days late: 0 before the instant `due_at`; else those after the due day, at least 1 (Appendix C 1)."""
    if received_at < due_at:
        return 0
    return max(1, workdays_between(due_day(due_at), clock.day_of(received_at)))


def due_day(due_at: dt.datetime) -> dt.date:
    """The civil day that a due instant ends: 24:00 belongs to the day before it in the calendar."""
    return clock.day_of(due_at - dt.timedelta(microseconds=1))


def day_text(day: dt.date) -> str:
    """2026年2月28日（星期六，调休上班）, 2026年2月17日（星期二，春节）."""
    marks = [f"星期{WEEKDAYS[day.weekday()]}"]
    if is_workday(day) and day.weekday() >= 5:
        marks.append("调休上班")
    elif not is_workday(day) and name_of(day):
        marks.append(name_of(day))
    return f"{written(day)}（{'，'.join(marks)}）"


def deadline_text(day: dt.date) -> str:
    """截止：2027年2月26日（星期五）24:00, with a note where the year is provisional."""
    note = f"（{UNPUBLISHED}）" if is_provisional(day) else ""
    return f"截止：{day_text(day)}24:00{note}"


def remaining_text(day: dt.date, today: dt.date) -> str:
    """还剩3个工作日, 今日截止, or 已逾期2个工作日."""
    if day == today:
        return "今日截止"
    if day > today:
        left = workdays_between(today, day)
        return f"还剩{left}个工作日" if left else f"还剩{(day - today).days}天（均为休息日）"
    return f"已逾期{max(1, workdays_between(day, today))}个工作日"
