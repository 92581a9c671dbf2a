"""What people are told about a finding. Who found it stands in none of it."""

from assessments.inspections.models.finding import FILERS
from sanwei.core.notifications.audience import holders_of
from sanwei.core.notifications.models import Announcement
from sanwei.core.roles import Role

CLERK_AND_HEAD = (Role.UNIT_CLERK, Role.UNIT_HEAD)


def to_unit(finding, verb, title, body="", roles=CLERK_AND_HEAD) -> Announcement:
    return told(finding, holders_of(*roles, units=[finding.unit_id]), f"{verb}:unit", title, body)


def to_filers(finding, verb, title, body="") -> Announcement:
    """The supervision offices and the head of the office, who decide about objections."""
    return told(finding, holders_of(*FILERS), f"{verb}:filers", title, body)


def told(finding, audience, verb, title, body="", kind="notice") -> Announcement:
    return Announcement.to(
        audience,
        key=f"finding:{finding.pk}:{finding.version}:{verb}",
        title=title[:200],
        body=body,
        url=finding.get_absolute_url(),
        about=finding,
        kind=kind,
    )
