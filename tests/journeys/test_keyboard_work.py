"""A day's work without a mouse: urging, filling in a table, reading, and the shortcuts."""

import pytest
import time_machine

from sanwei.core.notifications.models import Notification
from tests import make
from tests.cast import beijing
from tests.journeys.test_keyboard import FOCUSED, press, sign_in, tab_to
from tests.post import tell_all

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
FEBRUARY = beijing(2026, 2, 25, 9, 30)


@time_machine.travel(FEBRUARY)
def test_the_office_urges_a_ticked_set(cast, seat):
    third = make.plan(cast.campaign, make.unit("市卫生局"))
    make.clerk(third.unit, "何平")
    office = seat()
    sign_in(office, cast.officer)
    press(office.page, "实施方案")
    office.page.wait_for_url("**/units/plans/")
    for key in "jjxjx":  # the second and the third row
        office.page.keyboard.press(key)
    assert "已选 2 项" in office.page.inner_text("[data-bulk]")
    office.page.evaluate("document.activeElement.blur()")
    press(office.page, "催办所选未报单位")
    office.page.wait_for_selector("text=已催办2个未报单位")

    tell_all()
    urged = Notification.objects.filter(kind="urge").values_list("user__name", flat=True)
    assert {*urged} == {"孙丽", "钱伟", "何平"}


def choose(page, name: str, wanted: str) -> None:
    """Tab to a list and go down it until it says what is wanted."""
    tab_to(page, name=name)
    for _ in range(page.locator(f"[name={name}] option").count()):
        if page.input_value(f"[name={name}]") == wanted:
            return
        page.keyboard.press("ArrowDown")
    pytest.fail(f"{name} never said {wanted}")


@time_machine.travel(FEBRUARY)
def test_a_clerk_fills_the_table_of_measures(cast, seat):
    clerk = seat()
    sign_in(clerk, cast.clerk)
    press(clerk.page, str(cast.plan))
    clerk.page.wait_for_url(f"**/units/plans/{cast.plan.pk}/")
    press(clerk.page, "填写方案")
    clerk.page.wait_for_url("**/edit/experience/")
    page = clerk.go(f"/units/plans/{cast.plan.pk}/edit/measures/")
    tab_to(page, name="rows-0-title")
    page.keyboard.type("推行一窗受理")
    choose(page, "rows-0-kind", "服务")
    choose(page, "rows-0-department", "审批科")
    tab_to(page, name="rows-0-due_on")
    page.keyboard.type("2026年6月30日")
    page.keyboard.press("Enter")  # the same column of the next row
    page.keyboard.type("2026-09-30")
    with page.expect_navigation():
        page.keyboard.press("Control+s")

    first, second = cast.plan.sections.get(kind="measures").content["rows"]
    assert [first[name] for name in ("title", "kind", "department", "due_on")] == [
        "推行一窗受理", "服务", "审批科", "2026-06-30",
    ]  # fmt: skip
    assert second["due_on"] == "2026-09-30"


@time_machine.travel(FEBRUARY)
def test_an_inspector_goes_down_and_up_the_list_and_opens(cast, seat):
    make.approved_plan(cast.plan, cast.clerk, cast.head, cast.officer)
    make.approved_plan(cast.other_plan, cast.stranger, cast.other_head, cast.officer)
    inspector = seat()
    sign_in(inspector, cast.inspector)
    press(inspector.page, "实施方案")
    page = inspector.page
    page.wait_for_url("**/units/plans/")
    for key, name in (("j", "市发展改革委"), ("j", "市教育局"), ("j", "市教育局"), ("k", "市发展改革委")):
        page.keyboard.press(key)
        assert page.evaluate(FOCUSED)[0] == name
        assert page.locator("tr.here").count() == 1
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/units/plans/{cast.plan.pk}/")
    assert "市发展改革委2026年度实施方案" in inspector.text()


@time_machine.travel(FEBRUARY)
def test_shortcuts_rest_while_somebody_writes(cast, seat):
    office = seat(cast.officer)
    page = office.go("/units/plans/")
    page.keyboard.press("/")
    page.keyboard.type("jkx?/")

    assert page.input_value("#search") == "jkx?/"
    assert page.locator("tr.here").count() == 0
    assert not page.is_visible("#shortcuts")


@time_machine.travel(FEBRUARY)
def test_the_table_of_shortcuts_holds_the_focus_and_gives_it_back(cast, seat):
    office = seat(cast.officer)
    page = office.go("/units/plans/")
    page.keyboard.press("j")
    page.keyboard.press("?")
    inside = []
    for _ in range(4):
        page.keyboard.press("Tab")
        inside.append(
            page.evaluate(
                "document.activeElement === document.body || !!document.activeElement.closest('#shortcuts')"
            )
        )
    page.keyboard.press("x")  # rests as well: a dialog is open
    page.keyboard.press("Escape")

    assert inside == [True] * 4
    assert page.evaluate(FOCUSED)[0] == "市发展改革委"
    assert page.locator("tbody .tick input:checked").count() == 0


@time_machine.travel(FEBRUARY)
def test_the_menu_of_the_account_opens_closes_and_gives_the_focus_back(cast, seat):
    page = seat(cast.officer).go("/desk/")
    page.focus(".bar-account summary")
    page.keyboard.press("Enter")
    assert page.is_visible(".bar-account-body")
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")

    assert not page.is_visible(".bar-account-body")
    assert page.evaluate("document.activeElement.matches('.bar-account summary')")
