"""Who holds which post, loaded once per request and kept on the user."""

import dataclasses
import datetime as dt

from sanwei.core import clock
from sanwei.core.questions import Question
from sanwei.core.roles import OFFICE_ROLES, Role
from units.organisation.models import Post, post_label

HELD = Question(
    lambda user, today: (
        Post.objects.active(today)
        .filter(user=user)
        .order_by("pk")
        .values_list("role", "unit", "department", "department__name", "unit__short_name", "body")
    ),
    user=int,
    today=dt.date,
)


@dataclasses.dataclass(frozen=True)
class HeldPost:
    """A post as rights ask for it: the role, the keys of its place, and its name in words."""

    role: str
    unit_id: int | None
    department_id: int | None
    label: str

    def __str__(self):
        return self.label


def posts_of(user) -> tuple[HeldPost, ...]:
    """The posts `user` holds today. One query for each user object, however often it is asked."""
    if not user.is_authenticated or not user.is_active:
        return ()
    if not hasattr(user, "_posts_today"):
        user._posts_today = tuple(
            HeldPost(role, unit, department, post_label(role, department_name or unit_name or body))
            for role, unit, department, department_name, unit_name, body in HELD(
                user=user.pk, today=clock.today()
            )
        )
    return user._posts_today


def roles_of(user) -> frozenset[str]:
    return frozenset(post.role for post in posts_of(user))


def posts_label(user) -> str:
    return "、".join(str(post) for post in posts_of(user))


def posts_key(user) -> str:
    """The posts as rights ask for them: every unit has an 办公室, so that their names do not tell them apart."""
    return ",".join(
        sorted(f"{post.role}:{post.unit_id or ''}:{post.department_id or ''}" for post in posts_of(user))
    )


def units_of(user, *roles) -> frozenset[int]:
    """Keys of the units in which `user` holds one of `roles` (any role if none is named)."""
    return frozenset(
        post.unit_id for post in posts_of(user) if post.unit_id and (not roles or post.role in roles)
    )


def is_office(user) -> bool:
    """Staff or head of the leading-group office (领导组办公室)."""
    return bool(roles_of(user) & OFFICE_ROLES)


def can_maintain(user) -> bool:
    """The office keeps the roster of units."""
    return is_office(user)


def can_maintain_unit(user, unit) -> bool:
    """Own departments, leading group and stand-ins: the office, or the unit's head and clerk."""
    return is_office(user) or unit.pk in units_of(user, Role.UNIT_CLERK, Role.UNIT_HEAD)


def can_appoint(user) -> bool:
    return is_office(user)
