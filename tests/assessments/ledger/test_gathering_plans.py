"""归集 of late plans: measured anew when a limit is put off or a filing withdrawn, and entered again when it is late again."""

import datetime as dt
from decimal import Decimal

import pytest

from assessments.ledger.gathering import Gathered
from assessments.ledger.models import LedgerEntry
from tests import make
from tests.assessments.ledger.test_gathering import HALF, A, gathered, lines, on
from tests.cast import beijing
from units.campaigns import actions as campaigns
from units.plans import actions as plans
from units.plans.models import Plan

pytestmark = pytest.mark.django_db


def late_plan(cast, month, day):
    with on(2, 25):
        plan = make.awaiting_plan(cast.plan, cast.clerk)
    with on(month, day):
        plans.sign(plan=plan, by=cast.head, received_at=beijing(2026, month, day, 9))
    return Plan.objects.for_detail().get(pk=plan.pk)


@pytest.mark.parametrize(
    ("day", "points"), [(1, "-0.50"), (2, "-0.50"), (3, "-1.00"), (5, "-2.00"), (6, "-2.00"), (31, "-2.00")]
)
def test_a_late_plan_costs_half_a_point_a_working_day_and_two_at_most(cast, day, points):
    late_plan(cast, 3, day)

    gathered(3, day, 10)
    assert lines() == [(A, "A2", Decimal(points), f"03-{day:02}")]


def test_a_plan_in_time_and_one_still_owed_cost_nothing(cast):
    late_plan(cast, 2, 26)

    assert gathered(3, 10) == Gathered()
    assert lines() == []


def test_a_line_says_how_late_it_was(cast):
    plan = late_plan(cast, 3, 5)
    gathered(3, 5, 10)

    assert LedgerEntry.objects.get().cause_label == f"{plan}：迟报4个工作日"


def test_more_time_for_a_plan_that_was_late_is_measured_anew(cast):
    plan = late_plan(cast, 3, 5)
    gathered(3, 5, 10)
    with on(3, 6):
        plans.grant_extension(plan=plan, by=cast.officer, due_on=dt.date(2026, 3, 4), reason="停电")
    assert gathered(3, 6, 10) == Gathered(looked=1, entered=1, struck=1)

    assert [points for _, _, points, _ in lines()] == [Decimal("-2.00"), Decimal("2.00"), HALF]


def test_a_deadline_put_off_for_all_and_taken_back_counts_again(cast):
    late_plan(cast, 3, 3)
    gathered(3, 3, 10)
    for day, rule in ((4, "3月10日前"), (5, "2月底前")):
        with on(3, day):
            campaigns.edit(campaign=cast.campaign, by=cast.officer, theme="优化环境", plan_rule=rule)
            cast.campaign.refresh_from_db()
        gathered(3, day, 10)

    assert [points for _, _, points, _ in lines()] == [Decimal("-1.00"), Decimal("1.00"), Decimal("-1.00")]
    assert gathered(3, 20) == Gathered()


def test_a_filing_that_was_withdrawn_costs_nothing_till_the_next(cast):
    plan = late_plan(cast, 3, 3)
    gathered(3, 3, 10)
    with on(3, 3, 11):
        plans.withdraw(plan=plan, by=cast.head, reason="数字有误")
    gathered(3, 3, 12)
    with on(3, 3, 13):
        plan = plans.request_signature(plan=Plan.objects.get(pk=plan.pk), by=cast.clerk)
        plans.sign(plan=plan, by=cast.head, received_at=beijing(2026, 3, 3, 13))
    gathered(3, 3, 14)

    assert [points for _, _, points, _ in lines()] == [Decimal("-1.00"), Decimal("1.00"), Decimal("-1.00")]
