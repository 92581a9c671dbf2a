"""Gathering what a bulletin says: frozen data first, then a text that the office edits."""

import datetime as dt

from sanwei.core import clock
from sanwei.core.days import written
from sanwei.core.workdays.lights import Light
from units.plans import submission
from units.plans.models import Measure, Plan

ADDRESSEES = "市直各单位，中央、省属驻市各单位"
NAMES_IN_TEXT = 40  # longer lists stand in the annexed table only


def submission_data(campaign, now: dt.datetime) -> dict:
    """Who handed in on time, who late, who did not, in the fixed order. JSON; instants are ISO strings."""
    plans = Plan.objects.filter(campaign=campaign).for_list().order_by("unit_order", "pk")
    rows = [
        {
            "unit": plan.unit.name,
            "filed": filed_kind(plan),
            "filed_text": submission.filed_text(plan),
            "submitted_at": plan.submitted_at.isoformat() if plan.submitted_at else "",
            "late_days": plan.late_days,
            "extended": plan.due_at > campaign.plan_due_at,
            "due_at": plan.due_at.isoformat(),
        }
        for plan in plans
    ]
    return {
        "as_of": now.isoformat(),
        "due_on": campaign.plan_due_on.isoformat(),
        "expected": len(rows),
        "rows": rows,
        **{kind: sum(row["filed"] == kind for row in rows) for kind in ("on_time", "late", "missing")},
    }


def filed_kind(plan) -> str:
    if plan.submitted_at is None:
        return "missing"
    return "late" if plan.late_days else "on_time"


def submission_title(campaign) -> str:
    return f"关于{campaign.year}年度“三型机关”创建实施方案报送情况的通报"


def submission_text(campaign, data: dict) -> str:
    """The draft text in the order of an 情况通报: reason, situation, requirements (dossier 7.6)."""
    as_of = clock.local(dt.datetime.fromisoformat(data["as_of"]))
    handed_in = data["on_time"] + data["late"]
    share = f"{handed_in / data['expected']:.2%}" if data["expected"] else "—"
    parts = [
        f"根据{campaign.title}安排，各单位应于{written(campaign.plan_due_on)}前报送{campaign.year}年度创建实施方案。"
        f"截至{written(as_of)}{as_of.hour}时，现将报送情况通报如下：",
        "一、总体情况",
        f"应报送单位{data['expected']}个，已报送{handed_in}个，报送率{share}。"
        f"其中，按时报送{data['on_time']}个，迟报{data['late']}个，未报送{data['missing']}个。",
        "二、迟报单位",
        names(data, "late", "无迟报单位。"),
        "三、未报送单位",
        names(data, "missing", "无未报送单位。"),
        "四、有关要求",
        "尚未报送的单位要高度重视，明确专人负责，抓紧报送；迟报单位要查找原因，改进工作。"
        "各单位要对照实施方案，把责任落实到科室、落实到人，确保创建活动各项措施落到实处。",
    ]
    return "\n".join(parts)


def names(data: dict, kind: str, nobody: str) -> str:
    found = [
        f"{row['unit']}（{row['filed_text']}）" if kind == "late" else row["unit"]
        for row in data["rows"]
        if row["filed"] == kind
    ]
    if not found:
        return nobody
    if len(found) > NAMES_IN_TEXT:
        return f"共{len(found)}个单位，名单见附件。"
    return "、".join(found) + "。"


def periodic_data(campaign, now: dt.datetime) -> dict:
    """How the year's measures stand: per unit, how many there are, done, overdue. JSON."""
    units: dict[str, dict] = {}
    measures = Measure.objects.in_force().filter(plan__campaign=campaign).for_list()
    for measure in measures.order_by("plan__unit_order", "plan_id", "position"):
        row = units.setdefault(
            measure.plan.unit.name,
            {"unit": measure.plan.unit.name, "measures": 0, "done": 0, "overdue": 0},
        )
        row["measures"] += 1
        row["done"] += measure.light == Light.CLOSED
        row["overdue"] += measure.light in (Light.RED, Light.DEEP_RED)
    rows = list(units.values())
    totals = {name: sum(row[name] for row in rows) for name in ("measures", "done", "overdue")}
    return {"as_of": now.isoformat(), "rows": rows, **totals}


def periodic_title(campaign, period: str) -> str:
    return f"关于{period_name(period)}创建“三型机关”工作推进情况的通报"


def period_name(period: str) -> str:
    """2027Q1 → 2027年第一季度."""
    year, quarter = period.split("Q")
    return f"{year}年第{'一二三四'[int(quarter) - 1]}季度"


def periodic_text(campaign, data: dict) -> str:
    as_of = clock.local(dt.datetime.fromisoformat(data["as_of"]))
    share = f"{data['done'] / data['measures']:.2%}" if data["measures"] else "—"
    behind = [f"{row['unit']}（{row['overdue']}项）" for row in data["rows"] if row["overdue"]]
    parts = [
        f"现将截至{written(as_of)}各单位实施方案措施推进情况通报如下：",
        "一、总体情况",
        f"{len(data['rows'])}个单位已备案实施方案，列入台账的措施{data['measures']}项，"
        f"已完成{data['done']}项，完成率{share}；逾期未完成{data['overdue']}项。",
        "二、存在问题",
        f"有逾期措施的单位：{'、'.join(behind)}。" if behind else "无逾期措施。",
        "三、有关要求",
        "措施逾期的单位要逐项查明原因，明确完成时限，抓紧推进；其他单位要按照时序进度落实，并及时填报进展。",
    ]
    return "\n".join(parts)
