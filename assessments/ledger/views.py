"""The ledger in the browser: its lines, their sums, one entry, and what the office may do."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from assessments.ledger import access, actions, choosing, entering, gathering, rules, sums
from assessments.ledger.forms import ReverseForm, RuleForm
from assessments.ledger.kinds import signed
from assessments.ledger.models import LedgerEntry
from sanwei.core import references
from sanwei.core.doors import allow, signed_in
from sanwei.core.exports.answering import answer
from sanwei.core.idempotency.once import once
from sanwei.core.refusals import Refused
from sanwei.core.ui.pages import page_by_key, rows_wanted
from units.campaigns.choosing import chosen_of, the_campaign
from units.campaigns.models import Campaign
from units.organisation.models import Unit
from units.organisation.sight import visible_row


def the_entry(request, pk) -> LedgerEntry:
    """The entry, if this person may see it; else 404, as for one that never was."""
    entry = visible_row(LedgerEntry, request.user, pk, "for_detail")
    if entry is None:
        raise Http404
    return entry


@signed_in
def list(request):
    campaigns = Campaign.objects.visible_to(request.user).newest_first()
    campaign = chosen_of(request.GET, campaigns)
    form, entries = choosing.entries(request.user, request.GET, campaign)
    page = {
        "campaign": campaign,
        "years": [campaign.year for campaign in campaigns],
        "filter": form,
        "unit": unit_chosen(request.user, form),
        "total": entries.total(),
        "page": page_by_key(entries.for_list(), request, order=("-pk",), size=rows_wanted(request)),
        "kind_of": references.label_of,
        "signed": signed,
        "sees_all": access.sees_people(request.user),
        "can_gather": access.can_gather(request.user) and gathering.is_gathered(campaign),
    }
    return render(request, "assessments/ledger/list.html", page)


def unit_chosen(user, form) -> Unit | None:
    """The unit whose lines a sum was opened to."""
    key = form.cleaned_data.get("unit")
    return Unit.objects.visible_to(user).filter(pk=key).first() if key else None


@signed_in
@once
def export(request):
    """The list as filtered, every row of it, as Excel."""
    return answer(request, "ledger")


@signed_in
def sums_of_units(request):
    """What every unit has, by indicator; each number opens to its lines."""
    campaigns = Campaign.objects.visible_to(request.user).newest_first()
    campaign = chosen_of(request.GET, campaigns)
    found = LedgerEntry.objects.visible_to(request.user).filter(campaign=campaign)
    units = sums.units_in(found, Unit.objects.visible_to(request.user), request.GET.get("q", ""))
    shown = page_by_key(units, request, order=("order", "pk"), size=rows_wanted(request))
    page = {
        "campaign": campaign,
        "years": [campaign.year for campaign in campaigns],
        "page": shown,
        "sums": sums.by_unit(found, shown.rows),
        "q": request.GET.get("q", ""),
        "signed": signed,
    }
    return render(request, "assessments/ledger/sums.html", page)


@signed_in
def detail(request, pk):
    entry = the_entry(request, pk)
    page = {
        "entry": entry,
        "signed": signed,
        "kind": references.label_of(entry.cause_kind),
        "behind": references.record_behind(entry.cause, request.user),
        "entered_by": entering.entered_by(entry, request.user),
        "sees_people": access.sees_people(request.user),
        "can_reverse": access.can_reverse(request.user, entry) and not entry.hindrance_to_reverse,
    }
    return render(request, "assessments/ledger/detail.html", page)


@signed_in
@once
def reverse(request, pk):
    """冲销 in two steps: the reason, then what will be written, once more to be read."""
    entry = the_entry(request, pk)
    allow(access.can_reverse(request.user, entry))
    if why := entry.hindrance_to_reverse:
        raise Refused(why)
    form = ReverseForm(request.POST or None)
    if form.is_valid() and "confirmed" in request.POST:
        actions.reverse(entry=entry, by=request.user, **form.cleaned_data)
        messages.success(request, f"{entry}已冲销，单位会收到通知。")
        return redirect(entry)
    asked = form.is_bound and form.is_valid() and "again" not in request.POST
    page = {"entry": entry, "form": form, "asked": asked, "signed": signed}
    return render(
        request, "assessments/ledger/reverse.html", page, status=422 if form.is_bound and form.errors else 200
    )


@signed_in
@require_POST
@once
def gather(request):
    """立即归集: what the rooms have to tell now, without waiting for the clock."""
    allow(access.can_gather(request.user))
    campaign = the_campaign(request.user, request.GET)
    if not gathering.is_gathered(campaign):
        raise Refused("该年度活动不在进行或考评阶段，不再归集。如分值有误，请在台账中逐条冲销。")
    found = gathering.gather_now(campaign=campaign, by=request.user)
    said = f"新增{found.entered}条，冲销{found.struck}条" if found.entered or found.struck else "没有新的事项"
    messages.success(request, f"归集完成：{said}。其余由系统每小时自动归集。")
    return redirect(f"{request.path.removesuffix('gather/')}?year={campaign.year}")


@signed_in
@once
def point_rules(request):
    """The rules in force and those that were; ?POST a new one."""
    form = RuleForm(request.POST or None)
    if request.method == "POST":
        allow(access.can_set_rules(request.user))
        if form.is_valid() and entered(request, form):
            return redirect("ledger:rules")
    page = {
        "form": form,
        "in_force": rules.in_force_now(),
        "rules": rules.history(),
        "may_set": access.can_set_rules(request.user),
    }
    return render(request, "assessments/ledger/rules.html", page, status=422 if form.is_bound else 200)


def entered(request, form) -> bool:
    """Whether the rule was set; if not, the form says why."""
    try:
        rule = rules.set_point_rule(by=request.user, **form.cleaned_data)
    except ValidationError as error:
        form.add_error(None, error)
        return False
    messages.success(request, f"计分规则已设定，自{rule.since:%Y-%m-%d}起生效。")
    return True
