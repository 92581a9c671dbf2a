"""Numbers of a campaign for those who see no persons: by form, by category of unit, by month; no small cell can be worked out."""

import dataclasses

from django.db.models import Count

from assessments.accountability import access, sanctions
from assessments.accountability.models import AccountabilityCase, Sanction
from assessments.accountability.states import State
from units.organisation.models import Unit

FEWEST = 3  # cells of one or two are not shown as numbers
FEW, WITHHELD = "少于3", "不单列"


@dataclasses.dataclass(frozen=True)
class Group:
    """One line of a table: `shown` is the number, or the word that stands for it."""

    label: str
    shown: int | str


@dataclasses.dataclass(frozen=True)
class Part:
    """A table with its total."""

    title: str
    head: str
    groups: tuple[Group, ...]
    total: int | str


def numbers(campaign, user) -> tuple[Part, ...]:
    """The three tables, counted by the database in one query each: person-times and unit-times with a decision in force.

    Who handles cases gets the exact numbers of those that they may see; everybody else those of all, without small cells.
    """
    exact = access.handles(user)
    cases = AccountabilityCase.objects.visible_to(user) if exact else AccountabilityCase.objects.all()
    cases = cases.filter(campaign=campaign).values("pk")
    rows = Sanction.objects.in_force().filter(respondent__case__in=cases).order_by()
    times = Count("respondent", distinct=True)
    by_form = dict(rows.values_list("form").annotate(times))
    by_category = dict(rows.values_list("respondent__case__unit__category").annotate(times))
    by_month = dict(rows.values_list("starts_on__month").annotate(times))
    parts = (
        part("按追究方式", "追究方式", [(form.label, by_form.get(form.code, 0)) for form in sanctions.FORMS], exact),
        part("按单位类别", "类别", [(kind.label, by_category.get(kind, 0)) for kind in Unit.Category], exact),
        part("按决定月份", "月份", [(f"{month}月", by_month.get(month, 0)) for month in range(1, 13)], exact),
    )  # fmt: skip
    return tuple(map(blank, parts)) if any(one.total == WITHHELD for one in parts) else parts


def blank(part) -> Part:
    """Without a number but nought: what one table withholds, the total of another would tell."""
    groups = tuple(Group(one.label, WITHHELD if one.shown else 0) for one in part.groups)
    return Part(part.title, part.head, groups, WITHHELD)


def by_state(campaign, user) -> dict[str, int]:
    """How many of the cases that this person may see stand where. One query."""
    cases = AccountabilityCase.objects.visible_to(user).filter(campaign=campaign).order_by()
    found = dict(cases.values_list("state").annotate(Count("pk")))
    return {State(state).label: found[state] for state in State.values if state in found}


def part(title, head, counts, exact) -> Part:
    total = sum(count for _, count in counts)
    if exact:
        return Part(title, head, tuple(Group(*pair) for pair in counts), total)
    hidden, total = withheld([count for _, count in counts])
    groups = (
        Group(label, word_for(count) if place in hidden else count)
        for place, (label, count) in enumerate(counts)
    )
    return Part(title, head, tuple(groups), total)


def word_for(count: int) -> str:
    return FEW if count < FEWEST else WITHHELD


def withheld(counts: list[int]) -> tuple[set[int], int | str]:
    """The places of the cells that are not shown, and what stands for the total.

    Every cell of one or two, and as many of the smallest others as it takes so that subtracting what is shown from the
    total leaves each small cell two possible values. Where no others are left, the total is not shown either.
    """
    hidden = {place for place, count in enumerate(counts) if 0 < count < FEWEST}
    others = sorted((count, place) for place, count in enumerate(counts) if count >= FEWEST)
    while hidden and tells(counts, hidden):
        if not others:
            return hidden, WITHHELD
        hidden.add(others.pop(0)[1])
    return hidden, sum(counts)


def tells(counts, hidden) -> bool:
    """Whether the sum of the hidden cells gives a small one away, their words being known."""
    small = sum(1 for place in hidden if counts[place] < FEWEST)
    large, total = len(hidden) - small, sum(counts[place] for place in hidden)
    if (
        large
    ):  # a large one is at least FEWEST, so the small ones may be one more than all ones only if room is left
        return total < FEWEST * large + small + 1
    return total in (small, 2 * small)
