"""Which exposures an address asks for; on screen and in Excel alike."""

from assessments.publicity.exposures.forms import ListFilter
from assessments.publicity.exposures.models import Exposure


def exposures(user, asked, campaign):
    """The filter bar, and the exposures of the campaign this person may see, narrowed by it."""
    form = ListFilter(asked)
    form.is_valid()
    found = Exposure.objects.visible_to(user).filter(campaign=campaign)
    return form, found.for_list().filtered(**form.cleaned_data)
