"""The list of this room as Excel (T6, dossier 10.2)."""

from sanwei.core import clock
from sanwei.core.exchange import Listing
from sanwei.core.ui.looks import word
from sanwei.core.workdays.lights import Light, Pace
from units.campaigns.choosing import the_campaign
from units.rectification import choosing

HEADS = (
    "序号", "督办编号", "事项", "任务来源", "交办日期", "牵头单位", "责任科室", "办结时限", "完成率", "计划进度",
    "进度", "状态", "灯", "延期次数", "退办次数", "办理结果",
)  # fmt: skip


def tasks(user, asked) -> Listing:
    """督办台账."""
    campaign = the_campaign(user, asked)
    _form, found = choosing.tasks(user, asked, campaign)
    title = f"{campaign.year}年度督办台账" if campaign else "督办台账"
    today = clock.today()
    return Listing(
        title, HEADS, found.order_by("due_on", "pk"), lambda number, task: row(number, task, today)
    )


def row(number, task, today) -> tuple:
    return (
        number,
        task.number,
        task.title,
        word(task, "source"),
        task.assigned_on,
        task.unit.name,
        task.lead_department.name if task.lead_department else "",
        task.due_on,
        task.percent,
        task.course.planned(today),
        Pace(task.pace).label,
        word(task, "state"),
        Light(task.light).label,
        task.extended,
        task.sent_back,
        task.result,
    )
