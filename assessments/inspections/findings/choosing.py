"""Which findings an address asks for; on screen and in Excel alike."""

from assessments.inspections.findings.forms import FindingFilter
from assessments.inspections.models import Finding


def findings(user, asked, campaign):
    """The filter bar, and the findings of the campaign this person may see, narrowed by it."""
    form = FindingFilter(asked)
    form.is_valid()
    found = Finding.objects.visible_to(user).filter(campaign=campaign)
    narrowed = {name: value or "" for name, value in form.cleaned_data.items()}
    return form, found.filtered(**narrowed).for_list()
