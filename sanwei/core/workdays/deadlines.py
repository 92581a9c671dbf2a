"""Periods that end: so many working days, or calendar days that roll, without the time they stood still; and why."""

import dataclasses
import datetime as dt
from collections.abc import Iterable
from itertools import pairwise

from sanwei.core import clock
from sanwei.core.workdays import calendar

Pauses = Iterable[tuple[dt.date, dt.date]]


@dataclasses.dataclass(frozen=True)
class Deadline:
    """When a period ends. `steps` says why, in sentences; `provisional` if a year it runs through is an estimate."""

    day: dt.date
    steps: tuple[str, ...]
    provisional: bool

    @property
    def instant(self) -> dt.datetime:
        """24:00 of the last day, aware."""
        return clock.end_of_day(self.day)

    @property
    def text(self) -> str:
        """截止：2027年2月26日（星期五）24:00, with a note where it is an estimate."""
        note = f"（{calendar.UNPUBLISHED}）" if self.provisional else ""
        return f"截止：{calendar.day_text(self.day)}24:00{note}"

    def remaining_text(self, today: dt.date) -> str:
        return calendar.remaining_text(self.day, today)


def due_after(start: dt.date, days: int, pauses: Pauses = ()) -> Deadline:
    """`days` ≥ 0 working days after `start`. Pauses as in calendar.end_of_period(); ValueError while one runs."""
    pauses = in_order(days, pauses)
    end = calendar.end_of_period(start, days, pauses)
    begin = f"自{calendar.day_text(start)}起，次日开始计算，共{days}个工作日。"
    return Deadline(end, (begin, *left_out(start, end), *paused(start, end, pauses)), is_estimate(start, end))


def due_after_days(start: dt.date, days: int, policy: str, pauses: Pauses = ()) -> Deadline:
    """`days` ≥ 0 calendar days after `start` (信访 60 日); a last day that is a rest day moves by `policy`."""
    pauses = in_order(days, pauses)
    last, left = start, days
    while left:
        last += calendar.ONE
        left -= not calendar.is_paused(last, pauses)
    end = calendar.roll(last, policy)
    begin = f"自{calendar.day_text(start)}起，次日开始计算，共{days}日，最后一日为{calendar.day_text(last)}。"
    return Deadline(
        end, (begin, *paused(start, end, pauses), *rolled(last, end)), is_estimate(start, max(last, end))
    )


def in_order(days: int, pauses: Pauses) -> list[tuple[dt.date, dt.date]]:
    pauses = list(pauses)
    calendar.refuse_endless(days, pauses)
    return sorted(pauses)


def explain(deadline: Deadline) -> str:
    """The deadline as text: rule and start, days left out, pauses, the last day; a line each."""
    return "\n".join((*deadline.steps, f"{deadline.text}。"))


def is_estimate(start: dt.date, end: dt.date) -> bool:
    return any(map(calendar.is_provisional, range(start.year, end.year + 1)))


def rolled(last: dt.date, due: dt.date) -> list[str]:
    """Where the last day moved to, if it did."""
    if due < last:
        return [f"最后一日为休息日，提前至前一工作日{calendar.day_text(due)}。"]
    if due > last:
        return [f"最后一日为休息日，顺延至后一工作日{calendar.day_text(due)}。"]
    return []


def left_out(start: dt.date, end: dt.date) -> list[str]:
    """The rest days of the period, holidays by name and dates, and the make-up days that count."""
    span = [start + calendar.ONE * step for step in range(1, (end - start).days + 1)]
    rest = [day for day in span if not calendar.is_workday(day)]
    holidays = [f"{text}{name}" for name, text in runs([day for day in rest if calendar.name_of(day)])]
    weekend = sum(not calendar.name_of(day) for day in rest)
    parts = [*holidays, *([f"周末{weekend}天"] if weekend else [])]
    made_up = "、".join(short(day) for day in span if day.weekday() >= 5 and calendar.is_workday(day))
    return [
        *([f"期间休息日{len(rest)}天不计：{'、'.join(parts)}。"] if rest else []),
        *([f"{made_up}调休上班，计入。"] if made_up else []),
    ]


def paused(start: dt.date, end: dt.date, pauses) -> list[str]:
    """The pauses that reach into the period."""
    return [
        f"{short(first)}至{short(last)}中止，不计入期限。"
        for first, last in pauses
        if first <= end and last > start
    ]


def runs(days: list[dt.date]) -> list[tuple[str, str]]:
    """(name, dates) of days that follow each other under one name: 2月15日至23日."""
    breaks = [
        place
        for place, (before, day) in enumerate(pairwise(days), 1)
        if day - before > calendar.ONE or calendar.name_of(day) != calendar.name_of(before)
    ]
    pieces = [days[start:stop] for start, stop in pairwise([0, *breaks, len(days)]) if start < stop]
    return [(calendar.name_of(piece[0]), span_text(piece[0], piece[-1])) for piece in pieces]


def span_text(first: dt.date, last: dt.date) -> str:
    if first == last:
        return short(first)
    return f"{short(first)}至{last.day}日" if first.month == last.month else f"{short(first)}至{short(last)}"


def short(day: dt.date) -> str:
    return f"{day.month}月{day.day}日"
