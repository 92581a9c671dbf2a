"""Who is to be told: people by name, or whoever holds a post when they are told. The ground knows no posts, so these are
asked for through settings.SANWEI_HOLDERS."""

from collections import defaultdict
from typing import NamedTuple

from django.conf import settings
from django.utils.module_loading import import_string

from sanwei.core.accounts.models import User


class Person(NamedTuple):
    """Somebody to be told, with the addresses of the account."""

    pk: int
    email: str
    phone: str


def named(*users) -> dict:
    """The audience of these people."""
    return {"people": [user.pk for user in users]}


def holders_of(*roles, units=None) -> dict:
    """The audience of everybody who holds one of `roles`, in `units` (keys) if given, on the day of telling."""
    return {"roles": sorted(roles), "units": None if units is None else sorted(units)}


def reached(announcements) -> dict[int, list[Person]]:
    """Key of an announcement → the active people it is for. Queries: one for each kind of audience among them."""
    kinds = defaultdict(list)
    for row in announcements:
        roles, units = row.audience.get("roles", ()), row.audience.get("units")
        kinds[tuple(roles), units is not None].append(row)
    found = {}
    for (roles, in_units), rows in kinds.items():
        found |= by_post(rows, roles, in_units) if roles else by_name(rows)
    return found


def by_name(rows) -> dict[int, list[Person]]:
    keys = {pk for row in rows for pk in row.audience["people"]}
    active = User.objects.filter(pk__in=keys, is_active=True).values_list("pk", "email", "phone")
    people = {pk: Person(pk, *addresses) for pk, *addresses in active}
    return {row.pk: [people[pk] for pk in row.audience["people"] if pk in people] for row in rows}


def by_post(rows, roles, in_units: bool) -> dict[int, list[Person]]:
    """Asked once for all `rows`, which name the same roles, and shared out by unit."""
    units = sorted({unit for row in rows for unit in row.audience["units"]}) if in_units else None
    held = defaultdict(set)
    for unit, *person in import_string(settings.SANWEI_HOLDERS)(*roles, units=units):
        held[unit if in_units else None].add(Person(*person))
    return {
        row.pk: sorted(set().union(*(held[unit] for unit in row.audience["units"] or [None]))) for row in rows
    }
