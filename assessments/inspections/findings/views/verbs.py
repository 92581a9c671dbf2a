"""The buttons of a finding: each fetches, asks access, calls one action, and goes back to the finding."""

import functools

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from assessments.inspections.findings import access, actions, deciding, following, forms
from assessments.inspections.findings.views.fetch import VERBS
from assessments.inspections.planning.forms import ReasonForm
from assessments.inspections.planning.views import the_inspection
from sanwei.core.doors import allow, signed_in
from sanwei.core.idempotency.once import once
from sanwei.core.ui.posted import posted_version
from sanwei.core.workflow import require_open


@signed_in
@once
def file(request, inspection):
    """登记问题 of an inspection."""
    allow(access.can_file(request.user))
    inspection = the_inspection(request, inspection)
    form = forms.FindingForm(request.POST or None, inspection=inspection, by=request.user)
    if form.is_valid():
        finding = actions.file(inspection=inspection, by=request.user, **form.cleaned_data)
        messages.success(request, f"已登记{finding.number}。请上传证据，核对后告知单位。")
        return redirect(finding)
    page = {"form": form, "inspection": inspection}
    status = 422 if form.is_bound else 200
    return render(request, "assessments/inspections/findings/file.html", page, status=status)


@signed_in
@once
def amend(request, pk):
    finding = VERBS.allowed(request, pk, "amend")
    require_open(finding, "amend")
    given = {"inspection": finding.inspection, "by": request.user, "finding": finding}
    form = forms.FindingForm(request.POST or None, **given)
    if form.is_valid():
        try:
            actions.amend(
                finding=finding, by=request.user, version=posted_version(request), **form.cleaned_data
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return VERBS.done(request, finding, "amend")
    return VERBS.page(request, finding, "amend", form)


@signed_in
@require_POST
@once
def notify(request, pk):
    return VERBS.at_once(request, pk, "notify", actions.notify, version=posted_version(request))


@signed_in
@once
def withdraw(request, pk):
    return VERBS.typed(request, pk, "withdraw", actions.withdraw, ReasonForm, takes_row=False)


@signed_in
@require_POST
@once
def accept(request, pk):
    return VERBS.at_once(request, pk, "accept", actions.accept)


@signed_in
@once
def object(request, pk):
    return VERBS.typed(request, pk, "object", actions.object, forms.ObjectForm, takes_row=False)


@signed_in
@once
def uphold(request, pk):
    return VERBS.typed(request, pk, "uphold", deciding.uphold, forms.DecideForm, takes_row=False)


@signed_in
@once
def dismiss(request, pk):
    return VERBS.typed(request, pk, "dismiss", deciding.dismiss, forms.DecideForm, takes_row=False)


@signed_in
@once
def open_task(request, pk):
    return VERBS.typed(request, pk, "open_task", following.open_task, forms.OpenTaskForm)


@signed_in
@once
def settle(request, pk):
    return VERBS.typed(request, pk, "settle", following.settle, forms.SettleForm, takes_row=False)


@signed_in
@once
def look_back(request, pk):
    form = functools.partial(forms.LookBackForm, by=request.user)
    return VERBS.typed(request, pk, "look_back", following.look_back, form)
