"""What findings put on a person's desk."""

from django.db.models import Exists, OuterRef

from assessments.inspections.models import Finding, Inspection, Witness
from assessments.inspections.models.finding import FILERS
from sanwei.core import clock
from sanwei.core.roles import Role
from sanwei.core.ui.worklist import WorkItem
from units.organisation.access import roles_of, units_of

SHOWN = 20  # of one kind; the rest is one click away in the list
FOR_FILERS = {Finding.State.RECORDED: "核对后告知单位", Finding.State.OBJECTED: "认定申辩"}


def items(user) -> list[WorkItem]:
    """Of a head, what the unit must answer; of those who supervise, what waits for them and the inspections they are on."""
    return [*of_units(user), *of_filers(user)]


def of_units(user):
    heads, clerks = units_of(user, Role.UNIT_HEAD), units_of(user, Role.UNIT_CLERK)
    if not heads | clerks:
        return
    waiting = Finding.objects.visible_to(user).waiting_for_answer().filter(unit__in=heads | clerks)
    for finding in waiting.for_list().order_by("answer_due_on", "pk")[:SHOWN]:
        due = clock.end_of_day(finding.answer_due_on)
        yield item(finding, "确认或申辩", due=due, with_others=finding.unit_id not in heads)


def of_filers(user):
    if not roles_of(user) & FILERS:
        return
    waiting = Finding.objects.visible_to(user).filter(state__in=FOR_FILERS).exclude(unit__in=units_of(user))
    objected = Finding.State.OBJECTED
    seen = Witness.objects.filter(finding=OuterRef("pk"), user=user.pk)
    rows = waiting.for_list().annotate(saw_it=Exists(seen)).order_by("state_changed_at", "pk")
    for finding in rows[:SHOWN]:
        barred = finding.state == objected and (finding.saw_it or finding.recorded_by_id == user.pk)
        yield item(finding, FOR_FILERS[finding.state], with_others=barred)
    for inspection in Inspection.objects.visible_to(user).to_fill(user).order_by("ends_on", "pk")[:SHOWN]:
        due = clock.end_of_day(inspection.ends_on)
        url, since = inspection.get_absolute_url(), inspection.state_changed_at
        yield WorkItem(str(inspection), url, "现场督查并登记问题", due, since, "督查组")


def item(finding, what, due=None, with_others=False) -> WorkItem:
    return WorkItem(
        f"{finding.unit} {finding.item.name}",
        finding.get_absolute_url(),
        what,
        due,
        finding.state_changed_at,
        finding.waiting_for,
        with_others,
    )
