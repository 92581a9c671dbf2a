"""What people are told about an exposure, worded for notify(). No title or body names a person concerned."""

from sanwei.core.notifications.audience import holders_of, named
from sanwei.core.notifications.models import Announcement
from sanwei.core.roles import OFFICE_ROLES, Role

CLERK_AND_HEAD = (Role.UNIT_CLERK, Role.UNIT_HEAD)


def to_unit(exposure, verb, title, body="") -> Announcement:
    """For clerk and head of the unit concerned."""
    return told(exposure, holders_of(*CLERK_AND_HEAD, units=[exposure.unit_id]), f"{verb}:unit", title, body)


def to_office(exposure, verb, title, body="") -> Announcement:
    return told(exposure, holders_of(*OFFICE_ROLES), f"{verb}:office", title, body)


def to_person(exposure, person, verb, title, body="") -> Announcement:
    return told(exposure, named(person), f"{verb}:person", title, body)


def told(exposure, audience, verb, title, body) -> Announcement:
    """The key carries the version, so that the same verb in a later round is told again."""
    return Announcement.to(
        audience,
        key=f"exposure:{exposure.pk}:{exposure.version}:{verb}",
        title=exposure.masked(title),
        body=exposure.masked(body),
        url=exposure.get_absolute_url(),
        about=exposure,
    )
