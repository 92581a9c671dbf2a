"""The numbers of the dashboard: each counted by the database, each opening to its list."""

from django.core.cache import cache
from django.db.models import Count

from sanwei.core.workdays.lights import Light
from units.plans import submission
from units.plans.models import Measure, Plan

KEPT_SECONDS = 60


def numbers(campaign) -> dict:
    """totals, by_tier, by_category (submission.Counts), lights [(Light, count)] and charts (data for the page).

    A minute's age does no harm here, so the figures are kept that long; `campaign` names them.
    """
    return cache.get_or_set(f"board:{campaign.pk}", lambda: counted(campaign), KEPT_SECONDS)


def counted(campaign) -> dict:
    plans = Plan.objects.filter(campaign=campaign)
    by_tier, by_category = submission.by_tier(plans), submission.by_category(plans)
    lights = light_counts(campaign)
    return {
        "totals": submission.totals(plans),
        "by_tier": by_tier,
        "by_category": by_category,
        "lights": lights,
        "charts": {
            "tier": stacked(by_tier),
            "category": stacked(by_category),
            "lights": {
                "kind": "bar",
                "labels": [light.label for light, _ in lights],
                "series": [{"name": "措施数", "values": [count for _, count in lights]}],
            },
        },
    }


def light_counts(campaign) -> list[tuple[Light, int]]:
    """How many measures in force show each light, in the order of the lights. One query."""
    measures = Measure.objects.in_force().filter(plan__campaign=campaign).with_light()
    found = dict(measures.order_by().values_list("light").annotate(count=Count("pk")))
    return [(light, found.get(light.value, 0)) for light in Light]


def stacked(rows) -> dict:
    """Stacked bars of on time / late / missing for each group."""
    return {
        "kind": "stacked",
        "labels": [row.label for row in rows],
        "series": [
            {"name": "按时", "values": [row.on_time for row in rows]},
            {"name": "迟报", "values": [row.late for row in rows]},
            {"name": "未报", "values": [row.missing for row in rows]},
        ],
    }
