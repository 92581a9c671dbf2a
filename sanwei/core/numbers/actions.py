"""Taking a number."""

from django.db import transaction

from sanwei.core.numbers.models import NumberSeries


def take(series: str, year: int) -> int:
    """The next number of a series, from 1, without gaps.

    The counter row stays locked until the caller's transaction ends, so a rolled-back caller returns its number.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("take() must be called inside the transaction that uses the number")
    NumberSeries.objects.bulk_create([NumberSeries(series=series, year=year)], ignore_conflicts=True)
    counter = NumberSeries.objects.select_for_update().get(series=series, year=year)
    counter.last += 1
    counter.save(update_fields=["last"])
    return counter.last
