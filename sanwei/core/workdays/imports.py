"""A year of the calendar from a file: the official notice typed as a table 日期, 性质, 名称."""

import datetime as dt

from django.db import transaction

from sanwei.core import clock
from sanwei.core.audit.actions import record
from sanwei.core.exchange import Column, RowError, Template, read
from sanwei.core.workdays import table
from sanwei.core.workdays.models import CalendarDay, CalendarYear
from sanwei.core.workdays.signals import calendar_changed

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


def read_year(content: bytes, year: int) -> tuple[list[dict], list[RowError]]:
    """The days of one year and the faults by row."""
    found = read(content, TEMPLATE)
    errors = list(found.errors)
    for row in found.rows:
        if row["date"] and row["date"].year != year:
            errors.append(RowError(row["_row"], "日期", f"“{row['date']}”不在{year}年，请核对。"))
    return found.rows, sorted(errors, key=lambda error: error.row)


def checksum_warning(rows, year: int) -> str:
    """A hint when the working days of the year are not days − weekends − 13, as they are without carry-over."""
    kinds = {row["date"]: KINDS[row["kind"]] for row in rows}
    first, days = dt.date(year, 1, 1), (dt.date(year + 1, 1, 1) - dt.date(year, 1, 1)).days
    span = [first + dt.timedelta(days=step) for step in range(days)]
    worked = sum(kinds.get(day) == "work" or (day not in kinds and day.weekday() < 5) for day in span)
    expected = sum(day.weekday() < 5 for day in span) - PUBLIC_HOLIDAYS
    if worked == expected:
        return ""
    return f"按此表全年工作日为{worked}天，通常应为{expected}天，请核对有无漏填调休上班日。"


def enter_year(*, year: int, rows, status: str, source: str, by) -> None:
    """Replace a year of the calendar. Side effects: rows, audit; calendar_changed (deadlines above are recomputed)."""
    with transaction.atomic():
        entered, _ = CalendarYear.objects.update_or_create(
            year=year,
            defaults={"status": status, "source": source, "imported_at": clock.now(), "imported_by": by},
        )
        entered.days.all().delete()
        CalendarDay.objects.bulk_create(
            CalendarDay(year=entered, date=row["date"], kind=KINDS[row["kind"]], name=row["name"])
            for row in rows
        )
        table.forget()
        record(entered, "import", by, label="导入工作日历", days=len(rows), source=source)
        calendar_changed.send(CalendarYear, years={year}, by=by)
