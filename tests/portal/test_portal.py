"""The desk, the dashboard, the search and the public pages."""

import pytest
import time_machine
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sanwei.portal import desk
from tests import make
from tests.assessments.bulletins.test_life import published
from tests.cast import beijing
from units.plans import actions
from units.plans.models import Plan

FEBRUARY = beijing(2026, 2, 25, 9, 30)


@pytest.fixture(autouse=True)
def nothing_kept():
    cache.clear()


def lines(items) -> list[tuple[str, str]]:
    return [(item.title, item.what) for item in items]


PLAN = "市发展改革委2026年度实施方案"


@time_machine.travel(FEBRUARY, tick=False)
def test_a_plan_moves_from_desk_to_desk(cast):
    assert lines(desk.work(cast.clerk)[0]) == [(PLAN, "填写并送审")]
    plan = make.awaiting_plan(cast.plan, cast.clerk)
    assert lines(desk.work(cast.clerk)[0]) == []
    assert lines(desk.work(cast.clerk)[1]) == [(PLAN, "待签发")]
    assert lines(desk.work(cast.head)[0]) == [(PLAN, "签发上报")]
    signed = actions.sign(plan=plan, by=cast.head, received_at=FEBRUARY)
    assert lines(desk.work(cast.officer)[0]) == [(PLAN, "审核")]
    actions.approve(plan=signed.plan, by=cast.officer)
    assert lines(desk.work(cast.officer)[0]) == []
    assert lines(desk.work(cast.stranger)[0]) == [("市教育局2026年度实施方案", "填写并送审")]
    assert [entry.label for entry in desk.done(cast.head)] == ["签发上报"]


@time_machine.travel(beijing(2026, 6, 29, 9, 0), tick=False)
def test_a_department_lead_is_shown_measures_that_are_near(cast):
    make.approved_plan(cast.plan, cast.clerk, cast.head, cast.officer, FEBRUARY)

    assert lines(desk.work(cast.lead)[0]) == [("压减审批材料", "填报进展")]


def test_following_a_plan_puts_it_on_the_desk_and_never_more_than_may_be_seen(cast, client):
    client.force_login(cast.officer)
    client.post(f"/follow/plan/{cast.plan.pk}/")
    client.force_login(cast.stranger)
    stranger = client.post(f"/follow/plan/{cast.plan.pk}/")

    assert [*desk.followed(cast.officer)] == [cast.plan]
    assert stranger.status_code == 404
    assert desk.followed(cast.stranger) == []


def test_the_dashboard_counts_what_the_list_shows(cast, client):
    make.submitted_plan(cast.plan, cast.clerk, cast.head, beijing(2026, 3, 3, 9, 0))
    client.force_login(cast.leader)

    page = client.get("/dashboard/")

    assert [(number["label"], number["value"]) for number in page.context["numbers"]] == [
        ("应报单位", 2), ("已报", 1), ("迟报", 1), ("未报", 1), ("退回", 0), ("报送率", "50.00%"),
    ]  # fmt: skip
    for number in page.context["numbers"][:4]:
        assert len(client.get(number["url"]).context["page"]) == number["value"]


def test_without_a_campaign_the_dashboard_says_so(cast, client):
    cast.campaign.state = "prepare"
    cast.campaign.save(update_fields=["state"])
    client.force_login(cast.leader)

    assert "还没有启动的创建活动" in client.get("/dashboard/").content.decode()


def test_the_dashboard_counts_tasks_as_their_list_shows_them(cast, client):
    make.task(cast.campaign, cast.unit, cast.officer)
    make.reported_task(cast.campaign, cast.unit, cast.officer, cast.clerk, cast.head)
    client.force_login(cast.leader)

    tasks = client.get("/dashboard/").context["tasks"]

    assert {one.label: one.value for one in tasks if one.value} == {"任务总数": 2, "绿灯": 2}
    assert [len(client.get(one.url).context["page"]) for one in tasks] == [one.value for one in tasks]


def test_the_dashboard_is_not_for_units(cast, client):
    client.force_login(cast.clerk)

    assert client.get("/dashboard/").status_code == 403


@pytest.mark.parametrize("who", ["clerk", "officer", "leader"])
def test_the_desk_asks_as_much_for_one_as_for_three(cast, client, who):
    client.force_login(getattr(cast, who))
    client.get("/desk/")
    with CaptureQueriesContext(connection) as one:
        client.get("/desk/")
    for name in ("市财政局", "市审计局"):
        make.plan(cast.campaign, make.unit(name))
    with CaptureQueriesContext(connection) as three:
        client.get("/desk/")

    assert len(three) == len(one) <= 20


def test_the_search_finds_units_and_plans_and_nothing_of_strangers(cast, client):
    make.write_plan(cast.plan, cast.clerk, experience="独门的一线工作法")
    plan = actions.request_signature(plan=Plan.objects.for_detail().get(pk=cast.plan.pk), by=cast.clerk)
    actions.approve(plan=actions.sign(plan=plan, by=cast.head, received_at=FEBRUARY).plan, by=cast.officer)

    def found(user, query):
        client.force_login(user)
        return client.get("/search/", {"q": query}).content.decode()

    assert "市发展改革委2026年度实施方案" in found(cast.officer, "独门的一线")
    assert "市发展改革委2026年度实施方案" in found(cast.clerk, "独门的一线")
    assert "没有找到" in found(cast.stranger, "独门的一线")
    assert "没有找到" in found(cast.officer, "从未写过的话")


def test_the_public_sees_what_was_published_and_nothing_else(cast, client):
    plan = make.approved_plan(cast.plan, cast.clerk, cast.head, cast.officer, FEBRUARY)
    assert "市发展改革委" not in client.get("/plans/").content.decode()
    assert client.get(f"/plans/{plan.public_id}/").status_code == 404

    plan = actions.publish(plan=plan, by=cast.officer)
    assert "坚持一线工作法" in client.get(f"/plans/{plan.public_id}/").content.decode()

    actions.unpublish(plan=plan, by=cast.officer, reason="内容待核")
    assert client.get(f"/plans/{plan.public_id}/").status_code == 404


@time_machine.travel(beijing(2026, 3, 4, 9, 30), tick=False)
def test_a_bulletin_is_public_only_after_the_secrecy_check(cast, client):
    bulletin = published(cast)
    assert client.get(f"/bulletins/{bulletin.public_id}/").status_code == 404
    client.force_login(cast.officer)
    unchecked = client.post(f"/assessments/bulletins/{bulletin.pk}/open/", {"checked": ""})
    client.post(f"/assessments/bulletins/{bulletin.pk}/open/", {"checked": "on"})
    client.logout()

    assert unchecked.status_code == 422
    page = client.get(f"/bulletins/{bulletin.public_id}/").content.decode()
    assert "直创办〔2026〕1号" in page
    assert '<article class="article of-a-document">' in page  # the web title stays on the screen (print.css)
    bulletin.refresh_from_db()
    assert bulletin.secrecy_checked_by == cast.officer


def test_health_says_when_the_clocks_stand_still(client, db):
    assert client.get("/healthz").json() == {"status": "ok"}

    ready = client.get("/readyz")

    assert ready.status_code == 503
    assert ready.json()["database"] == "ok"
    assert "deliver outbox" in ready.json()["clocks"]


def test_the_public_search_finds_published_plans_only(cast, client):
    plan = make.approved_plan(cast.plan, cast.clerk, cast.head, cast.officer, FEBRUARY)
    hidden = client.get("/find/", {"q": "一线工作法"}).content.decode()
    actions.publish(plan=plan, by=cast.officer)
    shown = client.get("/find/", {"q": "一线工作法"}).content.decode()

    assert "市发展改革委2026年度实施方案" not in hidden
    assert "市发展改革委2026年度实施方案" in shown


@pytest.mark.parametrize(
    ("address", "current"),
    [("/", ["首页"]), ("/find/", []), ("/plans/", ["方案公开"]), ("/bulletins/", ["通报"])],
)
def test_the_home_page_is_the_current_column_only_at_home(db, client, address, current):
    page = client.get(address)

    assert [link.label for link in page.context["site"].columns if link.current] == current


def test_an_inspector_finds_the_ledger_that_may_be_opened(cast, client):
    client.force_login(cast.inspector)
    page = client.get("/units/plans/measures/")

    assert [link.label for link in page.context["site"].navigation if link.current] == ["措施台账"]
