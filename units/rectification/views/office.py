"""What those who supervise do: opening tasks, urging a list of them."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from sanwei.core.doors import allow, signed_in
from sanwei.core.idempotency.once import once
from sanwei.core.refusals import Refused
from units.campaigns.choosing import the_campaign
from units.campaigns.models import opened_campaign
from units.rectification import access, actions, choosing, urging, weaknesses
from units.rectification.forms import OpenForm
from units.rectification.models import Task


def campaign_now():
    campaign = opened_campaign()
    if campaign is None:
        raise Refused("没有正在进行的创建活动，不能交办。请先启动本年度创建活动。")
    return campaign


@signed_in
@once
def open(request):
    """交办 of what a person types."""
    allow(access.can_open(request.user))
    campaign = campaign_now()
    form = OpenForm(request.POST or None)
    if form.is_valid():
        try:
            task = actions.open_task(campaign=campaign, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, f"已交办{task.unit.name}，督办编号{task.number}。")
            return redirect(task)
    page = {"form": form, "campaign": campaign}
    return render(request, "units/rectification/open.html", page, status=422 if form.is_bound else 200)


@signed_in
@require_POST
@once
def open_from_weakness(request, pk, uid):
    """A weakness of a plan in force becomes a task with one click."""
    allow(access.can_open(request.user))
    task = weaknesses.open_task(user=request.user, plan_pk=pk, uid=uid)
    messages.success(request, f"已交办{task.unit.name}，督办编号{task.number}。")
    return redirect(task)


@signed_in
@require_POST
@once
def urge_list(request):
    """One-click urging: the ticked tasks, or every task of the filtered list on which time runs."""
    allow(access.can_urge(request.user))
    campaign = the_campaign(request.user, request.GET)
    tasks = choosing.tasks(request.user, request.GET, campaign)[1]
    if "all" not in request.POST:
        chosen = [key for key in request.POST.getlist("pk") if key.isdecimal() and len(key) < 19]
        tasks = Task.objects.visible_to(request.user).filter(campaign=campaign, pk__in=chosen)
    urged = urging.urge_all(tasks=tasks, by=request.user)
    said = f"已催办{urged}项任务，督办单已编号送达。" if urged else "所选任务今天均已催办，或不需要催办。"
    messages.success(request, said)
    return redirect(f"{request.path.removesuffix('urge/')}?{request.GET.urlencode()}")
