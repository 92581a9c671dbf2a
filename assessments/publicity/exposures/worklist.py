"""What exposures put on a person's desk."""

from assessments.publicity import publication
from assessments.publicity.exposures.models import UPHELD, Exposure
from sanwei.core.questions import Question
from sanwei.core.roles import Role
from sanwei.core.ui.worklist import WorkItem
from units.organisation.access import is_office, units_of

SHOWN = 20  # of one kind; the rest is one click away in the list
State = Exposure.State
TO_VERIFY_OR_APPROVE = Question(
    lambda: (
        Exposure.objects.filter(state__in=(State.REGISTERED, State.PROPOSED))
        .for_list()
        .order_by("state_changed_at")[: 2 * SHOWN]
    )
)
WITHOUT_TASK = Question(
    lambda: (
        Exposure.objects.filter(state=State.VERIFIED, verification__in=UPHELD, task=None)
        .for_list()
        .order_by("state_changed_at")[:SHOWN]
    )
)


def items(user) -> list[WorkItem]:
    """待办 of the office: verify, give the task, approve; 在办 of the unit: what is being verified."""
    return [*of_office(user), *of_unit(user)]


def of_office(user) -> list[WorkItem]:
    if not is_office(user):
        return []
    waiting = [step_of(row, user) for row in TO_VERIFY_OR_APPROVE()]
    return waiting + [item(row, "交办整改", waiting_for="领导组办公室") for row in WITHOUT_TASK()]


def step_of(exposure, user) -> WorkItem:
    if exposure.state == State.REGISTERED:
        return item(exposure, "核实")
    if publication.proposed_by(exposure, user):
        return item(exposure, "等待他人批准公开", with_others=True)
    return item(exposure, "批准公开")


def of_unit(user) -> list[WorkItem]:
    if not (heads := units_of(user, Role.UNIT_CLERK, Role.UNIT_HEAD)):
        return []
    own = Exposure.objects.visible_to(user).filter(unit__in=heads, state=State.REGISTERED)
    rows = own.for_list().order_by("state_changed_at")[:SHOWN]
    return [item(row, "核对情况，可作陈述", with_others=True) for row in rows]


def item(exposure, what, with_others=False, waiting_for="") -> WorkItem:
    return WorkItem(
        f"{exposure.unit} {exposure.masked(exposure.title)}",
        exposure.get_absolute_url(),
        what,
        None,
        exposure.state_changed_at,
        waiting_for or exposure.waiting_for,
        with_others,
    )
