"""Taking numbers."""

from sanwei.core.numbers.models import NumberSeries
from sanwei.core.rows import require_transaction, rewrite


def take(series: str, year: int) -> int:
    """The next number of a series, from 1, without gaps.

    The counter row stays locked until the caller's transaction ends, so a rolled-back caller returns its number.
    """
    return take_many(series, year, 1)[0]


def take_many(series: str, year: int, count: int) -> range:
    """The next `count` numbers of a series, as take() gives them one by one."""
    require_transaction("take_many()")
    NumberSeries.objects.bulk_create([NumberSeries(series=series, year=year)], ignore_conflicts=True)
    counter = NumberSeries.objects.select_for_update().get(series=series, year=year)
    first, counter.last = counter.last + 1, counter.last + count
    return range(first, rewrite(counter, "last").last + 1)
