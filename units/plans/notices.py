"""What people are told about a plan, worded for notify()."""

from sanwei.core.notifications.audience import holders_of
from sanwei.core.notifications.models import Announcement
from sanwei.core.roles import OFFICE_ROLES, Role

CLERK_AND_HEAD = (Role.UNIT_CLERK, Role.UNIT_HEAD)


def to_unit(plan, roles, key, title, body="", kind="notice") -> Announcement:
    """For everyone who holds one of `roles` in the plan's unit.

    The key carries the plan's version, so that the same verb in a later round is told again.
    """
    return Announcement.to(
        holders_of(*roles, units=[plan.unit_id]),
        key=f"plan:{plan.pk}:{plan.version if kind == 'notice' else ''}:{key}",
        title=title,
        body=body,
        url=plan.get_absolute_url(),
        about=plan,
        kind=kind,
    )


def to_office(plan, key, title) -> Announcement:
    """For the office; its mail comes with the next morning's."""
    return Announcement.to(
        holders_of(*OFFICE_ROLES),
        key=f"plan:{plan.pk}:{key}:office",
        title=title,
        url=plan.get_absolute_url(),
        about=plan,
        digest=True,
    )
