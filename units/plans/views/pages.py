"""Reading: the list, one plan, its versions, its receipt, its papers in print."""

from django.http import Http404
from django.shortcuts import render

from sanwei.core.documents.html import to_html
from sanwei.core.documents.pdf import to_pdf
from sanwei.core.documents.word import to_docx
from sanwei.core.doors import signed_in
from sanwei.core.exports.answering import answer
from sanwei.core.idempotency.once import once
from sanwei.core.ui.downloads import download
from sanwei.core.ui.pages import page_by_key, rows_wanted
from sanwei.core.watching.actions import is_watched
from sanwei.core.workflow import buttons
from units.campaigns.choosing import chosen_of
from units.campaigns.models import Campaign
from units.plans import access, choosing, document, reading, submission
from units.plans.compare import compare as compare_contents
from units.plans.forms import CommentForm
from units.plans.models import Plan, PlanVersion
from units.plans.views.fetch import the_plan


@signed_in
def list(request):
    campaigns = Campaign.objects.visible_to(request.user).newest_first()
    campaign = chosen_of(request.GET, campaigns)
    form, plans = choosing.plans(request.user, request.GET, campaign)
    page = {
        "campaign": campaign,
        "years": [campaign.year for campaign in campaigns],
        "filter": form,
        "page": page_by_key(
            plans.for_table(), request, order=("unit_order", "pk"), size=rows_wanted(request)
        ),
        "counts": submission.totals(campaign) if campaign and access.can_see_table(request.user) else None,
        "can_urge": access.can_urge(request.user),
    }
    return render(request, "units/plans/list.html", page)


@signed_in
@once
def export(request):
    """The list as filtered, every row of it, as Excel."""
    return answer(request, "plans")


@signed_in
def detail(request, pk):
    plan = the_plan(request, pk)
    versions = reading.versions_for(plan, request.user)
    label, sections = reading.sections_for(plan, request.user, versions)
    page = {
        "plan": plan,
        "text_label": label,
        "sections": sections,
        "versions": versions,
        "extensions": reading.extensions_of(plan),
        "measures": reading.measures_of(plan),
        "buttons": buttons(plan, request.user, access),
        "followed": is_watched(plan, request.user),
        "can_edit": access.can_edit(request.user, plan) and plan.state in Plan.EDITABLE,
        "can_comment": access.can_comment(request.user, plan) and plan.state == Plan.State.SUBMITTED,
        "comment_form": CommentForm(),
    }
    return render(request, "units/plans/detail.html", page)


def the_version(request, pk, number) -> PlanVersion:
    plan = the_plan(request, pk)
    for version in reading.versions_for(plan, request.user):
        if version.number == number:
            return version
    raise Http404


@signed_in
def version(request, pk, number):
    """One version as it was signed."""
    frozen = the_version(request, pk, number)
    page = {"plan": frozen.plan, "version": frozen, "sections": reading.frozen_sections(frozen)}
    return render(request, "units/plans/version.html", page)


@signed_in
def compare(request, pk):
    """Two versions side by side: ?old= and ?new= are version numbers; the last two if not named."""
    plan = the_plan(request, pk)
    versions = {str(version.number): version for version in reading.versions_for(plan, request.user)}
    if len(versions) < 2:
        raise Http404
    newest, before, *_ = versions.values()
    old = versions.get(request.GET.get("old", ""), before)
    new = versions.get(request.GET.get("new", ""), newest)
    page = {
        "plan": plan,
        "versions": versions.values(),
        "old": old,
        "new": new,
        "compared": compare_contents(old.content, new.content),
    }
    return render(request, "units/plans/compare.html", page)


@signed_in
def receipt(request, pk, number):
    """The receipt as a page; ?form=pdf as the sheet itself."""
    frozen = the_version(request, pk, number)
    sheet = document.receipt_of(frozen)
    if request.GET.get("form") == "pdf":
        return download(f"{frozen.receipt_number}.pdf", to_pdf(sheet))
    page = {"plan": frozen.plan, "version": frozen, "sheet": to_html(sheet)}
    return render(request, "units/plans/receipt.html", page)


@signed_in
def printed(request, pk):
    """The plan in print, as this person reads it; ?form=pdf or docx."""
    plan = the_plan(request, pk)
    versions = reading.versions_for(plan, request.user)
    label, sections = reading.sections_for(plan, request.user, versions)
    sheet = document.print_of(plan, label, sections)
    name = f"{plan.unit}{plan.campaign.year}年度实施方案"
    if request.GET.get("form") == "pdf":
        return download(f"{name}.pdf", to_pdf(sheet))
    if request.GET.get("form") == "docx":
        return download(f"{name}.docx", to_docx(sheet))
    return render(request, "units/plans/print.html", {"plan": plan, "sheet": to_html(sheet)})
