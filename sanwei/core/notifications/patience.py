"""How patient the relay is: how long a claim holds, when a failure is tried again, when a person has to look at it."""

import datetime as dt

from sanwei.core import clock

LEASE = dt.timedelta(minutes=1)  # longer than any single sending; what a dead worker held is free after it
BACK_OFF = [dt.timedelta(minutes=m) for m in (1, 5, 30, 180, 180, 360, 720)]
TRIES = len(BACK_OFF) + 1


class WorkerDied(Exception):
    """Every try has ended with the process, which could note nothing: it is not tried for ever."""


def setback(attempts: int, error: Exception) -> dict:
    """What changes on a row when its attempt number `attempts` has failed: due after a pause, or parked after TRIES.

    Of the error only the first line is kept: in those that follow the database may quote the row.
    """
    values = {"last_error": f"{type(error).__name__}: {error}".partition("\n")[0][:300]}
    if attempts >= TRIES:
        return values | {"parked_at": clock.now()}
    return values | {"due_at": clock.now() + BACK_OFF[attempts - 1]}
