"""Which entries an address asks for; on screen and in Excel alike."""

from assessments.ledger.forms import ListFilter
from assessments.ledger.models import LedgerEntry


def entries(user, asked, campaign):
    """The filter bar, and the entries of the campaign this person may see, narrowed by it."""
    form = ListFilter(asked)
    form.is_valid()
    found = LedgerEntry.objects.visible_to(user).filter(campaign=campaign)
    return form, found.filtered(**form.cleaned_data)
