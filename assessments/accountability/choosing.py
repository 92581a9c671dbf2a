"""Which cases an address asks for; on screen and in Excel alike."""

from assessments.accountability.forms import ListFilter
from assessments.accountability.models import AccountabilityCase


def cases(user, asked, campaign):
    """The filter bar, and the cases of the campaign this person may see, narrowed by it."""
    form = ListFilter(asked)
    form.is_valid()
    found = AccountabilityCase.objects.visible_to(user).filter(campaign=campaign)
    return form, found.filtered(**form.cleaned_data)
