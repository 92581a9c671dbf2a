"""The campaigns in the browser."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from sanwei.core.doors import allow, signed_in
from sanwei.core.exports.answering import answer
from sanwei.core.idempotency.once import once
from sanwei.core.ui.pages import page_by_key
from sanwei.core.workdays import phrases
from sanwei.core.workflow import buttons
from units.campaigns import access, actions
from units.campaigns.forms import CampaignForm, StageFormSet
from units.campaigns.models import Campaign


def the_campaign(request, pk) -> Campaign:
    return get_object_or_404(Campaign.objects.visible_to(request.user).for_detail(), pk=pk)


@signed_in
def list(request):
    page = {
        "page": page_by_key(Campaign.objects.visible_to(request.user), request, order=("-year", "pk")),
        "can_create": access.can_create(request.user),
    }
    return render(request, "units/campaigns/list.html", page)


@signed_in
@once
def export(request):
    """The list, as Excel."""
    return answer(request, "campaigns")


@signed_in
def detail(request, pk):
    campaign = the_campaign(request, pk)
    page = {
        "campaign": campaign,
        "stages": campaign.stages.all(),
        "explanation": phrases.explain_due(campaign.plan_rule, campaign.year, campaign.plan_roll),
        "buttons": buttons(campaign, request.user, access),
        "can_edit": access.can_edit(request.user, campaign),
    }
    return render(request, "units/campaigns/detail.html", page)


@signed_in
@once
def create(request):
    allow(access.can_create(request.user))
    form = CampaignForm(request.POST or None, user=request.user)
    if form.is_valid():
        try:
            campaign = actions.create(by=request.user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, f"{campaign}已建立，核对后可启动。")
            return redirect("campaigns:detail", pk=campaign.pk)
    return form_page(request, form, None)


@signed_in
def edit(request, pk):
    campaign = the_campaign(request, pk)
    allow(access.can_edit(request.user, campaign))
    initial = {name: getattr(campaign, name) for name in CampaignForm.base_fields}
    form = CampaignForm(request.POST or None, initial=initial, user=request.user, campaign=campaign)
    if form.is_valid():
        try:
            actions.edit(campaign=campaign, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, "已保存。")
            return redirect("campaigns:detail", pk=campaign.pk)
    return form_page(request, form, campaign)


def form_page(request, form, campaign):
    page = {"form": form, "campaign": campaign}
    return render(request, "units/campaigns/form.html", page, status=422 if form.is_bound else 200)


@signed_in
def stages(request, pk):
    campaign = the_campaign(request, pk)
    allow(access.can_edit(request.user, campaign))
    initial = [*campaign.stages.values("name", "starts_on", "ends_on", "note")]
    rows = StageFormSet(request.POST or None, initial=initial, prefix="rows")
    if rows.is_valid():
        kept = [row for row in rows.cleaned_data if row and not row.pop("DELETE", False)]
        actions.set_stages(campaign=campaign, stages=kept, by=request.user)
        messages.success(request, "阶段安排已保存。")
        return redirect("campaigns:detail", pk=campaign.pk)
    page = {"campaign": campaign, "form": rows}
    return render(request, "units/campaigns/stages.html", page, status=422 if rows.is_bound else 200)


def take(request, pk, verb):
    campaign = the_campaign(request, pk)
    allow(getattr(access, f"can_{verb}")(request.user, campaign))
    getattr(actions, verb)(campaign=campaign, by=request.user)
    messages.success(request, f"已{Campaign.TRANSITIONS[verb].label}。")
    return redirect("campaigns:detail", pk=campaign.pk)


@signed_in
@require_POST
@once
def open(request, pk):
    return take(request, pk, "open")


@signed_in
@require_POST
@once
def assess(request, pk):
    return take(request, pk, "assess")


@signed_in
@require_POST
@once
def publicise(request, pk):
    return take(request, pk, "publicise")


@signed_in
@require_POST
@once
def archive(request, pk):
    return take(request, pk, "archive")
