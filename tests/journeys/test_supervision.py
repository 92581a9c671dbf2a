"""Supervision in a real browser: a weakness becomes a task and is put right; three colours of urging; more time."""

import datetime as dt

import pytest
import time_machine

from tests import make
from tests.cast import beijing
from tests.journeys.conftest import PHONE
from units.rectification.models import Task

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def press(seat, label) -> None:
    """The verb in the bar of the task, and the form or the dialog behind it."""
    seat.page.click(f".case-bar >> text={label}")


def send(seat, **typed) -> None:
    """Fill the form of a verb and send it."""
    for name, words in typed.items():
        seat.page.fill(f"main form [name={name}]", words)
    seat.page.click("main form button.btn-primary")


@time_machine.travel(beijing(2026, 3, 2, 9))
def test_a_weakness_becomes_a_task_and_is_put_right(cast, seat):
    plan = make.approved_plan(cast.plan, cast.clerk, cast.head, cast.officer)
    office = seat(cast.officer)
    office.go(plan.get_absolute_url())
    office.page.click("#weaknesses button:has-text('转为整改任务')")
    assert "已交办市发展改革委，督办编号整改〔2026〕1号。" in office.text()
    task = Task.objects.get()

    clerk = seat(cast.clerk)
    clerk.page.click(f"main a[href='{task.get_absolute_url()}']")
    press(clerk, "签收")
    press(clerk, "分办")
    clerk.page.select_option("[name=department]", str(cast.department.pk))
    send(clerk)

    lead = seat(cast.lead, PHONE)
    lead.go(task.get_absolute_url())
    press(lead, "填报进展")
    send(lead, percent="60", text="已压减两个环节", next_steps="再压减一个")
    assert lead.fits()
    press(lead, "上报办结")
    send(lead, result="审批环节由五个压减为两个。")
    lead.picture("task-on-a-phone")

    head = seat(cast.head, PHONE)
    head.go("/desk/")
    head.page.click(f"main a[href='{task.get_absolute_url()}']")
    press(head, "审核上报")
    assert "待验收" in head.text()

    page = office.go(task.get_absolute_url())
    press(office, "退办")
    send(office, reason="请附压减前后的对照表", due_on="2026-03-20")
    assert "已退办 1 次" in office.text()
    lead.go(task.get_absolute_url())
    press(lead, "上报办结")
    send(lead, result="审批环节由五个压减为两个，附对照表。")
    head.go(task.get_absolute_url())
    press(head, "审核上报")
    page = office.go(task.get_absolute_url())
    press(office, "验收办结")
    page.check("[name=conclusion][value=solved]")
    send(office, opinion="属实")

    task = Task.objects.get()
    assert (task.state, task.sent_back, task.conclusion) == ("closed", 1, "solved")
    office.go(plan.get_absolute_url())
    assert "整改〔2026〕1号 ●已办结" in " ".join(office.page.inner_text("#weaknesses").split())
    office.picture("weakness-put-right")


def test_three_colours_of_urging_and_the_receipt_stub(cast, seat):
    with time_machine.travel(beijing(2026, 3, 2, 9)):
        task = make.task_in_progress(cast.campaign, cast.unit, cast.officer, cast.clerk)
    for day, colour in ((10, "蓝色督办单"), (11, "橙色督办单"), (12, "红色督办单")):
        with time_machine.travel(beijing(2026, 3, day, 9)):
            office = seat(cast.officer)
            page = office.go("/units/rectification/")
            page.check(f"[name=pk][value='{task.pk}']")
            page.click("button:has-text('催办所选任务')")
            assert "已催办1项任务" in office.text()
            office.go(task.get_absolute_url())
            assert colour in office.text()
    with time_machine.travel(beijing(2026, 3, 12, 10)):
        clerk = seat(cast.clerk)
        page = clerk.go(task.get_absolute_url())
        page.click("#urgings a:has-text('红督〔2026〕1号')")
        page.click("main form button:has-text('签收')")
        assert "李芳" in page.inner_text(".document")
        clerk.picture("red-sheet")

    assert [*task.urgings.order_by("pk").values_list("colour", flat=True)] == ["blue", "orange", "red"]


@time_machine.travel(beijing(2026, 3, 2, 9))
def test_more_time_is_asked_signed_on_a_phone_and_granted(cast, seat):
    task = make.task_in_progress(cast.campaign, cast.unit, cast.officer, cast.clerk)
    clerk = seat(cast.clerk)
    clerk.go(task.get_absolute_url())
    press(clerk, "申请延期")
    send(clerk, wanted_due_on="2026-03-10", reason="设备未到货", progress="已完成招标")
    assert "申请的期限须晚于现期限" in clerk.text()
    assert clerk.page.input_value("[name=reason]") == "设备未到货"
    send(clerk, wanted_due_on="2026-03-25")

    head = seat(cast.head, PHONE)
    head.go(task.get_absolute_url())
    press(head, "签发延期申请")
    assert "待领导组办公室批复" in head.text()

    office = seat(cast.officer)
    office.go("/desk/")
    office.page.click(f"main a[href='{task.get_absolute_url()}']")
    press(office, "批准延期")
    assert "已完成招标" in office.text()
    send(office, opinion="同意")

    task = Task.objects.get()
    assert (task.due_on, task.extended) == (dt.date(2026, 3, 25), 1)
    office.go(task.get_absolute_url())
    assert "已延期 1 次" in office.text()
