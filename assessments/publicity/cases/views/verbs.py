"""The buttons of a case: each fetches, asks access, calls one action, and goes back to it."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from assessments.publicity import fields
from assessments.publicity.cases import access, actions, forms, reading
from assessments.publicity.cases.models import ModelCase
from assessments.publicity.cases.views.fetch import the_case
from sanwei.core.doors import allow, signed_in
from sanwei.core.idempotency.once import once
from sanwei.core.refusals import Refused
from sanwei.core.ui.posted import posted_version
from sanwei.core.workflow import require_open


def done(request, case, verb):
    messages.success(request, f"已{ModelCase.TRANSITIONS[verb].label}。")
    return redirect(case)


def at_once(request, pk, verb, **words):
    """A verb that needs no words."""
    case = the_case(request, pk)
    allow(getattr(access, f"can_{verb}")(request.user, case))
    getattr(actions, verb)(case=case, by=request.user, **words)
    return done(request, case, verb)


def typed(request, pk, verb, form_class):
    """A verb with a form of its own: what was typed goes to the action by name; what it refuses comes back with it."""
    case = the_case(request, pk)
    allow(getattr(access, f"can_{verb}")(request.user, case))
    require_open(case, verb)
    form = form_class(request.POST or None, row=case)
    if form.is_valid():
        try:
            getattr(actions, verb)(case=case, by=request.user, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, refusal.message)
        else:
            return done(request, case, verb)
    page = {"case": case, "verb": verb, "move": ModelCase.TRANSITIONS[verb], "form": form}
    page |= {"says": reading.sayer(request.user), "in_public": reading.in_public}
    status = 422 if form.is_bound else 200
    return render(request, "assessments/publicity/cases/verb.html", page, status=status)


@signed_in
@once
def edit(request, pk):
    return typed(request, pk, "edit", forms.EditForm)


@signed_in
@require_POST
@once
def request_signature(request, pk):
    return at_once(request, pk, "request_signature", version=posted_version(request))


@signed_in
@require_POST
@once
def submit(request, pk):
    return at_once(request, pk, "submit", version=posted_version(request))


@signed_in
@require_POST
@once
def sign(request, pk):
    """签发 what was read on the page, no newer text."""
    return at_once(request, pk, "sign", version=posted_version(request))


@signed_in
@once
def hand_back(request, pk):
    return typed(request, pk, "hand_back", fields.ReasonForm)


@signed_in
@once
def take_back(request, pk):
    return typed(request, pk, "take_back", fields.ReasonForm)


@signed_in
@require_POST
@once
def start_editing(request, pk):
    return at_once(request, pk, "start_editing")


@signed_in
@once
def revise(request, pk):
    return typed(request, pk, "revise", forms.EditForm)


@signed_in
@require_POST
@once
def adopt(request, pk):
    return at_once(request, pk, "adopt", version=posted_version(request))


@signed_in
@once
def return_for_revision(request, pk):
    return typed(request, pk, "return_for_revision", fields.ReasonForm)


@signed_in
@once
def reject(request, pk):
    return typed(request, pk, "reject", fields.ReasonForm)


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
    return typed(request, pk, "withdraw", fields.WithdrawForm)
