"""A year of the calendar from a file: the official notice typed as a table 日期, 性质, 名称."""

import dataclasses
import datetime as dt

from sanwei.core.exchange import Column, RowError, Template, read
from sanwei.core.workdays.models import CalendarDay
from sanwei.core.workdays.table import table

KINDS = {label: value for value, label in CalendarDay.Kind.choices}
TEMPLATE = Template(
    name="T0",
    title="工作日历",
    notes="逐日填写放假和调休上班的日期，性质填“休息”或“上班”。未列的日期按周一至周五上班。",
    key="date",
    columns=(
        Column("日期", "date", kind="date", required=True, width=16),
        Column("性质", "kind", kind="choice", choices=tuple(KINDS), required=True),
        Column("名称", "name", required=True, width=24),
    ),
)
PUBLIC_HOLIDAYS = 13  # since 2025 (dossier 8.1)
FIXED = ((1, 1, "元旦"), (5, 1, "劳动节"), (10, 1, "国庆节"))
LONGEST_NAME = CalendarDay._meta.get_field("name").max_length


@dataclasses.dataclass(frozen=True)
class YearRead:
    """What a file says of a year: the dry run. `rows` as exchange reads them; nothing may be entered with errors."""

    year: int
    rows: list[dict]
    errors: list[RowError]
    warnings: list[str]
    changed: list[dt.date]


def read_year(file, year: int) -> YearRead:
    """Read a filled form (.xlsx or CSV) and compare it with the calendar that is there. Nothing is written."""
    found = read(file, TEMPLATE)
    errors = found.errors + [error for row in found.rows for error in faults(row, year)]
    if errors:
        return YearRead(year, found.rows, sorted(errors, key=lambda error: error.row), [], [])
    warnings = [checksum_warning(found.rows, year), missing_warning(found.rows, year)]
    return YearRead(year, found.rows, [], [*filter(None, warnings)], changed_days(found.rows, year))


def faults(row, year: int) -> list[RowError]:
    """What a row cannot mean. A notice may reach back into December: 2018-12-29 worked for 元旦 2019."""
    day, found = row["date"], []
    if day and day.year != year and (day.year, day.month) != (year - 1, 12):
        found.append(RowError(row["_row"], "日期", f"“{day}”不在{year}年，请核对年份。"))
    if day and KINDS.get(row["kind"]) == CalendarDay.Kind.WORK and day.weekday() < 5:
        found.append(RowError(row["_row"], "性质", f"“{day}”不是周末，本来就上班，请核对日期或删去本行。"))
    if len(row["name"] or "") > LONGEST_NAME:
        found.append(RowError(row["_row"], "名称", f"超过{LONGEST_NAME}字，请缩短。"))
    return found


def changed_days(rows, year: int) -> list[dt.date]:
    """The days of the year, and of the file, on which offices would work otherwise than the calendar says now."""
    kinds = kinds_of(rows)
    return [day for day in sorted({*days_of(year), *kinds}) if works(day, kinds) != table().is_workday(day)]


def kinds_of(rows) -> dict[dt.date, str]:
    return {row["date"]: KINDS[row["kind"]] for row in rows}


def works(day: dt.date, kinds) -> bool:
    return kinds[day] == CalendarDay.Kind.WORK if day in kinds else day.weekday() < 5


def days_of(year: int) -> list[dt.date]:
    first, last = dt.date(year, 1, 1), dt.date(year, 12, 31)
    return [first + dt.timedelta(days=step) for step in range((last - first).days + 1)]


def checksum_warning(rows, year: int) -> str:
    """A hint when the working days of the year are not days − weekends − 13, as they are without carry-over."""
    kinds, span = kinds_of(rows), days_of(year)
    worked = sum(works(day, kinds) for day in span)
    expected = sum(day.weekday() < 5 for day in span) - PUBLIC_HOLIDAYS
    if worked == expected or year < 2025:
        return ""
    return f"按此表全年工作日为{worked}天，通常应为{expected}天，请核对有无漏填的放假日或调休上班日。"


def missing_warning(rows, year: int) -> str:
    """A hint when a holiday that has the same date every year is not in the file."""
    kinds = kinds_of(rows)
    missing = [
        f"{name}（{month}月{day}日）"
        for month, day, name in FIXED
        if kinds.get(dt.date(year, month, day)) != CalendarDay.Kind.REST
    ]
    return f"表中没有{'、'.join(missing)}，请核对是否漏填。" if missing else ""
