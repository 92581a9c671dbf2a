"""The one road from an address to a plan."""

from django.http import Http404
from django.shortcuts import get_object_or_404

from units.organisation.sight import visible_row
from units.plans.models import Measure, Plan


def the_plan(request, pk) -> Plan:
    """The plan, if this person may see it; else 404, as for a plan that never was."""
    return found(visible_row(Plan, request.user, pk, "for_detail"))


def the_row(request, pk) -> Plan:
    """The same without unit, campaign and versions: for what a page does by itself while somebody types."""
    return found(visible_row(Plan, request.user, pk, "all"))


def the_measure(request, pk) -> Measure:
    """Not by visible_row(): a measure's light changes with the day, and a question is made once."""
    return get_object_or_404(Measure.objects.visible_to(request.user).for_list(), pk=pk)


def found(row):
    if row is None:
        raise Http404
    return row
