"""Which entries an address asks for; on screen and in Excel alike."""

from sanwei.core.audit.forms import EntryFilter
from sanwei.core.audit.models import Entry


def entries(asked):
    """The filter bar and the entries it leaves; none while something in it cannot be read."""
    form = EntryFilter(asked)
    return form, Entry.objects.filtered(**form.cleaned_data) if form.is_valid() else Entry.objects.none()
