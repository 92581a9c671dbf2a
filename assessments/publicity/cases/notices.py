"""What people are told about a case, worded for notify(). No title or body names a person."""

from sanwei.core.notifications.audience import holders_of, named
from sanwei.core.notifications.models import Announcement
from sanwei.core.roles import OFFICE_ROLES, Role

CLERK_AND_HEAD = (Role.UNIT_CLERK, Role.UNIT_HEAD)
HEAD = (Role.UNIT_HEAD,)
CLERK = (Role.UNIT_CLERK,)


def to_sender(case, verb, title, body="", roles=CLERK_AND_HEAD) -> Announcement:
    """For `roles` of the unit that sent it in, or for the press."""
    audience = holders_of(Role.PRESS) if case.from_press else holders_of(*roles, units=[case.unit_id])
    return told(case, audience, f"{verb}:sender", title, body)


def to_office(case, verb, title, body="") -> Announcement:
    return told(case, holders_of(*OFFICE_ROLES), f"{verb}:office", title, body)


def to_person(case, person, verb, title, body="") -> Announcement:
    return told(case, named(person), f"{verb}:person", title, body)


def told(case, audience, verb, title, body) -> Announcement:
    """The key carries the version, so that the same verb in a later round is told again."""
    return Announcement.to(
        audience,
        key=f"case:{case.pk}:{case.version}:{verb}",
        title=case.masked(title),
        body=case.masked(body),
        url=case.get_absolute_url(),
        about=case,
    )
