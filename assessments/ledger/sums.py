"""What a unit has under each indicator: one grouped question for the units of a page."""

import dataclasses
from decimal import Decimal

from django.db.models import Exists, OuterRef


@dataclasses.dataclass
class Sums:
    """`by_indicator`: (indicator, points, entries) in the order of the codes."""

    points: Decimal = Decimal()
    entries: int = 0
    by_indicator: list[tuple[str, Decimal, int]] = dataclasses.field(default_factory=list)

    def add(self, group: dict) -> None:
        self.points += group["points"]
        self.entries += group["entries"]
        self.by_indicator.append((group["indicator"], group["points"], group["entries"]))


def units_in(entries, units, words: str):
    """The units, of those this person may know, that have a line among `entries`; narrowed by words of their names."""
    return units.matching(words).filter(Exists(entries.filter(unit=OuterRef("pk"))))


def by_unit(entries, units) -> dict[int, Sums]:
    """Key of a unit → its sums. One query, however many units."""
    found = {unit.pk: Sums() for unit in units}
    for group in entries.filter(unit__in=[*found]).by_indicator():
        found[group["unit"]].add(group)
    return found
