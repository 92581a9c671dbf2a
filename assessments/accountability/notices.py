"""What people are told about a case: its number and nothing else, since a mail leaves the house."""

from assessments.accountability.recusal import handlers_of
from sanwei.core.notifications.audience import holders_of, named
from sanwei.core.notifications.models import Announcement
from sanwei.core.roles import Role


def to_head(case, verb, title, kind="notice") -> list[Announcement]:
    """For the head of the unit concerned."""
    audience = holders_of(Role.UNIT_HEAD, units=[case.unit_id])
    return [told(case, audience, f"{verb}:head", title, kind)]


def to_handlers(case, verb, title, but=None, kind="notice") -> list[Announcement]:
    """For those who handle cases and need not keep away from this one, by name; for nobody if there is none."""
    people = handlers_of(case, but)
    return [told(case, named(*people), f"{verb}:handlers", title, kind)] if people else []


def told(case, audience, key, title, kind) -> Announcement:
    """A verb in a later round is told again, a threshold is not: its key says of which day it is."""
    round = "" if kind == "reminder" else f"{case.version}:"
    return Announcement.to(
        audience,
        key=f"accountability:{case.pk}:{round}{key}",
        title=f"责任追究{case.number}：{title}",
        url=case.get_absolute_url(),
        about=case,
        kind=kind,
    )
