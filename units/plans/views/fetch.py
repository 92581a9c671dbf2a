"""The one road from an address to a plan."""

from django.shortcuts import get_object_or_404

from units.plans.models import Measure, Plan


def the_plan(request, pk) -> Plan:
    """The plan, if this person may see it; else 404, as for a plan that never was."""
    return get_object_or_404(Plan.objects.visible_to(request.user).for_detail(), pk=pk)


def the_row(request, pk) -> Plan:
    """The same without unit, campaign and versions: for what a page does by itself while somebody types."""
    return get_object_or_404(Plan.objects.visible_to(request.user), pk=pk)


def the_measure(request, pk) -> Measure:
    return get_object_or_404(Measure.objects.visible_to(request.user).for_list(), pk=pk)
