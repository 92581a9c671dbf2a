"""What bulletins put on a person's desk."""

from assessments.bulletins.models import Bulletin
from sanwei.core.roles import Role
from sanwei.core.ui.worklist import WorkItem
from units.organisation.access import is_office, roles_of, units_of

NEXT_STEP = {
    Bulletin.State.DRAFT: "核对后送核",
    Bulletin.State.SIGNED: "编号",
    Bulletin.State.NUMBERED: "印发",
}


def item(bulletin, what) -> WorkItem:
    return WorkItem(
        bulletin.title,
        bulletin.get_absolute_url(),
        what,
        None,
        bulletin.state_changed_at,
        bulletin.waiting_for,
    )


def todo(user) -> list[WorkItem]:
    """待办: drafts and numbers for the office, signatures for its head, receipts for units."""
    bulletins = Bulletin.objects.visible_to(user).for_list()
    found = []
    if is_office(user):
        found += [item(row, NEXT_STEP[row.state]) for row in bulletins.filter(state__in=NEXT_STEP)]
    if Role.OFFICE_HEAD in roles_of(user):
        found += [item(row, "签发") for row in bulletins.filter(state=Bulletin.State.OFFICE_REVIEW)]
    if mine := units_of(user, Role.UNIT_CLERK, Role.UNIT_HEAD):
        found += [item(row, "签收") for row in bulletins.unread_by(mine)]
    return found


def under_way(user) -> list[WorkItem]:
    """在办: what waits for the signature of the office head."""
    if not is_office(user) or Role.OFFICE_HEAD in roles_of(user):
        return []
    waiting = Bulletin.objects.visible_to(user).for_list().filter(state=Bulletin.State.OFFICE_REVIEW)
    return [item(row, "等待签发") for row in waiting]
