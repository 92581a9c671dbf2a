"""What cases put on a person's desk."""

from assessments.publicity import publication
from assessments.publicity.cases.models import ModelCase
from sanwei.core.questions import Question
from sanwei.core.roles import Role
from sanwei.core.ui.worklist import WorkItem
from units.organisation.access import is_office, roles_of, units_of

SHOWN = 20  # of one kind; the rest is one click away in the list
State = ModelCase.State
OF_OFFICE = {
    State.SUBMITTED: "开始编审",
    State.EDITING: "编审",
    State.ADOPTED: "提请发布",
    State.PROPOSED: "批准发布",
}
UNFINISHED = Question(
    lambda: ModelCase.objects.filter(state__in=OF_OFFICE).for_list().order_by("state_changed_at")[: 2 * SHOWN]
)
NOT_ADOPTED = (State.DRAFT, State.AWAITING_SIGNATURE, State.SUBMITTED, State.EDITING)


def items(user) -> list[WorkItem]:
    """待办 and 在办: of the office, of those who send in."""
    return [*of_office(user), *of_senders(user)]


def of_office(user) -> list[WorkItem]:
    return [step_of(case, user) for case in UNFINISHED()] if is_office(user) else []


def step_of(case, user) -> WorkItem:
    if case.state == State.PROPOSED and publication.proposed_by(case, user):
        return item(case, "等待他人批准发布", with_others=True)
    return item(case, OF_OFFICE[case.state])


def of_senders(user) -> list[WorkItem]:
    clerk_of, head_of = units_of(user, Role.UNIT_CLERK), units_of(user, Role.UNIT_HEAD)
    if not (clerk_of or head_of or Role.PRESS in roles_of(user)):
        return []
    rows = ModelCase.objects.visible_to(user).filter(state__in=NOT_ADOPTED)
    return [
        line_of(case, user, clerk_of, head_of)
        for case in rows.for_list().order_by("state_changed_at")[: 2 * SHOWN]
    ]


def line_of(case, user, clerk_of, head_of) -> WorkItem:
    """What somebody who may send it in does next, or what others do with it."""
    mine = Role.PRESS in roles_of(user) if case.from_press else case.unit_id in clerk_of
    if case.state == State.DRAFT and mine:
        return item(case, "修改后报送" if case.from_press else "修改后送审")
    if case.state == State.AWAITING_SIGNATURE and case.unit_id in head_of:
        return item(case, "签发报送")
    return item(case, case.get_state_display(), with_others=True)


def item(case, what, with_others=False) -> WorkItem:
    return WorkItem(
        f"{case.unit} {case}",
        case.get_absolute_url(),
        what,
        None,
        case.state_changed_at,
        case.waiting_for,
        with_others,
    )
