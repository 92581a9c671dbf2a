"""Who looks after what is sent."""

from sanwei.core.roles import Role, roles_of

KEEPERS_OF_MAIL = (Role.SYSTEM_ADMIN, Role.OFFICE, Role.OFFICE_HEAD)


def can_release(user) -> bool:
    """Let the outbox go after a restore: who keeps mail that could not be sent."""
    return user.is_active and bool(roles_of(user) & set(KEEPERS_OF_MAIL))
