"""How many findings stand in each class and unit: one grouped question, the worst units first."""

import dataclasses

from django.db.models import Count

from assessments.inspections.models import Finding, FindingClass

ROWS = 100  # units shown; the rest stand in the list


@dataclasses.dataclass(frozen=True)
class Row:
    unit_id: int
    unit: str
    numbers: tuple[int, ...]
    total: int


@dataclasses.dataclass(frozen=True)
class Matrix:
    """`classes` are the columns; each row has one number for each of them."""

    classes: tuple[FindingClass, ...]
    rows: tuple[Row, ...]
    totals: tuple[int, ...]
    total: int
    more: int  # units that are not shown


def of_campaign(user, campaign, shown=ROWS) -> Matrix:
    """What stands in a campaign, as far as this person may see findings."""
    classes = tuple(FindingClass.objects.classes())
    counted = (
        Finding.objects.visible_to(user)
        .filter(campaign=campaign)
        .counted()
        .order_by()
        .values_list("unit", "unit__name", "unit_order", "item__parent__code")
        .annotate(number=Count("pk"))
    )
    units, cells = {}, {}
    for unit, name, order, code, number in counted:
        units[unit] = (name, order)
        cells[unit, code] = cells.get((unit, code), 0) + number
    rows = [
        Row(unit, name, numbers := tuple(cells.get((unit, one.code), 0) for one in classes), sum(numbers))
        for unit, (name, _) in units.items()
    ]
    rows.sort(key=lambda row: (-row.total, units[row.unit_id][1]))
    totals = tuple(sum(column) for column in zip(*(row.numbers for row in rows), strict=True)) or (0,) * len(
        classes
    )
    return Matrix(classes, tuple(rows[:shown]), totals, sum(totals), max(0, len(rows) - shown))
