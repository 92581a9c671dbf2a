"""Which plans and measures an address asks for; on screen and in Excel alike."""

from units.plans.forms import LedgerFilter, ListFilter
from units.plans.models import Measure, Plan


def plans(user, asked, campaign):
    """The filter bar, and the plans this person may see in the campaign, narrowed by it."""
    form = ListFilter(asked)
    form.is_valid()
    found = Plan.objects.visible_to(user).filter(campaign=campaign)
    return form, found.filtered(**form.cleaned_data)


def measures(user, asked, campaign):
    """The filter bar, and the measures in force that this person may see in the campaign, narrowed by it."""
    form = LedgerFilter(asked)
    form.is_valid()
    found = Measure.objects.visible_to(user).in_force().filter(plan__campaign=campaign)
    return form, found.for_list().filtered(**form.cleaned_data)
