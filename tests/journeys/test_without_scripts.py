"""With scripts switched off in the browser: everything a unit must do, the office's list, and the public site."""

import re

import pytest
import time_machine

from tests import make
from tests.cast import beijing
from tests.journeys.conftest import PHONE
from units.plans.models import Plan

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
FEBRUARY = beijing(2026, 2, 25, 9, 30)


def offered(page) -> list[str]:
    """The units of the list on screen."""
    return page.locator("main table tbody th").all_inner_texts()


@time_machine.travel(FEBRUARY)
def test_a_plan_goes_from_desk_to_receipt(cast, seat):
    make.write_plan(cast.plan, cast.clerk)
    clerk = seat(cast.clerk, scripts=False)  # signs in by the form
    clerk.page.click("main >> text=市发展改革委2026年度实施方案")
    clerk.page.click("text=填写方案")
    clerk.page.fill("[name=text]", "没有脚本也能保存。")
    clerk.page.click("button[data-save]")
    assert "“经验做法”已保存" in clerk.text()
    clerk.go(f"/units/plans/{cast.plan.pk}/")
    assert "没有脚本也能保存。" in clerk.text()
    clerk.page.click("text=检查并送审")
    clerk.page.click("button:has-text('送审')")
    assert "待签发" in clerk.text()

    head = seat(cast.head, PHONE, scripts=False)
    head.page.click("main >> text=市发展改革委2026年度实施方案")
    head.page.click("text=签发上报")
    head.page.check("[name=not_secret]")
    head.page.click("main form button.btn-primary")
    assert f"回执〔2026〕{cast.unit.code}-1号" in head.text()
    with head.page.expect_download() as download:
        head.page.click("text=下载 PDF")
    assert download.value.suggested_filename.endswith(".pdf")

    plan = Plan.objects.get(pk=cast.plan.pk)
    assert plan.state == Plan.State.SUBMITTED
    assert plan.latest_version.content["sections"]["experience"] == {"text": "没有脚本也能保存。"}


@time_machine.travel(FEBRUARY)
def test_a_table_grows_by_the_blank_rows_below(cast, seat):
    make.write_plan(cast.plan, cast.clerk)
    clerk = seat(cast.clerk, scripts=False)
    for number in (1, 2, 3):
        clerk.go(f"/units/plans/{cast.plan.pk}/edit/measures/")
        clerk.page.fill(f"[name=rows-{number}-title]", f"新增措施{number}")
        clerk.page.click("button[data-save]")
    clerk.page.check("[name=rows-1-DELETE]")
    clerk.page.click("button[data-save]")

    rows = cast.plan.sections.get(kind="measures").content["rows"]
    assert [row["title"] for row in rows][1:] == ["新增措施2", "新增措施3"]


@time_machine.travel(FEBRUARY)
def test_the_office_filters_pages_and_urges(cast, seat):
    for number in range(28):
        make.plan(cast.campaign, make.searchable_unit(f"第{number:02}局"))
    office = seat(cast.officer, scripts=False)
    page = office.go("/units/plans/")
    first = offered(page)
    page.click("text=下一页")
    second = offered(page)
    assert (len(first), len(second), {*first} & {*second}) == (25, 5, set())
    page.click("text=上一页")
    assert offered(page) == first

    page.fill("main [name=q]", "0局")
    page.select_option("main [name=filed]", "missing")
    page.click("button:has-text('筛选')")
    assert offered(page) == ["第00局", "第10局", "第20局"]
    page.check("[aria-label='选择第10局']")
    page.click("text=催办所选未报单位")
    assert "已催办1个未报单位" in office.text()
    assert offered(page) == ["第00局", "第10局", "第20局"]  # the filter is kept
    page.click("text=清除条件")
    assert len(offered(page)) == 25


@time_machine.travel(FEBRUARY)
def test_menus_fold_out_and_signing_out_works(cast, seat):
    clerk = seat(cast.clerk, PHONE, scripts=False)
    clerk.page.click("summary:has-text('菜单')")
    clerk.page.click(".bar-menu-body a:has-text('文件库')")
    clerk.page.wait_for_url("**/units/policies/")
    clerk.page.click("summary:has-text('菜单')")
    clerk.page.click(".bar-menu-body button:has-text('退出')")

    clerk.go("/desk/")
    assert "/accounts/sign_in/" in clerk.page.url


@time_machine.travel(beijing(2026, 3, 4, 9, 30))
def test_a_citizen_reads_searches_and_asks_for_large_type(cast, seat):
    plan = make.approved_plan(cast.plan, cast.clerk, cast.head, cast.officer)
    make.published_plan(plan, cast.officer)
    make.published_bulletin(cast)
    citizen = seat(size=PHONE, scripts=False)
    page = citizen.go("/")
    page.click("main >> text=市发展改革委2026年度实施方案")
    assert "坚持" in citizen.text()
    citizen.go("/")
    page.click("main >> text=实施方案报送情况的通报")
    assert re.search(r"直创办〔2026〕\d+号", citizen.text())
    page.fill(".banner-search [name=q]", "发展改革委")
    page.click(".banner-search button")
    assert "市发展改革委2026年度实施方案" in citizen.text()
    page.click("text=大字版")
    assert page.locator("html.large-type").count() == 1
    assert "市发展改革委2026年度实施方案" in citizen.text()  # still the same search
    assert citizen.fits()
    citizen.go("/")
    page.click("text=怎样投诉")
    assert "市长热线" in citizen.text()
