"""Which plans and measures an address asks for; on screen and in Excel alike."""

from sanwei.core.workdays.lights import Light
from units.plans.content import MEASURE_KINDS
from units.plans.forms import ListFilter
from units.plans.models import Measure, Plan


def plans(user, asked, campaign):
    """The filter bar, and the plans this person may see in the campaign, narrowed by it."""
    form = ListFilter(asked)
    form.is_valid()
    found = Plan.objects.visible_to(user).filter(campaign=campaign)
    return form, found.filtered(**form.cleaned_data)


def measures(user, asked, campaign):
    """The measures in force that this person may see, narrowed by ?light=, ?kind= and ?q=."""
    rows = Measure.objects.visible_to(user).in_force().filter(plan__campaign=campaign).for_list()
    if asked.get("light") in Light.values:
        rows = rows.filter(light=asked["light"])
    if asked.get("kind") in MEASURE_KINDS:
        rows = rows.filter(kind=asked["kind"])
    return rows.matching(asked.get("q", ""))
