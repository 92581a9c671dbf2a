"""The numbers of the dashboard: each counted by the database, each opening to its list."""

from django.core.cache import cache
from django.db.models import Count
from django.urls import reverse

from sanwei.core.page.chinese import percent
from sanwei.core.ui.charts import Chart, Series
from sanwei.core.workdays.lights import Light
from units.plans import submission
from units.plans.models import Measure, Plan

KEPT_SECONDS = 60


def numbers(campaign, totals) -> list[dict]:
    """The big numbers, each with the address of the list it opens to."""
    plans = f"{reverse('plans:list')}?year={campaign.year}"
    return [
        {"label": "应报单位", "value": totals.expected, "url": plans},
        {"label": "已报", "value": totals.handed_in, "url": f"{plans}&filed=handed_in"},
        {"label": "迟报", "value": totals.late, "url": f"{plans}&filed=late", "colour": "amber"},
        {"label": "未报", "value": totals.missing, "url": f"{plans}&filed=missing", "colour": "red"},
        {"label": "退回", "value": totals.returned, "url": f"{plans}&filed=returned"},
        {"label": "报送率", "value": percent(totals.coverage), "url": plans},
    ]


def figures(campaign) -> dict:
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
        "charts": (
            stacked("tier", "分层报送情况", "创建基础", by_tier),
            stacked("category", "分类报送情况", "类别", by_category),
            Chart(
                key="lights",
                title="措施亮灯",
                kind="bar",
                head="灯",
                labels=tuple(light.label for light, _ in lights),
                series=(Series("措施数", tuple(count for _, count in lights)),),
            ),
        ),
    }


def light_counts(campaign) -> list[tuple[Light, int]]:
    """How many measures in force show each light, in the order of the lights. One query."""
    measures = Measure.objects.in_force().filter(plan__campaign=campaign).with_light()
    found = dict(measures.order_by().values_list("light").annotate(count=Count("pk")))
    return [(light, found.get(light.value, 0)) for light in Light]


def stacked(key, title, head, rows) -> Chart:
    """On time / late / missing for each group, one on the other."""
    return Chart(
        key=key,
        title=title,
        kind="stacked",
        head=head,
        labels=tuple(row.label for row in rows),
        series=(
            Series("按时", tuple(row.on_time for row in rows)),
            Series("迟报", tuple(row.late for row in rows)),
            Series("未报", tuple(row.missing for row in rows)),
        ),
    )
