"""The buttons of a plan: each fetches, asks access, calls one action, and goes back to the plan."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from sanwei.core.doors import allow, signed_in
from sanwei.core.heartbeat.skew import true_instant
from sanwei.core.idempotency.once import once
from sanwei.core.ui.posted import posted_version
from sanwei.core.workflow import require_open
from units.plans import access, actions, content
from units.plans.forms import ExtensionForm, ReasonForm, ReturnForm, SignForm
from units.plans.models import Plan
from units.plans.reading import frozen_sections, shown
from units.plans.views.fetch import the_plan


def done(request, plan, verb):
    messages.success(request, f"已{Plan.TRANSITIONS[verb].label}。")
    return redirect("plans:detail", pk=plan.pk)


def form_page(request, plan, verb, form, **context):
    """The verb's own page: what will happen, and the form with what was typed."""
    page = {
        "plan": plan,
        "verb": verb,
        "move": Plan.TRANSITIONS[verb],
        "form": form,
        "sections": (),
        **context,
    }
    return render(request, "units/plans/verb.html", page, status=422 if form.is_bound else 200)


def ready_for(request, pk, verb) -> Plan:
    """The plan, if this person may take `verb` on it and it can be taken now."""
    plan = the_plan(request, pk)
    allow(getattr(access, f"can_{verb}")(request.user, plan))
    require_open(plan, verb)
    return plan


def with_reason(request, pk, verb):
    """The page of a verb that asks for a reason and nothing else."""
    plan = ready_for(request, pk, verb)
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        getattr(actions, verb)(plan=plan, by=request.user, reason=form.cleaned_data["reason"])
        return done(request, plan, verb)
    return form_page(request, plan, verb, form)


def at_once(request, pk, verb):
    """A verb that needs no words."""
    plan = the_plan(request, pk)
    allow(getattr(access, f"can_{verb}")(request.user, plan))
    getattr(actions, verb)(plan=plan, by=request.user)
    return done(request, plan, verb)


@signed_in
@require_POST
@once
def request_signature(request, pk):
    plan = the_plan(request, pk)
    allow(access.can_request_signature(request.user, plan))
    try:
        actions.request_signature(plan=plan, by=request.user)
    except ValidationError:
        messages.error(request, "方案还不完整，不能送审。请先补齐下列内容。")
        return redirect("plans:check", pk=plan.pk)
    return done(request, plan, "request_signature")


@signed_in
@once
def sign(request, pk):
    plan = ready_for(request, pk, "sign")
    form = SignForm(request.POST or None)
    if form.is_valid():
        signed = actions.sign(
            plan=plan,
            by=request.user,
            received_at=true_instant(request.received_at),
            expected_sha256=form.cleaned_data["sha256"],
        )
        return redirect("plans:receipt", pk=plan.pk, number=signed.number)
    text = actions.frozen(plan)
    if not form.is_bound:
        form = SignForm(initial={"sha256": content.fingerprint(text)})
    return form_page(request, plan, "sign", form, sections=shown(text["sections"], {}))


@signed_in
@once
def hand_back(request, pk):
    return with_reason(request, pk, "hand_back")


@signed_in
@once
def withdraw(request, pk):
    return with_reason(request, pk, "withdraw")


@signed_in
@once
def amend(request, pk):
    return with_reason(request, pk, "amend")


@signed_in
@once
def unpublish(request, pk):
    return with_reason(request, pk, "unpublish")


@signed_in
@require_POST
@once
def start_review(request, pk):
    return at_once(request, pk, "start_review")


@signed_in
@require_POST
@once
def publish(request, pk):
    return at_once(request, pk, "publish")


@signed_in
@require_POST
@once
def approve(request, pk):
    plan = the_plan(request, pk)
    allow(access.can_approve(request.user, plan))
    actions.approve(plan=plan, by=request.user, version=posted_version(request))
    return done(request, plan, "approve")


@signed_in
@once
def return_for_revision(request, pk):
    plan = ready_for(request, pk, "return_for_revision")
    form = ReturnForm(request.POST or None, initial=actions.revision_defaults(plan))
    if form.is_valid():
        actions.return_for_revision(plan=plan, by=request.user, **form.cleaned_data)
        return done(request, plan, "return_for_revision")
    version = plan.latest_version
    context = {"comments": version.comments.all(), "sections": frozen_sections(version)}
    return form_page(request, plan, "return_for_revision", form, **context)


@signed_in
@once
def grant_extension(request, pk):
    plan = ready_for(request, pk, "grant_extension")
    form = ExtensionForm(request.POST or None)
    if form.is_valid():
        try:
            actions.grant_extension(plan=plan, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return done(request, plan, "grant_extension")
    return form_page(request, plan, "grant_extension", form)
