"""An undercover inspection in a real browser: found on a phone without a line, objected to, upheld, put right, settled."""

import pytest
import time_machine
from PIL import Image
from playwright.sync_api import expect

from assessments.inspections.models import Finding, Inspection
from assessments.ledger.models import LedgerEntry
from sanwei.core.attachments.models import Attachment
from sanwei.core.roles import Role
from tests import make
from tests.cast import beijing
from tests.journeys.conftest import PHONE
from tests.journeys.test_supervision import press, send
from units.rectification.models import Task

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def photos(tmp_path):
    """Two pictures of different content, as a camera's folder holds them."""
    paths = []
    for number, colour in enumerate(((180, 60, 40), (40, 60, 180)), 1):
        path = tmp_path / f"IMG_{number}.jpg"
        Image.new("RGB", (2600, 1950), colour).save(path)
        paths.append(str(path))
    return paths


def plan_and_draw(cast, seat, second) -> Inspection:
    """周明 plans at his desk: team, lots, and on the way."""
    page = seat.go("/assessments/inspections/plan/")
    page.select_option("[name=kind]", "undercover")
    page.fill("[name=theme]", "窗口服务作风暗访")
    page.check(f"[name=team][value='{cast.inspector.pk}']")
    page.check(f"[name=team][value='{second.pk}']")
    page.select_option("[name=leader]", str(cast.inspector.pk))
    page.click("main form button.btn-primary")
    press(seat, "随机抽取")
    send(seat, wanted="2")
    assert "随机种子" in seat.text()
    press(seat, "开始督查")
    seat.picture("inspection-under-way")
    return Inspection.objects.get()


def file_without_a_line(seat, inspection, cast, photos) -> None:
    """Five taps on a phone while there is no line; the page is closed and opened again before the line returns."""
    page = seat.go(f"/assessments/findings/field/{inspection.pk}/")
    page.wait_for_function("() => navigator.serviceWorker.controller !== null")
    expect(page.locator("[data-field-offline]")).to_be_visible()
    page.context.set_offline(True)
    page.select_option("[name=unit]", str(cast.unit.pk))
    page.select_option("[name=item]", label="A04 脱岗")
    page.check("[name=severity][value=moderate]")
    page.fill("[name=requirement]", "落实AB岗制度，窗口不得空岗。")
    page.set_input_files("[name=photos]", photos)
    page.wait_for_selector("[data-field-photos] li:nth-child(2)")
    assert seat.fits()
    expect(page.locator("[data-field-note]")).to_contain_text("已存在本机，照片 2 张")
    page.reload()
    expect(page.locator("[data-field-note]")).to_contain_text("已恢复")
    assert page.input_value("[name=requirement]") == "落实AB岗制度，窗口不得空岗。"
    page.click("main form button.btn-primary")
    page.wait_for_selector("[data-field-list] li")
    assert "照片 2 张" in page.inner_text("[data-field-queue]")
    seat.picture("finding-waits-for-the-line")
    assert not Finding.objects.exists()


def send_when_the_line_returns(seat) -> Finding:
    page = seat.page
    page.context.set_offline(False)
    expect(page.locator("[data-field-note]")).to_contain_text("已发送")
    page.evaluate("window.dispatchEvent(new Event('online'))")  # told again: nothing is sent twice
    expect(page.locator("[data-field-queue]")).to_be_hidden()
    return Finding.objects.get()


@time_machine.travel(beijing(2026, 3, 2, 9))
def test_from_a_phone_without_a_line_to_the_ledger(cast, seat, photos):
    second = make.holder(Role.INSPECTOR, "秦岚")
    desk = seat(cast.inspector)
    inspection = plan_and_draw(cast, desk, second)
    phone = seat(cast.inspector, PHONE)
    phone.complaints = []  # a browser without a line says so in its console
    file_without_a_line(phone, inspection, cast, photos)
    finding = send_when_the_line_returns(phone)
    phone.complaints.clear()
    assert (finding.unit, finding.witness_count, finding.severity) == (cast.unit, 2, "moderate")
    assert Attachment.objects.of(finding.evidence).count() == 2

    desk.go(finding.get_absolute_url())
    press(desk, "告知单位")
    desk.page.click("dialog[open] button:has-text('确认告知单位')")
    head = seat(cast.head, PHONE)
    head.go("/desk/")
    head.page.click(f"main a[href='{finding.get_absolute_url()}']")
    assert "周明" not in head.page.content()
    press(head, "提出申辩")
    send(head, objection="当时在里间取件，有监控为证。")
    head.picture("finding-objected")

    judge = seat(cast.office_head)
    judge.go(finding.get_absolute_url())
    press(judge, "维持认定")
    send(judge, decision="监控显示空岗12分钟，事实清楚。")
    task = Task.objects.get()
    assert [str(entry.points) for entry in LedgerEntry.objects.all()] == ["-1.00"]

    clerk = seat(cast.clerk)
    clerk.go(finding.get_absolute_url())
    clerk.page.click(f"#tasks a[href='{task.get_absolute_url()}']")
    press(clerk, "签收")
    press(clerk, "申请延期")
    send(clerk, wanted_due_on="2026-04-10", reason="监控设备采购中", progress="已落实AB岗")
    head.go(task.get_absolute_url())
    press(head, "签发延期申请")
    judge.go(task.get_absolute_url())
    press(judge, "批准延期")
    send(judge, opinion="同意")

    for result in ("已落实AB岗", "已落实AB岗，附排班表"):
        clerk.go(task.get_absolute_url())
        press(clerk, "上报办结")
        send(clerk, result=result)
        head.go(task.get_absolute_url())
        press(head, "审核上报")
        desk.go(task.get_absolute_url())
        if result == "已落实AB岗":
            press(desk, "退办")
            send(desk, reason="请附排班表", due_on="2026-04-20")
    press(desk, "验收办结")
    desk.page.check("[name=conclusion][value=solved]")
    send(desk, opinion="属实")

    assert (Finding.objects.get().state, Task.objects.get().sent_back, Task.objects.get().extended) == (
        "settled",
        1,
        1,
    )
    head.go(f"/assessments/ledger/{LedgerEntry.objects.get().pk}/")
    assert "督查问题〔2026〕1号" in head.text()
    assert "周明" not in head.page.content()
    desk.go(finding.get_absolute_url())
    desk.picture("finding-settled")
