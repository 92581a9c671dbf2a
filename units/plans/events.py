"""What plans offer to the ledger (core/scorable.py): that one was handed in late (dossier 2.10, A2), by how many working days.

A filing that was withdrawn, and a limit put off, change that: what was told before has fallen, and what is true now is
another event. A plan that is still owed is not late by so many days yet, and tells nothing.
"""

from sanwei.core import clock
from sanwei.core.rows import require_transaction
from sanwei.core.scorable import Event, Scorable
from units.plans.models import Plan

PORTION = 200  # plans looked at in one transaction
LATE = "plan.late"


def scorable_events(campaign) -> list[Scorable]:
    """Some of the plans of a campaign about which there may be something new, as they stand now; none when all have been looked at.

    They are locked, and marked as looked at in the transaction of whoever enters what they tell. Two workers get
    different ones. Side effects: the marks.
    """
    require_transaction("scorable_events()")
    waiting = Plan.objects.select_for_update(of=("self",), skip_locked=True)
    waiting = waiting.to_gather(campaign, clock.today()).for_list()
    some = list(waiting.order_by("pk")[:PORTION])
    Plan.objects.filter(pk__in=[plan.pk for plan in some]).update(gather_on=None)
    return [scorable(plan) for plan in some]


def scorable(plan) -> Scorable:
    return Scorable(cause=f"plan:{plan.pk}", label=str(plan), unit=plan.unit, events=tuple(events_of(plan)))


def events_of(plan):
    if plan.late_days:
        key = f"plan:{plan.pk}:late:{plan.late_days}"
        label, received = f"迟报{plan.late_days}个工作日", clock.day_of(plan.submitted_at)
        yield Event(LATE, key, label, received, quantity=plan.late_days)
