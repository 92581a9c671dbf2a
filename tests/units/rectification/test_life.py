"""The life of a task: given, signed for, worked on, reported, verified; declined, suspended, cancelled (dossier 3.2)."""

import datetime as dt

import pytest
import time_machine
from django.core.exceptions import ValidationError

from sanwei.core.audit.models import Entry
from sanwei.core.notifications.models import Announcement, Notification
from sanwei.core.refusals import Refused, Stale, WrongState
from tests import make
from tests.cast import beijing
from tests.post import tell_all
from units.rectification import actions, assistance, pauses
from units.rectification.models import Task

NOON = beijing(2026, 3, 2, 12)
DUE = dt.date(2026, 3, 16)


@pytest.fixture(autouse=True)
def frozen():
    with time_machine.travel(NOON, tick=False):
        yield


def given(cast, **fields) -> Task:
    return make.task(cast.campaign, cast.unit, cast.officer, **fields)


def verbs_of(task) -> list[str]:
    return [*Entry.objects.about(task).order_by("pk").values_list("verb", flat=True)]


def told(key) -> list[str]:
    """Who was told under keys that end so."""
    with time_machine.travel(beijing(2026, 6, 1, 12), tick=False):
        tell_all()
    return sorted(Notification.objects.filter(key__endswith=key).values_list("user__name", flat=True))


def test_a_task_is_given_with_a_number_and_two_limits(cast):
    task = given(cast)

    assert (task.number, task.state) == ("整改〔2026〕1号", "assigned")
    assert (task.sign_for_due_on, task.due_on) == (dt.date(2026, 3, 3), DUE)
    assert task.course.due - task.course.start == 10
    assert told("open_task:unit") == ["张建国", "李芳"]


def test_numbers_follow_each_other_by_year(cast):
    assert [given(cast).number for _ in range(3)] == ["整改〔2026〕1号", "整改〔2026〕2号", "整改〔2026〕3号"]


def test_from_giving_to_closing(cast):
    task = given(cast)
    task = actions.sign_for(task=task, by=cast.clerk)
    task = actions.delegate(task=task, by=cast.clerk, department=cast.department)
    actions.record_progress(task=task, by=cast.lead, percent=60, text="已增开一个窗口")
    task = actions.report_done(task=task, by=cast.lead, result="已增开两个窗口")
    task = actions.confirm(task=task, by=cast.head)
    task = actions.verify(task=task, by=cast.officer, conclusion="solved", opinion="属实")

    assert (task.state, task.conclusion, task.percent) == ("closed", "solved", 100)
    assert verbs_of(task) == [
        "open_task",
        "sign_for",
        "delegate",
        "record_progress",
        "report_done",
        "confirm",
        "verify",
    ]
    assert told("delegate:people") == ["赵磊"]
    assert told("report_done:unit") == ["张建国"]
    assert told("confirm:office") == ["刘志强", "陈静"]
    assert told("verify:unit") == ["张建国", "李芳"]


def test_progress_keeps_what_time_alone_would_have_called_for(cast):
    task = make.task_in_progress(cast.campaign, cast.unit, cast.officer, cast.clerk)
    with time_machine.travel(beijing(2026, 3, 9, 12), tick=False):
        actions.record_progress(
            task=task, by=cast.clerk, percent=20, text="甲", problems="乙", next_steps="丙"
        )

    [row] = task.progress.all()
    assert (row.percent, row.planned, row.text, row.problems, row.next_steps) == (20, 50, "甲", "乙", "丙")
    assert Task.objects.get(pk=task.pk).percent == 20


def test_two_overdues_are_two(cast):
    late = given(cast)
    working = make.task_in_progress(cast.campaign, cast.other_unit, cast.officer, cast.stranger)
    found = lambda day: (  # noqa: E731
        [*Task.objects.sign_for_overdue(day).order_by("pk")],
        [*Task.objects.report_overdue(day).order_by("pk")],
    )

    assert found(dt.date(2026, 3, 3)) == ([], [])
    assert found(dt.date(2026, 3, 4)) == ([late], [])
    assert found(dt.date(2026, 3, 17)) == ([late], [late, working])


def test_what_is_sent_back_starts_again_with_a_new_limit_and_is_counted(cast):
    task = make.reported_task(cast.campaign, cast.unit, cast.officer, cast.clerk, cast.head)
    with time_machine.travel(beijing(2026, 3, 10, 9), tick=False):
        task = actions.send_back(task=task, by=cast.officer, reason="未附照片", due_on=dt.date(2026, 3, 20))

    assert (task.state, task.sent_back, task.due_on, task.first_due_on) == (
        "in_progress",
        1,
        dt.date(2026, 3, 20),
        DUE,
    )
    assert task.course.due - task.course.start == 8
    assert told("send_back:unit") == ["张建国", "李芳"]


def test_the_head_hands_a_result_back(cast):
    task = make.task_in_progress(cast.campaign, cast.unit, cast.officer, cast.clerk)
    task = actions.report_done(task=task, by=cast.clerk, result="已整改")
    task = actions.hand_back(task=task, by=cast.head, reason="请写明数字")

    assert (task.state, task.result) == ("in_progress", "已整改")
    assert told("hand_back:unit") == ["李芳"]


def test_what_is_not_ours_goes_to_another_unit_with_new_limits(cast):
    task = actions.decline(task=given(cast), by=cast.head, basis="《三定规定》第二条")
    assert (task.state, task.decline_basis) == ("declined", "《三定规定》第二条")
    with time_machine.travel(beijing(2026, 3, 4, 9), tick=False):
        task = actions.reassign(task=task, by=cast.officer, unit=cast.other_unit, due_on=dt.date(2026, 3, 18))

    assert (task.unit, task.state, task.sign_for_due_on) == (cast.other_unit, "assigned", dt.date(2026, 3, 5))
    assert (task.due_on, task.first_due_on) == (dt.date(2026, 3, 18), dt.date(2026, 3, 18))
    assert told("reassign:unit") == ["孙丽", "钱伟"]
    assert list(Task.objects.visible_to(cast.clerk)) == []


def test_nothing_is_done_on_a_task_that_is_suspended(cast):
    task = make.task_in_progress(cast.campaign, cast.unit, cast.officer, cast.clerk)
    task = pauses.suspend(task=task, by=cast.officer, reason="待批复")

    with pytest.raises(Refused, match="已中止"):
        actions.report_done(task=task, by=cast.clerk, result="已整改")
    with pytest.raises(Refused, match="没有中止"):
        pauses.resume(task=pauses.resume(task=task, by=cast.officer), by=cast.officer)


def test_suspended_time_is_kept_and_every_limit_moves(cast):
    task = pauses.suspend(task=given(cast), by=cast.officer, reason="待批复")
    with time_machine.travel(beijing(2026, 3, 9, 9), tick=False):
        task = pauses.resume(task=task, by=cast.officer)

    assert [(pause.first, pause.last, pause.workdays) for pause in task.pauses.all()] == [
        (dt.date(2026, 3, 2), dt.date(2026, 3, 8), 5)
    ]
    assert (task.sign_for_due_on, task.due_on) == (dt.date(2026, 3, 10), dt.date(2026, 3, 23))
    assert task.course.due - task.course.start == 10


def test_a_cancelled_task_is_gone_from_what_is_owed_and_its_source_may_be_given_again(cast):
    task = given(cast, source="finding", source_key="finding:1")
    with pytest.raises(Refused, match="已经交办"):
        given(cast, source="finding", source_key="finding:1")
    actions.cancel(task=task, by=cast.officer, reason="重复交办")

    again = given(cast, source="finding", source_key="finding:1")
    assert list(Task.objects.open()) == [again]


def test_a_limit_that_is_past_is_refused(cast):
    with pytest.raises(ValidationError) as refused:
        given(cast, due_on=NOON.date())
    assert refused.value.message_dict == {"due_on": ["办理期限须晚于今天，请重新选择日期。"]}
    assert Task.objects.count() == 0


def test_a_decision_is_bound_to_the_result_that_was_read(cast):
    task = make.reported_task(cast.campaign, cast.unit, cast.officer, cast.clerk, cast.head)
    with pytest.raises(Stale):
        actions.verify(task=task, by=cast.officer, conclusion="solved", version=task.version - 1)
    assert (
        actions.verify(task=task, by=cast.officer, conclusion="solved", version=task.version).state
        == "closed"
    )


def test_those_who_assist_see_the_task_and_give_their_opinion_by_half_time(cast):
    task = given(cast, assisting=[cast.other_unit, cast.unit])
    [row] = task.assistance.all()
    assert (row.unit, row.due_on) == (cast.other_unit, dt.date(2026, 3, 9))
    assert list(Task.objects.visible_to(cast.stranger)) == [task]

    assistance.assist(assistance=row, by=cast.stranger, opinion="可共用叫号系统")

    [row] = task.assistance.all()
    assert (row.opinion, row.given_by) == ("可共用叫号系统", cast.stranger)
    assert told("assist:assisting") == ["孙丽", "钱伟"]
    assert Announcement.objects.filter(title="市教育局提出协办意见：窗口排队时间长").count() == 1


def test_nobody_assists_with_what_is_closed(cast):
    task = given(cast, assisting=[cast.other_unit])
    actions.cancel(task=task, by=cast.officer, reason="撤销")
    with pytest.raises(Refused, match="已办结"):
        assistance.assist(assistance=task.assistance.get(), by=cast.stranger, opinion="意见")


def test_a_department_of_another_unit_is_refused(cast):
    foreign = make.department(cast.other_unit, "人事科")
    with pytest.raises(ValidationError, match="本单位的科室"):
        actions.delegate(task=given(cast), by=cast.clerk, department=foreign)


def test_a_department_sees_what_is_its_own(cast):
    task = given(cast)
    assert list(Task.objects.visible_to(cast.lead)) == []
    actions.delegate(task=task, by=cast.head, department=cast.department)
    assert list(Task.objects.visible_to(cast.lead)) == [task]


def test_a_unit_cannot_close_its_own_task(cast):
    task = make.task_in_progress(cast.campaign, cast.unit, cast.officer, cast.clerk)
    with pytest.raises(WrongState, match="须为“待验收”"):
        actions.verify(task=task, by=cast.officer, conclusion="solved")


def test_a_pause_while_the_office_verifies_makes_no_late_report_early(cast):
    task = make.task_in_progress(cast.campaign, cast.unit, cast.officer, cast.clerk)
    with time_machine.travel(beijing(2026, 3, 17, 9), tick=False):
        task = actions.report_done(task=task, by=cast.clerk, result="已整改")
        task = pauses.suspend(task=actions.confirm(task=task, by=cast.head), by=cast.officer, reason="待批复")
    with time_machine.travel(beijing(2026, 3, 24, 9), tick=False):
        task = pauses.resume(task=task, by=cast.officer)

    assert (task.due_on, task.course.light(dt.date(2026, 3, 24))) == (DUE, "red")
