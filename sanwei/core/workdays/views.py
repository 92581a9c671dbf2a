"""The calendar in the browser."""

import datetime as dt

from django.contrib import messages
from django.core import signing
from django.shortcuts import get_object_or_404, redirect, render

from sanwei.core import clock
from sanwei.core.doors import for_roles, signed_in
from sanwei.core.exchange import error_workbook, template_workbook, write, xlsx_response
from sanwei.core.refusals import Refused
from sanwei.core.roles import OFFICE_ROLES, Role, roles_of
from sanwei.core.workdays import actions, calendar, year_sheet
from sanwei.core.workdays.forms import ImportForm
from sanwei.core.workdays.imports import TEMPLATE, read_year
from sanwei.core.workdays.models import CalendarYear

KEEPERS = (Role.SYSTEM_ADMIN, *OFFICE_ROLES)
SEAL = "calendar year"
HOUR = 3600  # seconds for which a dry run may be confirmed


@signed_in
def year(request, year=None):
    """Twelve months with rest days and make-up days; a banner where the year is an estimate."""
    today = clock.today()
    shown = year or today.year
    known = CalendarYear.objects.filter(year=shown).first()
    can_import = bool(roles_of(request.user) & set(KEEPERS))
    page = {
        "year": shown,
        "years": sorted({shown, *CalendarYear.objects.values_list("year", flat=True)}),
        "months": year_sheet.months(shown),
        "arrangement": year_sheet.arrangement(known.days.all() if known else []),
        "known": known,
        "provisional": calendar.is_provisional(shown),
        "missing": calendar.year_to_import(today) if can_import else None,
        "can_import": can_import,
    }
    return render(request, "core/workdays/year.html", page)


@signed_in
def download(request, year):
    """The days of a year as a filled form, which can be imported again."""
    known = get_object_or_404(CalendarYear, year=year)
    rows = [(day.date, day.get_kind_display(), day.name) for day in known.days.all()]
    title, notes = f"{year}年工作日历", f"依据：{known.source}（{known.get_status_display()}）"
    heads = [column.head for column in TEMPLATE.columns]
    return xlsx_response(f"{title}.xlsx", write(title, heads, rows, notes))


@for_roles(*KEEPERS)
def blank_form(request):
    return xlsx_response("工作日历模板.xlsx", template_workbook(TEMPLATE))


@for_roles(*KEEPERS)
def import_year(request):
    """A year from a file: a dry run first; nothing is written while anything is wrong."""
    if "read" in request.POST:
        return enter(request)
    form = ImportForm(request.POST or None, request.FILES or None)
    if not form.is_valid():
        return import_page(request, form)
    file, found = form.cleaned_data["file"], read_year(form.cleaned_data["file"], form.cleaned_data["year"])
    if found.errors and found.rows and "marked" in request.POST:
        return xlsx_response("工作日历（已标注）.xlsx", error_workbook(file, found.errors))
    return import_page(request, form, found)


def import_page(request, form, found=None):
    page = {"form": form, "found": found}
    if found and not found.errors:
        page["sealed"] = sealed(form.cleaned_data, found.rows)
        page["present"] = CalendarYear.objects.filter(year=found.year).first()
    wrong = form.is_bound and "sealed" not in page
    return render(request, "core/workdays/import.html", page, status=422 if wrong else 200)


def sealed(chosen, rows) -> str:
    """What was read and shown, to be sent back by the button that confirms it."""
    days = [[str(row["date"]), row["kind"], row["name"]] for row in rows]
    words = {name: chosen[name] for name in ("year", "status", "source")}
    return signing.dumps([words, days], salt=SEAL, compress=True)


def enter(request):
    """The second step: what was read and shown is written."""
    try:
        words, days = signing.loads(request.POST["read"], salt=SEAL, max_age=HOUR)
    except signing.BadSignature as error:
        raise Refused("核对结果已失效，请重新上传文件。") from error
    rows = [{"date": dt.date.fromisoformat(date), "kind": kind, "name": name} for date, kind, name in days]
    changed = actions.import_year(rows=rows, by=request.user, **words)
    told = f"{len(changed)}天的上班、休息有变化" if changed else "各天的上班、休息没有变化"
    messages.success(request, f"{words['year']}年工作日历已导入，{told}；未办结的期限已重新计算。")
    return redirect("workdays:of_year", year=words["year"])
