"""Whether this process lives, and whether the house works."""

import datetime as dt

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import JsonResponse

from sanwei.core import clock
from sanwei.core.doors import public
from sanwei.core.heartbeat.models import Heartbeat
from sanwei.core.heartbeat.skew import jump
from sanwei.core.holding.models import standing

STALE = dt.timedelta(minutes=5)


@public
def healthz(request):
    """The process answers; asks nobody else."""
    return JsonResponse({"status": "ok"})


@public
def readyz(request):
    """200 when the database answers, no migration is missing, the clocks ran and tell the right time, and a restored
    house was let go; else 503."""
    checks = {}
    try:
        checks["database"] = "ok"
        checks["migrations"] = "ok" if not pending() else "missing"
        checks["outbox"] = outbox()
        checks["clocks"] = clocks()
        checks["time"] = "skewed" if jump() else "ok"
    except DatabaseError:
        checks["database"] = "unreachable"
    good = all(value == "ok" for value in checks.values())
    return JsonResponse({"status": "ok" if good else "not ready", **checks}, status=200 if good else 503)


def pending() -> bool:
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def outbox() -> str:
    """ok, or since when a restored house waits for a person."""
    hold = standing()
    return f"held since {hold.since.isoformat()}" if hold else "ok"


def clocks() -> str:
    """ok, or which clock is late. A house that was just started has no heartbeat yet: that is late too."""
    beats = dict(Heartbeat.objects.values_list("name", "at"))
    late = [
        name
        for name in ("deliver outbox", "seal audit entries")
        if name not in beats or clock.now() - beats[name] > STALE
    ]
    return f"late: {', '.join(late)}" if late else "ok"
