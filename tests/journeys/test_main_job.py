"""The main job in a real browser: written, signed, returned, approved; late; extended; the bulletin; a phone."""

import pytest
import time_machine

from assessments.bulletins.models import Bulletin
from tests import make
from tests.cast import beijing
from tests.journeys.conftest import PHONE
from tests.post import tell_all
from units.plans.models import Plan

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
FEBRUARY = beijing(2026, 2, 25, 9, 30)


def write_the_plan(seat, plan) -> None:
    """The clerk fills every section by hand."""
    page = seat.go(f"/units/plans/{plan.pk}/edit/experience/")
    page.fill("[name=text]", "坚持首问负责，推行一次性告知。")
    page.click("text=保存，下一部分")
    page.fill("[name=rows-0-problem]", "审批环节偏多")
    page.fill("[name=rows-0-remedy]", "压减环节")
    page.click("text=保存，下一部分")
    page.fill("[name=rows-0-title]", "推行一窗受理")
    page.select_option("[name=rows-0-kind]", "服务")
    page.select_option("[name=rows-0-department]", "审批科")
    page.fill("[name=rows-0-due_on]", "2026年6月30日")
    page.click("text=保存，下一部分")
    for name, words in (("head", "张建国 主任"), ("deputy", "李强 副主任"), ("party", "机关党委")):
        page.fill(f"[name={name}]", words)
    page.click("text=保存，下一部分")


@time_machine.travel(FEBRUARY)
def test_a_clerk_writes_a_head_signs_the_office_returns_and_approves(cast, seat):
    clerk = seat(cast.clerk)
    write_the_plan(clerk, cast.plan)
    page = clerk.go(f"/units/plans/{cast.plan.pk}/check/")
    clerk.picture("plan-check")
    page.click("button:has-text('送审')")
    assert "待签发" in clerk.text()

    head = seat(cast.head)
    head.page.click("text=市发展改革委2026年度实施方案")
    head.page.click("text=签发上报")
    head.page.check("[name=not_secret]")
    head.page.click("main form button.btn-primary")
    assert "实施方案报送回执" in head.text()
    assert f"回执〔2026〕{cast.unit.code}-1号" in head.text()
    head.picture("receipt")

    office = seat(cast.officer)
    page = office.go(f"/units/plans/{cast.plan.pk}/")
    page.click("#measures summary")
    page.fill("#remark-measures", "请写明完成标准。")
    page.click("#measures button:has-text('保存批注')")
    page.click("a:has-text('退回补正')")
    page.fill("[name=opinion]", "措施不够具体，请补写完成标准。")
    page.click("main form button.btn-primary")
    assert "退回修改" in office.text()

    page = clerk.go(f"/units/plans/{cast.plan.pk}/edit/measures/")
    assert "请写明完成标准。" in clerk.text()
    page.fill("[name=rows-0-deliverable]", "进驻事项全部一窗受理")
    page.click("text=保存，下一部分")
    page = clerk.go(f"/units/plans/{cast.plan.pk}/check/")
    page.click("button:has-text('送审')")
    page = head.go(f"/units/plans/{cast.plan.pk}/sign/")
    page.check("[name=not_secret]")
    page.click("main form button.btn-primary")
    page = office.go(f"/units/plans/{cast.plan.pk}/compare/")
    assert "进驻事项全部一窗受理" in page.inner_text("ins")
    office.picture("compare")
    page = office.go(f"/units/plans/{cast.plan.pk}/")
    page.click("button:has-text('备案通过')")

    plan = Plan.objects.get(pk=cast.plan.pk)
    assert (plan.state, plan.late_days) == (Plan.State.APPROVED, 0)
    assert [version.outcome for version in plan.versions.all()] == ["returned", "approved"]
    assert plan.measures.get().title == "推行一窗受理"


@time_machine.travel(FEBRUARY)
def test_what_is_typed_saves_itself_and_two_clerks_are_shown_both_texts(cast, seat):
    second = make.clerk(cast.unit, "吴丹")
    first = seat(cast.clerk)
    page = first.go(f"/units/plans/{cast.plan.pk}/edit/experience/")
    other = seat(second)
    other.go(f"/units/plans/{cast.plan.pk}/edit/experience/")
    page.fill("[name=text]", "李芳写的经验。")
    page.wait_for_selector("text=已自动保存")

    other.page.fill("[name=text]", "吴丹写的经验。")
    other.page.wait_for_selector(".autosave-problem")
    other.page.click("button:has-text('保存'):not([name=next])")

    assert "李芳写的经验。" in other.text()
    assert other.page.input_value("[name=text]") == "吴丹写的经验。"
    other.picture("conflict")
    other.page.click("text=以我的内容保存")
    assert cast.plan.sections.get(kind="experience").content == {"text": "吴丹写的经验。"}


def test_a_late_unit_is_accepted_and_marked(cast, seat):
    with time_machine.travel(beijing(2026, 3, 3, 9, 30)):
        make.awaiting_plan(cast.plan, cast.clerk)
        head = seat(cast.head)
        page = head.go(f"/units/plans/{cast.plan.pk}/sign/")
        page.check("[name=not_secret]")
        page.click("main form button.btn-primary")

        assert "迟报2个工作日" in head.text()
        office = seat(cast.officer)
        office.go("/units/plans/?filed=late")
        assert "市发展改革委" in office.text()
        assert "市教育局" not in office.page.inner_text("table")


def test_an_extension_is_granted_and_told(cast, seat):
    with time_machine.travel(beijing(2026, 2, 27, 9, 30)):
        office = seat(cast.officer)
        page = office.go(f"/units/plans/{cast.other_plan.pk}/grant_extension/")
        page.fill("[name=due_on]", "2026-03-06")
        page.fill("[name=reason]", "机构改革期间人员变动")
        page.click("main form button.btn-primary")

        tell_all()
        clerk = seat(cast.stranger)
        clerk.go("/notifications/")
        assert "报送期限延至2026年3月6日" in clerk.text()
    assert Plan.objects.get(pk=cast.other_plan.pk).due_at == beijing(2026, 3, 7)


def test_the_deadline_bulletin_from_draft_to_receipt(cast, seat):
    with time_machine.travel(FEBRUARY):
        make.submitted_plan(cast.plan, cast.clerk, cast.head)
    with time_machine.travel(beijing(2026, 3, 4, 9, 30)):
        office = seat(cast.officer)
        page = office.go("/assessments/bulletins/create/")
        page.select_option("[name=kind]", "submission")
        page.click("main form button.btn-primary")
        assert "应报送单位2个，已报送1个" in office.text()
        assert "市教育局" in office.text()
        page.click("button:has-text('送核')")

        director = seat(cast.office_head)
        page = director.go(office.page.url.removeprefix(director.base))
        page.wait_for_load_state(
            "load"
        )  # the dialog is the script's; before it the question folds out in place
        page.click("summary:has-text('签发')")
        page.click("dialog[open] button:has-text('确认签发')")
        page = office.go(director.page.url.removeprefix(office.base))
        page.click("button:has-text('编号')")
        assert "直创办〔2026〕1号" in office.text()
        page.wait_for_load_state(
            "load"
        )  # the dialog is the script's; before it the question folds out in place
        page.click("summary:has-text('印发')")
        page.click("dialog[open] button:has-text('确认印发')")
        office.picture("bulletin")

        clerk = seat(cast.clerk)
        clerk.page.click("text=关于2026年度“三型机关”创建实施方案报送情况的通报")
        clerk.page.click("button:has-text('签收')")
        with clerk.page.expect_download() as download:
            clerk.page.click("text=下载 PDF")
        assert download.value.suggested_filename.startswith("直创办〔2026〕1号")

    bulletin = Bulletin.objects.get()
    assert bulletin.state == Bulletin.State.PUBLISHED
    assert [*bulletin.receipts.exclude(read_at=None).values_list("unit__name", flat=True)] == ["市发展改革委"]


@time_machine.travel(FEBRUARY)
def test_a_head_signs_on_a_phone(cast, seat):
    make.awaiting_plan(cast.plan, cast.clerk)
    head = seat(cast.head, PHONE)
    head.page.click("text=市发展改革委2026年度实施方案")
    assert head.fits()
    head.picture("phone-plan")
    head.page.click("text=签发上报")
    assert head.fits()
    head.page.check("[name=not_secret]")
    head.picture("phone-sign")
    head.page.click("main form button.btn-primary")

    assert "报送回执" in head.text()
    assert Plan.objects.get(pk=cast.plan.pk).state == Plan.State.SUBMITTED


@time_machine.travel(FEBRUARY)
def test_without_scripts_a_plan_is_written_and_sent_for_signature(cast, seat):
    make.department(cast.unit, "窗口科")
    clerk = seat(cast.clerk, scripts=False)
    write_the_plan(clerk, cast.plan)
    page = clerk.go(f"/units/plans/{cast.plan.pk}/check/")
    page.click("button:has-text('送审')")

    assert Plan.objects.get(pk=cast.plan.pk).state == Plan.State.AWAITING_SIGNATURE


@time_machine.travel(FEBRUARY)
def test_what_was_typed_before_a_link_is_followed_goes_along(cast, seat):
    """The last sentence, typed a moment before: the next page knows it."""
    clerk = seat(cast.clerk)
    page = clerk.go(f"/units/plans/{cast.plan.pk}/edit/experience/")
    page.fill("[name=text]", "最后一句。")
    page.click(f"main a[href='/units/plans/{cast.plan.pk}/edit/weaknesses/'] >> nth=0")
    page.wait_for_url("**/edit/weaknesses/")

    assert cast.plan.sections.get(kind="experience").content == {"text": "最后一句。"}
