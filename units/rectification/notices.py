"""What people are told about a task, worded for notify()."""

from sanwei.core.notifications.audience import holders_of, named
from sanwei.core.notifications.models import Announcement
from sanwei.core.roles import OFFICE_ROLES, Role

CLERK_AND_HEAD = (Role.UNIT_CLERK, Role.UNIT_HEAD)
HEAD = (Role.UNIT_HEAD,)
CLERK = (Role.UNIT_CLERK,)


def to_unit(task, roles, verb, title, body="", kind="notice") -> Announcement:
    """For everyone who holds one of `roles` in the unit that answers for the task.

    The key carries the task's version, so that the same verb in a later round is told again.
    """
    return told(task, holders_of(*roles, units=[task.unit_id]), f"{verb}:unit", title, body, kind)


def to_office(task, verb, title, body="") -> Announcement:
    return told(task, holders_of(*OFFICE_ROLES), f"{verb}:office", title, body)


def to_people(task, verb, title, *people) -> Announcement:
    """For these people by name."""
    return told(task, named(*people), f"{verb}:people", title)


def to_assisting(task, units, verb, title) -> Announcement:
    return told(task, holders_of(*CLERK_AND_HEAD, units=units), f"{verb}:assisting", title)


def told(task, audience, verb, title, body="", kind="notice") -> Announcement:
    return Announcement.to(
        audience,
        key=f"task:{task.pk}:{task.version}:{verb}",
        title=title,
        body=body,
        url=task.get_absolute_url(),
        about=task,
        kind=kind,
    )
