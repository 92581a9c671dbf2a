"""The rooms that look at everything: public home, desk, dashboard, search."""

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from assessments.bulletins.document import official
from assessments.bulletins.models import Bulletin
from assessments.inspections.models import Finding
from assessments.publicity.models import Exposure, ModelCase
from sanwei.core.documents.html import to_html
from sanwei.core.documents.pdf import to_pdf
from sanwei.core.doors import for_roles, public, signed_in
from sanwei.core.roles import Role
from sanwei.core.ui.downloads import download
from sanwei.core.ui.pages import page_by_key
from sanwei.core.watching.actions import toggle
from sanwei.portal import board, finding, profile
from sanwei.portal import desk as desks
from units.campaigns.choosing import chosen_of
from units.campaigns.models import Campaign, current_campaign
from units.organisation.models import Unit
from units.plans.models import Plan
from units.plans.reading import frozen_sections
from units.rectification.models import Task

HOME_SHOWN = 8


@public
def home(request):
    page = {
        "bulletins": Bulletin.objects.public().for_list().order_by("-published_at")[:HOME_SHOWN],
        "plans": Plan.objects.published().for_list().order_by("-published_at")[:HOME_SHOWN],
        "cases": ModelCase.objects.public().standing().for_list().order_by("-published_at")[:HOME_SHOWN],
        "exposures": Exposure.objects.public().standing().for_list().order_by("-published_at")[:HOME_SHOWN],
        "campaign": current_campaign(),
    }
    return render(request, "portal/home.html", page)


@public
def bulletins(request):
    shown = Bulletin.objects.public().for_list()
    page = {"page": page_by_key(shown, request, order=("-published_at", "-pk"))}
    return render(request, "portal/bulletins.html", page)


@public
def bulletin(request, public_id):
    """A published bulletin as a web page; ?form=pdf as the document."""
    row = get_object_or_404(Bulletin.objects.public().for_detail(), public_id=public_id)
    if request.GET.get("form") == "pdf":
        return download(f"{row.document_number}{row.title}.pdf", to_pdf(official(row)))
    return render(request, "portal/bulletin.html", {"bulletin": row, "sheet": to_html(official(row))})


@public
def plans(request):
    shown = Plan.objects.published().for_list()
    page = {"page": page_by_key(shown, request, order=("-published_at", "-pk"))}
    return render(request, "portal/plans.html", page)


@public
def plan(request, public_id):
    """A published plan: the version in force."""
    row = get_object_or_404(Plan.objects.published().for_detail(), public_id=public_id)
    page = {"plan": row, "sections": frozen_sections(row.approved_version)}
    return render(request, "portal/plan.html", page)


@public
def public_search(request):
    """What is published, by words in titles and texts."""
    query = request.GET.get("q", "").strip()[:100]
    page = {"wanted": query, "rows": finding.find_published(query) if query else []}
    return render(request, "portal/public_search.html", page)


@public
def complaints(request):
    """How to complain: says from when this works here and whom to turn to until then."""
    return render(request, "portal/complaints.html", {"campaign": current_campaign()})


@signed_in
def desk(request):
    todo, under_way = desks.work(request.user)
    page = {
        "todo": todo,
        "under_way": under_way,
        "done": desks.done(request.user),
        "followed": desks.followed(request.user),
        "campaign": current_campaign(),
    }
    return render(request, "portal/desk.html", page)


@for_roles(Role.OFFICE, Role.OFFICE_HEAD, Role.LEADER)
def dashboard(request):
    campaigns = Campaign.objects.visible_to(request.user).newest_first()
    campaign = chosen_of(request.GET, campaigns)
    page = {"campaign": campaign, "years": [campaign.year for campaign in campaigns]}
    if campaign:
        page |= board.figures(campaign)
        page["numbers"] = board.numbers(campaign, page["totals"])
    return render(request, "portal/dashboard.html", page)


@signed_in
def unit(request, code):
    """单位画像: everything the house knows of a unit that this person may know."""
    row = get_object_or_404(Unit.objects.visible_to(request.user).for_detail(), code=code)
    page = {"unit": row, "parts": profile.of_unit(row, request.user)}
    return render(request, "portal/unit.html", page)


@signed_in
def search(request):
    query = request.GET.get("q", "").strip()[:100]
    page = {"wanted": query, "groups": finding.find_everywhere(query, request.user) if query else []}
    return render(request, "portal/search.html", page)


FOLLOWED = {
    "plan": Plan,
    "task": Task,
    "finding": Finding,
    "exposure": Exposure,
    "case": ModelCase,
    "bulletin": Bulletin,
}


@signed_in
@require_POST
def follow(request, kind, pk):
    """关注 or stop, for a record this person may see."""
    if kind not in FOLLOWED:
        raise Http404
    row = get_object_or_404(FOLLOWED[kind].objects.visible_to(request.user), pk=pk)
    toggle(row, request.user)
    return redirect(row.get_absolute_url())
