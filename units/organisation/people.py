"""Who is to be told or asked: people found through the posts they hold today."""

from django.db.models import QuerySet

from sanwei.core.accounts.models import User
from units.organisation.models import Post


def holders(*roles, units=None, departments=None) -> QuerySet:
    """(key of unit, user key, mail, phone) of each post with one of `roles` that an active person holds today, in `units`
    (keys) if given; (key of department, …) if `departments` are given. What the ground asks when it tells people
    (settings.SANWEI_HOLDERS)."""
    posts, place = Post.objects.active().filter(role__in=roles, user__is_active=True), "unit"
    if units is not None:
        posts = posts.filter(unit__in=units)
    if departments is not None:
        posts, place = posts.filter(department__in=departments), "department"
    return posts.order_by("pk").values_list(place, "user", "user__email", "user__phone")


def holders_by_unit(*roles, units) -> dict[int, list[User]]:
    """unit key → active people who hold one of `roles` in it today. One query."""
    found: dict[int, list[User]] = {}
    posts = Post.objects.active().filter(role__in=roles, unit__in=units, user__is_active=True)
    for post in posts.select_related("user").order_by("pk"):
        people = found.setdefault(post.unit_id, [])
        if post.user not in people:
            people.append(post.user)
    return found


def roles_of_person(user, day=None) -> set[str]:
    """The roles held on `day` (today if none is given) by the person of `user`, under whatever account (AUTHZ-14)."""
    return set(Post.objects.active(day).filter(user__person=user.person).values_list("role", flat=True))
