"""Which units an address asks for; on screen and in Excel alike."""

from units.organisation.forms import UnitFilter
from units.organisation.models import Unit


def units(user, asked):
    """The filter bar and the units it leaves."""
    form = UnitFilter(asked)
    form.is_valid()
    return form, Unit.objects.visible_to(user).active().filtered(**form.cleaned_data).for_list()
