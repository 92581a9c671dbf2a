"""Reading: the list, one task, its papers."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from sanwei.core import references
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
from units.rectification import access, choosing, document, reading
from units.rectification.models import Task
from units.rectification.views.fetch import the_sheet, the_task


@signed_in
def list(request):
    campaigns = Campaign.objects.visible_to(request.user).newest_first()
    campaign = chosen_of(request.GET, campaigns)
    form, tasks = choosing.tasks(request.user, request.GET, campaign)
    page = {
        "campaign": campaign,
        "years": [campaign.year for campaign in campaigns],
        "filter": form,
        "narrowings": choosing.narrowings(form),
        "page": page_by_key(tasks, request, order=("due_on", "pk"), size=rows_wanted(request)),
        "by_pace": request.GET.get("view") == "pace",
        "can_open": access.can_open(request.user),
        "can_urge": access.can_urge(request.user),
    }
    return render(request, "units/rectification/list.html", page)


@signed_in
@once
def export(request):
    """The list as filtered, every row of it, as Excel (T6)."""
    return answer(request, "tasks")


@signed_in
def detail(request, pk):
    task = the_task(request, pk)
    page = {
        "task": task,
        "may_know": access.may_know_inspectors(request.user, task),
        "behind": references.record_behind(task.source_key, request.user) if task.source_key else None,
        "light_now": task.course.light(reading.today()),
        "planned": task.course.planned(reading.today()),
        "progress": reading.progress_of(task),
        "extensions": reading.extensions_of(task),
        "assistance": reading.assistance_of(task, request.user),
        "urgings": reading.urgings_of(task),
        "buttons": buttons(task, request.user, access),
        "followed": is_watched(task, request.user),
        "can_attach": task.is_open and access.can_attach(request.user, task),
        "can_sign_urging": access.can_sign_urging(request.user, task),
    }
    return render(request, "units/rectification/detail.html", page)


@signed_in
def printed(request, pk):
    """The rectification notice (整改通知书); ?form=pdf or docx."""
    task = the_task(request, pk)
    notice = document.notice_of(task, reading.assistance_of(task, request.user))
    name = f"整改通知书 {task.number}"
    return shown(request, notice, name, {"task": task}, "units/rectification/notice.html")


@signed_in
def sheet(request, pk, key):
    """A three-colour sheet with its receipt stub; ?form=pdf or docx."""
    urging = the_sheet(request, pk, key)
    page = {
        "task": urging.task,
        "urging": urging,
        "can_sign_urging": access.can_sign_urging(request.user, urging.task),
    }
    return shown(request, document.sheet_of(urging), str(urging), page, "units/rectification/sheet.html")


def shown(request, paper, name, page, template):
    """A paper as a page, or as the file asked for."""
    if request.GET.get("form") == "pdf":
        return download(f"{name}.pdf", to_pdf(paper))
    if request.GET.get("form") == "docx":
        return download(f"{name}.docx", to_docx(paper))
    return render(request, template, {**page, "paper": to_html(paper)})


def lock_open(task) -> Task:
    """The task's row, locked, if papers may still be put to it."""
    fresh = lock_row(task)
    if not fresh.is_open:
        raise Refused("该任务已办结，不能再增减附件。")
    return fresh


@signed_in
@require_POST
def upload(request, pk):
    """Several files at once; the good ones are kept, each refused one says why."""
    task = the_task(request, pk)
    allow(access.can_attach(request.user, task))
    hand_in(request, task, lock_open)
    return redirect(f"{task.get_absolute_url()}#papers")


@signed_in
@require_POST
def take_out(request, pk, paper):
    task = the_task(request, pk)
    allow(access.can_attach(request.user, task))
    remove(get_object_or_404(Attachment.objects.of(task), pk=paper), request.user, lock_open)
    messages.success(request, "附件已移除。")
    return redirect(f"{task.get_absolute_url()}#papers")
