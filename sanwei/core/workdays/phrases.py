"""Dates as offices write them (2月下旬, 月底前, 3月1日前), and why they fall where they fall (dossier 8.4)."""

import calendar as gregorian
import datetime as dt
import re
import unicodedata

from sanwei.core.workdays import calendar

THIRD = {"上": (1, 10), "中": (11, 20), "下": (21, None)}
PATTERNS = (
    (re.compile(r"^(\d{1,2})月(上|中|下)旬$"), "third"),
    (re.compile(r"^(\d{1,2})月底(前)?$"), "month_end"),
    (re.compile(r"^(\d{1,2})月(\d{1,2})日(前|\(含\)前|前\(含\))?$"), "day"),
    (re.compile(r"^(第)?([一二三四1-4])季度末(前)?$"), "quarter_end"),
    (re.compile(r"^(上半年|半年|6月末)(前)?$"), "half_year"),
    (re.compile(r"^年底(前)?$"), "year_end"),
)


def last_of_month(year: int, month: int) -> dt.date:
    return dt.date(year, month, gregorian.monthrange(year, month)[1])


def last_day(rule: str, year: int) -> dt.date:
    """The last day that a phrase allows, before any rolling. ValueError for a phrase that names no day."""
    text = re.sub(r"\s", "", unicodedata.normalize("NFKC", rule))
    for pattern, kind in PATTERNS:
        if match := pattern.match(text):
            return READERS[kind](year, match.groups())
    raise ValueError(rule)


def third(year, groups):
    month, part = int(groups[0]), THIRD[groups[1]]
    return dt.date(year, month, part[1]) if part[1] else last_of_month(year, month)


def quarter_end(year, groups):
    quarter = "一二三四".find(groups[1]) + 1 or int(groups[1])
    return last_of_month(year, quarter * 3)


READERS = {
    "third": third,
    "month_end": lambda year, groups: last_of_month(year, int(groups[0])),
    "day": lambda year, groups: dt.date(year, int(groups[0]), int(groups[1])),
    "quarter_end": quarter_end,
    "half_year": lambda year, groups: dt.date(year, 6, 30),
    "year_end": lambda year, groups: dt.date(year, 12, 31),
}


def due_of(rule: str, year: int, policy: str) -> dt.date:
    """The due day of a phrase in a year, rolled by policy. ValueError for what names no day (尽快, 近期)."""
    return calendar.roll(last_day(rule, year), policy)


def explain_due(rule: str, year: int, policy: str) -> list[str]:
    """Why it is this day, in sentences: the phrase, its last day, the rolling, the state of the calendar."""
    last, due = last_day(rule, year), due_of(rule, year, policy)
    steps = [f"时限“{rule}”：最后一日为{calendar.day_text(last)}。"]
    if due < last:
        steps.append(f"最后一日为休息日，提前至前一工作日{calendar.day_text(due)}。")
    elif due > last:
        steps.append(f"最后一日为休息日，顺延至后一工作日{calendar.day_text(due)}。")
    steps.append(f"{calendar.deadline_text(due)}，以服务器收到的时刻为准。")
    return steps


def explain_workdays(start: dt.date, days: int, pauses=()) -> list[str]:
    """Why a period of working days ends where it ends: start, days counted, rest days and pauses left out."""
    end = calendar.end_of_period(start, days, pauses)
    span = [start + calendar.ONE * step for step in range(1, (end - start).days + 1)]
    rest = [day for day in span if not calendar.is_workday(day)]
    steps = [f"自{calendar.day_text(start)}起，次日开始计算，共{days}个工作日。"]
    if rest:
        steps.append(f"期间休息日{len(rest)}天不计：{'、'.join(short(day) for day in rest)}。")
    for first, last in pauses:
        steps.append(f"{short(first)}至{short(last)}中止，不计入期限。")
    steps.append(f"{calendar.deadline_text(end)}。")
    return steps


def short(day: dt.date) -> str:
    name = calendar.name_of(day)
    return f"{day.month}月{day.day}日（{name}）" if name else f"{day.month}月{day.day}日"
