"""The buttons of a case: each fetches, asks access, calls one action, and goes back to the case."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from assessments.accountability import (
    access,
    actions,
    choice_forms,
    deciding,
    fault_notices,
    forms,
    hearing,
    reading,
    reviewing,
)
from assessments.accountability.models import AccountabilityCase
from assessments.accountability.views.fetch import allow_verb, ready_for, the_case, the_notice
from sanwei.core.doors import allow, signed_in
from sanwei.core.idempotency.once import once


def done(request, case, verb):
    messages.success(request, f"已{AccountabilityCase.TRANSITIONS[verb].label}。")
    return redirect("accountability:detail", pk=case.pk)


def at_once(request, pk, verb, action):
    """A verb that needs no words."""
    case = the_case(request, pk)
    allow_verb(request, case, verb)
    action(case=case, by=request.user)
    return done(request, case, verb)


def typed(request, pk, verb, action, make_form, of_case=True):
    """A verb with a form of its own: what was typed goes to the action by name; what it refuses comes back with it."""
    case = ready_for(request, pk, verb)
    form = make_form(request.POST or None, **({"case": case} if of_case else {}))
    if form.is_valid():
        try:
            action(case=case, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return done(request, case, verb)
    page = {"case": case, "verb": verb, "move": AccountabilityCase.TRANSITIONS[verb], "form": form}
    page["answering"] = reading.respondents_of(case) if case.round else []
    page |= {"cancel_url": case.get_absolute_url(), "handles": access.may_handle(request.user, case)}
    return render(request, "assessments/accountability/verb.html", page, status=422 if form.is_bound else 200)


@signed_in
@require_POST
@once
def verify(request, pk):
    return at_once(request, pk, "verify", actions.verify)


@signed_in
@once
def notify_facts(request, pk):
    return typed(request, pk, "notify_facts", hearing.notify_facts, choice_forms.NotifyForm)


@signed_in
@once
def notify_again(request, pk):
    return typed(request, pk, "notify_again", hearing.notify_again, choice_forms.NotifyAgainForm)


@signed_in
@once
def make_statement(request, pk):
    """By the head for the unit and its people, or entered by who handles the case."""
    return typed(request, pk, "make_statement", hearing.make_statement, forms.StatementForm)


@signed_in
@once
def propose(request, pk):
    return typed(request, pk, "propose", deciding.propose, choice_forms.ProposeForm)


@signed_in
@once
def decide(request, pk):
    return typed(request, pk, "decide", deciding.decide, choice_forms.DecideForm)


@signed_in
@once
def execute(request, pk):
    return typed(request, pk, "execute", deciding.execute, forms.ExecuteForm, of_case=False)


@signed_in
@once
def appeal(request, pk):
    return typed(request, pk, "appeal", reviewing.appeal, forms.AppealForm, of_case=False)


@signed_in
@once
def uphold(request, pk):
    return typed(request, pk, "uphold", reviewing.uphold, choice_forms.ReviewForm)


@signed_in
@once
def amend(request, pk):
    return typed(request, pk, "amend", reviewing.amend, choice_forms.AmendForm)


@signed_in
@once
def revoke(request, pk):
    return typed(request, pk, "revoke", reviewing.revoke, choice_forms.ReviewForm)


@signed_in
@require_POST
@once
def release(request, pk):
    return at_once(request, pk, "release", actions.release)


@signed_in
@once
def issue_notice(request, pk):
    return typed(request, pk, "issue_notice", fault_notices.issue_notice, forms.NoticeForm, of_case=False)


@signed_in
@once
def not_pursue(request, pk):
    return typed(request, pk, "not_pursue", actions.not_pursue, forms.NotPursueForm, of_case=False)


@signed_in
@once
def terminate(request, pk):
    return typed(request, pk, "terminate", actions.terminate, forms.ReasonForm, of_case=False)


@signed_in
@require_POST
@once
def sign_notice(request, pk, key):
    """The receipt stub of a notice."""
    notice = the_notice(request, pk, key)
    allow(access.can_sign_notice(request.user, notice.case))
    fault_notices.sign_notice(notice=notice, by=request.user)
    messages.success(request, f"已签收{notice}。")
    return redirect("accountability:notice", pk=pk, key=key)
