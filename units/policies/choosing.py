"""Which documents an address asks for; on screen and in Excel alike."""

from units.policies.forms import FilterForm
from units.policies.models import Policy


def policies(user, asked):
    """The filter bar, and the documents that answer to it."""
    seen = Policy.objects.visible_to(user)
    bar = FilterForm(asked, years=seen.years())
    return bar, bar.narrow(seen.for_list())
