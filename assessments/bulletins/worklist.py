"""What bulletins put on a person's desk."""

from assessments.bulletins.models import Bulletin
from sanwei.core.questions import Question
from sanwei.core.roles import Role
from sanwei.core.ui.worklist import WorkItem
from units.organisation.access import is_office, roles_of, units_of

NEXT_STEP = {
    Bulletin.State.DRAFT: "核对后送核",
    Bulletin.State.SIGNED: "编号",
    Bulletin.State.NUMBERED: "印发",
}
UNFINISHED = Question(
    lambda: (
        Bulletin.objects.filter(state__in=[*NEXT_STEP, Bulletin.State.OFFICE_REVIEW])
        .for_list()
        .order_by("pk")
    )
)


def item(bulletin, what, with_others=False) -> WorkItem:
    return WorkItem(
        bulletin.title,
        bulletin.get_absolute_url(),
        what,
        None,
        bulletin.state_changed_at,
        bulletin.waiting_for,
        with_others,
    )


def items(user) -> list[WorkItem]:
    """待办: drafts and numbers for the office, signatures for its head, receipts for units; 在办: what awaits signature."""
    found = [step_of(row, user) for row in UNFINISHED()] if is_office(user) else []
    if mine := units_of(user, Role.UNIT_CLERK, Role.UNIT_HEAD):
        unread = Bulletin.objects.visible_to(user).for_list().unread_by(mine)
        found += [item(row, "签收") for row in unread]
    return found


def step_of(bulletin, user) -> WorkItem:
    """What somebody of the office does next with an unfinished bulletin."""
    if bulletin.state in NEXT_STEP:
        return item(bulletin, NEXT_STEP[bulletin.state])
    if Role.OFFICE_HEAD in roles_of(user):
        return item(bulletin, "签发")
    return item(bulletin, "等待签发", with_others=True)
