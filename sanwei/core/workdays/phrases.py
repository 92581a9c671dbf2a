"""Dates as offices write them: 2月下旬, 月底前, 3月1日前, 每季度末 (dossier 8.4)."""

import calendar as gregorian
import datetime as dt
import re
import unicodedata

from sanwei.core.workdays import calendar
from sanwei.core.workdays.deadlines import Deadline, is_estimate, rolled

MONTHS = range(1, 13)
QUARTERS = "一二三四"
YEAR = re.compile(r"(\d{4})(?=年)")
TAIL = re.compile(r"(\(含\))?(以前|之前|前)?(\(含\))?$")
VAGUE = ("即日起", "近期", "尽快", "适时", "随时", "待定", "长期")


class NoDay(ValueError):
    """A phrase that names no day. The message says so in Chinese."""


def last_of_month(year: int, month: int) -> dt.date:
    return dt.date(year, month, gregorian.monthrange(year, month)[1])


def third(year: int, month: int, part: str) -> dt.date:
    """上旬 ends on the 10th, 中旬 on the 20th, 下旬 with the month."""
    return last_of_month(year, month) if part == "下" else dt.date(year, month, {"上": 10, "中": 20}[part])


def day_or_last(year: int, month: int, day: int) -> dt.date:
    """每月31日 is the last day of a shorter month."""
    return min(dt.date(year, month, 1) + dt.timedelta(days=day - 1), last_of_month(year, month))


def number_of(quarter: str) -> int:
    return QUARTERS.find(quarter) + 1 or int(quarter)


# What a phrase reads, without its year and its 前: pattern → the last days in a year, from the pieces it found.
READINGS = (
    (r"(\d{1,2})月份?(上|中|下)旬", lambda year, month, part: [third(year, int(month), part)]),
    (r"(\d{1,2})月份?[底末内]", lambda year, month: [last_of_month(year, int(month))]),
    (r"(\d{1,2})月(\d{1,2})日", lambda year, month, day: [dt.date(year, int(month), int(day))]),
    (r"第?([一二三四1-4])季度[底末内]?", lambda year, quarter: [last_of_month(year, number_of(quarter) * 3)]),
    (r"上半年[底末内]?|半年|年中", lambda year: [dt.date(year, 6, 30)]),
    (r"下半年[底末内]?|[全本]?年度?[底末内]|全年", lambda year: [dt.date(year, 12, 31)]),
    (r"每?季度?[底末]|每季度?", lambda year: [last_of_month(year, month) for month in (3, 6, 9, 12)]),
    (r"每半年[底末]?", lambda year: [dt.date(year, 6, 30), dt.date(year, 12, 31)]),
    (r"每?月[底末]|每月", lambda year: [last_of_month(year, month) for month in MONTHS]),
    (r"每月(上|中|下)旬", lambda year, part: [third(year, month, part) for month in MONTHS]),
    (
        r"每月([1-9]|[12]\d|3[01])日",
        lambda year, day: [day_or_last(year, month, int(day)) for month in MONTHS],
    ),
)


def last_days(rule: str, year: int) -> list[dt.date]:
    """The last days that a phrase allows in a year, before any rolling; a year in the phrase goes before `year`.

    Includes the day named: 3月1日前 is 24:00 of March 1 (dossier 8.4). Raises NoDay.
    """
    text = re.sub(r"\s", "", unicodedata.normalize("NFKC", rule))
    if named := YEAR.match(text):
        year, text = int(named[1]), text[named.end() :]
    text = text[: TAIL.search(text).start()]
    for pattern, days in READINGS:
        if match := re.fullmatch(pattern, text) or re.fullmatch(pattern, text.removeprefix("年")):
            try:
                return days(year, *match.groups())
            except ValueError as error:
                raise NoDay(f"“{rule}”没有这一天，请核对月份和日期。") from error
    if text.startswith(VAGUE):
        raise NoDay(f"“{rule}”没有写明期限，请填写具体日期，例如2月26日前。")
    raise NoDay(f"看不懂时限“{rule}”，请写成“2月下旬”“2月底前”或“2月26日前”这样的形式。")


def last_day(rule: str, year: int) -> dt.date:
    """The one last day that a phrase allows, before any rolling. Raises NoDay, also for what comes round (每月)."""
    days = last_days(rule, year)
    if len(days) > 1:
        raise NoDay(f"“{rule}”每年有{len(days)}次，请写明是哪一次，例如2月底前。")
    return days[0]


def due_of(rule: str, year: int, policy: str) -> dt.date:
    """The due day of a phrase in a year, rolled by policy. Raises NoDay, a ValueError, for what names no day."""
    return calendar.roll(last_day(rule, year), policy)


def dues_of(rule: str, year: int, policy: str) -> list[dt.date]:
    """All due days of a phrase in a year, rolled by policy: four for 每季度末, twelve for 每月5日前. Raises NoDay."""
    return [calendar.roll(day, policy) for day in last_days(rule, year)]


def deadline_of(rule: str, year: int, policy: str) -> Deadline:
    """due_of() with its reasons: the phrase, its last day, the rolling. Raises NoDay."""
    last = last_day(rule, year)
    due = calendar.roll(last, policy)
    steps = (f"时限“{rule}”：最后一日为{calendar.day_text(last)}。", *rolled(last, due))
    return Deadline(due, steps, is_estimate(min(last, due), max(last, due)))


def explain_due(rule: str, year: int, policy: str) -> list[str]:
    """Why it is this day, in sentences: the phrase, its last day, the rolling, the state of the calendar."""
    deadline = deadline_of(rule, year, policy)
    return [*deadline.steps, f"{deadline.text}，以服务器收到的时刻为准。"]
