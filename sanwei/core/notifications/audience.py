"""Who is to be told: people by name, or whoever holds a post when they are told. The ground knows no posts, so these are
asked for through settings.SANWEI_HOLDERS."""

from collections import defaultdict
from typing import NamedTuple

from django.conf import settings
from django.utils.module_loading import import_string

from sanwei.core.accounts.models import User

PLACES = ("units", "departments")


class Person(NamedTuple):
    """Somebody to be told, with the addresses of the account."""

    pk: int
    email: str
    phone: str


def named(*users) -> dict:
    """The audience of these people."""
    return {"people": [user.pk for user in users]}


def holders_of(*roles, units=None, departments=None) -> dict:
    """The audience of everybody who holds one of `roles`, in `units` or `departments` (keys) if given, on the day of
    telling."""
    place, keys = ("departments", departments) if departments is not None else ("units", units)
    return {"roles": sorted(roles), place: None if keys is None else sorted(keys)}


def reached(announcements) -> dict[int, list[Person]]:
    """Key of an announcement → the active people it is for. Queries: one for each kind of audience among them."""
    kinds = defaultdict(list)
    for row in announcements:
        place = next((name for name in PLACES if row.audience.get(name) is not None), "")
        kinds[tuple(row.audience.get("roles", ())), place].append(row)
    found = {}
    for (roles, place), rows in kinds.items():
        found |= by_post(rows, roles, place) if roles else by_name(rows)
    return found


def by_name(rows) -> dict[int, list[Person]]:
    keys = {pk for row in rows for pk in row.audience["people"]}
    active = User.objects.filter(pk__in=keys, is_active=True).values_list("pk", "email", "phone")
    people = {pk: Person(pk, *addresses) for pk, *addresses in active}
    return {row.pk: [people[pk] for pk in row.audience["people"] if pk in people] for row in rows}


def by_post(rows, roles, place: str) -> dict[int, list[Person]]:
    """Asked once for all `rows`, which name the same roles in the same kind of place, and shared out by place."""
    everywhere, held = [None], defaultdict(set)
    keys = {row.pk: row.audience[place] if place else everywhere for row in rows}
    asked = {place: sorted(set().union(*keys.values()))} if place else {}
    for key, *person in import_string(settings.SANWEI_HOLDERS)(*roles, **asked):
        held[key if place else None].add(Person(*person))
    return {row.pk: sorted(set().union(*(held[key] for key in keys[row.pk]))) for row in rows}
