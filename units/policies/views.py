"""The library in the browser."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from sanwei.core.attachments.actions import remove
from sanwei.core.attachments.models import Attachment
from sanwei.core.attachments.uploads import hand_in
from sanwei.core.doors import allow, signed_in
from sanwei.core.exports.answering import answer
from sanwei.core.idempotency.once import once
from sanwei.core.refusals import Stale
from sanwei.core.ui.pages import page_by_key
from sanwei.core.workflow import buttons
from units.policies import access, actions, choosing, citations
from units.policies.forms import PolicyForm
from units.policies.models import Policy


def the_policy(request, pk) -> Policy:
    return get_object_or_404(Policy.objects.visible_to(request.user).for_detail(), pk=pk)


@signed_in
def list(request):
    bar, found = choosing.policies(request.user, request.GET)
    page = {
        "page": page_by_key(found, request, order=("-year", "-pk")),
        "filter": bar,
        "can_create": access.can_create(request.user),
    }
    return render(request, "units/policies/list.html", page)


@signed_in
@once
def export(request):
    """The list as filtered, every row of it, as Excel."""
    return answer(request, "policies")


@signed_in
def detail(request, pk):
    policy = the_policy(request, pk)
    page = {
        "policy": policy,
        "parts": policy.parts.all(),
        "cited_by": citations.counts(policy, request.user),
        "buttons": buttons(policy, request.user, access),
        "can_edit": access.can_edit(request.user, policy),
    }
    return render(request, "units/policies/detail.html", page)


@signed_in
@once
def create(request):
    allow(access.can_create(request.user))
    form = PolicyForm(request.POST or None)
    if form.is_valid():
        try:
            policy = actions.create(by=request.user, **content_of(form))
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, f"{policy}已录入文件库。")
            return redirect(policy)
    return form_page(request, form)


@signed_in
def edit(request, pk):
    policy = the_policy(request, pk)
    allow(access.can_edit(request.user, policy))
    if request.method == "POST":
        return save(request, policy, PolicyForm(request.POST))
    return form_page(request, PolicyForm(initial=stored(policy)), policy)


def save(request, policy, form):
    """Save what was typed, or show it again with what is wrong, or beside what somebody else saved first."""
    if not form.is_valid():
        return form_page(request, form, policy)
    version = form.cleaned_data["version"]
    try:
        policy = actions.edit(policy=policy, version=version, by=request.user, **content_of(form))
    except ValidationError as error:
        form.add_error(None, error)
        return form_page(request, form, policy)
    except Stale as error:
        return conflict_page(request, form, policy, error)
    messages.success(request, f"{policy}已保存。")
    return redirect(policy)


def conflict_page(request, form, policy, error):
    """Both texts on one page; saving again is then a decision, since the form carries the newer version."""
    form.data = {**form.data.dict(), "version": policy.version}
    form.add_error(None, error.message)
    return form_page(request, form, policy, theirs=policy, status=409)


def form_page(request, form, policy=None, theirs=None, status=None):
    page = {
        "form": form,
        "policy": policy,
        "theirs": theirs,
        "cancel_url": policy.get_absolute_url() if policy else reverse("policies:list"),
    }
    status = status or (422 if form.is_bound else 200)
    return render(request, "units/policies/form.html", page, status=status)


def content_of(form) -> dict:
    return {name: form.cleaned_data[name] for name in actions.FIELDS}


def stored(policy) -> dict:
    return {name: getattr(policy, name) for name in (*actions.FIELDS, "version")}


@signed_in
@require_POST
@once
def repeal(request, pk):
    policy = the_policy(request, pk)
    allow(access.can_repeal(request.user, policy))
    policy = actions.repeal(policy=policy, by=request.user, reason=request.POST.get("reason", ""))
    messages.success(request, f"{policy}已标明废止。")
    return redirect(policy)


@signed_in
@require_POST
@once
def reinstate(request, pk):
    policy = the_policy(request, pk)
    allow(access.can_reinstate(request.user, policy))
    policy = actions.reinstate(policy=policy, by=request.user, reason=request.POST.get("reason", ""))
    messages.success(request, f"{policy}已恢复为现行。")
    return redirect(policy)


@signed_in
@require_POST
def upload(request, pk):
    policy = the_policy(request, pk)
    allow(access.can_edit(request.user, policy))
    hand_in(request, policy)
    return redirect(f"{policy.get_absolute_url()}#papers")


@signed_in
@require_POST
def remove_paper(request, pk, paper):
    policy = the_policy(request, pk)
    allow(access.can_edit(request.user, policy))
    remove(get_object_or_404(Attachment.objects.of(policy), pk=paper), request.user)
    messages.success(request, "附件已移除。")
    return redirect(f"{policy.get_absolute_url()}#papers")
