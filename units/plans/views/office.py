"""What only the office does with plans: remarks on sections, urging."""

from django.contrib import messages
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from sanwei.core.doors import allow, signed_in
from sanwei.core.idempotency.once import once
from units.campaigns.choosing import the_campaign
from units.plans import access, actions, choosing
from units.plans.forms import CommentForm
from units.plans.models import Plan
from units.plans.views.fetch import the_plan


@signed_in
@require_POST
@once
def comment(request, pk):
    plan = the_plan(request, pk)
    allow(access.can_comment(request.user, plan))
    form = CommentForm(request.POST)
    if form.is_valid():
        actions.comment(plan=plan, by=request.user, **form.cleaned_data)
        messages.success(request, "批注已保存，退回补正时一并告知单位。")
    else:
        messages.error(request, "批注没有保存：请写明意见，不超过2000字。")
    return redirect(f"{plan.get_absolute_url()}#{request.POST.get('section', '')}")


@signed_in
@require_POST
@once
def urge(request):
    """One-click urging: the ticked units, or every unit of the filtered list that has not handed in."""
    allow(access.can_urge(request.user))
    campaign = the_campaign(request.user, request.GET)
    plans = choosing.plans(request.user, request.GET, campaign)[1]
    if "all" not in request.POST:
        chosen = [key for key in request.POST.getlist("pk") if key.isdecimal() and len(key) < 19]
        plans = Plan.objects.visible_to(request.user).filter(campaign=campaign, pk__in=chosen)
    urged = actions.urge(plans=plans, by=request.user)
    messages.success(request, f"已催办{urged}个未报单位。" if urged else "所选单位均已报送，无须催办。")
    return redirect(f"{request.path.removesuffix('urge/')}?{request.GET.urlencode()}")
