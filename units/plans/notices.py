"""Telling the people of a unit about its plan."""

from sanwei.core.notifications.actions import notify
from units.organisation.people import holders


def tell(plan, roles, key, title, body="", kind="notice") -> int:
    """Tell everyone who holds one of `roles` in the plan's unit; once for each person and key.

    The key carries the plan's version, so that the same verb in a later round is told again.
    """
    return notify(
        holders(*roles, units=[plan.unit_id]),
        key=f"plan:{plan.pk}:{plan.version if kind == 'notice' else ''}:{key}",
        title=title,
        body=body,
        url=plan.get_absolute_url(),
        about=plan,
        kind=kind,
    )
