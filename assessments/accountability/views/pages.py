"""Reading: the list, one case, a notice, the numbers. Who opens a case is on record."""

from django.shortcuts import render

from assessments.accountability import access, actions, choosing, document, figures, reading
from assessments.accountability.situations import said
from assessments.accountability.states import WITH_DECISION
from assessments.accountability.views.fetch import known_only_to, the_case, the_notice
from sanwei.core import references
from sanwei.core.documents.html import to_html
from sanwei.core.documents.pdf import to_pdf
from sanwei.core.documents.word import to_docx
from sanwei.core.doors import allow, signed_in
from sanwei.core.ui.downloads import download
from sanwei.core.ui.pages import page_by_key
from sanwei.core.workflow import buttons
from units.campaigns.choosing import chosen_of
from units.campaigns.models import Campaign


@signed_in
def list(request):
    known_only_to(access.can_list(request.user))
    campaigns = Campaign.objects.visible_to(request.user).newest_first()
    campaign = chosen_of(request.GET, campaigns)
    form, cases = choosing.cases(request.user, request.GET, campaign)
    page = {
        "campaign": campaign,
        "years": [campaign.year for campaign in campaigns],
        "filter": form,
        "page": page_by_key(cases.for_list(), request, order=("-pk",)),
        "handles": access.handles(request.user),
    }
    return render(request, "assessments/accountability/list.html", page)


@signed_in
def detail(request, pk):
    case = the_case(request, pk)
    actions.look(case=case, by=request.user)
    answering = reading.respondents_of(case)
    page = {
        "case": case,
        "answering": answering,
        "notices": reading.notices_of(case),
        "reviews": reading.reviews_of(case),
        "circumstances": said(case.circumstances),
        "decided": case.state in WITH_DECISION,
        "can_sign_notice": access.can_sign_notice(request.user, case),
        "buttons": buttons(case, request.user, access),
        **inner(case, request.user, answering),
    }
    return render(request, "assessments/accountability/detail.html", page)


def inner(case, user, answering) -> dict:
    """What those who handle the case see besides: where it came from, how often, who looked."""
    if not access.may_handle(user, case):
        return {"handles": False}
    counts, unit_loses = reading.counts_of(case, answering)
    behind = references.record_behind(case.source_key, user) if case.source_key else None
    return {"handles": True, "counts": counts, "unit_loses": unit_loses, "behind": behind}


@signed_in
def looks(request, pk):
    """查阅记录, for those who handle the case."""
    case = the_case(request, pk)
    allow(access.may_handle(request.user, case))
    page = {"case": case, "page": page_by_key(reading.looks_at(case), request, order=("-pk",))}
    return render(request, "assessments/accountability/looks.html", page)


@signed_in
def notice(request, pk, key):
    """A 过失通知单; ?form=pdf or docx."""
    row = the_notice(request, pk, key)
    actions.look(case=row.case, by=request.user)
    respondents = [one.respondent for one in reading.respondents_of(row.case)]
    paper = document.notice_of(row, respondents, reading.forms_on_paper(row.case))
    if request.GET.get("form") == "pdf":
        return download(f"{row.number}.pdf", to_pdf(paper))
    if request.GET.get("form") == "docx":
        return download(f"{row.number}.docx", to_docx(paper))
    page = {
        "case": row.case,
        "notice": row,
        "paper": to_html(paper),
        "can_sign_notice": access.can_sign_notice(request.user, row.case),
    }
    return render(request, "assessments/accountability/notice.html", page)


@signed_in
def numbers(request):
    """How much, never who; leaders see this page and no other."""
    known_only_to(access.can_see_numbers(request.user))
    campaigns = Campaign.objects.visible_to(request.user).newest_first()
    campaign = chosen_of(request.GET, campaigns)
    handles = access.handles(request.user)
    page = {
        "campaign": campaign,
        "years": [campaign.year for campaign in campaigns],
        "parts": figures.numbers(campaign, request.user) if campaign else (),
        "states": figures.by_state(campaign, request.user) if campaign and handles else {},
        "handles": handles,
    }
    return render(request, "assessments/accountability/numbers.html", page)
