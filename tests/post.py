"""The relay, run by hand: what an act announced is told seconds after its commit, in a test when the test says so."""

from sanwei.core.notifications import telling


def tell_all() -> int:
    """Tell everything that waits to be told; returns how many announcements that were."""
    return telling.tell_waiting(seconds=60)
