"""What tasks put on a person's desk."""

from sanwei.core import clock
from sanwei.core.questions import Question
from sanwei.core.roles import OFFICE_ROLES, Role
from sanwei.core.ui.worklist import WorkItem
from units.organisation.access import posts_of, roles_of, units_of
from units.rectification.models import Task
from units.rectification.states import UNDER_WAY, State

SHOWN = 10  # of one kind for the office; the rest is one click away in the list
OWN = 40  # of a unit: what it has to do
FOR_OFFICE = {State.VERIFYING: "验收", State.DECLINED: "重新交办"}
TO_DECIDE = Question(  # one state at a time: so the index has them in the order of waiting
    lambda state: (
        Task.objects.filter(state=state, suspended_on=None)
        .select_related("unit")
        .order_by("state_changed_at")[:SHOWN]
    ),
    state=str,
)
ASKED = Question(
    lambda: (
        Task.objects.filter(extension_signed_at__isnull=False, state=State.IN_PROGRESS)
        .select_related("unit")
        .order_by("extension_signed_at")[:SHOWN]
    )
)


def items(user) -> list[WorkItem]:
    """待办 and 在办: tasks of the units and departments this person works for, and what the office has to decide."""
    return [*of_units(user), *of_office(user)]


def of_units(user) -> list[WorkItem]:
    clerk_of, head_of = units_of(user, Role.UNIT_CLERK), units_of(user, Role.UNIT_HEAD)
    leads = {post.department_id for post in posts_of(user) if post.role == Role.DEPARTMENT_LEAD} - {None}
    if not units_of(user):
        return []
    own = Task.objects.visible_to(user).filter(state__in=UNDER_WAY, suspended_on=None)
    rows = own.select_related("unit").order_by("due_on")[:OWN]
    return [item for task in rows for item in of_one(task, user, clerk_of, head_of, leads)]


def of_one(task, user, clerk_of, head_of, leads):
    """The line of one task for a person of these units and departments; none where it is only assisted."""
    works = task.unit_id in clerk_of or task.lead_department_id in leads or task.person_id == user.pk
    heads = task.unit_id in head_of
    if task.state == State.ASSIGNED and (task.unit_id in clerk_of or heads):
        yield item(task, "签收", due=clock.end_of_day(task.sign_for_due_on))
    elif task.state == State.IN_PROGRESS and heads and waits_for_head(task):
        yield item(task, "签发延期申请")
    elif task.state == State.IN_PROGRESS and works:
        yield item(task, "办理并上报办结")
    elif task.state == State.UNIT_REVIEW and heads:
        yield item(task, "审核上报")
    elif works or heads:
        yield item(task, task.get_state_display(), with_others=True)


def waits_for_head(task) -> bool:
    return task.asked_extension_id is not None and task.extension_signed_at is None


def of_office(user) -> list[WorkItem]:
    """What the office has to decide, longest waiting first."""
    if not roles_of(user) & OFFICE_ROLES:
        return []
    waiting = [
        item(task, what, due=None)
        for state, what in FOR_OFFICE.items()
        for task in TO_DECIDE(state=state.value)
    ]
    return waiting + [item(task, "批复延期申请", waiting_for="领导组办公室") for task in ASKED()]


NOT_GIVEN = object()


def item(task, what, due=NOT_GIVEN, with_others=False, waiting_for="") -> WorkItem:
    return WorkItem(
        f"{task.unit} {task.title}",
        task.get_absolute_url(),
        what,
        clock.end_of_day(task.due_on) if due is NOT_GIVEN else due,
        task.state_changed_at,
        waiting_for or task.waiting_for,
        with_others,
    )
