"""Which tasks an address asks for; on screen and in Excel alike."""

import dataclasses

from units.organisation.models import Department, Unit
from units.rectification.forms import ListFilter
from units.rectification.models import Task
from units.rectification.models.questions import NO_DEPARTMENT


def tasks(user, asked, campaign):
    """The filter bar, and the tasks of the campaign this person may see, with their lights, narrowed by it."""
    form = ListFilter(asked)
    form.is_valid()
    found = Task.objects.visible_to(user).filter(campaign=campaign)
    return form, found.for_list().filtered(**form.cleaned_data)


@dataclasses.dataclass(frozen=True)
class Narrowing:
    """What a number of a board narrowed the list by, in words; `name` is its part of the address."""

    name: str
    label: str
    value: str


def narrowings(form) -> list[Narrowing]:
    """Those parts of the address that have no field to be seen. A query for each place that it names."""
    said = {name: form.cleaned_data.get(name) for name in ("unit", "department", "opened", "closed", "late")}
    words = {name: f"{month.year}年{month.month}月" for name, month in said.items() if hasattr(month, "year")}
    if said["unit"]:
        words["unit"] = name_of(Unit, said["unit"])
    if said["department"]:
        words["department"] = (
            "未分办" if said["department"] == NO_DEPARTMENT else name_of(Department, said["department"])
        )
    return [Narrowing(name, form.fields[name].label, words[name]) for name in said if name in words]


def name_of(model, key) -> str:
    return model.objects.filter(pk=key).values_list("name", flat=True).first() or "不存在"
