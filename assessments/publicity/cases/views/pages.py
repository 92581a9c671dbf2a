"""Reading: the list, one case, its versions, its papers; drafting a new one."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from assessments.publicity.cases import access, actions, choosing, document, reading
from assessments.publicity.cases.forms import CreateForm
from assessments.publicity.cases.models import ModelCase
from assessments.publicity.cases.views.fetch import the_case
from sanwei.core.attachments.actions import lock_row, remove
from sanwei.core.attachments.models import Attachment
from sanwei.core.attachments.uploads import hand_in
from sanwei.core.documents.html import to_html
from sanwei.core.documents.pdf import to_pdf
from sanwei.core.documents.word import to_docx
from sanwei.core.doors import allow, signed_in
from sanwei.core.exports.answering import answer
from sanwei.core.idempotency.once import once
from sanwei.core.refusals import Refused
from sanwei.core.ui.downloads import download
from sanwei.core.ui.pages import page_by_key, rows_wanted
from sanwei.core.watching.actions import is_watched
from sanwei.core.workflow import buttons
from units.campaigns.choosing import chosen_of
from units.campaigns.models import Campaign, opened_campaign


@signed_in
def list(request):
    campaigns = Campaign.objects.visible_to(request.user).newest_first()
    campaign = chosen_of(request.GET, campaigns)
    form, cases = choosing.cases(request.user, request.GET, campaign)
    page = {
        "campaign": campaign,
        "years": [campaign.year for campaign in campaigns],
        "filter": form,
        "page": page_by_key(cases, request, order=("-pk",), size=rows_wanted(request)),
        "can_create": access.can_create(request.user),
        "says": reading.sayer(request.user),
    }
    return render(request, "assessments/publicity/cases/list.html", page)


@signed_in
@once
def export(request):
    """The list as filtered, every row of it, as Excel."""
    return answer(request, "cases")


@signed_in
@once
def create(request):
    """起草."""
    allow(access.can_create(request.user))
    campaign = opened_campaign()
    if campaign is None:
        raise Refused("没有正在进行的创建活动，不能报送典型案例。请等待本年度创建活动启动。")
    form = CreateForm(request.POST or None, user=request.user)
    if form.is_valid():
        case = actions.create(campaign=campaign, by=request.user, **form.cleaned_data)
        messages.success(request, "已保存。核对无误后请报送。")
        return redirect(case)
    page = {"form": form, "campaign": campaign}
    status = 422 if form.is_bound else 200
    return render(request, "assessments/publicity/cases/create.html", page, status=status)


@signed_in
def detail(request, pk):
    case = the_case(request, pk)
    sees_versions = access.can_see_versions(request.user, case)
    page = {
        "case": case,
        "says": reading.sayer(request.user),
        "persons": reading.persons_for(request.user, case),
        "sees_people": access.can_see_people(request.user, case),
        "sees_workings": access.can_see_workings(request.user, case),
        "names_office": not access.of_the_unit(request.user, case),
        "versions": reading.versions_of(case) if sees_versions else [],
        "buttons": buttons(case, request.user, access),
        "followed": is_watched(case, request.user),
        "can_attach": takes_papers(case) and access.can_attach(request.user, case),
    }
    return render(request, "assessments/publicity/cases/detail.html", page)


@signed_in
def printed(request, pk):
    """The case in official layout; ?form=pdf or docx."""
    case = the_case(request, pk)
    paper = document.official(case, reading.sayer(request.user))
    name = f"典型案例 {case}"
    if request.GET.get("form") == "pdf":
        return download(f"{name}.pdf", to_pdf(paper))
    if request.GET.get("form") == "docx":
        return download(f"{name}.docx", to_docx(paper))
    return render(request, "assessments/publicity/cases/sheet.html", {"case": case, "paper": to_html(paper)})


@signed_in
def compare(request, pk):
    """Two versions side by side: ?old= and ?new= are numbers; if not named, what was last sent in and the newest."""
    case = the_case(request, pk)
    allow(access.can_see_versions(request.user, case))
    versions = {str(version.number): version for version in reading.versions_of(case)}
    if len(versions) < 2:
        raise Http404
    newest, *earlier = versions.values()
    sent_in = next((one for one in earlier if one.origin == "sent_in"), earlier[0])
    old = versions.get(request.GET.get("old", ""), sent_in)
    new = versions.get(request.GET.get("new", ""), newest)
    compared = reading.compared(old.content, new.content)
    page = {"case": case, "versions": versions.values(), "old": old, "new": new, "compared": compared}
    return render(request, "assessments/publicity/cases/compare.html", page)


def takes_papers(case) -> bool:
    return case.state == ModelCase.State.DRAFT


def lock_open(case) -> ModelCase:
    """The row, locked, if papers may still be put to it."""
    fresh = lock_row(case)
    if not takes_papers(fresh):
        raise Refused("该案例已送审或报送，不能再增减附件。如需补充，请先退回或撤回。")
    return fresh


@signed_in
@require_POST
def upload(request, pk):
    """Several files at once; the good ones are kept, each refused one says why."""
    case = the_case(request, pk)
    allow(access.can_attach(request.user, case))
    hand_in(request, case, lock_open)
    return redirect(f"{case.get_absolute_url()}#papers")


@signed_in
@require_POST
def take_out(request, pk, paper):
    case = the_case(request, pk)
    allow(access.can_attach(request.user, case))
    remove(get_object_or_404(Attachment.objects.of(case), pk=paper), request.user, lock_open)
    messages.success(request, "附件已移除。")
    return redirect(f"{case.get_absolute_url()}#papers")
