"""What the pages gain with scripts, and that they do without: saving by itself, tables, keyboard, dialogs, type."""

import pytest

from tests import make
from tests.journeys.conftest import PHONE
from units.plans.models import Plan

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def experience(plan) -> str:
    return f"/units/plans/{plan.pk}/edit/experience/"


def measures(plan) -> str:
    return f"/units/plans/{plan.pk}/edit/measures/"


def paste(page, selector, text) -> None:
    page.eval_on_selector(
        selector,
        """(cell, text) => {
            const board = new DataTransfer();
            board.setData("text", text);
            cell.dispatchEvent(new ClipboardEvent("paste", { clipboardData: board, bubbles: true, cancelable: true }));
        }""",
        text,
    )


def test_what_was_typed_after_the_session_ended_is_offered_again(cast, seat):
    clerk = seat(cast.clerk)
    page = clerk.go(experience(cast.plan))
    page.context.clear_cookies()
    page.fill("[name=text]", "过期以后写的经验。")
    page.wait_for_selector(".autosave-problem")
    assert "已自动保存" not in clerk.text()
    assert not cast.plan.sections.filter(content={"text": "过期以后写的经验。"}).exists()

    clerk.sign_in(cast.clerk)
    page = clerk.go(experience(cast.plan))
    assert page.input_value("[name=text]") == ""
    page.click("text=恢复这些内容")
    page.wait_for_selector("text=已自动保存")

    assert cast.plan.sections.get(kind="experience").content == {"text": "过期以后写的经验。"}
    page.reload()
    assert "本机保留着" not in clerk.text()


def test_what_was_typed_without_a_line_is_saved_when_it_is_back(cast, seat):
    clerk = seat(cast.clerk)
    page = clerk.go(experience(cast.plan))
    page.route("**/edit/experience/", lambda route: route.abort())
    page.fill("[name=text]", "断网时写的经验。")
    page.wait_for_selector("text=网络不通")
    page.unroute("**/edit/experience/")
    page.evaluate("window.dispatchEvent(new Event('online'))")
    page.wait_for_selector("text=已自动保存")

    assert cast.plan.sections.get(kind="experience").content == {"text": "断网时写的经验。"}
    clerk.complaints.clear()  # the browser reports the broken line


def test_a_block_from_excel_fills_the_table_and_says_what_did_not_fit(cast, seat):
    clerk = seat(cast.clerk)
    page = clerk.go(measures(cast.plan))
    paste(page, "[name=rows-0-title]", '推行一窗受理\t服务\n"开展\n岗位练兵"\t学习\n整治文风\t其它\n')

    rows = [page.input_value(f"[name=rows-{n}-title]") for n in range(3)]
    assert rows == ["推行一窗受理", "开展\n岗位练兵", "整治文风"]
    assert [page.input_value(f"[name=rows-{n}-kind]") for n in range(3)] == ["服务", "学习", ""]
    assert "没有“其它”这一选项" in page.inner_text("[role=status].hint-missing")


def test_a_table_is_filled_from_the_keyboard(cast, seat):
    clerk = seat(cast.clerk)
    page = clerk.go(measures(cast.plan))
    last = page.locator("[data-table-form] tbody tr").count() - 1
    page.focus(f"[name=rows-{last}-person]")
    page.keyboard.press("Enter")
    page.keyboard.type("赵磊")
    page.keyboard.press("ArrowUp")

    assert page.input_value(f"[name=rows-{last + 1}-person]") == "赵磊"
    assert page.evaluate("document.activeElement.name") == f"rows-{last}-person"
    assert page.url.endswith(measures(cast.plan))


def test_a_list_is_walked_ticked_and_opened_from_the_keyboard(cast, seat):
    office = seat(cast.officer)
    page = office.go("/units/plans/")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "search"
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("?")
    assert page.is_visible("#shortcuts")
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("x")
    assert "已选 1 项" in page.inner_text("[data-bulk]")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/units/plans/{cast.other_plan.pk}/")


def test_ctrl_s_saves_and_stays(cast, seat):
    clerk = seat(cast.clerk)
    page = clerk.go(experience(cast.plan))
    page.fill("[name=text]", "用快捷键保存。")
    with page.expect_navigation():
        page.keyboard.press("Control+s")

    assert page.url.endswith(experience(cast.plan))
    assert cast.plan.sections.get(kind="experience").content == {"text": "用快捷键保存。"}


@pytest.mark.parametrize("scripts", [True, False])
def test_handing_back_asks_for_a_reason_with_scripts_and_without(cast, seat, scripts):
    make.awaiting_plan(cast.plan, cast.clerk)
    head = seat(size=PHONE, scripts=scripts).sign_in(cast.head)
    page = head.go(f"/units/plans/{cast.plan.pk}/")
    page.click("summary:has-text('退回修改')")
    page.fill("#reason-hand_back", "请补充岗位练兵的内容。")
    head.picture(f"reason-{'dialog' if scripts else 'plain'}")
    page.click("button:has-text('确认退回修改')")

    assert Plan.objects.get(pk=cast.plan.pk).state == Plan.State.DRAFT
    assert "请补充岗位练兵的内容。" in head.text()


def test_the_large_type_stays_and_needs_no_scripts(seat, db):
    citizen = seat(size=PHONE, scripts=False)
    page = citizen.go("/")
    page.click("text=大字版")
    large = page.locator("html.large-type").count()
    page = citizen.go("/bulletins/")
    citizen.picture("large-type")

    assert (large, page.locator("html.large-type").count()) == (1, 1)
    page.click("text=标准字号")
    assert page.locator("html.large-type").count() == 0
