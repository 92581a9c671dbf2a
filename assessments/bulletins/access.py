"""Who may do what with a bulletin."""

from sanwei.core.roles import Role
from units.organisation.access import is_office, roles_of, units_of


def can_create(user) -> bool:
    return is_office(user)


def can_edit(user, bulletin) -> bool:
    return is_office(user)


def can_request_review(user, bulletin) -> bool:
    return is_office(user)


def can_sign(user, bulletin) -> bool:
    return Role.OFFICE_HEAD in roles_of(user)


can_hand_back = can_void = can_sign


def can_number(user, bulletin) -> bool:
    return is_office(user)


can_publish = can_open = can_number


def can_see_receipts(user, bulletin) -> bool:
    return bool(roles_of(user) & {Role.OFFICE, Role.OFFICE_HEAD, Role.LEADER})


def can_sign_for(user, bulletin) -> bool:
    """签收 in the name of one's unit."""
    return bool(units_of(user, Role.UNIT_CLERK, Role.UNIT_HEAD))
