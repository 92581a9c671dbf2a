"""The record, for the security auditor."""

from django.db import transaction
from django.shortcuts import render

from sanwei.core.audit.actions import record
from sanwei.core.audit.forms import EntryFilter
from sanwei.core.audit.models import Entry
from sanwei.core.doors import for_roles
from sanwei.core.exchange import write, xlsx_response
from sanwei.core.roles import Role
from sanwei.core.ui.pages import page_by_key

HEADS = ("时间", "办理人", "岗位", "动作", "对象", "来源地址", "请求编号")


def chosen(request):
    form = EntryFilter(request.GET)
    return form, Entry.objects.filtered(**form.cleaned_data) if form.is_valid() else Entry.objects.none()


@for_roles(Role.AUDIT_ADMIN)
def entries(request):
    form, rows = chosen(request)
    return render(
        request, "core/audit/list.html", {"filter": form, "page": page_by_key(rows, request, order=("-pk",))}
    )


@for_roles(Role.AUDIT_ADMIN)
def export(request):
    """What is on screen, as Excel; the export itself is in the record."""
    rows = chosen(request)[1].order_by("-pk")
    with transaction.atomic():
        record(
            request.user,
            "export_audit",
            request.user,
            label="导出审计记录",
            filter=request.GET.urlencode()[:300],
        )
    table = (
        (e.at, e.actor_name or "系统", e.actor_posts, e.label, e.object_label, e.address, e.request_id)
        for e in rows.iterator()
    )
    return xlsx_response("审计记录.xlsx", write("审计记录", HEADS, table))
