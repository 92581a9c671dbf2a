"""A case in a real browser: from the registration over the head's statement on a phone to the end of its effect."""

import datetime as dt

import pytest
import time_machine

from assessments.accountability.models import AccountabilityCase
from sanwei.core import clock
from tests.assessments.accountability import build
from tests.cast import beijing
from tests.journeys.conftest import PHONE
from tests.journeys.test_supervision import send

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
LIST = "/assessments/accountability/"


def press(seat, label) -> None:
    """The verb in the bar of the case, which also has links to its sections."""
    seat.page.click(f".case-bar .verbs >> text={label}")


def tick(seat, case, *codes) -> None:
    """Exactly these forms for every respondent."""
    for respondent in case.respondents.all():
        for box in seat.page.query_selector_all(f"[name=forms_{respondent.pk}]"):
            box.set_checked(box.get_attribute("value") in codes)


def register(seat, cast) -> AccountabilityCase:
    seat.go(LIST)
    seat.page.click("text=登记线索")
    seat.page.select_option("[name=unit]", str(cast.unit.pk))
    seat.page.check("[name=concerned][value=persons]")
    seat.page.select_option("[name=rows-0-kind]", "section")
    send(seat, facts="三月二日审批窗口无人值守。", source_label="督查〔2026〕7号")
    assert "请填写姓名" in seat.text()
    assert seat.page.input_value("[name=facts]") == "三月二日审批窗口无人值守。"
    send(seat, **{"rows-0-name": build.NAME, "rows-0-department": "审批科", "rows-0-title": "科长"})
    assert "已登记，编号追责〔2026〕1号。" in seat.text()
    return AccountabilityCase.objects.get()


def tell(seat, case) -> None:
    press(seat, "启动核实")
    press(seat, "事实告知")
    seat.page.select_option("[name=situation]", "p_slack")
    tick(seat, case, "circular", "admonish")
    send(seat, facts="审批窗口擅自离岗四十分钟。", clause="第五条第二项")
    assert "事实告知与陈述申辩" in seat.text()


def speak(seat, case) -> None:
    """The head, on a phone: first nothing, then what there is to say."""
    seat.go("/desk/")
    seat.page.click(f"main a[href='{case.get_absolute_url()}']")
    assert "请在2026年3月9日前陈述申辩" in seat.text()
    assert "督查〔2026〕7号" not in seat.text()
    assert seat.fits()
    press(seat, "陈述申辩")
    send(seat)
    assert "请写明陈述申辩意见" in seat.text()
    assert seat.fits()
    send(seat, text="当时窗口系统故障，已向大厅报告。")
    assert "当时窗口系统故障" in seat.text()
    seat.picture("statement-on-a-phone")


def decide(seat, case) -> None:
    seat.go(case.get_absolute_url())
    press(seat, "提出处理建议")
    send(seat, opinion="系统故障属实，建议从轻。")
    press(seat, "登记处理决定")
    tick(seat, case, "warn")
    paper = {"organ": "市纪委监委", "document_number": "六纪[2026]8号", "decided_on": "2026-03-04"}
    send(seat, **paper)
    assert "重于事实告知时告知的“通报批评”" in seat.text()
    tick(seat, case, "admonish")
    send(seat)
    assert "六纪〔2026〕8号" in seat.text()
    press(seat, "登记执行")
    send(seat, execution="已在干部大会上宣布。")


def test_from_the_clue_to_the_end_of_its_effect(cast, seat):
    build.basis()
    with time_machine.travel(beijing(2026, 3, 2, 9)):
        discipline = build.disciplinarian()
        office = seat(discipline)
        case = register(office, cast)
        tell(office, case)
        office.picture("case-told")
    with time_machine.travel(beijing(2026, 3, 3, 9)):
        speak(seat(cast.head, PHONE), case)
    with time_machine.travel(beijing(2026, 3, 4, 9)):
        office = seat(discipline)
        decide(office, case)
        assert "影响期止：2027年3月4日" in office.text()
        assert "一年内第1次诫勉教育：作出书面检查，扣发年度奖金15%" in office.text()
        assert office.fits()
        assert office.page.query_selector(".case-bar summary") is None  # 解除 waits for the end of the period
        office.picture("case-in-effect")
    with time_machine.travel(beijing(2027, 3, 5, 9)):
        discipline.password_changed_at = clock.now()  # as everybody's must be after ninety days
        discipline.save(update_fields=["password_changed_at"])
        office = seat(discipline)
        office.go(f"{LIST}?year=2026&effect=now")
        assert "没有符合条件的案件" in office.text()
        office.go(case.get_absolute_url())
        office.page.click(".case-bar summary:has-text('解除')")
        office.page.click("text=确认解除")
        assert "已解除" in office.text()

    case.refresh_from_db()
    assert (case.state, case.decided_on, case.effect_until) == (
        "released",
        dt.date(2026, 3, 4),
        dt.date(2027, 3, 4),
    )


@time_machine.travel(beijing(2026, 3, 2, 9))
def test_a_notice_is_issued_and_signed_on_a_phone(cast, seat):
    case = build.proposed(cast)
    office = seat(build.disciplinarian())
    office.go(case.get_absolute_url())
    press(office, "出具过失通知单")
    office.page.check("[name=grade][value=serious]")
    send(office, requirement="作出书面检查。")
    assert "效能严重过失〔2026〕1号" in office.text()

    head = seat(cast.head, PHONE)
    page = head.go(case.get_absolute_url())
    page.click("#notices a:has-text('效能严重过失〔2026〕1号')")
    page.click("main form button:has-text('签收')")
    assert "张建国" in page.inner_text(".document")
    assert head.fits()
    head.picture("fault-notice")


@time_machine.travel(beijing(2026, 3, 2, 9))
def test_four_persons_are_registered_without_scripts(cast, seat):
    office = seat(build.disciplinarian(), scripts=False)
    page = office.go(f"{LIST}register/")
    page.select_option("[name=unit]", str(cast.unit.pk))
    page.check("[name=concerned][value=persons]")
    page.fill("[name=facts]", "四人上班时间打牌。")
    for place, name in enumerate(("甲", "乙", "丙")):
        page.fill(f"[name=rows-{place}-name]", name)
        page.select_option(f"[name=rows-{place}-kind]", "general")
    page.click("button:has-text('增加三行')")
    page.fill("[name=rows-3-name]", "丁")
    page.select_option("[name=rows-3-kind]", "general")
    page.click("main form button.btn-primary")

    assert "已登记，编号追责〔2026〕1号。" in office.text()
    assert AccountabilityCase.objects.get().respondents.count() == 4
