"""The buttons of an exposure: each fetches, asks access, calls one action, and goes back to it."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render

from assessments.publicity import fields
from assessments.publicity.exposures import access, actions, forms, reading
from assessments.publicity.exposures.models import Exposure
from assessments.publicity.exposures.views.fetch import the_exposure
from sanwei.core.doors import allow, signed_in
from sanwei.core.idempotency.once import once
from sanwei.core.refusals import Refused
from sanwei.core.workflow import require_open


def typed(request, pk, verb, form_class):
    """A verb with a form of its own: what was typed goes to the action by name; what it refuses comes back with it."""
    exposure = the_exposure(request, pk)
    allow(getattr(access, f"can_{verb}")(request.user, exposure))
    require_open(exposure, verb)
    form = form_class(request.POST or None, row=exposure)
    if form.is_valid():
        try:
            getattr(actions, verb)(exposure=exposure, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        except Refused as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, f"已{Exposure.TRANSITIONS[verb].label}。")
            return redirect(exposure)
    page = {"exposure": exposure, "verb": verb, "move": Exposure.TRANSITIONS[verb], "form": form}
    page |= {"says": reading.sayer(request.user), "in_public": reading.in_public}
    status = 422 if form.is_bound else 200
    return render(request, "assessments/publicity/exposures/verb.html", page, status=status)


@signed_in
@once
def edit(request, pk):
    return typed(request, pk, "edit", forms.EditForm)


@signed_in
@once
def explain(request, pk):
    return typed(request, pk, "explain", forms.ExplainForm)


@signed_in
@once
def verify(request, pk):
    return typed(request, pk, "verify", forms.VerifyForm)


@signed_in
@once
def disprove(request, pk):
    return typed(request, pk, "disprove", forms.DisproveForm)


@signed_in
@once
def reconsider(request, pk):
    return typed(request, pk, "reconsider", fields.ReasonForm)


@signed_in
@once
def open_task(request, pk):
    return typed(request, pk, "open_task", forms.OpenTaskForm)


@signed_in
@once
def link_finding(request, pk):
    return typed(request, pk, "link_finding", forms.LinkFindingForm)


@signed_in
@once
def reply(request, pk):
    return typed(request, pk, "reply", forms.ReplyForm)


@signed_in
@once
def propose(request, pk):
    return typed(request, pk, "propose", fields.ProposeForm)


@signed_in
@once
def refuse(request, pk):
    return typed(request, pk, "refuse", fields.ReasonForm)


@signed_in
@once
def publish(request, pk):
    return typed(request, pk, "publish", fields.PublishForm)


@signed_in
@once
def withdraw(request, pk):
    return typed(request, pk, "withdraw", forms.WithdrawExposureForm)


@signed_in
@once
def cancel(request, pk):
    return typed(request, pk, "cancel", fields.ReasonForm)
