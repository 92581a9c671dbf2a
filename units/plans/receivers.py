"""What plans do when a campaign tells its news."""

from django.dispatch import receiver

from sanwei.core import clock
from sanwei.core.notifications.actions import notify
from sanwei.core.notifications.audience import holders_of
from sanwei.core.notifications.models import Announcement
from sanwei.core.workdays import calendar
from units.campaigns.signals import campaign_opened, deadline_moved
from units.organisation.models import Unit
from units.plans.models import Extension, Plan
from units.plans.notices import CLERK_AND_HEAD


@receiver(campaign_opened)
def expect_plans(sender, campaign, by, **kwargs):
    """Every active unit now owes a plan. Side effects: a plan for each, an announcement to all clerks and heads."""
    Plan.objects.bulk_create(
        [
            Plan(campaign=campaign, unit=unit, unit_order=unit.order, due_at=campaign.plan_due_at)
            for unit in Unit.objects.active().in_order()
        ],
        ignore_conflicts=True,
        batch_size=1000,
    )
    notify(
        Announcement.to(
            holders_of(*CLERK_AND_HEAD),
            key=f"campaign:{campaign.pk}:open",
            title=f"{campaign.title}已启动，请报送年度实施方案",
            body=calendar.deadline_text(campaign.plan_due_on),
            url="/desk/",
            about=campaign,
        )
    )


@receiver(deadline_moved)
def move_due_dates(sender, campaign, previous, by, **kwargs):
    """Plans without an extension follow the campaign's deadline; those handed in are measured anew.

    Each time, also of a day that was told before and then given up: people would keep to the one told last.
    Side effects: due dates (and lateness), an announcement to the units that still owe one.
    """
    followers = Plan.objects.filter(campaign=campaign, due_at=previous).exclude(
        pk__in=Extension.objects.filter(plan__campaign=campaign).values("plan")
    )
    owing = list(followers.not_handed_in().values_list("unit", flat=True))
    for plan in followers.handed_in():
        plan.due_at = campaign.plan_due_at
        plan.late_days = calendar.late_workdays(plan.due_at, plan.submitted_at)
        plan.gather_on = clock.today()
        plan.save(update_fields=["due_at", "late_days", "gather_on"])
    followers.update(due_at=campaign.plan_due_at)
    notify(
        Announcement.to(
            holders_of(*CLERK_AND_HEAD, units=owing),
            key=f"campaign:{campaign.pk}:due:{campaign.plan_due_on}:{clock.now().isoformat()}",
            title=f"{campaign.title}实施方案报送期限调整",
            body=calendar.deadline_text(campaign.plan_due_on),
            url="/desk/",
            about=campaign,
        )
    )
