"""What a unit is told about its points. Nobody is named: who found something out is not the unit's to know."""

from assessments.ledger.kinds import said
from sanwei.core.days import written
from sanwei.core.notifications.audience import holders_of
from sanwei.core.notifications.models import Announcement
from sanwei.core.roles import Role


def entered(entry) -> Announcement:
    title = f"考评台账{said(entry.points)}：{entry.cause_label}"
    return to_unit(entry, "enter", title, f"{entry.rule}发生日期：{written(entry.occurred_on)}。")


def struck(entry, counter) -> Announcement:
    title = f"考评台账冲销（原{said(entry.points)}）：{entry.cause_label}"
    return to_unit(entry, "reverse", title, counter.reason)


def to_unit(entry, verb, title, body) -> Announcement:
    return Announcement.to(
        holders_of(Role.UNIT_CLERK, Role.UNIT_HEAD, units=[entry.unit_id]),
        key=f"ledger:{entry.pk}:{verb}",
        title=title[:200],
        body=body,
        url=entry.get_absolute_url(),
        about=entry,
    )
