"""The buttons of a task: each fetches, asks access, calls one action, and goes back to the task."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from sanwei.core.doors import allow, signed_in
from sanwei.core.idempotency.once import once
from sanwei.core.ui.posted import posted_version
from sanwei.core.workflow import require_open
from units.rectification import access, actions, assistance, extensions, forms, pauses, urging
from units.rectification.models import Task
from units.rectification.views.fetch import the_assistance, the_sheet, the_task


def done(request, task, verb):
    messages.success(request, f"已{Task.TRANSITIONS[verb].label}。")
    return redirect("rectification:detail", pk=task.pk)


def ready_for(request, pk, verb) -> Task:
    """The task, if this person may take `verb` on it and it can be taken now."""
    task = the_task(request, pk)
    allow(getattr(access, f"can_{verb}")(request.user, task))
    require_open(task, verb)
    return task


def at_once(request, pk, verb, action, **words):
    """A verb that needs no words."""
    task = the_task(request, pk)
    allow(getattr(access, f"can_{verb}")(request.user, task))
    action(task=task, by=request.user, **words)
    return done(request, task, verb)


def typed(request, pk, verb, action, make_form, takes_task=True):
    """A verb with a form of its own: what was typed goes to the action by name; what it refuses comes back with it."""
    task = ready_for(request, pk, verb)
    form = make_form(request.POST or None, **({"task": task} if takes_task else {}))
    if form.is_valid():
        try:
            action(task=task, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return done(request, task, verb)
    page = {"task": task, "verb": verb, "move": Task.TRANSITIONS[verb], "form": form}
    return render(request, "units/rectification/verb.html", page, status=422 if form.is_bound else 200)


@signed_in
@require_POST
@once
def sign_for(request, pk):
    return at_once(request, pk, "sign_for", actions.sign_for)


@signed_in
@once
def delegate(request, pk):
    return typed(request, pk, "delegate", actions.delegate, forms.DelegateForm)


@signed_in
@once
def record_progress(request, pk):
    return typed(request, pk, "record_progress", actions.record_progress, forms.ProgressForm)


@signed_in
@once
def report_done(request, pk):
    return typed(request, pk, "report_done", actions.report_done, forms.ReportForm)


@signed_in
@require_POST
@once
def confirm(request, pk):
    return at_once(request, pk, "confirm", actions.confirm, version=posted_version(request))


@signed_in
@once
def hand_back(request, pk):
    return typed(request, pk, "hand_back", actions.hand_back, forms.ReasonForm, takes_task=False)


@signed_in
@once
def verify(request, pk):
    return typed(request, pk, "verify", actions.verify, forms.VerifyForm)


@signed_in
@once
def send_back(request, pk):
    return typed(request, pk, "send_back", actions.send_back, forms.SendBackForm)


@signed_in
@once
def request_extension(request, pk):
    return typed(
        request,
        pk,
        "request_extension",
        extensions.request_extension,
        forms.RequestExtensionForm,
        takes_task=False,
    )


@signed_in
@require_POST
@once
def sign_extension(request, pk):
    return at_once(request, pk, "sign_extension", extensions.sign_extension)


@signed_in
@once
def hand_back_extension(request, pk):
    return typed(
        request,
        pk,
        "hand_back_extension",
        extensions.hand_back_extension,
        forms.ReasonForm,
        takes_task=False,
    )


@signed_in
@once
def grant_extension(request, pk):
    return typed(request, pk, "grant_extension", extensions.grant_extension, forms.GrantExtensionForm)


@signed_in
@once
def refuse_extension(request, pk):
    return typed(
        request, pk, "refuse_extension", extensions.refuse_extension, forms.ReasonForm, takes_task=False
    )


@signed_in
@once
def decline(request, pk):
    return typed(request, pk, "decline", actions.decline, forms.DeclineForm, takes_task=False)


@signed_in
@once
def reassign(request, pk):
    return typed(request, pk, "reassign", actions.reassign, forms.ReassignForm)


@signed_in
@once
def suspend(request, pk):
    return typed(request, pk, "suspend", pauses.suspend, forms.ReasonForm, takes_task=False)


@signed_in
@require_POST
@once
def resume(request, pk):
    return at_once(request, pk, "resume", pauses.resume)


@signed_in
@once
def cancel(request, pk):
    return typed(request, pk, "cancel", actions.cancel, forms.ReasonForm, takes_task=False)


@signed_in
@once
def urge(request, pk):
    return typed(request, pk, "urge", urging.urge, forms.UrgeForm)


@signed_in
@require_POST
@once
def sign_urging(request, pk, key):
    """The receipt stub of a sheet."""
    sheet = the_sheet(request, pk, key)
    allow(access.can_sign_urging(request.user, sheet.task))
    urging.sign_urging(sheet=sheet, by=request.user)
    messages.success(request, f"已签收{sheet}。")
    return redirect("rectification:sheet", pk=pk, key=key)


@signed_in
@once
def assist(request, pk, key):
    """协办意见."""
    row = the_assistance(request, pk, key)
    allow(access.can_assist(request.user, row))
    form = forms.AssistForm(request.POST or None, initial={"opinion": row.opinion})
    if form.is_valid():
        assistance.assist(assistance=row, by=request.user, **form.cleaned_data)
        messages.success(request, "协办意见已提交，责任单位会收到通知。")
        return redirect("rectification:detail", pk=pk)
    page = {"task": row.task, "assistance": row, "form": form}
    return render(request, "units/rectification/assist.html", page, status=422 if form.is_bound else 200)
