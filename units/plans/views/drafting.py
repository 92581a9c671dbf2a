"""Writing the plan: a page for each section, saved by a button or by itself."""

import dataclasses

from django.contrib import messages
from django.core import signing
from django.core.exceptions import ValidationError
from django.http import Http404, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from sanwei.core import clock
from sanwei.core.doors import allow, signed_in
from sanwei.core.exchange import error_workbook, template_workbook, xlsx_response
from sanwei.core.idempotency.once import once
from sanwei.core.refusals import Refused
from sanwei.core.ui.posted import posted_version
from units.plans import access, actions, drafting
from units.plans.content import SectionKind
from units.plans.forms import MeasuresFileForm
from units.plans.imports import measures_template, read_measures
from units.plans.models import Plan
from units.plans.reading import comments_for
from units.plans.section_forms import bind, typed_of, unbound
from units.plans.views.fetch import the_plan, the_row


def the_draft(request, pk, fetch=the_plan):
    plan = fetch(request, pk)
    allow(access.can_edit(request.user, plan))
    return plan


@signed_in
def check(request, pk):
    """What is still missing before the plan can be sent for signature."""
    plan = the_draft(request, pk)
    sections = drafting.sections_of(plan)
    problems = actions.what_is_missing(plan, sections)
    page = {"plan": plan, "problems": problems, "contents": contents(sections, problems)}
    return render(request, "units/plans/check.html", page)


@signed_in
def edit(request, pk, kind):
    if kind not in SectionKind.values:
        raise Http404
    if request.method == "POST":
        return save(request, the_draft(request, pk, the_row), kind)
    plan = the_draft(request, pk)
    if plan.state not in Plan.EDITABLE:
        messages.error(request, drafting.not_a_draft(plan))
        return redirect(plan)
    sections = drafting.sections_of(plan)
    return section_page(request, plan, sections, kind, unbound(sections[kind], request.user))


@dataclasses.dataclass(frozen=True)
class Part:
    """One line of the table of contents: how complete a section is, in a word and a colour."""

    kind: str
    label: str
    mark: str
    colour: str


def contents(sections, problems) -> list[Part]:
    faulty = {problem.section for problem in problems}
    parts = []
    for kind, section in sections.items():
        if section.is_empty:
            mark, colour = ("未填", "amber") if kind in faulty else ("选填", "grey")
        else:
            mark, colour = ("待补", "amber") if kind in faulty else ("已填", "green")
        parts.append(Part(kind, section.get_kind_display(), mark, colour))
    return parts


def section_page(request, plan, sections, kind, form, status=200):
    problems = actions.what_is_missing(plan, sections)
    page = {
        "plan": plan,
        "section": sections[kind],
        "form": form,
        "contents": contents(sections, problems),
        "problems": [problem for problem in problems if problem.section == kind],
        "remarks": comments_for(plan, request.user).get(kind, []),
        "can_copy": drafting.last_year(plan) is not None,
        "autosave_url": request.path,
    }
    return render(request, "units/plans/edit.html", page, status=status)


def save(request, plan, kind):
    """Save what was posted; answers JSON to the autosave and a page to a person. Nothing typed is lost."""
    form = bind(kind, request.POST, request.user, plan)
    by_itself = request.headers.get("X-Autosave") == "1"
    version = posted_version(request) or 0
    try:
        if not form.is_valid():
            raise ValidationError(form.errors if hasattr(form.errors, "items") else form.non_form_errors())
        saved = drafting.save_section(
            plan=plan, kind=kind, typed=typed_of(kind, form), version=version, by=request.user
        )
    except ValidationError as error:
        if by_itself:
            return JsonResponse({"message": "；".join(error.messages)}, status=422)
        return section_page(request, plan, drafting.sections_of(plan), kind, form, status=422)
    except drafting.Conflict as conflict:
        if by_itself:
            return JsonResponse({"message": conflict.message}, status=409)
        return conflict_page(request, plan, form, conflict)
    except Refused as refused:  # it was sent meanwhile: what was typed is shown, to be kept elsewhere
        if by_itself:
            raise
        messages.error(request, refused.message)
        plan = the_plan(request, plan.pk)
        return section_page(request, plan, drafting.sections_of(plan), kind, form, status=409)
    if by_itself:
        return JsonResponse({"version": saved.version, "saved_at": time_text(saved.updated_at)})
    messages.success(request, f"“{saved.get_kind_display()}”已保存。")
    return redirect("plans:edit", pk=plan.pk, kind=next_kind(request, kind))


def conflict_page(request, plan, form, conflict):
    page = {"plan": plan, "theirs": conflict.theirs, "form": form, "message": conflict.message}
    return render(request, "units/plans/conflict.html", page, status=409)


def time_text(instant) -> str:
    return clock.local(instant).strftime("%H:%M:%S")


def next_kind(request, kind) -> str:
    """The section to show after saving: the next one if the person asked to go on."""
    kinds = SectionKind.values
    if "next" in request.POST and kind != kinds[-1]:
        return kinds[kinds.index(kind) + 1]
    return kind


@signed_in
@require_POST
@once
def copy_from_last_year(request, pk):
    plan = the_draft(request, pk)
    filled = drafting.copy_from_last_year(plan=plan, by=request.user)
    names = "、".join(section.get_kind_display() for section in filled)
    messages.success(request, f"已沿用上年度的{names}。日期未带入，请重新填写。")
    return redirect("plans:edit", pk=plan.pk, kind=SectionKind.EXPERIENCE)


@signed_in
def measures_form(request, pk):
    """The blank T3 for this unit."""
    return xlsx_response("方案措施分解表.xlsx", template_workbook(measures_template(the_draft(request, pk))))


@signed_in
def import_measures(request, pk):
    """T3 in: a dry run shows what was read; nothing enters unless every row is right."""
    plan = the_draft(request, pk)
    if "read" in request.POST:
        return enter_measures(request, plan)
    form = MeasuresFileForm(request.POST or None, request.FILES or None)
    page, errors = {"plan": plan, "form": form}, []
    if form.is_valid():
        content = form.cleaned_data["file"].read()
        rows, errors = read_measures(plan, content)
        if errors and "marked" in request.POST:
            return xlsx_response("方案措施分解表（标注错误）.xlsx", error_workbook(content, errors))
        version = drafting.sections_of(plan)[SectionKind.MEASURES].version
        sealed = signing.dumps([plan.pk, version, rows], salt="measures", compress=True)
        page |= {"rows": rows, "faults": errors, "sealed": sealed}
    wrong = form.is_bound and (errors or not form.is_valid())
    return render(request, "units/plans/import.html", page, status=422 if wrong else 200)


def enter_measures(request, plan):
    """The second step: what was read and shown is written, if the section has not changed since."""
    try:
        key, version, rows = signing.loads(request.POST["read"], salt="measures", max_age=3600)
    except signing.BadSignature as error:
        raise Refused("核对结果已失效，请重新上传文件。") from error
    if key != plan.pk:
        raise Refused("核对结果不属于本方案，请重新上传文件。")
    drafting.append_measures(plan=plan, rows=rows, version=version, by=request.user)
    messages.success(request, f"已导入{len(rows)}条措施。")
    return redirect("plans:edit", pk=plan.pk, kind=SectionKind.MEASURES)
