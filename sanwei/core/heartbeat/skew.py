"""Whether this machine's clock goes with the database's (F14): nobody is reminded by a clock that has jumped."""

import dataclasses
import datetime as dt
import logging
import time

from django.conf import settings
from django.db import connection

from sanwei.core import clock

logger = logging.getLogger(__name__)

KEPT = 10  # seconds
latest: "Comparison | None" = None  # of this process


@dataclasses.dataclass(frozen=True)
class Comparison:
    """How far our clock was ahead of the database's, and when, by our clock and by one that nobody sets (seconds)."""

    ahead: dt.timedelta
    at: dt.datetime
    steady: float

    @property
    def holds(self) -> bool:
        """For ten seconds, unless our clock has been set meanwhile."""
        passed = time.monotonic() - self.steady
        return 0 <= passed < KEPT and abs((clock.now() - self.at).total_seconds() - passed) < 1


def compare() -> Comparison:
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        [theirs] = cursor.fetchone()
    ours = clock.now()
    return Comparison(ours - theirs, ours, time.monotonic())


def skew() -> dt.timedelta:
    """How far our clock is ahead of the database's. On an embedded database there is one clock only."""
    global latest
    if connection.vendor != "postgresql":
        return dt.timedelta()
    if latest is None or not latest.holds:
        latest = compare()
    return latest.ahead


def jump() -> dt.timedelta:
    """The skew, if it is more than SANWEI_CLOCK_TOLERANCE seconds; else nothing. 0: the two are never compared."""
    tolerance = dt.timedelta(seconds=settings.SANWEI_CLOCK_TOLERANCE)
    if not tolerance:
        return dt.timedelta()
    ahead = skew()
    return ahead if abs(ahead) > tolerance else dt.timedelta()


def clock_is_wrong(task: str) -> bool:
    """For clocks that act on people: says so in the log and lets the task stand still."""
    if jumped := jump():
        logger.error("%s stands still: the clock differs from the database's by %s", task, jumped)
    return bool(jumped)


def true_instant(instant: dt.datetime) -> dt.datetime:
    """The instant at which something reached us, by the database's clock where ours has jumped."""
    return instant - jump()
