"""Global search: every kind of thing, each through its own visible_to."""

from django.db.models import Q
from django.urls import reverse

from assessments.bulletins.models import Bulletin
from sanwei.core import search
from units.organisation.models import Unit
from units.plans.models import Plan
from units.policies.models import Policy

SHOWN = 10


def find_everywhere(query: str, user) -> list[tuple[str, list]]:
    """(kind in words, rows) for every kind with a hit; rows have get_absolute_url."""
    units = Unit.objects.visible_to(user).active().matching(query).in_order()[:SHOWN]
    plans = Plan.objects.visible_to(user).for_list().filter(unit__in=Unit.objects.matching(query))
    groups = [
        ("单位", [*units]),
        ("文件", search.find(query, Policy, user, limit=SHOWN)),
        ("通报", search.find(query, Bulletin, user, limit=SHOWN)),
        ("实施方案", [*plans.order_by("-campaign__year", "unit_order")[:SHOWN], *texts(query, user)]),
    ]
    return [(label, rows) for label, rows in groups if rows]


def texts(query: str, user) -> list[Plan]:
    """Plans whose text holds the words."""
    return search.find(query, Plan, user, limit=SHOWN)


def find_published(query: str) -> list[tuple[str, str, object]]:
    """(title, address, instant) of published bulletins and plans that hold the words, newest first."""
    bulletins = Bulletin.objects.public().filter(pk__in=search.hits(query, Bulletin)).for_list()
    plans = (
        Plan.objects.published()
        .for_list()
        .filter(Q(pk__in=search.hits(query, Plan)) | Q(unit__in=Unit.objects.matching(query)))
    )
    found = [
        (
            f"{row.document_number} {row.title}",
            reverse("portal:bulletin", args=[row.public_id]),
            row.published_at,
        )
        for row in bulletins[:SHOWN]
    ]
    found += [
        (str(row), reverse("portal:plan", args=[row.public_id]), row.published_at) for row in plans[:SHOWN]
    ]
    return sorted(found, key=lambda row: row[2], reverse=True)
