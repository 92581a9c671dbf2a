"""What keepers do with the calendar."""

import datetime as dt

from django.db import transaction

from sanwei.core import clock
from sanwei.core.audit.actions import record
from sanwei.core.workdays import table
from sanwei.core.workdays.imports import KINDS, changed_days
from sanwei.core.workdays.models import CalendarDay, CalendarYear
from sanwei.core.workdays.signals import calendar_changed


def import_year(*, year: int, status: str, source: str, rows, by) -> list[dt.date]:
    """Replace a year of the calendar with `rows` of imports.read_year() and return the days that changed.

    A day that another year's notice named goes by the one entered last. Side effects: rows, one audit entry;
    calendar_changed, at which the rooms above recompute their open deadlines in the same transaction.
    """
    with transaction.atomic():
        changed = changed_days(rows, year)
        entered, _ = CalendarYear.objects.update_or_create(
            year=year,
            defaults={"status": status, "source": source, "imported_at": clock.now(), "imported_by": by},
        )
        entered.days.all().delete()
        CalendarDay.objects.filter(date__in=[row["date"] for row in rows]).delete()
        CalendarDay.objects.bulk_create(
            CalendarDay(year=entered, date=row["date"], kind=KINDS[row["kind"]], name=row["name"])
            for row in rows
        )
        table.forget()
        detail = {"days": len(rows), "changed": [str(day) for day in changed]}
        record(entered, "import", by, label="导入工作日历", status=status, source=source, **detail)
        calendar_changed.send(CalendarYear, years={year}, by=by)
    return changed
