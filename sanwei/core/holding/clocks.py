"""Whether a clock that tells people something must stand still."""

import logging

from sanwei.core.heartbeat.skew import clock_is_wrong
from sanwei.core.holding.models import is_held

logger = logging.getLogger(__name__)


def must_stand_still(task: str) -> bool:
    """Our time is wrong, or a restored house has not been let go; says so in the log."""
    if is_held():
        logger.warning("%s stands still: sending is on hold since the restore", task)
        return True
    return clock_is_wrong(task)
