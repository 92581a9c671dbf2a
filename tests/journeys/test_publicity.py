"""Publicity in a real browser: an exposure from the press to its correction, a case from a unit to the public on a phone."""

import pytest
import time_machine

from assessments.publicity.cases.models import ModelCase
from assessments.publicity.exposures.models import Exposure
from tests import make
from tests.cast import beijing
from tests.core.attachments.corpus import docx
from tests.journeys.conftest import PHONE
from units.rectification.models import Task

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
NAMES = ("张三", "李四")


def press(seat, label) -> None:
    """The verb in the bar of the record, and the form or the dialog behind it."""
    seat.page.click(f".case-bar >> text='{label}'")


def send(seat, **typed) -> None:
    """Fill the form of a verb and send it."""
    for name, words in typed.items():
        seat.page.fill(f"main form [name={name}]", words)
    seat.page.click("main form button.btn-primary")


@time_machine.travel(beijing(2026, 3, 2, 9))
def test_an_exposure_is_verified_put_right_answered_and_corrected(cast, seat, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    liaison = seat(make.holder("press", "孙悦"))
    page = liaison.go("/assessments/exposures/")
    page.click("text=登记曝光件")
    page.select_option("[name=unit]", str(cast.unit.pk))
    page.select_option("[name=media_kind]", "newspaper")
    page.check("[name=unclassified]")
    words = {
        "title": "办事大厅张三让群众跑五趟",
        "summary": "张三未一次性告知。",
        "persons": "张三 审批科科长",
    }
    send(liaison, media="皖西日报", appeared_on="2026-03-01", **words)
    exposure = Exposure.objects.get()
    page.set_input_files(
        "#papers [name=files]", {"name": "版面.docx", "mimeType": "", "buffer": docx("报道")}
    )
    page.check("#papers [name=unclassified]")
    page.click("#papers button:has-text('上传')")
    assert "版面.docx" in liaison.text()

    head = seat(cast.head, PHONE)
    head.go(exposure.get_absolute_url())
    press(head, "陈述情况")
    send(head, text="经核对，张三确未一次性告知。")
    assert head.fits()
    head.picture("exposure-on-a-phone")

    office = seat(cast.officer)
    office.go("/desk/")
    office.page.click(f"main a[href='{exposure.get_absolute_url()}']")
    press(office, "核实属实")
    assert "版面.docx" in office.text()
    office.page.check("[name=finding][value=true]")
    send(office, basis="调阅监控，情况属实。")
    press(office, "交办整改")
    send(office, requirement="落实一次性告知制度。", due_on="2026-03-16")
    assert Task.objects.get().number in office.text()
    press(office, "拟写公开答复")
    send(office, text="经核实，报道属实。张三已被批评教育，一次性告知单已上墙。")
    press(office, "提请公开")
    send(office)
    office.go(f"{exposure.get_absolute_url()}publish/")
    office.page.check("[name=checked]")
    send(office)
    assert "批准公开的人不能是提请公开的人" in office.text()

    director = seat(cast.office_head)
    director.go("/desk/")
    director.page.click(f"main a[href='{exposure.get_absolute_url()}']")
    press(director, "批准公开")
    director.picture("exposure-before-approval")
    director.page.check("[name=checked]")
    send(director)

    reader = seat(size=PHONE, scripts=False)
    reader.go("/")
    reader.page.click("main a:has-text('办事大厅张某某让群众跑五趟')")
    assert "张某某已被批评教育" in reader.text()
    assert [name for name in NAMES if name in reader.page.content()] == []
    assert reader.fits()
    reader.picture("exposure-public-on-a-phone")
    address = reader.page.url.removeprefix(reader.base)

    office.go(exposure.get_absolute_url())
    press(office, "撤下并更正")
    send(office, correction="原答复中“已上墙”有误，实为正在制作。", reason="表述不准确")
    reader.go(address)
    assert "原答复中“已上墙”有误" in reader.text()
    assert "跑五趟" not in reader.page.content()
    reader.picture("exposure-corrected-on-a-phone")


@time_machine.travel(beijing(2026, 3, 2, 9))
def test_a_case_goes_from_a_unit_to_the_public_on_a_phone(cast, seat):
    clerk = seat(cast.clerk, PHONE)
    page = clerk.go("/assessments/cases/")
    page.click("text=报送典型案例")
    page.select_option("[name=kind]", "service")
    page.check("[name=unclassified]")
    words = {
        "practice": "一、整合窗口\n李四带头并窗。",
        "effect": "由五天减为一天。",
        "replicability": "都可照做。",
    }
    send(clerk, title="一窗受理", persons="李四 窗口负责人", **words)
    assert clerk.fits()
    press(clerk, "送审")
    case = ModelCase.objects.get()

    head = seat(cast.head, PHONE)
    head.go("/desk/")
    head.page.click(f"main a[href='{case.get_absolute_url()}']")
    press(head, "签发报送")
    head.page.click(
        "dialog[open] button:has-text('确认签发报送'), details[open] button:has-text('确认签发报送')"
    )
    assert "已报送" in head.text()

    office = seat(cast.officer)
    office.go(case.get_absolute_url())
    press(office, "开始编审")
    press(office, "编审修改")
    send(office, effect="平均办理时间由五天减为一天。")
    press(office, "采用")
    clerk.go(case.get_absolute_url())
    clerk.page.click("text=版本对照")
    assert "平均办理时间" in clerk.page.inner_text("ins >> nth=0")
    assert clerk.fits()
    clerk.picture("case-compared-on-a-phone")

    office.go(case.get_absolute_url())
    press(office, "提请发布")
    send(office)
    director = seat(cast.office_head, PHONE)
    director.go(case.get_absolute_url())
    press(director, "批准发布")
    director.page.check("[name=checked]")
    send(director)
    assert director.fits()

    reader = seat(size=PHONE)
    reader.go("/cases/?kind=service")
    reader.page.click("main a:has-text('一窗受理')")
    assert "李某某带头并窗" in reader.text()
    assert [name for name in NAMES if name in reader.page.content()] == []
    assert reader.fits()
    reader.picture("case-public-on-a-phone")
