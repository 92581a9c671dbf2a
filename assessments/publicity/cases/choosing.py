"""Which cases an address asks for; on screen and in Excel alike."""

from assessments.publicity.cases.forms import ListFilter
from assessments.publicity.cases.models import ModelCase


def cases(user, asked, campaign):
    """The filter bar, and the cases of the campaign this person may see, narrowed by it."""
    form = ListFilter(asked)
    form.is_valid()
    found = ModelCase.objects.visible_to(user).filter(campaign=campaign)
    return form, found.for_list().filtered(**form.cleaned_data)
