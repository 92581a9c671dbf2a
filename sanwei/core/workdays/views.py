"""The calendar in the browser."""

import calendar as gregorian
import datetime as dt

from django import forms
from django.contrib import messages
from django.shortcuts import redirect, render

from sanwei.core import clock
from sanwei.core.doors import for_roles, signed_in
from sanwei.core.exchange import template_workbook, xlsx_response
from sanwei.core.roles import OFFICE_ROLES, Role, roles_of
from sanwei.core.workdays import calendar
from sanwei.core.workdays.imports import TEMPLATE, checksum_warning, enter_year, read_year
from sanwei.core.workdays.models import CalendarYear

KEEPERS = (Role.SYSTEM_ADMIN, *OFFICE_ROLES)


class ImportForm(forms.Form):
    year = forms.IntegerField(label="年份", min_value=2004, max_value=2100)
    status = forms.ChoiceField(label="性质", choices=CalendarYear.Status)
    source = forms.CharField(
        label="依据文件", max_length=200, help_text="例如：国务院办公厅关于2027年部分节假日安排的通知。"
    )
    file = forms.FileField(
        label="日历表（.xlsx）", error_messages={"required": "请选择填好的Excel文件（.xlsx）。"}
    )


def month(year: int, number: int) -> dict:
    """A month as weeks of (day, is working day, name), days outside it None."""
    weeks = [
        [
            (day, calendar.is_workday(day), calendar.name_of(day)) if day.month == number else None
            for day in week
        ]
        for week in gregorian.Calendar().monthdatescalendar(year, number)
    ]
    return {"number": number, "weeks": weeks}


@signed_in
def year(request, year=None):
    """Twelve months with rest days and make-up days; a banner where the year is an estimate."""
    shown = year or clock.today().year
    known = CalendarYear.objects.filter(year=shown).first()
    page = {
        "year": shown,
        "years": CalendarYear.objects.order_by("year").values_list("year", flat=True),
        "months": [month(shown, number) for number in range(1, 13)],
        "known": known,
        "provisional": calendar.is_provisional(dt.date(shown, 1, 1)),
        "note": calendar.UNPUBLISHED,
        "can_import": bool(roles_of(request.user) & set(KEEPERS)),
    }
    return render(request, "core/workdays/year.html", page)


@for_roles(*KEEPERS)
def import_year(request):
    form, errors = ImportForm(request.POST or None, request.FILES or None), []
    if form.is_valid():
        chosen = form.cleaned_data
        rows, errors = read_year(chosen["file"].read(), chosen["year"])
        if not errors:
            words = {name: chosen[name] for name in ("year", "status", "source")}
            enter_year(rows=rows, by=request.user, **words)
            if warning := checksum_warning(rows, chosen["year"]):
                messages.warning(request, warning)
            messages.success(request, f"{chosen['year']}年工作日历已导入，未办结的期限已重新计算。")
            return redirect("workdays:of_year", year=chosen["year"])
    page = {"form": form, "errors": errors}
    return render(request, "core/workdays/import.html", page, status=422 if form.is_bound else 200)


@for_roles(*KEEPERS)
def form(request):
    return xlsx_response("工作日历模板.xlsx", template_workbook(TEMPLATE))
