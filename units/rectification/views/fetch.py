"""The one road from an address to a task."""

from django.http import Http404

from units.organisation.sight import visible_row
from units.rectification.models import Assistance, Task, Urging


def the_task(request, pk) -> Task:
    """The task, if this person may see it; else 404, as for one that never was."""
    return found(visible_row(Task, request.user, pk, "for_detail"))


def the_sheet(request, pk, key) -> Urging:
    """A sheet of a task this person may see."""
    task = the_task(request, pk)
    sheet = found(task.urgings.select_related("issued_by", "signed_by").filter(pk=key).first())
    sheet.task = task
    return sheet


def the_assistance(request, pk, key) -> Assistance:
    task = the_task(request, pk)
    row = found(task.assistance.select_related("unit", "department").filter(pk=key).first())
    row.task = task
    return row


def found(row):
    if row is None:
        raise Http404
    return row
