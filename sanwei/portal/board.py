"""The numbers of the dashboard: each counted by the database, each opening to its list."""

from django.urls import reverse

from sanwei.core import clock
from sanwei.core.page.chinese import percent
from sanwei.core.ui.charts import Chart, Series
from sanwei.core.workdays.lights import Bounds, Light
from units.plans import submission, tallies
from units.plans.models import MeasureTally
from units.rectification import board as tasks
from units.rectification import counts


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
    """totals, by_tier, by_category (submission.Counts), lights [(Light, count)] and charts (data for the page)."""
    by_tier, by_category = submission.by_tier(campaign), submission.by_category(campaign)
    lights = light_counts(campaign)
    return {
        "totals": submission.totals(campaign),
        "by_tier": by_tier,
        "by_category": by_category,
        "lights": lights,
        "tasks": task_numbers(campaign),
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


def task_numbers(campaign) -> list[tasks.Number]:
    """Rectification tasks by their lights; the rest stands on their own board."""
    counted = counts.lights(campaign)
    late = tasks.late_now(counted)
    return tasks.numbers(counted, tasks.BY_LIGHT, late, tasks.Opener(campaign.year))


def light_counts(campaign) -> list[tuple[Light, int]]:
    """How many measures in force show each light, in the order of the lights: by their due days, which are few."""
    found = dict.fromkeys(Light, 0)
    bounds = Bounds.on(clock.today())
    for row in tallies.summed(MeasureTally, campaign, "due_on", "done"):
        found[bounds.light(row["due_on"], row["done"])] += row["number"]
    return list(found.items())


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
