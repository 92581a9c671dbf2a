"""Who may do what with the library: everyone reads, the office keeps it."""

from units.organisation.access import is_office


def can_create(user) -> bool:
    return is_office(user)


def can_edit(user, policy) -> bool:
    """Change what is said about a document, and its papers."""
    return is_office(user)


def can_repeal(user, policy) -> bool:
    return is_office(user)


def can_reinstate(user, policy) -> bool:
    return is_office(user)
