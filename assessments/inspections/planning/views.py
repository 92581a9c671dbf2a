"""Inspections in the browser: the list, one plan with its units, team and draws, and its verbs."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from assessments.inspections.models import Inspection, LookBack
from assessments.inspections.planning import access, actions, comparing, forms, overlaps, reading
from assessments.inspections.states import OPEN_FOR_FILING, Kind
from sanwei.core.doors import allow, for_roles
from sanwei.core.exports.answering import answer
from sanwei.core.idempotency.once import once
from sanwei.core.page.verbs import Verbs
from sanwei.core.refusals import Refused
from sanwei.core.roles import OFFICE_ROLES, Role
from sanwei.core.ui.pages import page_by_key, rows_wanted
from sanwei.core.workflow import buttons
from units.campaigns.choosing import chosen_of
from units.campaigns.models import Campaign, opened_campaign
from units.organisation.sight import visible_row

READERS = (Role.INSPECTOR, Role.LEADER, *OFFICE_ROLES)


def the_inspection(request, pk) -> Inspection:
    """The inspection, if this person may see it; else 404, as for one that never was."""
    row = visible_row(Inspection, request.user, pk, "for_detail")
    if row is None:
        raise Http404
    return row


VERBS = Verbs("inspection", the_inspection, access, "assessments/inspections/verb.html")


@for_roles(*READERS)
def list(request):
    campaigns = Campaign.objects.visible_to(request.user).newest_first()
    campaign = chosen_of(request.GET, campaigns)
    form, rows = forms.found(request.user, request.GET, campaign)
    page = {
        "campaign": campaign,
        "years": [campaign.year for campaign in campaigns],
        "filter": form,
        "page": page_by_key(rows, request, order=("-starts_on", "-pk"), size=rows_wanted(request)),
        "can_plan": access.can_plan(request.user),
    }
    return render(request, "assessments/inspections/list.html", page)


@for_roles(*READERS)
@once
def export(request):
    """The list as filtered, every row of it, as Excel."""
    return answer(request, "inspections")


@for_roles(*READERS)
@once
def plan(request):
    """拟订方案."""
    allow(access.can_plan(request.user))
    campaign = opened_campaign()
    if campaign is None:
        raise Refused("没有正在进行的创建活动，不能拟订督查方案。请先启动本年度创建活动。")
    form = forms.InspectionForm(request.POST or None)
    if form.is_valid():
        try:
            inspection = actions.plan(campaign=campaign, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, f"已拟订{inspection.number}，请抽取或指定督查单位。")
            return redirect(inspection)
    page = {"form": form, "campaign": campaign}
    return render(request, "assessments/inspections/plan.html", page, status=422 if form.is_bound else 200)


@for_roles(*READERS)
def detail(request, pk):
    inspection = the_inspection(request, pk)
    found = reading.findings_of(inspection, request.user)
    earlier = comparing.earlier_of(inspection, request.user) if inspection.kind == Kind.LOOK_BACK else []
    page = {
        "inspection": inspection,
        "earlier": earlier,
        "outcomes": dict(LookBack.Outcome.choices),
        "comparison": comparing.compared(earlier, found) if earlier else [],
        "team": reading.team_of(inspection),
        "units": reading.units_of(inspection),
        "draws": reading.draws_of(inspection),
        "findings": found,
        "overlaps": [overlaps.warning(visit) for visit in overlaps.of_inspection(inspection, request.user)],
        "buttons": buttons(inspection, request.user, access),
        "can_file": access.can_plan(request.user) and inspection.state in OPEN_FOR_FILING,
    }
    return render(request, "assessments/inspections/detail.html", page)


@for_roles(*READERS)
@once
def amend(request, pk):
    return VERBS.typed(request, pk, "amend", actions.amend, forms.InspectionForm)


@for_roles(*READERS)
@once
def draw(request, pk):
    return VERBS.typed(request, pk, "draw", actions.draw, forms.DrawForm)


@for_roles(*READERS)
@once
def add_unit(request, pk):
    return VERBS.typed(request, pk, "add_unit", actions.add_unit, forms.AddUnitForm)


@for_roles(*READERS)
@once
def drop_unit(request, pk):
    return VERBS.typed(request, pk, "drop_unit", actions.drop_unit, forms.DropUnitForm)


@for_roles(*READERS)
@require_POST
@once
def start(request, pk):
    return VERBS.at_once(request, pk, "start", actions.start)


@for_roles(*READERS)
@once
def record_visit(request, pk):
    return VERBS.typed(request, pk, "record_visit", actions.record_visit, forms.VisitForm)


@for_roles(*READERS)
@require_POST
@once
def finish(request, pk):
    return VERBS.at_once(request, pk, "finish", actions.finish)


@for_roles(*READERS)
@once
def cancel(request, pk):
    return VERBS.typed(request, pk, "cancel", actions.cancel, forms.ReasonForm, takes_row=False)
