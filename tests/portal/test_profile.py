"""单位画像: a unit sees itself whole, others what is public; every number opens to its list."""

import datetime as dt

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sanwei.portal import profile
from tests import make
from tests.cast import beijing
from units.plans import actions as plans
from units.rectification import actions


@pytest.fixture(autouse=True)
def frozen():
    with time_machine.travel(beijing(2026, 3, 2, 9), tick=False):
        yield


def words(part) -> dict:
    return {year: [fact.text for fact in facts] for year, facts in part.years.items()}


@pytest.fixture
def lived(cast):
    """A plan in force on the public site; last year's in its archive; three tasks, one closed in time and one too late."""
    plan = make.approved_plan(cast.plan, cast.clerk, cast.head, cast.officer, beijing(2026, 2, 25, 9))
    plans.publish(plan=plan, by=cast.officer)
    make.plan(make.campaign(2025, state="archive"), cast.unit)
    for reported in (dt.date(2026, 3, 3), dt.date(2026, 3, 20)):
        task = make.task_in_progress(cast.campaign, cast.unit, cast.officer, cast.clerk)
        actions.report_done(task=task, by=cast.clerk, result="已整改")
        with time_machine.travel(beijing(*reported.timetuple()[:3], 9), tick=False):
            actions.confirm(task=task, by=cast.head)
            actions.verify(task=task, by=cast.officer, conclusion="solved")
    make.task(cast.campaign, cast.unit, cast.officer)
    return cast


@pytest.mark.parametrize("who", ["clerk", "head", "officer", "leader"])
def test_a_unit_and_those_above_see_it_whole(lived, who):
    plan, task = profile.of_unit(lived.unit, getattr(lived, who))

    assert words(plan) == {2026: ["已备案", "按时", "已公开"], 2025: ["起草中", "未报", "未公开"]}
    assert words(task) == {2026: ["3", "2", "50.00%", "0"]}
    assert [(fact.label, fact.text) for fact in task.now] == [("绿灯", "1"), ("办结", "2")]


@pytest.mark.parametrize("who", ["stranger", "other_head"])
def test_others_see_what_is_public(lived, client, who):
    user = getattr(lived, who)
    [plan] = profile.of_unit(lived.unit, user)
    assert words(plan) == {2026: ["查看方案", "—", "已公开"]}

    client.force_login(user)
    page = client.get(f"/units/{lived.unit.code}/")

    assert page.status_code == 200
    assert "整改任务" not in page.content.decode().split("<main")[1]
    assert client.get(plan.years[2026][0].url).status_code == 200


def test_of_a_unit_with_nothing_public_a_stranger_is_told_so(cast, client):
    client.force_login(cast.stranger)

    assert "没有可以公开的资料" in client.get(f"/units/{cast.unit.code}/").content.decode()
    assert client.get("/units/U-none/").status_code == 404


def test_a_department_sees_no_tasks_of_others(lived):
    assert [part.title for part in profile.of_unit(lived.unit, lived.lead)] == ["实施方案"]


def test_every_number_opens_to_as_many_rows(lived, client):
    client.force_login(lived.officer)
    _, task = profile.of_unit(lived.unit, lived.officer)
    opening = [fact for fact in (*task.now, *task.years[2026]) if fact.url]

    assert (
        [len(client.get(fact.url).context["page"]) for fact in opening]
        == [int(fact.text) for fact in opening]
        == [1, 2, 3, 2, 0]
    )


def test_it_asks_as_much_for_one_year_as_for_three(lived, client):
    client.force_login(lived.head)
    path = f"/units/{lived.unit.code}/"
    client.get(path)
    with CaptureQueriesContext(connection) as one:
        client.get(path)
    for year in (2023, 2024):
        campaign = make.campaign(year, state="archive")
        make.plan(campaign, lived.unit)
        make.task(campaign, lived.unit, lived.officer)
    with CaptureQueriesContext(connection) as three:
        client.get(path)

    assert len(three) == len(one) <= 15


def test_the_page_of_the_unit_leads_to_it(cast, client):
    client.force_login(cast.clerk)

    assert f'href="/units/{cast.unit.code}/"' in client.get(cast.unit.get_absolute_url()).content.decode()
