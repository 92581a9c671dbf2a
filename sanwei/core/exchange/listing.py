"""A list that may leave the house as Excel, described once for every way in which it is written."""

import dataclasses
from collections.abc import Callable, Iterator

from django.db.models import QuerySet

PORTION = 500  # rows read from the database at a time


@dataclasses.dataclass(frozen=True)
class Listing:
    """What stands in the workbook. `found`: the records, from visible_to() on, in their order, not sliced.

    `row(number, record)` makes the cells of one; `number` counts from 1. `enriched` adds to the records of a portion what is
    looked up for all of them at once.
    """

    title: str
    heads: tuple[str, ...]
    found: QuerySet
    row: Callable[[int, object], tuple]
    enriched: Callable[[list], list] = list

    def rows(self) -> Iterator[tuple]:
        """The rows as they are when each portion is read.

        The keys are read first and no cursor stays open: a reader that stood open while others write could on SQLite
        not write itself, and on PostgreSQL would run into the time-out of statements. What has gone since is left out.
        """
        number = 0
        everything = [*self.found.values_list("pk", flat=True)]
        for start in range(0, len(everything), PORTION):
            keys = everything[start : start + PORTION]
            known = self.found.order_by().in_bulk(keys)
            for record in self.enriched([known[key] for key in keys if key in known]):
                number += 1
                yield self.row(number, record)
