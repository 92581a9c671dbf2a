"""Who may do what with a campaign: the office runs it; its head starts and closes it."""

from sanwei.core.roles import Role
from units.organisation.access import is_office, roles_of


def can_create(user) -> bool:
    return is_office(user)


def can_edit(user, campaign) -> bool:
    return is_office(user) and campaign.state != campaign.State.ARCHIVE


def can_open(user, campaign) -> bool:
    return Role.OFFICE_HEAD in roles_of(user)


can_assess = can_publicise = can_archive = can_open
