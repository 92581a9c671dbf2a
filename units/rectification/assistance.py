"""Help for the unit in the lead: who is asked, and what they have to say (协办)."""

from django.db import transaction

from sanwei.core import clock
from sanwei.core.audit.actions import record
from sanwei.core.days import written
from sanwei.core.notifications.actions import notify
from sanwei.core.refusals import Refused
from sanwei.core.rows import rewrite
from units.rectification import deadlines
from units.rectification.models import Assistance
from units.rectification.notices import CLERK_AND_HEAD, to_assisting, to_unit


def ask_for_help(task, units) -> None:
    """协办: what they have to say is due at half of the time. Side effects: rows, an announcement to them."""
    others = [unit for unit in units if unit.pk != task.unit_id]
    if not others:
        return
    due_on = deadlines.half_way(clock.today(), task.due_on)
    Assistance.objects.bulk_create(Assistance(task=task, unit=unit, due_on=due_on) for unit in others)
    title = f"{task.title}：请协办，{written(due_on)}前提出意见"
    notify(to_assisting(task, [unit.pk for unit in others], "assist", title))


@transaction.atomic
def assist(*, assistance, by, opinion) -> Assistance:
    """提出协办意见. Side effects: row, audit, an announcement to the unit in the lead."""
    assistance = (
        Assistance.objects.select_for_update(of=("self",))
        .select_related("task", "unit")
        .get(pk=assistance.pk)
    )
    task = assistance.task
    if not task.is_open:
        raise Refused("该任务已办结，不能再提出协办意见。")
    assistance.opinion, assistance.given_by, assistance.given_at = opinion, by, clock.now()
    rewrite(assistance, "opinion", "given_by", "given_at")
    record(task, "assist", by, label="提出协办意见", unit=assistance.unit.name)
    key = f"assist:{assistance.pk}:{assistance.given_at.isoformat()}"
    notify(to_unit(task, CLERK_AND_HEAD, key, f"{assistance.unit}提出协办意见：{task.title}", opinion))
    return assistance
