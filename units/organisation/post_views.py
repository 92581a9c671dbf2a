"""Posts in the browser: appointing, ending, standing in; and the roster from Excel."""

from django.contrib import messages
from django.core import signing
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render

from sanwei.core.doors import allow, signed_in
from sanwei.core.exchange import template_workbook, xlsx_response
from sanwei.core.idempotency.once import once
from sanwei.core.refusals import Refused
from units.organisation import access, actions, imports, staffing
from units.organisation.forms import AppointForm, DelegateForm, ReasonForm, RosterForm
from units.organisation.views import form_page, the_unit


@signed_in
@once
def appoint(request, pk):
    """任用; the password of a new account is shown once."""
    unit = the_unit(request, pk)
    allow(access.can_appoint(request.user))
    form = AppointForm(request.POST or None, unit=unit)
    if form.is_valid():
        try:
            post, password = staffing.appoint_by_name(unit=unit, by=request.user, **form.cleaned_data)
        except (Refused, ValidationError) as refusal:
            form.add_error(None, getattr(refusal, "message", str(refusal)))
        else:
            return told(request, unit, post, password)
    return form_page(request, f"任用：{unit.name}", form, unit)


def told(request, unit, post, password):
    words = f"{post.user.name}已任用为{post}。"
    if password:
        words += f"用户名{post.user.username}，初始密码{password}，只显示这一次，首次登录须修改。"
    messages.success(request, words)
    return redirect("organisation:detail", pk=unit.pk)


@signed_in
def end_post(request, pk, post_pk):
    unit = the_unit(request, pk)
    allow(access.can_appoint(request.user))
    post = get_object_or_404(unit.posts.active(), pk=post_pk)
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        actions.end_post(post=post, by=request.user, reason=form.cleaned_data["reason"])
        messages.success(request, f"已免去{post.user.name}的{post.get_role_display()}岗位。")
        return redirect("organisation:detail", pk=unit.pk)
    return form_page(request, f"免去：{post.user.name}（{post.get_role_display()}）", form, unit)


@signed_in
def delegate(request, pk):
    unit = the_unit(request, pk)
    allow(access.can_maintain_unit(request.user, unit))
    form = DelegateForm(request.POST or None, unit=unit)
    if form.is_valid():
        try:
            stand_in = actions.delegate(by=request.user, **form.cleaned_data)
        except (Refused, ValidationError) as refusal:
            form.add_error(None, refusal.message if isinstance(refusal, Refused) else refusal)
        else:
            messages.success(request, f"已授权{stand_in.user.name}代办，至{stand_in.ends_on}止。")
            return redirect("organisation:detail", pk=unit.pk)
    return form_page(request, f"授权代办（AB岗）：{unit.name}", form, unit)


@signed_in
def import_roster(request):
    """The roster from Excel: a dry run first; nothing is written while anything is wrong."""
    allow(access.can_maintain(request.user))
    if "read" in request.POST:
        try:
            content = signing.loads(request.POST["read"], salt="roster", max_age=3600)
        except signing.BadSignature as error:
            raise Refused("核对结果已失效，请重新上传文件。") from error
        imports.enter(imports.Roster(**content, errors=[]), by=request.user)
        messages.success(request, f"已导入{len(content['units'])}个单位。")
        return redirect("organisation:list")
    form, roster = RosterForm(request.POST or None, request.FILES or None), None
    if form.is_valid():
        content = form.cleaned_data["file"].read()
        roster = imports.read_roster(content)
        if roster.errors and "marked" in request.POST:
            return xlsx_response("单位名录（标注错误）.xlsx", imports.marked(content, roster.errors))
    page = {"form": form, "roster": roster}
    if roster and not roster.errors:
        kept = {
            name: getattr(roster, name) for name in ("units", "departments", "new", "changed", "unchanged")
        }
        page["sealed"] = signing.dumps(kept, salt="roster", compress=True)
    wrong = form.is_bound and (roster is None or roster.errors)
    return render(request, "units/organisation/import.html", page, status=422 if wrong else 200)


@signed_in
def roster_form(request):
    """The blank form of the roster: a sheet of units and a sheet of departments."""
    allow(access.can_maintain(request.user))
    return xlsx_response("单位名录模板.xlsx", template_workbook(imports.UNITS, imports.DEPARTMENTS))
