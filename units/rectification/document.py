"""The papers of a task in official layout: the rectification notice and the three-colour sheet with its stub."""

from sanwei.core import clock
from sanwei.core.days import written
from sanwei.core.documents.model import Column, Heading, Paragraph, Sheet, Table
from sanwei.core.workdays import calendar

ORGAN = "市直创建“三型机关”领导组办公室"


def notice_of(task, assistance) -> Sheet:
    """整改通知书: what is wrong, what is asked, by when."""
    helpers = "、".join(str(row.unit.name) for row in assistance) or "—"
    return Sheet(
        title="整改通知书",
        number=task.number,
        facts=(
            ("责任单位", task.unit.name),
            ("责任科室", task.lead_department.name if task.lead_department else "—"),
            ("协办单位", helpers),
            ("任务来源", sourced(task)),
            ("整改事项", task.title),
            ("整改要求", task.requirement),
            ("办结标准", task.standard or "—"),
            ("交办日期", written(task.assigned_on)),
            ("签收时限", written(task.sign_for_due_on)),
            ("办理期限", due_text(task)),
        ),
        blocks=(
            Paragraph(
                "请按期签收、办理，并经单位负责人审核后上报办结。确不属于本单位职责的，应写明依据申请退回；"
                "确需延期的，应在期限届满前经单位负责人签发提出申请，最多两次。逾期未办结且未批准延期的，按原期限考核。"
            ),
        ),
        issuer=ORGAN,
        date=task.assigned_on,
    )


def sourced(task) -> str:
    label = task.get_source_display()
    return f"{label}（{task.source_label}）" if task.source_label else label


def due_text(task) -> str:
    """The limit that counts, and the first one where it was moved."""
    text = calendar.day_text(task.due_on)
    if task.due_on != task.first_due_on:
        text += f"，原期限{written(task.first_due_on)}，已延期{task.extended}次"
    return text


def sheet_of(urging) -> Sheet:
    """三色督办单 with the stub that the unit signs and returns (回执存根)."""
    task = urging.task
    return Sheet(
        title=urging.get_colour_display(),
        colour=urging.colour,
        number=urging.number,
        facts=(
            ("督办编号", task.number),
            ("责任单位", task.unit.name),
            ("督办事项", task.title),
            ("整改要求", task.requirement),
            ("办理期限", due_text(task)),
            ("督办要求", urging.requirement),
            ("反馈时限", calendar.day_text(urging.due_on)),
        ),
        blocks=(Heading(1, "回执存根"), stub(urging)),
        issuer=ORGAN,
        date=urging.issued_on,
    )


def stub(urging) -> Table:
    signed = clock.local(urging.signed_at) if urging.signed_at else None
    return Table(
        columns=(
            Column("督办单编号", 3),
            Column("责任单位", 4),
            Column("签收人", 2, "center"),
            Column("签收时间", 3, "center"),
        ),
        rows=(
            (
                urging.number,
                urging.task.unit.name,
                urging.signed_by.name if urging.signed_by else "",
                f"{written(signed)} {signed:%H:%M}" if signed else "",
            ),
        ),
    )
