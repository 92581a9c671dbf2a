"""Taking a number."""

from sanwei.core.numbers.models import NumberSeries
from sanwei.core.rows import require_transaction, rewrite


def take(series: str, year: int) -> int:
    """The next number of a series, from 1, without gaps.

    The counter row stays locked until the caller's transaction ends, so a rolled-back caller returns its number.
    """
    require_transaction("take()")
    NumberSeries.objects.bulk_create([NumberSeries(series=series, year=year)], ignore_conflicts=True)
    counter = NumberSeries.objects.select_for_update().get(series=series, year=year)
    counter.last += 1
    return rewrite(counter, "last").last
