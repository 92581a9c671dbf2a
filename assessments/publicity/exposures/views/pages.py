"""Reading: the list, one exposure, its papers; entering a new one."""

from functools import partial

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from assessments.publicity.exposures import access, actions, choosing, document, reading
from assessments.publicity.exposures.forms import RegisterForm
from assessments.publicity.exposures.models import Exposure
from assessments.publicity.exposures.views.fetch import the_exposure
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
    form, exposures = choosing.exposures(request.user, request.GET, campaign)
    page = {
        "campaign": campaign,
        "years": [campaign.year for campaign in campaigns],
        "filter": form,
        "page": page_by_key(exposures, request, order=("-appeared_on", "-pk"), size=rows_wanted(request)),
        "can_register": access.can_register(request.user),
        "says": reading.sayer(request.user),
        "sees_task": partial(access.can_see_task, request.user),
    }
    return render(request, "assessments/publicity/exposures/list.html", page)


@signed_in
@once
def export(request):
    """The list as filtered, every row of it, as Excel."""
    return answer(request, "exposures")


@signed_in
@once
def register(request):
    """登记; the scan is handed in on the page that follows."""
    allow(access.can_register(request.user))
    campaign = opened_campaign()
    if campaign is None:
        raise Refused("没有正在进行的创建活动，不能登记曝光件。请先启动本年度创建活动。")
    form = RegisterForm(request.POST or None)
    if form.is_valid():
        try:
            exposure = actions.register(campaign=campaign, by=request.user, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, f"已登记，编号{exposure.number}。有扫描件、截图的，请在“附件”中上传。")
            return redirect(exposure)
    page = {"form": form, "campaign": campaign}
    status = 422 if form.is_bound else 200
    return render(request, "assessments/publicity/exposures/register.html", page, status=status)


@signed_in
def detail(request, pk):
    exposure = the_exposure(request, pk)
    workings = access.can_see_workings(request.user)
    page = {
        "exposure": exposure,
        "says": reading.sayer(request.user),
        "persons": reading.persons_for(request.user, exposure),
        "sees_people": access.can_see_people(request.user, exposure),
        "sees_workings": workings,
        "sees_reply": bool(exposure.reply) and (workings or exposure.published_at is not None),
        "explanations": reading.explanations_of(exposure),
        "consequences": actions.consequences(exposure, request.user),
        "buttons": buttons(exposure, request.user, access),
        "followed": is_watched(exposure, request.user),
        "can_attach": takes_papers(exposure) and access.can_attach(request.user, exposure),
    }
    return render(request, "assessments/publicity/exposures/detail.html", page)


@signed_in
def printed(request, pk):
    """The sheet (媒体曝光件登记表); ?form=pdf or docx."""
    exposure = the_exposure(request, pk)
    with_reply = access.can_see_workings(request.user) or exposure.published_at is not None
    sheet = document.sheet_of(exposure, request.user, reading.explanations_of(exposure), with_reply)
    name = f"媒体曝光件登记表 {exposure.number}"
    if request.GET.get("form") == "pdf":
        return download(f"{name}.pdf", to_pdf(sheet))
    if request.GET.get("form") == "docx":
        return download(f"{name}.docx", to_docx(sheet))
    page = {"exposure": exposure, "paper": to_html(sheet)}
    return render(request, "assessments/publicity/exposures/sheet.html", page)


def takes_papers(exposure) -> bool:
    return exposure.state not in (Exposure.State.WITHDRAWN, Exposure.State.CANCELLED)


def lock_open(exposure) -> Exposure:
    """The row, locked, if papers may still be put to it."""
    fresh = lock_row(exposure)
    if not takes_papers(fresh):
        raise Refused("该曝光件已撤下或撤销，不能再增减附件。")
    return fresh


@signed_in
@require_POST
def upload(request, pk):
    """Several files at once; the good ones are kept, each refused one says why."""
    exposure = the_exposure(request, pk)
    allow(access.can_attach(request.user, exposure))
    hand_in(request, exposure, lock_open)
    return redirect(f"{exposure.get_absolute_url()}#papers")


@signed_in
@require_POST
def take_out(request, pk, paper):
    exposure = the_exposure(request, pk)
    found = get_object_or_404(Attachment.objects.of(exposure), pk=paper)
    allow(access.can_remove_paper(request.user, found))
    remove(found, request.user, lock_open)
    messages.success(request, "附件已移除。")
    return redirect(f"{exposure.get_absolute_url()}#papers")
