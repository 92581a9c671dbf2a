"""On time, late, extended: the moment counted is arrival at the server (dossier C 1, 12; TIME-01, TIME-02)."""

import datetime as dt

import pytest
import time_machine
from django.core.exceptions import ValidationError

from sanwei.core.refusals import Refused
from tests import make
from tests.cast import beijing
from units.plans import actions
from units.plans.models import Plan

DUE = beijing(2026, 3, 1)  # 2026年2月28日（星期六，调休上班）24:00


@pytest.mark.parametrize(
    ("received_at", "late_days"),
    [
        (DUE - dt.timedelta(seconds=1), 0),
        (DUE - dt.timedelta(milliseconds=1), 0),
        (DUE, 1),
        (DUE + dt.timedelta(milliseconds=1), 1),
        (beijing(2026, 3, 2, 9, 0), 1),
        (beijing(2026, 3, 3, 9, 0), 2),
        (beijing(2026, 3, 9, 9, 0), 6),
    ],
)
def test_lateness_counts_working_days_after_the_due_day(cast, received_at, late_days):
    plan = make.submitted_plan(cast.plan, cast.clerk, cast.head, received_at)

    assert plan.late_days == late_days
    assert plan.latest_version.late_days == late_days


def test_a_late_plan_is_accepted_and_marked_late(cast):
    plan = make.submitted_plan(cast.plan, cast.clerk, cast.head, beijing(2026, 3, 3, 9, 0))

    assert plan.state == Plan.State.SUBMITTED
    assert [*Plan.objects.late()] == [plan]
    assert [*Plan.objects.not_handed_in()] == [cast.other_plan]


@time_machine.travel(beijing(2026, 2, 27, 9, 0), tick=False)
def test_an_extension_before_the_deadline_moves_the_date_and_counts(cast):
    actions.grant_extension(plan=cast.plan, by=cast.officer, due_on=dt.date(2026, 3, 6), reason="机构改革")

    plan = make.submitted_plan(cast.plan, cast.clerk, cast.head, beijing(2026, 3, 5, 9, 0))

    assert plan.late_days == 0
    assert plan.extensions.count() == 1
    assert plan.due_at == beijing(2026, 3, 7)


@time_machine.travel(beijing(2026, 3, 4, 9, 0), tick=False)
def test_an_extension_after_the_deadline_measures_a_late_plan_anew(cast):
    plan = make.submitted_plan(cast.plan, cast.clerk, cast.head, beijing(2026, 3, 3, 9, 0))
    assert plan.late_days == 2

    actions.grant_extension(plan=plan, by=cast.officer, due_on=dt.date(2026, 3, 3), reason="停电")

    plan.refresh_from_db()
    assert plan.late_days == 0
    assert plan.latest_version.late_days == 2  # the receipt says what it said


def test_an_extension_must_give_more_time(cast):
    with pytest.raises(ValidationError, match="须晚于原截止日期"):
        actions.grant_extension(plan=cast.plan, by=cast.officer, due_on=dt.date(2026, 2, 20), reason="误")

    assert cast.plan.extensions.count() == 0


@time_machine.travel(beijing(2026, 3, 4, 9, 0), tick=False)
def test_a_returned_plan_is_given_its_own_date_and_no_extension(cast):
    plan = make.submitted_plan(cast.plan, cast.clerk, cast.head, beijing(2026, 2, 27, 9, 0))
    plan = actions.return_for_revision(plan=plan, by=cast.officer, opinion="改", due_on=dt.date(2026, 3, 9))
    plan = make.awaiting_plan(plan, cast.clerk)

    with pytest.raises(Refused, match="补正期限"):
        actions.grant_extension(plan=plan, by=cast.officer, due_on=dt.date(2026, 3, 20), reason="误")
