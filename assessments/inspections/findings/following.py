"""What follows from a finding that stands: rectification tasks, settling with them, and looking again (回头看)."""

from django.db import transaction

from assessments.inspections.findings.notices import to_unit
from assessments.inspections.hindrances import has_open_tasks
from assessments.inspections.models import Finding, FindingTask, LookBack
from sanwei.core import clock
from sanwei.core.notifications.actions import notify
from sanwei.core.refusals import Refused
from sanwei.core.rows import append
from sanwei.core.workdays import calendar
from sanwei.core.workflow import advance
from units.rectification import actions as rectification
from units.rectification.deadlines import DEFAULT_WORKDAYS
from units.rectification.models import Task
from units.rectification.states import Source

TITLE_LENGTH = 200


def key_of(finding, round: int) -> str:
    """Which row of this room a task came from."""
    return f"finding:{finding.pk}:{round}"


def order(finding, by, *, title="", requirement="", due_on=None, department=None) -> Task:
    """交办 of the finding to its unit, in the transaction of the act; `by` is None where the rule orders it.

    Side effects: round, a task, its link here.
    """
    round = finding.round + 1
    task = rectification.open_task(
        campaign=finding.campaign,
        unit=finding.unit,
        title=(title or f"{finding.item.parent.name}：{finding.item.name}")[:TITLE_LENGTH],
        requirement=requirement or finding.requirement,
        due_on=due_on or finding.rectify_by,
        by=by,
        source=Source.FINDING,
        source_key=key_of(finding, round),
        source_label=str(finding),
        lead_department=department or finding.department,
    )
    finding.round = round
    finding.save(update_fields=["round"])
    append(FindingTask(finding=finding, task=task, round=round))
    return task


@transaction.atomic
def open_task(*, finding, by, title, requirement, due_on, department=None) -> Task:
    """交办整改: one more task. Side effects: audit, as order()."""
    finding = advance(finding, "open_task", by, due_on=due_on.isoformat())
    return order(finding, by, title=title, requirement=requirement, due_on=due_on, department=department)


@transaction.atomic
def settle(*, finding, by, conclusion) -> Finding:
    """销号 by hand, where no task was needed or none is open. Side effects: state, audit, the unit is told."""
    return settled(finding, by, conclusion)


def settled(finding, by, conclusion) -> Finding:
    changes = {"settled_at": clock.now(), "conclusion": conclusion}
    finding = advance(finding, "settle", by, changes=changes, reason=conclusion)
    notify(to_unit(finding, "settle", f"{finding}已销号", conclusion))
    return finding


def settle_with(task) -> Finding | None:
    """销号 with the last open task, in the transaction that closes it. Side effects: state, audit, by no person."""
    link = FindingTask.objects.filter(task=task).first()
    if link is None:
        return None
    finding = Finding.objects.select_for_update(of=("self",)).for_detail().get(pk=link.finding_id)
    if finding.state != Finding.State.UPHELD or has_open_tasks(finding):
        return None
    return settled(finding, None, "整改任务已全部办结")


@transaction.atomic
def look_back(*, finding, by, outcome, note, looked_on, inspection=None, due_on=None) -> LookBack:
    """回头看: what a second look showed. What was not put right is a problem again, with a task of its own.

    Side effects: row, audit; where it failed the state and a new task.
    """
    if looked_on > clock.today():
        raise Refused("复查日期不能晚于今天。")
    finding = advance(finding, "look_back", by, reason=note, outcome=outcome)
    row = append(
        LookBack(
            finding=finding, inspection=inspection, outcome=outcome, note=note, looked_on=looked_on, by=by
        )
    )
    notify(to_unit(finding, "look_back", f"{finding}回头看：{row.get_outcome_display()}", note))
    if outcome in LookBack.FAILED:
        reopen(finding, by, note, due_on)
    return row


def reopen(finding, by, note, due_on) -> None:
    """Back to “已认定” with a new task. Side effects: state, audit, task."""
    finding = advance(finding, "reopen", by, changes={"settled_at": None, "conclusion": ""}, reason=note)
    requirement = f"回头看发现：{note}\n{finding.requirement}".strip()
    due_on = due_on or calendar.add_workdays(clock.today(), DEFAULT_WORKDAYS)
    order(
        finding, by, title=f"回头看整改：{finding.item.name}", requirement=requirement[:2000], due_on=due_on
    )
