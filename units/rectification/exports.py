"""The lists of this room as Excel (T6, dossier 10.2)."""

from django.core.exceptions import PermissionDenied

from sanwei.core import clock
from sanwei.core.exchange import Listing
from sanwei.core.ui.looks import word
from sanwei.core.workdays.lights import Light, Pace
from units.campaigns.choosing import the_campaign
from units.rectification import access, board, choosing

BOARD_HEADS = ("序号", "责任单位", "责任科室", "任务总数", *Light.labels, *Pace.labels)
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
        task.pace_now.label,
        word(task, "state"),
        task.light_now.label,
        task.extended,
        task.sent_back,
        task.result,
    )


def task_board(user, asked) -> Listing:
    """整改看板: every unit or department, in the order of the screen, by lights and by the five classes."""
    if not access.can_see_board(user):
        raise PermissionDenied
    campaign, column = the_campaign(user, asked), board.column_of(asked)
    title = f"{campaign.year}年度整改看板" if campaign else "整改看板"
    found = board.places(campaign, column).order_by(*board.sort_of(asked)[1])
    return Listing(title, BOARD_HEADS, found, board_row, lambda rows: with_numbers(campaign, rows, column))


def with_numbers(campaign, rows, column) -> list[tuple]:
    """(row, its line by lights, its line by classes of progress) of each. Two queries."""
    opens = board.Opener(campaign.year)
    by_light, by_pace = (
        board.by_place(campaign, rows, column, classes, opens) for classes in (board.BY_LIGHT, board.BY_PACE)
    )
    return list(zip(rows, by_light, by_pace, strict=True))


def board_row(number, found) -> tuple:
    row, *lines = found
    counted = [one.value for line in lines for one in line.numbers]
    return (
        number,
        row.unit.name,
        row.department.name if row.department else "",
        lines[0].total.value,
        *counted,
    )
