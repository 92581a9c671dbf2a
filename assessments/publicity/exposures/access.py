"""Who may do what with an exposure. Whether it can be done now is the business of TRANSITIONS."""

from sanwei.core.roles import OFFICE_ROLES, Role
from units.organisation.access import is_office, roles_of, units_of


def is_press(user) -> bool:
    return Role.PRESS in roles_of(user)


def can_register(user) -> bool:
    return is_office(user) or is_press(user)


def can_edit(user, exposure) -> bool:
    """The office, and whoever of the press entered it."""
    return is_office(user) or (is_press(user) and exposure.registered_by_id == user.pk)


can_cancel = can_edit


def can_attach(user, exposure) -> bool:
    """The scan: those who may edit. Evidence for what it explains: the unit."""
    return can_edit(user, exposure) or exposure.unit_id in units_of(user, Role.UNIT_CLERK, Role.UNIT_HEAD)


def can_remove_paper(user, paper) -> bool:
    """Nobody takes away what another one handed in."""
    return paper.uploaded_by_id == user.pk


def can_explain(user, exposure) -> bool:
    """What leaves the unit in its name is signed by its head."""
    return exposure.unit_id in units_of(user, Role.UNIT_HEAD)


def can_verify(user, exposure) -> bool:
    return is_office(user)


can_disprove = can_reconsider = can_open_task = can_link_finding = can_verify


def can_reply(user, exposure) -> bool:
    """The press drafts what the public is answered, or the office itself."""
    return is_office(user) or is_press(user)


can_propose = can_reply


def can_publish(user, exposure) -> bool:
    """The office; who proposed it is refused by the act (publication.py)."""
    return is_office(user)


can_refuse = can_publish


def can_withdraw(user, exposure) -> bool:
    """One is enough to take down what is wrong: it is done at once, and the correction stands in the record."""
    return is_office(user)


def can_see_people(user, exposure) -> bool:
    """The persons concerned by name: the office, leaders, the unit's own head, and who of the press entered them
    (dossier A14). All others read them masked."""
    if roles_of(user) & (OFFICE_ROLES | {Role.LEADER}):
        return True
    own = is_press(user) and exposure.registered_by_id == user.pk
    return own or exposure.unit_id in units_of(user, Role.UNIT_HEAD)


def can_see_task(user, exposure) -> bool:
    """Whoever sees the exposure, but for the press: tasks are not its business."""
    if exposure.task_id is None:
        return False
    supervises = bool(roles_of(user) & (OFFICE_ROLES | {Role.LEADER, Role.INSPECTOR}))
    return supervises or exposure.unit_id in units_of(user, Role.UNIT_CLERK, Role.UNIT_HEAD)


def can_see_workings(user) -> bool:
    """Who acted, and what is only being drafted: everybody who is not of the unit concerned."""
    return bool(roles_of(user) & (OFFICE_ROLES | {Role.LEADER, Role.INSPECTOR, Role.PRESS}))
