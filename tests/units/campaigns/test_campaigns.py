"""Opening a campaign, its deadline, and what happens when the calendar becomes known (C 22)."""

import datetime as dt

import pytest
import time_machine
from django.core.exceptions import ValidationError

from sanwei.core.refusals import Refused
from sanwei.core.workdays.actions import import_year
from tests import make
from tests.cast import beijing
from tests.post import tell_all
from units.campaigns import access, actions
from units.campaigns.models import Campaign
from units.plans import actions as plans
from units.plans.models import Plan


def prepared(cast, **words) -> Campaign:
    fields = {"year": 2027, "title": "2027年市直创建“三型机关”活动", "theme": "提高服务效能", **words}
    return actions.create(by=cast.officer, **fields)


@pytest.mark.parametrize(
    ("roll", "due_on"),
    [("preceding", dt.date(2027, 2, 26)), ("following", dt.date(2027, 3, 1)), ("none", dt.date(2027, 2, 28))],
)
def test_late_february_is_rolled_by_policy(cast, roll, due_on):
    campaign = prepared(cast, plan_roll=roll)

    assert campaign.plan_due_on == due_on
    assert campaign.plan_due_at == beijing(due_on.year, due_on.month, due_on.day) + dt.timedelta(days=1)


def test_a_phrase_that_names_no_day_is_refused_with_examples(cast):
    with pytest.raises(ValidationError, match="看不懂时限“尽快”"):
        prepared(cast, plan_rule="尽快")


def test_opening_makes_every_active_unit_owe_a_plan_and_tells_its_people(cast):
    gone = make.unit("市老干部局", ended_on=dt.date(2026, 1, 1))
    actions.assess(campaign=cast.campaign, by=cast.office_head)

    campaign = actions.open(campaign=prepared(cast, plan_roll="preceding"), by=cast.office_head)

    owed = Plan.objects.filter(campaign=campaign)
    assert [plan.unit for plan in owed.order_by("unit_order")] == [cast.unit, cast.other_unit]
    assert gone not in [plan.unit for plan in owed]
    tell_all()
    notice = cast.clerk.notifications.get()
    assert notice.title == "2027年市直创建“三型机关”活动已启动，请报送年度实施方案"
    assert notice.body.startswith("截止：2027年2月26日（星期五）24:00")
    assert cast.inspector.notifications.count() == 0


def test_two_campaigns_are_not_open_at_once(cast):
    with pytest.raises(Refused, match="仍在进行中"):
        actions.open(campaign=prepared(cast), by=cast.office_head)


def test_a_moved_deadline_moves_the_plans_without_extension_and_tells_who_owes(cast):
    with time_machine.travel(beijing(2026, 2, 20, 9, 0), tick=False):
        plans.grant_extension(plan=cast.plan, by=cast.officer, due_on=dt.date(2026, 3, 20), reason="机构改革")
        actions.edit(campaign=cast.campaign, by=cast.officer, plan_rule="3月10日前")

    assert Plan.objects.get(pk=cast.plan.pk).due_at == beijing(2026, 3, 21)
    assert Plan.objects.get(pk=cast.other_plan.pk).due_at == beijing(2026, 3, 11)
    tell_all()
    assert [n.title for n in cast.stranger.notifications.all()] == [
        "2026年市直创建“三型机关”活动实施方案报送期限调整"
    ]


def test_a_deadline_moved_there_and_back_is_told_each_time(cast):
    with time_machine.travel(beijing(2026, 2, 20, 9, 0), tick=False) as time:
        for rule in ("3月10日前", "3月20日前", "3月10日前"):
            actions.edit(campaign=cast.campaign, by=cast.officer, plan_rule=rule)
            time.shift(60)
        tell_all()

    told = [notice.body.split("（")[0] for notice in cast.stranger.notifications.order_by("pk")]
    assert told == ["截止：2026年3月10日", "截止：2026年3月20日", "截止：2026年3月10日"]


def test_an_imported_calendar_recomputes_open_deadlines_and_tells_the_units(cast):
    actions.assess(campaign=cast.campaign, by=cast.office_head)
    campaign = actions.open(campaign=prepared(cast, plan_roll="preceding"), by=cast.office_head)
    assert campaign.plan_due_on == dt.date(2027, 2, 26)

    worked = [{"date": dt.date(2027, 2, 28), "kind": "上班", "name": "春节调休上班"}]
    import_year(year=2027, rows=worked, status="official", source="通知", by=cast.officer)

    campaign.refresh_from_db()
    assert campaign.plan_due_on == dt.date(2027, 2, 28)
    assert {plan.due_at for plan in Plan.objects.filter(campaign=campaign)} == {beijing(2027, 3, 1)}
    tell_all()
    assert "2027年2月28日（星期日，调休上班）24:00" in cast.clerk.notifications.order_by("-pk").first().body


@pytest.mark.parametrize("who", ["clerk", "officer", "leader", "inspector"])
def test_only_the_head_of_the_office_opens(cast, who):
    assert not access.can_open(getattr(cast, who), cast.campaign)
    assert access.can_open(cast.office_head, cast.campaign)


def test_a_campaign_in_preparation_is_seen_by_the_office_only(cast, client):
    campaign = prepared(cast)
    client.force_login(cast.clerk)
    unit = client.get(f"/units/campaigns/{campaign.pk}/")
    client.force_login(cast.officer)
    office = client.get(f"/units/campaigns/{campaign.pk}/")

    assert (unit.status_code, office.status_code) == (404, 200)
    assert "为什么是这一天" in office.content.decode()


def test_a_bad_form_keeps_what_was_typed(cast, client):
    client.force_login(cast.officer)

    page = client.post(
        "/units/campaigns/create/",
        {"year": "2027", "title": "名称", "theme": "主题", "plan_rule": "近期", "plan_roll": "none"},
    )

    assert page.status_code == 422
    assert "看不懂时限“近期”" in page.content.decode()
    assert 'value="近期"' in page.content.decode()
    assert not Campaign.objects.filter(year=2027).exists()
