"""Who may do what with a case. Whether it can be done now is the business of TRANSITIONS."""

from sanwei.core.roles import OFFICE_ROLES, Role
from units.organisation.access import is_office, roles_of, units_of


def is_clerk(user, case) -> bool:
    """The clerk of the unit that sends it in."""
    return not case.from_press and case.unit_id in units_of(user, Role.UNIT_CLERK)


def is_head(user, case) -> bool:
    return not case.from_press and case.unit_id in units_of(user, Role.UNIT_HEAD)


def is_author(user, case) -> bool:
    """The press, for what comes from it: whoever of them is there."""
    return case.from_press and Role.PRESS in roles_of(user)


def can_create(user) -> bool:
    return bool(units_of(user, Role.UNIT_CLERK)) or Role.PRESS in roles_of(user)


def can_edit(user, case) -> bool:
    return is_clerk(user, case) or is_author(user, case)


can_attach = can_edit


# Whoever drafted it sends it on; to whom depends on where it comes from, and the case says so (hindrance).
can_request_signature = can_submit = can_edit


def can_sign(user, case) -> bool:
    """What leaves the unit in its name is signed by its head."""
    return is_head(user, case)


can_hand_back = can_sign


def can_take_back(user, case) -> bool:
    """Whoever sent it in."""
    return is_head(user, case) or is_author(user, case)


def can_start_editing(user, case) -> bool:
    return is_office(user)


can_revise = can_adopt = can_return_for_revision = can_reject = can_propose = can_start_editing


def can_publish(user, case) -> bool:
    """The office; who proposed it is refused by the act (publication.py)."""
    return is_office(user)


can_refuse = can_publish


def can_withdraw(user, case) -> bool:
    """One is enough to take down what is wrong."""
    return is_office(user)


def of_the_unit(user, case) -> bool:
    return case.unit_id in units_of(user, Role.UNIT_CLERK, Role.UNIT_HEAD)


def can_see_people(user, case) -> bool:
    """The persons by name: the unit, the press for what it sent in, the office, leaders. All others read them masked."""
    watches = bool(roles_of(user) & (OFFICE_ROLES | {Role.LEADER}))
    return watches or of_the_unit(user, case) or is_author(user, case)


def can_see_versions(user, case) -> bool:
    """What was sent in and what the office made of it: those who may read it by name."""
    return can_see_people(user, case)


def can_see_workings(user, case) -> bool:
    """How it was dealt with: all but those who read it because it was published."""
    return can_see_people(user, case) or Role.INSPECTOR in roles_of(user)
