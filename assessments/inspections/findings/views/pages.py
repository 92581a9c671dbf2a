"""Reading: the list, the matrix of classes and units, one finding and its papers."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from assessments.inspections.findings import access, choosing, document, matrix, reading
from assessments.inspections.findings.views.fetch import the_finding
from assessments.inspections.models import Evidence, Finding
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
from units.campaigns.models import Campaign


@signed_in
def list(request):
    campaigns = Campaign.objects.visible_to(request.user).newest_first()
    campaign = chosen_of(request.GET, campaigns)
    form, findings = choosing.findings(request.user, request.GET, campaign)
    page = {
        "campaign": campaign,
        "years": [campaign.year for campaign in campaigns],
        "filter": form,
        "page": page_by_key(findings, request, order=("-found_at", "-pk"), size=rows_wanted(request)),
        "can_file": access.can_file(request.user),
        "can_see_matrix": access.can_see_matrix(request.user),
    }
    return render(request, "assessments/inspections/findings/list.html", page)


@signed_in
@once
def export(request):
    """The list as filtered, every row of it, as Excel."""
    return answer(request, "findings")


@signed_in
def by_class(request):
    """Class × unit: how many findings stand, each number opening to its list."""
    allow(access.can_see_matrix(request.user))
    campaigns = Campaign.objects.visible_to(request.user).newest_first()
    campaign = chosen_of(request.GET, campaigns)
    page = {
        "campaign": campaign,
        "years": [campaign.year for campaign in campaigns],
        "matrix": matrix.of_campaign(request.user, campaign),
    }
    return render(request, "assessments/inspections/findings/matrix.html", page)


@signed_in
def detail(request, pk):
    finding = the_finding(request, pk)
    insider = access.can_see_witnesses(request.user, finding)
    page = {
        "finding": finding,
        "insider": insider,
        "may_know": access.may_know_who_found_it(request.user, finding),
        "witnesses": reading.witnesses_of(finding) if insider else [],
        "evidence": finding.evidence if insider else None,  # as Evidence.visible_to() says
        "tasks": reading.tasks_of(finding),
        "look_backs": reading.look_backs_of(finding),
        "buttons": buttons(finding, request.user, access),
        "followed": is_watched(finding, request.user),
        "can_attach": reading.takes_papers(finding) and access.can_attach(request.user, finding),
        "can_attach_evidence": access.can_attach_evidence(request.user, finding),
    }
    return render(request, "assessments/inspections/findings/detail.html", page)


@signed_in
def printed(request, pk):
    """The finding sheet (督查发现问题告知单) with its stub; ?form=pdf or docx."""
    finding = the_finding(request, pk)
    sheet, name = document.sheet_of(finding), f"督查发现问题告知单 {finding.number}"
    if request.GET.get("form") == "pdf":
        return download(f"{name}.pdf", to_pdf(sheet))
    if request.GET.get("form") == "docx":
        return download(f"{name}.docx", to_docx(sheet))
    page = {"finding": finding, "paper": to_html(sheet)}
    return render(request, "assessments/inspections/findings/sheet.html", page)


def lock_taking_papers(finding) -> Finding:
    """The finding's row, locked, if papers may still be put to it."""
    fresh = lock_row(finding)
    if not reading.takes_papers(fresh):
        raise Refused("该问题已销号、作废或不予认定，不能再增减附件。如需补充，请与领导组办公室联系。")
    return fresh


@signed_in
@require_POST
def upload(request, pk):
    """What unit and supervisors lay before each other: papers of the objection, pictures the unit may see."""
    finding = the_finding(request, pk)
    allow(access.can_attach(request.user, finding))
    hand_in(request, finding, lock_taking_papers)
    return redirect(f"{finding.get_absolute_url()}#papers")


@signed_in
@require_POST
def take_out(request, pk, paper):
    """A paper that this person put there."""
    finding = the_finding(request, pk)
    allow(access.can_attach(request.user, finding))
    own = Attachment.objects.of(finding).filter(uploaded_by=request.user)
    remove(get_object_or_404(own, pk=paper), request.user, lock_taking_papers)
    messages.success(request, "附件已移除。")
    return redirect(f"{finding.get_absolute_url()}#papers")


@signed_in
@require_POST
def upload_evidence(request, pk):
    """Raw evidence, into the folder that units never see."""
    finding = the_finding(request, pk)
    allow(access.can_attach_evidence(request.user, finding))
    folder = get_object_or_404(Evidence.objects.visible_to(request.user), finding=finding)
    hand_in(request, folder)
    return redirect(f"{finding.get_absolute_url()}#evidence")
