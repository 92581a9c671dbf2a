"""The roster of units in the browser."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render

from sanwei.core.doors import allow, signed_in
from sanwei.core.exports.answering import answer
from sanwei.core.idempotency.once import once
from sanwei.core.ui.pages import page_by_key
from units.organisation import access, actions, choosing
from units.organisation.forms import (
    DepartmentForm,
    MemberFormSet,
    MergeForm,
    NewUnitForm,
    RenameForm,
    TierForm,
    UnitForm,
)
from units.organisation.models import LeadingGroupMember, Unit


def the_unit(request, pk) -> Unit:
    return get_object_or_404(Unit.objects.visible_to(request.user).for_detail(), pk=pk)


@signed_in
def list(request):
    form, units = choosing.units(request.user, request.GET)
    page = {
        "filter": form,
        "page": page_by_key(units, request, order=("order", "pk")),
        "can_maintain": access.can_maintain(request.user),
    }
    return render(request, "units/organisation/list.html", page)


@signed_in
def suggest(request):
    """At most ten units for what is being typed, as an HTML list."""
    query = request.GET.get("q", "")
    units = Unit.objects.visible_to(request.user).active().matching(query).for_list().in_order()[:10]
    return render(request, "units/organisation/_suggest.html", {"units": units if query.strip() else []})


@signed_in
@once
def export(request):
    """The roster as filtered, every row of it, as Excel."""
    return answer(request, "units")


@signed_in
def detail(request, pk):
    unit = the_unit(request, pk)
    page = {
        "unit": unit,
        "departments": unit.departments.active().order_by("pk"),
        "posts": unit.posts.active().select_related("user", "department").order_by("role", "pk"),
        "members": unit.leading_group.present(),
        "tiers": unit.tiers.select_related("by"),
        "former_names": unit.former_names.all(),
        "can_maintain": access.can_maintain(request.user),
        "can_maintain_unit": access.can_maintain_unit(request.user, unit),
    }
    return render(request, "units/organisation/detail.html", page)


def form_page(request, title, form, unit=None, **context):
    page = {"title": title, "form": form, "unit": unit, **context}
    return render(request, "units/organisation/form.html", page, status=422 if form.is_bound else 200)


def done(request, unit, message):
    messages.success(request, message)
    return redirect("organisation:detail", pk=unit.pk)


def attempt(form, action, **arguments) -> bool:
    """Whether `action` went through; what it says is wrong goes to the form, which keeps what was typed."""
    if not form.is_valid():
        return False
    try:
        action(**arguments, **form.cleaned_data)
    except ValidationError as error:
        form.add_error(None, error)
        return False
    return True


@signed_in
@once
def create(request):
    allow(access.can_maintain(request.user))
    form = NewUnitForm(request.POST or None)
    if form.is_valid():
        return done(request, actions.create_unit(by=request.user, **form.cleaned_data), "单位已建立。")
    return form_page(request, "新建单位", form)


@signed_in
def edit(request, pk):
    unit = the_unit(request, pk)
    allow(access.can_maintain(request.user))
    form = UnitForm(request.POST or None, instance=the_unit(request, pk))
    if attempt(form, actions.edit_unit, unit=unit, by=request.user):
        return done(request, unit, "已保存。")
    return form_page(request, f"修改：{unit.name}", form, unit)


@signed_in
def rename(request, pk):
    unit = the_unit(request, pk)
    allow(access.can_maintain(request.user))
    form = RenameForm(request.POST or None, unit=unit)
    if attempt(form, actions.rename, unit=unit, by=request.user):
        return done(request, unit, "已更名，原名仍可检索。")
    return form_page(request, f"更名：{unit.name}", form, unit)


@signed_in
def merge(request, pk):
    unit = the_unit(request, pk)
    allow(access.can_maintain(request.user))
    form = MergeForm(request.POST or None, unit=unit)
    if attempt(form, actions.merge, unit=unit, by=request.user):
        return done(request, unit, "已撤并，原有资料保留。")
    about = "撤并后该单位不再承担新的任务，岗位即日终止，原有方案和记录保留在原名下。"
    return form_page(request, f"撤并：{unit.name}", form, unit, about=about)


@signed_in
def set_tier(request, pk):
    unit = the_unit(request, pk)
    allow(access.can_maintain(request.user))
    form = TierForm(request.POST or None, initial={"tier": unit.tier})
    if attempt(form, actions.set_tier, unit=unit, by=request.user):
        return done(request, unit, "创建基础已调整。")
    return form_page(request, f"调整创建基础：{unit.name}", form, unit)


@signed_in
def department(request, pk, department_pk=None):
    unit = the_unit(request, pk)
    allow(access.can_maintain_unit(request.user, unit))
    row = get_object_or_404(unit.departments, pk=department_pk) if department_pk else None
    initial = {"name": row.name, "is_counter": row.is_counter} if row else None
    form = DepartmentForm(request.POST or None, initial=initial)
    if attempt(form, actions.save_department, unit=unit, department=row, by=request.user):
        return done(request, unit, "科室已保存。")
    return form_page(request, f"科室：{unit.name}", form, unit)


@signed_in
def city_leading_group(request):
    """The leading group of the city (R8.1): everybody reads it, the office adjusts it."""
    members = LeadingGroupMember.objects.of_the_city()
    may = access.can_maintain(request.user)
    rows = MemberFormSet(request.POST or None, initial=[*members.present().as_typed()], prefix="rows")
    if request.method == "POST":
        allow(may)
        if rows.is_valid():
            kept = [row for row in rows.cleaned_data if row and not row.pop("DELETE", False)]
            actions.set_leading_group(unit=None, members=kept, by=request.user)
            messages.success(request, "领导组已调整，原任职记录保留。")
            return redirect("organisation:city_leading_group")
    page = {"members": members, "form": rows, "may": may}
    return render(
        request, "units/organisation/city_leading_group.html", page, status=422 if rows.is_bound else 200
    )


@signed_in
def leading_group(request, pk):
    unit = the_unit(request, pk)
    allow(access.can_maintain_unit(request.user, unit))
    present = unit.leading_group.present().as_typed()
    rows = MemberFormSet(request.POST or None, initial=[*present], prefix="rows")
    if rows.is_valid():
        members = [row for row in rows.cleaned_data if row and not row.pop("DELETE", False)]
        actions.set_leading_group(unit=unit, members=members, by=request.user)
        return done(request, unit, "领导组已调整，原任职记录保留。")
    return form_page(request, f"创建工作领导组：{unit.name}", rows, unit, table=True)
