"""The record, for the security auditor."""

from django.conf import settings
from django.shortcuts import render
from django.utils.module_loading import import_string

from sanwei.core.audit import choosing
from sanwei.core.doors import for_roles
from sanwei.core.idempotency.once import once
from sanwei.core.roles import Role
from sanwei.core.ui.pages import page_by_key


@for_roles(Role.AUDIT_ADMIN)
def entries(request):
    form, rows = choosing.entries(request.GET)
    return render(
        request, "core/audit/list.html", {"filter": form, "page": page_by_key(rows, request, order=("-pk",))}
    )


@for_roles(Role.AUDIT_ADMIN)
@once
def export(request):
    """What is on screen, as Excel; the export itself is in the record.

    The room of exports stands above the record, since it writes in it, and is asked by name (settings.SANWEI_EXPORT).
    """
    return import_string(settings.SANWEI_EXPORT)(request, "entries")
