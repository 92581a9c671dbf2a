"""Global search: every kind of thing, each through its own visible_to."""

from django.urls import reverse

from assessments.accountability.models import AccountabilityCase
from assessments.bulletins.models import Bulletin
from assessments.inspections.models import Finding
from assessments.publicity.models import Exposure, ModelCase
from sanwei.core import search
from units.organisation.models import Unit
from units.plans.models import Plan
from units.policies.models import Policy
from units.rectification.models import Task

SHOWN = 10


def find_everywhere(query: str, user) -> list[tuple[str, list]]:
    """(kind in words, rows) for every kind with a hit; rows have get_absolute_url."""
    units = Unit.objects.visible_to(user).active().matching(query).for_list().in_order()[:SHOWN]
    groups = [
        ("单位", [*units]),
        ("文件", search.find(query, Policy.objects.visible_to(user).for_list(), SHOWN)),
        ("整改任务", search.find(query, Task.objects.visible_to(user), SHOWN)),
        ("督查发现问题", search.find(query, Finding.objects.visible_to(user).select_related("item"), SHOWN)),
        ("媒体曝光件", search.find(query, Exposure.objects.visible_to(user).for_list(), SHOWN)),
        ("典型案例", search.find(query, ModelCase.objects.visible_to(user).for_list(), SHOWN)),
        ("通报", search.find(query, Bulletin.objects.visible_to(user).for_list(), SHOWN)),
        ("责任追究", search.find(query, AccountabilityCase.objects.visible_to(user), SHOWN)),
        ("实施方案", find_plans(query, Plan.objects.visible_to(user).for_list())),
    ]
    return [(label, rows) for label, rows in groups if rows]


def find_plans(query: str, plans) -> list[Plan]:
    """Those of the units that the words name, then those whose text holds the words."""
    named = plans.filter(unit__in=Unit.objects.matching(query)).order_by("-campaign__year", "unit_order")
    return list(dict.fromkeys([*named[:SHOWN], *search.find(query, plans, SHOWN)]))


def find_published(query: str) -> list[tuple[str, str, object]]:
    """(title, address, instant) of what is published and holds the words, newest first."""
    bulletins = search.find(query, Bulletin.objects.public().for_list(), SHOWN)
    plans = find_plans(query, Plan.objects.published().for_list())
    found = [
        (
            f"{row.document_number} {row.title}",
            reverse("portal:bulletin", args=[row.public_id]),
            row.published_at,
        )
        for row in bulletins
    ]
    found += [(str(row), reverse("portal:plan", args=[row.public_id]), row.published_at) for row in plans]
    found += [published("portal:exposure", row) for row in publicised(query, Exposure)]
    found += [published("portal:case", row) for row in publicised(query, ModelCase)]
    return sorted(found, key=lambda row: row[2], reverse=True)


def publicised(query: str, model) -> list:
    """Published exposures or cases that stand; what was withdrawn is not found by what it said."""
    return search.find(query, model.objects.public().standing().for_list(), SHOWN)


def published(route: str, row) -> tuple[str, str, object]:
    return row.masked(row.title), reverse(route, args=[row.public_id]), row.published_at
