"""Much of everything: two hundred rows, sixty measures, names as long as they may be, characters beyond the usual."""

import pytest
import time_machine

from tests import make
from tests.cast import beijing
from tests.journeys.soundness import too_wide, violations
from units.organisation.models import Unit
from units.plans.models import Plan

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
FEBRUARY = beijing(2026, 2, 25, 9, 30)
RARE = "𠮷野家㙓𬭚"  # a CJK character of plane 2, one of extension A, one of extension E
FORTY = "六安市承接产业转移集中示范园区管理委员会暨综合保税区和现代服务业集聚区服务总中心"
SIXTY = 60


def offered(page) -> list[str]:
    return page.locator("main table tbody th").all_inner_texts()


@time_machine.travel(FEBRUARY)
def test_two_hundred_units_are_paged_filtered_and_fit_the_narrowest_phone(cast, seat):
    units = [make.searchable_unit(f"第{number:03}号单位{RARE}") for number in range(200)]
    Plan.objects.bulk_create(
        Plan(campaign=cast.campaign, unit=unit, unit_order=unit.order, due_at=cast.campaign.plan_due_at)
        for unit in units
    )
    office, seen = seat(cast.officer, {"width": 320, "height": 700}), []
    page = office.go("/units/plans/")
    wide = []
    while True:
        seen += offered(page)
        wide += too_wide(page)
        following = page.locator("a[rel=next]")
        if not following.count():
            break
        following.click()
    assert (len(seen), len({*seen}), wide) == (202, 202, [])

    page.fill("main [name=q]", "㙓")
    page.click("button:has-text('筛选')")
    assert len(offered(page)) == 25
    page.fill("main [name=q]", "第07")
    page.click("button:has-text('筛选')")
    assert offered(page) == [f"第{number:03}号单位{RARE}" for number in range(70, 80)]


@pytest.fixture
def long_plan(cast):
    """Sixty measures of a unit whose name has forty characters, written and signed in rare ones."""
    assert len(FORTY) == 40
    Unit.objects.filter(pk=cast.unit.pk).update(name=FORTY, short_name=FORTY)
    rows = [
        make.measure_row(title=f"措施{number}：{RARE}窗口", person=RARE, goal="时限压缩一半")
        for number in range(1, SIXTY + 1)
    ]
    with time_machine.travel(FEBRUARY):
        return make.write_plan(
            Plan.objects.for_detail().get(pk=cast.plan.pk), cast.clerk, experience=RARE, rows=rows
        )


@time_machine.travel(FEBRUARY)
def test_sixty_measures_are_read_edited_and_saved_at_320_pixels(cast, long_plan, seat):
    clerk = seat(cast.clerk, {"width": 320, "height": 700})
    page, found = clerk.page, {}
    for address in ("", "edit/measures/", "check/", "print/"):
        clerk.go(f"/units/plans/{long_plan.pk}/{address}")
        found[address] = too_wide(page)
    assert {address: wide for address, wide in found.items() if wide} == {}
    clerk.go(f"/units/plans/{long_plan.pk}/edit/measures/")
    assert page.input_value(f"[name=rows-{SIXTY - 1}-person]") == RARE
    page.fill(f"[name=rows-{SIXTY}-title]", f"第六十一条 {RARE}")
    page.click("button[data-save]")
    page.wait_for_selector("text=已保存")

    titles = [row["title"] for row in long_plan.sections.get(kind="measures").content["rows"]]
    assert (len(titles), titles[0], titles[-1]) == (61, f"措施1：{RARE}窗口", f"第六十一条 {RARE}")
    page.set_viewport_size({"width": 1366, "height": 768})
    clerk.picture("sixty-measures-edit")
    clerk.go(f"/units/plans/{long_plan.pk}/")
    assert f"措施60：{RARE}窗口" in clerk.text()
    assert violations(page) == []
    clerk.complaints.clear()  # axe itself puts styles into the page, which the policy rightly refuses


@time_machine.travel(FEBRUARY)
def test_sixty_measures_in_force_fill_ledger_and_receipt(cast, long_plan, seat):
    make.in_force(long_plan, cast)
    head = seat(cast.head, {"width": 320, "height": 700})
    measure, found = long_plan.measures.last(), {}
    for address in (
        "measures/",
        f"measures/{measure.pk}/",
        f"{long_plan.pk}/",
        f"{long_plan.pk}/versions/1/receipt/",
    ):
        page = head.go(f"/units/plans/{address}")
        found[address] = too_wide(page)

    assert {address: wide for address, wide in found.items() if wide} == {}
    assert RARE in head.go(f"/units/plans/measures/{measure.pk}/").inner_text("main")
