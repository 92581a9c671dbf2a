"""Who may do what with the ledger. Whether an entry can be reversed now, the entry says itself."""

from sanwei.core.roles import OFFICE_ROLES, Role
from units.organisation.access import is_office, roles_of


def can_reverse(user, entry) -> bool:
    return Role.OFFICE_HEAD in roles_of(user)


def can_gather(user) -> bool:
    return is_office(user)


def can_set_rules(user) -> bool:
    return Role.OFFICE_HEAD in roles_of(user)


def sees_people(user) -> bool:
    """Who entered points may be an inspector, whom the units must not know."""
    return bool(roles_of(user) & (OFFICE_ROLES | {Role.LEADER}))
