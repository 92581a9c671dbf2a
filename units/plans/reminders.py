"""Reminding units of plans they owe: T-10, T-5, T-3, T-1, T, T+1 and weekly after, in working days.

Each threshold once for each plan and deadline. What counts is the latest threshold reached, so a clock that stood
still for days sends one message when it runs again, not a pile (lessons.md, Reminders).
"""

import dataclasses
import datetime as dt

from django.db import models, transaction
from django.db.models import Case, Exists, F, OuterRef, Q, When
from django.db.models.functions import Coalesce

from sanwei.core import clock
from sanwei.core.addresses import address
from sanwei.core.notifications import quiet
from sanwei.core.notifications.actions import notify
from sanwei.core.notifications.audience import holders_of
from sanwei.core.notifications.models import Announcement
from sanwei.core.roles import OFFICE_ROLES, Role
from sanwei.core.workdays import calendar, thresholds
from units.campaigns.models import Campaign
from units.plans.models import Plan, Reminder
from units.plans.notices import CLERK_AND_HEAD, to_unit

CLERK = (Role.UNIT_CLERK,)
HEAD_FROM = -3  # working days from the due day from which the head is told too
PORTION = 500  # plans reminded in one transaction


@dataclasses.dataclass(frozen=True)
class Threshold:
    """`offset` working days from the due day (negative: before), and who is told: clerk, then head, then office."""

    offset: int
    roles: tuple[str, ...]
    office: bool = False

    @property
    def name(self) -> str:
        return thresholds.name(self.offset)


def threshold_reached(due_day: dt.date, today: dt.date) -> Threshold | None:
    """The latest threshold reached on `today`, or None when it is too early for any."""
    offset = thresholds.reached(due_day, today)
    if offset is None:
        return None
    return Threshold(offset, CLERK if offset < HEAD_FROM else CLERK_AND_HEAD, office=offset > 0)


def owing() -> models.QuerySet:
    """Plans that an open campaign still waits for, with `owed`, the instant that counts for each."""
    return (
        Plan.objects.filter(Q(submitted_at=None) | Q(returned_at__isnull=False))
        .filter(campaign__state=Campaign.State.OPEN)
        .annotate(
            owed=Coalesce(Case(When(returned_at__isnull=False, then=F("revision_due_at"))), F("due_at"))
        )
    )


def remind() -> int:
    """Send what is due now; returns how many plans were reminded. Nothing in the quiet hours."""
    if quiet.is_quiet(clock.now()):
        return 0
    reminded = 0
    for campaign_id, owed in owing().values_list("campaign", "owed").distinct():
        threshold = threshold_reached(calendar.due_day(owed), clock.today())
        if threshold is not None:
            reminded += remind_of(campaign_id, owed, threshold)
    return reminded


def remind_of(campaign_id: int, owed: dt.datetime, threshold: Threshold) -> int:
    """Remind every unit that owes a plan at `owed` and has not been told of this threshold. Side effects for each: a
    mark and an announcement, portion by portion."""
    told = Reminder.objects.filter(plan=OuterRef("pk"), due_at=owed, threshold=threshold.name)
    plans = owing().filter(~Exists(told), campaign=campaign_id, owed=owed).for_list()
    count, last = 0, 0
    while some := list(plans.filter(pk__gt=last).order_by("pk")[:PORTION]):
        with transaction.atomic():
            Reminder.objects.bulk_create(
                [Reminder(plan=plan, due_at=owed, threshold=threshold.name) for plan in some],
                ignore_conflicts=True,
            )
            notify(*[reminding(plan, owed, threshold) for plan in some])
        count, last = count + len(some), some[-1].pk
    if threshold.office:  # also when every unit has been told: the run before may have ended in between
        tell_office(campaign_id, calendar.due_day(owed), threshold)
    return count


def reminding(plan, owed: dt.datetime, threshold: Threshold) -> Announcement:
    title, body = wording(plan, calendar.due_day(owed))
    key = f"due:{owed.isoformat()}:{threshold.name}"
    return to_unit(plan, threshold.roles, key, title, body, kind="reminder")


def wording(plan, due_day: dt.date) -> tuple[str, str]:
    """Title and body in the office's words (dossier H6)."""
    what = "补正后的实施方案" if plan.returned_at else "实施方案"
    remaining = calendar.remaining_text(due_day, clock.today())
    title = f"{plan.campaign.year}年度{what}：{remaining}"
    return title, f"【三型机关创建办】贵单位{title}。{calendar.deadline_text(due_day)}，请及时报送。"


def tell_office(campaign_id: int, due_day: dt.date, threshold: Threshold) -> None:
    """One line for the office: how many units are still missing, opening to the list."""
    campaign = Campaign.objects.get(pk=campaign_id)
    missing = Plan.objects.filter(campaign=campaign).overdue(clock.now()).count()
    with transaction.atomic():
        notify(
            Announcement.to(
                holders_of(*OFFICE_ROLES),
                key=f"campaign:{campaign_id}:missing:{due_day}:{threshold.name}",
                title=f"{campaign.year}年度实施方案：{missing}个单位逾期未报",
                url=f"{address('plans:list')}?filed=missing",
                about=campaign,
                kind="reminder",
            )
        )
