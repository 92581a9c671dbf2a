"""Which tasks an address asks for; on screen and in Excel alike."""

from units.rectification.forms import ListFilter
from units.rectification.models import Task


def tasks(user, asked, campaign):
    """The filter bar, and the tasks of the campaign this person may see, with their lights, narrowed by it."""
    form = ListFilter(asked)
    form.is_valid()
    found = Task.objects.visible_to(user).filter(campaign=campaign)
    return form, found.for_list().filtered(**form.cleaned_data)
